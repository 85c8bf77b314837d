// Where WeChat keeps a file; it sends it to a chat, and on a computer saves it.
import { personAway } from '../../../phone/person-away'
import { whatWorks } from '../../../phone/what-works'
import type { ExportFiles, FileOutcome } from './export-files'

const FOLDER = `${wx.env.USER_DATA_PATH}/exports`
const files = () => wx.getFileSystemManager()
const away = personAway<FileOutcome>('cancelled')
const failure = ({ errMsg }: { errMsg: string }): FileOutcome => (/cancel/i.test(errMsg) ? 'cancelled' : 'failed')

const isComputer = () => ['windows', 'mac'].includes(whatWorks('getDeviceInfo', () => wx.getDeviceInfo().platform, ''))

export const exportFiles: ExportFiles = {
  get saves() {
    return isComputer()
  },
  pathFor(id, name) {
    const folder = `${FOLDER}/${id}`
    try {
      files().mkdirSync(folder, true)
    } catch {
      // it is there; if it is not, the download says so
    }
    return `${folder}/${name}`
  },
  forgetAll: () => files().rmdir({ dirPath: FOLDER, recursive: true, fail: () => {} }),
  share: (filePath, fileName) =>
    away.ask(done => wx.shareFileMessage({ filePath, fileName, success: () => done('done'), fail: failed => done(failure(failed)) })),
  save: filePath => away.ask(done => wx.saveFileToDisk({ filePath, success: () => done('done'), fail: failed => done(failure(failed)) })),
}

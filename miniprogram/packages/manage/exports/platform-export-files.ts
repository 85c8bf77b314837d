// WeChat fetches a file, sends it to a chat, and on a computer saves it.
import { personAway } from '../../../phone/person-away'
import { answered } from '../../../phone/timeout'
import { whatWorks } from '../../../phone/what-works'
import type { ExportFiles, FileOutcome } from './export-files'

/** a million rows over a slow line, ms */
const FETCH_MS = 10 * 60_000
const away = personAway<FileOutcome>('cancelled')
const failure = ({ errMsg }: { errMsg: string }): FileOutcome => (/cancel/i.test(errMsg) ? 'cancelled' : 'failed')

const isComputer = () => ['windows', 'mac'].includes(whatWorks('getDeviceInfo', () => wx.getDeviceInfo().platform, ''))

export const exportFiles: ExportFiles = {
  get saves() {
    return isComputer()
  },
  async fetch(url, token, name) {
    const filePath = `${wx.env.USER_DATA_PATH}/${name}`
    try {
      const status = await answered<number>(
        'downloadFile',
        (resolve, reject) =>
          void wx.downloadFile({
            url,
            filePath,
            header: { Authorization: `Bearer ${token}` },
            timeout: FETCH_MS,
            success: ({ statusCode }) => resolve(statusCode),
            fail: reject,
          }),
        FETCH_MS,
      )
      if (status === 200) return { path: filePath }
      return { outcome: status === 410 || status === 404 ? 'gone' : 'failed' }
    } catch {
      return { outcome: 'failed' }
    }
  },
  share: (filePath, fileName) =>
    away.ask(done => wx.shareFileMessage({ filePath, fileName, success: () => done('done'), fail: failed => done(failure(failed)) })),
  save: filePath => away.ask(done => wx.saveFileToDisk({ filePath, success: () => done('done'), fail: failed => done(failure(failed)) })),
}

// WeChat shows the chats, the person chooses a file. It is copied to where it stays until it was sent.
import { cameraFailure } from '../../../phone/camera-failure'
import { personAway } from '../../../phone/person-away'
import { answered } from '../../../phone/timeout'
import type { ChatFileChoice, ChatFiles } from './chat-file'

const FOLDER = `${wx.env.USER_DATA_PATH}/lists`
const files = () => wx.getFileSystemManager()
const away = personAway<ChatFileChoice>({ outcome: 'cancelled' })

function failure(errMsg: string | undefined): ChatFileChoice {
  const cause = cameraFailure(errMsg)
  if (cause === 'cancelled' || cause === 'not_supported') return { outcome: cause }
  return { outcome: cause === 'consent_refused' || cause === 'camera_refused' ? 'refused' : 'failed' }
}

/** WeChat drops what it gave sooner or later. */
const keep = (path: string): Promise<string> =>
  answered('saveFile', (resolve, reject) => {
    try {
      files().mkdirSync(FOLDER, true)
    } catch {
      // it is there; if it is not, saving says so
    }
    const kept = `${FOLDER}/${Date.now()}.csv`
    files().saveFile({ tempFilePath: path, filePath: kept, success: () => resolve(kept), fail: ({ errMsg }) => reject(new Error(errMsg)) })
  })

export const chatFiles: ChatFiles = {
  async choose() {
    const chosen = await away.ask(done =>
      wx.chooseMessageFile({
        count: 1,
        type: 'file',
        extension: ['csv', 'txt', 'tsv', 'xls', 'xlsx'],
        success: ({ tempFiles: [file] }) =>
          done(file ? { outcome: 'chosen', file: { path: file.path, name: file.name, bytes: file.size } } : { outcome: 'cancelled' }),
        fail: ({ errMsg }) => done(failure(errMsg)),
      }),
    )
    if (chosen.outcome !== 'chosen') return chosen
    try {
      return { outcome: 'chosen', file: { ...chosen.file, path: await keep(chosen.file.path) } }
    } catch {
      return { outcome: 'failed' }
    }
  },
  exists(path) {
    try {
      files().accessSync(path)
      return true
    } catch {
      return false
    }
  },
  forget: path => files().unlink({ filePath: path, fail: () => {} }),
}

// Taking a photo with WeChat's camera; phone/platform-camera loads it when one is taken.
import type { Chosen, Taking } from '../../../phone/camera'
import { cameraFailure } from '../../../phone/camera-failure'
import { personAway } from '../../../phone/person-away'
import { FOLDER, files } from '../../../phone/platform-camera'
import { answered } from '../../../phone/timeout'
import { bytesOf, drawPhoto } from './photo-drawing'
import { sha256 } from './sha256'

/** Older base libraries do not know sha256 here and answer with another digest, or fail. */
const digestOf = (path: string): Promise<string | null> =>
  answered<string | null>('getFileInfo', resolve =>
    files().getFileInfo({
      filePath: path,
      digestAlgorithm: 'sha256',
      success: ({ digest }) => resolve(/^[0-9a-f]{64}$/i.test(digest) ? digest.toLowerCase() : null),
      fail: () => resolve(null),
    }),
  ).catch(() => null)

const contentOf = (path: string): Promise<ArrayBuffer> =>
  answered('readFile', (resolve, reject) =>
    files().readFile({ filePath: path, success: ({ data }) => resolve(data as ArrayBuffer), fail: reject }),
  )

const chosen = personAway<Chosen>({ outcome: 'cancelled' })

export const taking: Taking = {
  choose: (most, from) =>
    chosen.ask(done =>
      wx.chooseMedia({
        count: from === 'camera' ? 1 : most,
        mediaType: ['image'],
        sourceType: [from],
        // upright, whatever the camera wrote beside the picture
        sizeType: ['compressed'],
        success: ({ tempFiles }) => done({ outcome: 'chosen', paths: tempFiles.map(({ tempFilePath }) => tempFilePath) }),
        fail: ({ errMsg }) => done({ outcome: cameraFailure(errMsg) }),
      }),
    ),

  draw: drawPhoto,

  measure: async path => {
    const bytes = await bytesOf(path)
    return { bytes, sha256: (await digestOf(path)) ?? sha256(await contentOf(path)) }
  },

  keep: (path, name) =>
    answered('saveFile', (resolve, reject) => {
      try {
        files().mkdirSync(FOLDER, true)
      } catch {
        // it is there; if it is not, saving says so
      }
      const kept = `${FOLDER}/${name}`
      files().saveFile({
        tempFilePath: path,
        filePath: kept,
        success: () => resolve(kept),
        fail: ({ errMsg }) => reject(new Error(errMsg)),
      })
    }),
}

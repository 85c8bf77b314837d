// WeChat's camera and the files that it left. Files are looked after at every start; taking a photo is asked for by pages of sub-packages alone, stands in
// one (packages/visit/camera) and is loaded then.
import type { Camera, Taking } from './camera'

/** WeChat's: what stands in another package is loaded when it is asked for (developers.weixin.qq.com/miniprogram/dev/framework/subpackages/async.html) */
declare const require: { async(path: '../packages/visit/camera/taking'): Promise<{ taking: Taking }> }
/** Rejects where that package was never downloaded. */
const taking = () => require.async('../packages/visit/camera/taking').then(loaded => loaded.taking)

export const FOLDER = `${wx.env.USER_DATA_PATH}/photos`
export const files = () => wx.getFileSystemManager()

export const camera: Camera = {
  choose: (...given) => taking().then(it => it.choose(...given)),
  draw: (...given) => taking().then(it => it.draw(...given)),
  measure: (...given) => taking().then(it => it.measure(...given)),
  keep: (...given) => taking().then(it => it.keep(...given)),

  exists: path => {
    try {
      files().accessSync(path)
      return true
    } catch {
      return false
    }
  },

  forget: path => files().unlink({ filePath: path, fail: () => {} }),

  kept: () => {
    try {
      return files()
        .readdirSync(FOLDER)
        .map(name => `${FOLDER}/${name}`)
    } catch {
      // nothing was ever kept
      return []
    }
  },

  preview: (paths, at) => wx.previewImage({ urls: [...paths], current: paths[at] ?? '' }),
}

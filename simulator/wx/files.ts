// wx.getFileSystemManager, wx.saveFile and their like, on the app's own files (file-store.ts). Files of the package cannot be read.
import { method, WxFailure, type Options, type Phone, type WxMethods } from './core.ts'
import { bytesFrom, contentOf } from './bytes.ts'
import { USER_DATA_PATH } from './file-store.ts'

const missing = (path: unknown) => new WxFailure(`no such file or directory ${String(path)}`, { errno: 1_300_002 })

export function files({ files: store }: Phone): WxMethods {
  const pathOf = (value: unknown): string => {
    if (typeof value !== 'string' || !value.startsWith('wxfile://'))
      throw new WxFailure(`invalid path ${String(value)}`, { errno: 1_300_013 })
    return value.replace(/\/$/, '')
  }
  const ownPath = (value: unknown): string => {
    const path = pathOf(value)
    if (!path.startsWith(`${USER_DATA_PATH}/`)) throw new WxFailure(`permission denied, open ${path}`, { errno: 1_300_013 })
    if (!store.isFolder(path.slice(0, path.lastIndexOf('/')))) throw missing(path)
    return path
  }
  const fileAt = (value: unknown) => {
    const path = pathOf(value)
    const file = store.read(path)
    if (!file) throw missing(path)
    return file
  }

  const acts: Record<string, (options: Options) => object | void> = {
    access: ({ path }) => {
      if (!store.read(pathOf(path)) && !store.isFolder(pathOf(path))) throw missing(path)
    },
    readFile: ({ filePath, encoding }) => ({ data: contentOf(fileAt(filePath).bytes, encoding) }),
    writeFile: ({ filePath, data, encoding }) => store.write(ownPath(filePath), bytesFrom(data, encoding as string)),
    appendFile: ({ filePath, data, encoding }) => {
      const path = ownPath(filePath)
      const before = fileAt(path).bytes
      const added = bytesFrom(data, encoding as string)
      const all = new Uint8Array(before.length + added.length)
      all.set(before)
      all.set(added, before.length)
      store.write(path, all)
    },
    copyFile: ({ srcPath, destPath }) => store.write(ownPath(destPath), fileAt(srcPath).bytes),
    rename: ({ oldPath, newPath }) => {
      store.write(ownPath(newPath), fileAt(oldPath).bytes)
      store.remove(pathOf(oldPath))
    },
    unlink: ({ filePath }) => {
      fileAt(filePath)
      store.remove(pathOf(filePath))
    },
    mkdir: ({ dirPath, recursive }) => {
      const path = pathOf(dirPath)
      if (store.isFolder(path)) {
        if (recursive === true) return
        throw new WxFailure(`file already exists ${path}`, { errno: 1_301_005 })
      }
      if (recursive === true) {
        const parts = path.slice(USER_DATA_PATH.length + 1).split('/')
        parts.forEach((_, index) => store.makeFolder(`${USER_DATA_PATH}/${parts.slice(0, index + 1).join('/')}`))
      } else store.makeFolder(ownPath(path))
    },
    readdir: ({ dirPath }) => {
      const path = pathOf(dirPath)
      if (!store.isFolder(path)) throw missing(path)
      return { files: store.list(path) }
    },
    rmdir: ({ dirPath, recursive }) => {
      const path = pathOf(dirPath)
      if (!store.isFolder(path)) throw missing(path)
      if (store.list(path).length > 0 && recursive !== true) throw new WxFailure('directory not empty', { errno: 1_300_066 })
      for (const kept of store.paths()) if (kept.startsWith(`${path}/`)) store.remove(kept)
      store.remove(path)
    },
    stat: ({ path }) => {
      const folder = store.isFolder(pathOf(path))
      const file = folder ? { bytes: new Uint8Array(), modifiedAt: 0 } : fileAt(path)
      const seconds = Math.floor(file.modifiedAt / 1000)
      return {
        stats: {
          mode: folder ? 16_877 : 33_188,
          size: file.bytes.length,
          lastAccessedTime: seconds,
          lastModifiedTime: seconds,
          isDirectory: () => folder,
          isFile: () => !folder,
        },
      }
    },
    saveFile: ({ tempFilePath, filePath }) => {
      const { bytes } = fileAt(tempFilePath)
      const name = String(tempFilePath).split('/').at(-1)!
      const path = typeof filePath === 'string' ? ownPath(filePath) : `wxfile://store_${name}`
      store.write(path, bytes)
      store.remove(String(tempFilePath))
      return { savedFilePath: path }
    },
    getFileInfo: ({ filePath }) => ({ size: fileAt(filePath).bytes.length }),
    removeSavedFile: ({ filePath }) => {
      fileAt(filePath)
      store.remove(pathOf(filePath))
    },
    getSavedFileList: () => ({
      fileList: store
        .paths()
        .filter(path => path.startsWith('wxfile://store_'))
        .map(path => ({
          filePath: path,
          size: store.read(path)!.bytes.length,
          createTime: Math.floor(store.read(path)!.modifiedAt / 1000),
        })),
    }),
  }

  /** `xSync` takes the same fields by position and throws instead of calling fail. */
  const sync = (api: string, names: string[], answer?: string) => [
    `${api}Sync`,
    (...values: unknown[]) => {
      try {
        const result = acts[api]!(Object.fromEntries(names.map((name, index) => [name, values[index]])) as Options)
        return answer ? (result as Record<string, unknown>)[answer] : undefined
      } catch (error) {
        throw new Error(`${api}Sync:fail ${(error as Error).message}`, { cause: error })
      }
    },
  ]
  const fileSystemManager = {
    ...Object.fromEntries(Object.entries(acts).map(([api, act]) => [api, method(api, act)])),
    ...Object.fromEntries([
      sync('access', ['path']),
      sync('readFile', ['filePath', 'encoding'], 'data'),
      sync('writeFile', ['filePath', 'data', 'encoding']),
      sync('appendFile', ['filePath', 'data', 'encoding']),
      sync('copyFile', ['srcPath', 'destPath']),
      sync('rename', ['oldPath', 'newPath']),
      sync('unlink', ['filePath']),
      sync('mkdir', ['dirPath', 'recursive']),
      sync('readdir', ['dirPath'], 'files'),
      sync('rmdir', ['dirPath', 'recursive']),
      sync('stat', ['path'], 'stats'),
      sync('saveFile', ['tempFilePath', 'filePath'], 'savedFilePath'),
    ]),
  }
  return {
    getFileSystemManager: () => fileSystemManager,
    ...Object.fromEntries(['saveFile', 'getFileInfo', 'removeSavedFile', 'getSavedFileList'].map(api => [api, method(api, acts[api]!)])),
  }
}

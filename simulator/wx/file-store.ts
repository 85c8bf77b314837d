// The app's own files (wxfile://usr/…, wxfile://store_…, wxfile://tmp_…), in memory and in IndexedDB as base64. Temporary ones end with the session.
import type { KeyValueStore } from './key-value-store.ts'
import { bytesFromBase64, base64FromBytes } from './bytes.ts'

export const USER_DATA_PATH = 'wxfile://usr'
const PREFIX = 'file/'
const FOLDER = 'folder'

export interface StoredFile {
  bytes: Uint8Array<ArrayBuffer>
  /** milliseconds since 1970 */
  modifiedAt: number
}

export class FileStore {
  private readonly temporary = new Map<string, StoredFile>()
  private readonly blobUrls = new Map<string, string>()
  private count = 0

  constructor(private readonly store: KeyValueStore) {}

  /** Keeps bytes under a new temporary path, e.g. `wxfile://tmp_7.png`. */
  addTemporary(bytes: Uint8Array<ArrayBuffer>, extension: string): string {
    const path = `wxfile://tmp_${Date.now()}_${++this.count}${extension ? `.${extension}` : ''}`
    this.temporary.set(path, { bytes, modifiedAt: Date.now() })
    return path
  }

  isFolder(path: string): boolean {
    return path === USER_DATA_PATH || this.store.get(PREFIX + path) === FOLDER
  }

  read(path: string): StoredFile | undefined {
    const temporary = this.temporary.get(path)
    if (temporary) return temporary
    const stored = this.store.get(PREFIX + path)
    if (stored === undefined || stored === FOLDER) return undefined
    const at = stored.indexOf(':')
    return { modifiedAt: Number(stored.slice(0, at)), bytes: bytesFromBase64(stored.slice(at + 1)) }
  }

  write(path: string, bytes: Uint8Array): void {
    this.forgetBlob(path)
    this.store.set(PREFIX + path, `${Date.now()}:${base64FromBytes(bytes)}`)
  }

  makeFolder(path: string): void {
    this.store.set(PREFIX + path, FOLDER)
  }

  remove(path: string): void {
    this.forgetBlob(path)
    this.temporary.delete(path)
    this.store.delete(PREFIX + path)
  }

  /** Paths directly below a folder, without the folder. */
  list(folder: string): string[] {
    const start = `${PREFIX}${folder.replace(/\/$/, '')}/`
    return this.store
      .keys()
      .filter(key => key.startsWith(start) && !key.slice(start.length).includes('/'))
      .map(key => key.slice(start.length))
  }

  /** All kept files (not temporary ones, not folders). */
  paths(): string[] {
    return this.store
      .keys()
      .filter(key => key.startsWith(PREFIX) && this.store.get(key) !== FOLDER)
      .map(key => key.slice(PREFIX.length))
  }

  /** An address that the browser can draw, for a path of the app. Anything else is answered as it is. */
  drawable(path: string): string {
    if (!path.startsWith('wxfile://')) return path
    const known = this.blobUrls.get(path)
    if (known) return known
    const file = this.read(path)
    if (!file) return path
    const url = URL.createObjectURL(new Blob([file.bytes]))
    this.blobUrls.set(path, url)
    return url
  }

  private forgetBlob(path: string): void {
    const url = this.blobUrls.get(path)
    if (url) URL.revokeObjectURL(url)
    this.blobUrls.delete(path)
  }
}

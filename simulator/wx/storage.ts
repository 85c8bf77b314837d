// wx.setStorage and its family. Limits: 1 MB a key, 10 MB in all (WeChat: 数据缓存) or what the phone is set to.
import { methods, text, WxFailure, type Options, type Phone, type WxMethods } from './core.ts'
import { bytesOf, type KeyValueStore } from './key-value-store.ts'

const KEY_LIMIT = 1_048_576
const PREFIX = 'storage/'

function encode(value: unknown): string {
  if (value instanceof Date) return `Date:${value.getTime()}`
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') throw new WxFailure('data type not supported')
  const json = JSON.stringify(value)
  return json === undefined ? 'Undefined:' : `JSON:${json}`
}

function decode(stored: string): unknown {
  const at = stored.indexOf(':')
  const content = stored.slice(at + 1)
  switch (stored.slice(0, at)) {
    case 'Date':
      return new Date(Number(content))
    case 'Undefined':
      return undefined
    default:
      return JSON.parse(content)
  }
}

/** One key of wx.setStorage, for the person who looks at it from outside. */
export interface StorageEntry {
  key: string
  /** as WeChat counts them: of the key and of what is kept */
  bytes: number
  value: unknown
}

export const storageEntries = (store: KeyValueStore): StorageEntry[] =>
  store
    .keys()
    .filter(key => key.startsWith(PREFIX))
    .map(key => {
      const [name, kept] = [key.slice(PREFIX.length), store.get(key)!]
      return { key: name, bytes: bytesOf(name) + store.bytes(key), value: decode(kept) }
    })

/** Past the limits: it is the person's hand, not the app. @param value undefined deletes the key */
export function writeStorage(store: KeyValueStore, key: string, value: unknown): void {
  if (value === undefined) store.delete(PREFIX + key)
  else store.set(PREFIX + key, encode(value))
}

export function storage({ storage: store, settings }: Phone): WxMethods {
  const totalLimit = () => settings.storageLimit * 1_024
  const keys = () =>
    store
      .keys()
      .filter(key => key.startsWith(PREFIX))
      .map(key => key.slice(PREFIX.length))
  const used = () => keys().reduce((sum, key) => sum + bytesOf(key) + store.bytes(PREFIX + key), 0)

  const set = (key: unknown, value: unknown): void => {
    if (typeof key !== 'string' || key === '') throw new WxFailure('parameter error: parameter.key should be String')
    const stored = encode(value)
    const bytes = bytesOf(stored)
    if (bytes > KEY_LIMIT) throw new WxFailure('entry size limit reached')
    const before = store.get(PREFIX + key) === undefined ? 0 : bytesOf(key) + store.bytes(PREFIX + key)
    if (used() + bytesOf(key) + bytes - before > totalLimit()) throw new WxFailure('exceed storage max size 10Mb')
    store.set(PREFIX + key, stored, bytes)
  }
  const get = (key: string): unknown => {
    const stored = store.get(PREFIX + key)
    if (stored === undefined) throw new WxFailure('data not found')
    return decode(stored)
  }
  const remove = (key: string) => store.delete(PREFIX + key)
  const clear = () => keys().forEach(remove)
  const describe = () => ({ keys: keys(), currentSize: Math.ceil(used() / 1024), limitSize: settings.storageLimit })
  const sync = <T>(api: string, act: () => T): T => {
    try {
      return act()
    } catch (error) {
      throw new Error(`${api}:fail ${(error as Error).message}`, { cause: error })
    }
  }
  const listOf = (options: Options, name: string) => {
    const list = options[name]
    if (!Array.isArray(list)) throw new WxFailure(`parameter error: parameter.${name} should be Array`)
    return list as never[]
  }

  return {
    ...methods({
      setStorage: options => set(options.key, options.data),
      getStorage: options => ({ data: get(text(options, 'key')) }),
      removeStorage: options => remove(text(options, 'key')),
      clearStorage: () => clear(),
      getStorageInfo: () => describe(),
      batchSetStorage: options =>
        (listOf(options, 'kvList') as { key: string; value: unknown }[]).forEach(({ key, value }) => set(key, value)),
      batchGetStorage: options => ({
        dataList: (listOf(options, 'keyList') as string[]).map(key => (keys().includes(key) ? get(key) : '')),
      }),
    }),
    setStorageSync: (key: unknown, value: unknown) => sync('setStorageSync', () => set(key, value)),
    getStorageSync: (key: string) => (store.get(PREFIX + key) === undefined ? '' : decode(store.get(PREFIX + key)!)),
    removeStorageSync: remove,
    clearStorageSync: clear,
    getStorageInfoSync: describe,
    batchSetStorageSync: (kvList: { key: string; value: unknown }[]) =>
      sync('batchSetStorageSync', () => kvList.forEach(({ key, value }) => set(key, value))),
    batchGetStorageSync: (keyList: string[]) =>
      keyList.map(key => (store.get(PREFIX + key) === undefined ? '' : decode(store.get(PREFIX + key)!))),
  }
}

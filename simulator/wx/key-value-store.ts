// Keeps strings under keys: in memory for the synchronous wx methods, and in IndexedDB so that they survive a reload.

const STORE = 'entries'

function promised<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(request.error ?? new Error('IndexedDB failed'))
  })
}

const encoder = new TextEncoder()
/** In UTF-8. */
export const bytesOf = (value: string): number => encoder.encode(value).length

/** A phone knows how much it keeps: each value is measured once, when it comes, those of before while nobody waits for the app yet. */
interface Entry {
  value: string
  bytes: number
}
const entryOf = (value: string, bytes = bytesOf(value)): Entry => ({ value, bytes })

export class KeyValueStore {
  /** told after each change */
  onChange: () => void = () => {}
  private writing: Promise<unknown> = Promise.resolve()

  private constructor(
    private readonly database: IDBDatabase,
    private readonly entries: Map<string, Entry>,
  ) {}

  static async open(name: string): Promise<KeyValueStore> {
    const opening = indexedDB.open(name, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE)
    const database = await promised(opening)
    const store = database.transaction(STORE).objectStore(STORE)
    const [keys, values] = await Promise.all([promised(store.getAllKeys()), promised(store.getAll())])
    return new KeyValueStore(database, new Map(keys.map((key, index) => [String(key), entryOf(String(values[index]))])))
  }

  keys(): string[] {
    return [...this.entries.keys()]
  }

  get(key: string): string | undefined {
    return this.entries.get(key)?.value
  }

  /** Of the value, 0: there is none. */
  bytes(key: string): number {
    return this.entries.get(key)?.bytes ?? 0
  }

  /** @param bytes of the value, where it was measured already */
  set(key: string, value: string, bytes?: number): void {
    this.entries.set(key, entryOf(value, bytes))
    this.write(store => store.put(value, key))
  }

  delete(key: string): void {
    this.entries.delete(key)
    this.write(store => store.delete(key))
  }

  clear(): void {
    this.entries.clear()
    this.write(store => store.clear())
  }

  /** Resolves when everything written so far is in IndexedDB. */
  async flushed(): Promise<void> {
    await this.writing
  }

  private write(change: (store: IDBObjectStore) => IDBRequest): void {
    const done = promised(change(this.database.transaction(STORE, 'readwrite').objectStore(STORE)))
    this.writing = Promise.all([this.writing, done])
    this.onChange()
  }
}

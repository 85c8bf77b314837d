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

export class KeyValueStore {
  /** told after each change */
  onChange: () => void = () => {}
  private writing: Promise<unknown> = Promise.resolve()

  /** of values that were asked for */
  private readonly sizes = new Map<string, number>()

  private constructor(
    private readonly database: IDBDatabase,
    private readonly entries: Map<string, string>,
  ) {}

  static async open(name: string): Promise<KeyValueStore> {
    const opening = indexedDB.open(name, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE)
    const database = await promised(opening)
    const store = database.transaction(STORE).objectStore(STORE)
    const [keys, values] = await Promise.all([promised(store.getAllKeys()), promised(store.getAll())])
    return new KeyValueStore(database, new Map(keys.map((key, index) => [String(key), String(values[index])])))
  }

  keys(): string[] {
    return [...this.entries.keys()]
  }

  get(key: string): string | undefined {
    return this.entries.get(key)
  }

  /** Of the value, 0: there is none. A phone knows how much it keeps: no value is measured twice. */
  bytes(key: string): number {
    const known = this.sizes.get(key)
    if (known !== undefined) return known
    const measured = bytesOf(this.entries.get(key) ?? '')
    this.sizes.set(key, measured)
    return measured
  }

  set(key: string, value: string): void {
    this.entries.set(key, value)
    this.sizes.delete(key)
    this.write(store => store.put(value, key))
  }

  delete(key: string): void {
    this.entries.delete(key)
    this.sizes.delete(key)
    this.write(store => store.delete(key))
  }

  clear(): void {
    this.entries.clear()
    this.sizes.clear()
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

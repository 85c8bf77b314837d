// WeChat gives a mini program 10 MB of storage. What can be read again makes room for what cannot: caches go oldest first, drafts never (product.md §8).
import type { KeyValues, Phone } from '../phone/phone'

/** From here on caches go, so that drafts and what waits to be sent have room. */
const MOST_BYTES = 8 * 1024 * 1024

/** Something that can be read again. */
export interface Droppable {
  /** when the oldest part of it was read (ms), null when there is nothing to give */
  oldest(): number | null
  /** Forgets that part. */
  dropOldest(): void
}

export class StorageQuota {
  private readonly caches: Droppable[] = []
  /** a value could neither be removed nor emptied: what else is given up frees nothing either */
  private stuck = false

  constructor(
    private readonly phone: Pick<Phone, 'storage' | 'storageUsed'>,
    private readonly mostBytes = MOST_BYTES,
  ) {}

  register(cache: Droppable): void {
    this.caches.push(cache)
  }

  /** Whether more is kept than should be. */
  get isTight(): boolean {
    return this.phone.storageUsed() > this.mostBytes
  }

  /** After a cache wrote, and at app start: the oldest parts go until there is room. Returns whether there is. */
  tidy(): boolean {
    while (this.isTight) if (!this.dropOldest()) return false
    return true
  }

  /** Gives up the oldest part of all caches. Returns false when there is none. */
  dropOldest(): boolean {
    const oldest = this.caches
      .map(cache => ({ cache, at: cache.oldest() }))
      .filter((one): one is { cache: Droppable; at: number } => one.at !== null)
      .sort((one, other) => one.at - other.at)[0]
    this.stuck = false
    oldest?.cache.dropOldest()
    return oldest !== undefined && !this.stuck
  }

  /** Some phones do not remove: a log-out, or an answer of the server, must not fail half way for it. WeChat says of '' that nothing is there. */
  private empty(key: string): void {
    try {
      this.phone.storage.set(key, '')
    } catch {
      this.stuck = true
    }
  }

  /** The phone's storage, where a value that finds no room takes that of the caches. Throws what WeChat throws when there is none to take. */
  readonly storage: KeyValues = {
    get: key => this.phone.storage.get(key),
    remove: key => {
      try {
        this.phone.storage.remove(key)
      } catch {
        this.empty(key)
      }
    },
    set: (key, value) => {
      for (;;) {
        try {
          return this.phone.storage.set(key, value)
        } catch (thrown) {
          if (!this.dropOldest()) throw thrown
        }
      }
    },
  }
}

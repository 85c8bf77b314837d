// Drafts and parcels in the phone's storage. Each lies whole under one key of its own, bound to its account, so that a kill between two writes finds either
// the one before or the one after. The keys themselves are the index: nothing can be listed that is not there, or be there unlisted.
import type { KeyValues } from '../phone/phone'
import type { LocalPhoto } from '../rules/field-work'
import { keptAs, type KeptAs } from '../phone/kept-as'

/** draft: a visit that is being made · test: a test payment that is being made · parcel: what waits to be sent */
export type WorkKind = 'draft' | 'test' | 'parcel'

/** of unsent work of any kind and version: what a newer app made has its photos still when an older one runs again */
const WITH_PHOTOS = keptAs<{ photos?: unknown }>(1, {}, other => other as { photos?: unknown })

/** The photos of what lies under a key, also where the rest of it cannot be read. */
export function photosAt(storage: Pick<KeyValues, 'get'>, key: string): LocalPhoto[] {
  const photos = WITH_PHOTOS.read(storage, key)?.photos
  return Array.isArray(photos) ? photos.filter((one: Partial<LocalPhoto> | null): one is LocalPhoto => typeof one?.path === 'string') : []
}

/** Whether anything does: what a phone would not remove was emptied. */
export const liesAt = (storage: Pick<KeyValues, 'get'>, key: string): boolean => WITH_PHOTOS.read(storage, key) !== null

export class UnsentWork<T> {
  constructor(
    private readonly storage: KeyValues,
    private readonly keys: () => readonly string[],
    private readonly kind: WorkKind,
    private readonly as: KeptAs<T>,
  ) {}

  all(staff_id: string): T[] {
    const prefix = this.prefix(staff_id)
    return this.keys().flatMap(key => {
      const one = key.startsWith(prefix) ? this.as.read(this.storage, key) : null
      return one === null ? [] : [one]
    })
  }
  get(staff_id: string, id: string): T | null {
    return this.as.read(this.storage, this.prefix(staff_id) + id)
  }
  /** Throws what the storage throws when there is no room, with nothing changed. */
  put(staff_id: string, id: string, one: T): void {
    this.as.write(this.storage, this.prefix(staff_id) + id, one)
  }
  drop(staff_id: string, id: string): void {
    this.storage.remove(this.prefix(staff_id) + id)
  }

  private prefix(staff_id: string): string {
    return prefixOf(staff_id, this.kind)
  }
}

const prefixOf = (staff_id: string, kind: WorkKind) => `staff:${staff_id}:${kind}:`

/** Keys of all of this account's work of one kind. */
export const keysOfWork = (keys: readonly string[], staff_id: string, kind: WorkKind): string[] =>
  keys.filter(key => key.startsWith(prefixOf(staff_id, kind)))

/** Paths of all photos that something on the phone still needs, whoever's it is. */
export function neededPhotos(storage: KeyValues, keys: readonly string[]): Set<string> {
  const kept = keys.filter(key => /^staff:[^:]*:(draft|test|parcel):/.test(key))
  return new Set(kept.flatMap(key => photosAt(storage, key).map(({ path }) => path)))
}

/** At app start: a kill between the file and its note left a file that nobody knows. */
export function sweepPhotos(files: { kept(): string[]; forget(path: string): void }, needed: ReadonlySet<string>): void {
  files.kept().forEach(path => {
    if (!needed.has(path)) files.forget(path)
  })
}

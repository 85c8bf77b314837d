// What the phone kept is read through the version of its shape: an app that was updated does not take what an older one left at its word.
import { isLike } from '../rules/is-like'
import type { KeyValues } from './phone'

export interface KeptAs<T> {
  /** null: nothing is kept, or it has another shape that cannot be upgraded */
  read(storage: Pick<KeyValues, 'get'>, key: string): T | null
  /** Throws what the storage throws when there is no room. */
  write(storage: Pick<KeyValues, 'set'>, key: string, value: T): void
  /** Of what can be done without: where there is no room it lasts until the app is closed, and what the person wanted goes on. */
  writeIfRoom(storage: Pick<KeyValues, 'set'>, key: string, value: T): void
}

/** A sample of a kept value: what is read of it at once, each of its own type; of a list the first entry stands for all. */
export type Like<T> = T extends string
  ? ''
  : T extends number
    ? 0
    : T extends readonly (infer One)[]
      ? [] | [Like<One>]
      : T extends object
        ? { [Key in keyof T]?: Like<NonNullable<T[Key]>> }
        : never

interface Versioned {
  kept_as: number
  value: unknown
}
const isVersioned = (kept: unknown): kept is Versioned => isLike(kept, { kept_as: 0 })

/**
 * @param like what is like it is taken; a storage that lost a half, or another program's value, is as if nothing were kept
 * @param version rises whenever a field that is read changes its meaning or is new and needed; 1 is also what was kept before there were versions
 * @param upgrade an older shape as this one; null: it is not read. What people made on this phone (drafts, what waits to be sent) always has one
 */
export const keptAs = <T>(
  version: number,
  like: Like<T>,
  upgrade: (older: unknown, version: number) => T | null = () => null,
): KeptAs<T> => ({
  read(storage, key) {
    const kept = storage.get(key)
    if (kept === null) return null
    const { kept_as, value } = isVersioned(kept) ? kept : { kept_as: 1, value: kept }
    const read = kept_as === version ? value : upgrade(value, kept_as)
    // written below, with this version
    return isLike(read, like) ? (read as T) : null
  },
  write(storage, key, value) {
    storage.set(key, { kept_as: version, value } satisfies Versioned)
  },
  writeIfRoom(storage, key, value) {
    try {
      this.write(storage, key, value)
    } catch {
      // said above
    }
  },
})

// What the phone kept is read through the version of its shape: an app that was updated does not take what an older one left at its word.
import type { KeyValues } from './phone'

export interface KeptAs<T> {
  /** null: nothing is kept, or it has another shape that cannot be upgraded */
  read(storage: Pick<KeyValues, 'get'>, key: string): T | null
  /** Throws what the storage throws when there is no room. */
  write(storage: Pick<KeyValues, 'set'>, key: string, value: T): void
}

interface Versioned {
  kept_as: number
  value: unknown
}
const isVersioned = (kept: unknown): kept is Versioned => typeof kept === 'object' && kept !== null && 'kept_as' in kept && 'value' in kept

/**
 * @param version rises whenever a field that is read changes its meaning or is new and needed; 1 is also what was kept before there were versions
 * @param upgrade an older shape as this one; null: it is not read. What people made on this phone (drafts, what waits to be sent) always has one
 */
export const keptAs = <T>(version: number, upgrade: (older: unknown, version: number) => T | null = () => null): KeptAs<T> => ({
  read(storage, key) {
    const kept = storage.get(key)
    if (kept === null) return null
    const { kept_as, value } = isVersioned(kept) ? kept : { kept_as: 1, value: kept }
    // written below, with this version
    return kept_as === version ? (value as T) : upgrade(value, kept_as)
  },
  write(storage, key, value) {
    storage.set(key, { kept_as: version, value } satisfies Versioned)
  },
})

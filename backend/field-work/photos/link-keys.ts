// The keys that links to photos are signed with. A key has an id that stands in the link, so that a change of key is never taken for a forgery
// while one process knows the new key already and another does not yet.
import { createHash, randomBytes } from 'node:crypto'
import type { Context } from '../../platform/context.ts'

/** where a key of the database stands */
type Place = Pick<Context, 'db' | 'sp_mchid' | 'clock'>

export interface LinkKey {
  /** eight hex digits of its hash */
  id: string
  key: string
}

export interface LinkKeys {
  /** The one to sign with. */
  newest(place: Place): Promise<LinkKey>
  /** @returns undefined when no such key is in use */
  find(place: Place, id: string): Promise<LinkKey | undefined>
}

const named = (key: string): LinkKey => ({ id: createHash('sha256').update(key).digest('hex').slice(0, 8), key })

/**
 * @param keys of PHOTO_LINK_KEY: the first one signs, all are accepted. Empty: one that is made once and kept in the database
 * @param believedForMs how long a key that was read from the database is believed, real time
 */
export function linkKeys(keys: readonly string[], believedForMs = 10_000): LinkKeys {
  const given = keys.map(named)
  return given.length === 0
    ? storedKeys(believedForMs)
    : { newest: () => Promise.resolve(given[0]!), find: (_place, id) => Promise.resolve(given.find(key => key.id === id)) }
}

function storedKeys(believedForMs: number): LinkKeys {
  let read: { at: number; key: Promise<LinkKey> } | undefined
  const newest = (place: Place): Promise<LinkKey> => {
    if (read && performance.now() - read.at < believedForMs) return read.key
    const key = storedKey(place)
    read = { at: performance.now(), key }
    key.catch(() => (read = undefined))
    return key
  }
  return {
    newest,
    async find(place, id) {
      const key = await newest(place)
      return key.id === id ? key : undefined
    },
  }
}

async function storedKey({ db, sp_mchid, clock }: Place): Promise<LinkKey> {
  const stored = () => db.selectFrom('photo_link_keys').select('key').where('sp_mchid', '=', sp_mchid).executeTakeFirst()
  const there = await stored()
  if (there) return named(there.key)
  const made = { sp_mchid, key: randomBytes(32).toString('base64url'), created_at: clock.now() }
  await db
    .insertInto('photo_link_keys')
    .values(made)
    .onConflict(conflict => conflict.doNothing())
    .execute()
  return named((await stored())!.key)
}

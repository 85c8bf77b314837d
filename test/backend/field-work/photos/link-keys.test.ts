// Changing the key of photo links, one process after the other.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import pg from 'pg'
import { manualClock } from '../../../../backend/platform/clock.ts'
import { connect, type Database } from '../../../../backend/database/connection.ts'
import { linkKeys, type LinkKeys } from '../../../../backend/field-work/photos/link-keys.ts'
import { assertLink, linkTo } from '../../../../backend/field-work/photos/links.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'

let testDatabase: TestDatabase
let db: Database
beforeAll(async () => {
  testDatabase = await createTestDatabase()
  db = connect(testDatabase.url)
  await db.insertInto('provider').values({ sp_mchid, name: '测试服务商', updated_at: clock.now() }).execute()
})
afterAll(async () => {
  await db.destroy()
  await testDatabase.drop()
})
const sp_mchid = '1900000100'
const clock = manualClock(new Date('2026-11-23T02:00:00Z'))

const photo = '3f2b8c1e-0000-4000-8000-000000000001'
/** A process with these keys, on the one database. */
const processWith = (keys: LinkKeys) => {
  const context = { db, sp_mchid, clock, photos: { linkKeys: keys } }
  return {
    link: async () => {
      const { searchParams } = new URL((await linkTo(context, photo)).url, 'http://x')
      const { key, expires, signature } = Object.fromEntries(searchParams) as Record<string, string>
      return { key: key!, expires: Number(expires), signature: signature! }
    },
    accepts: async (link: { key: string; expires: number; signature: string }) =>
      assertLink(context, photo, link).then(
        () => true,
        (error: { code?: string }) => {
          if (error.code !== 'PHOTO_LINK_INVALID') throw error
          return false
        },
      ),
  }
}
const [old, fresh] = ['o'.repeat(32), 'n'.repeat(32)]

describe('a key of the settings', () => {
  test('given processes that are changed one after the other to `new,old`, then each accepts what any of them signed', async () => {
    const [before, between] = [processWith(linkKeys([old])), processWith(linkKeys([fresh, old]))]
    expect(await between.accepts(await before.link())).toBe(true)
    const after = processWith(linkKeys([fresh]))
    expect(await after.accepts(await between.link())).toBe(true)
    expect(await between.accepts(await after.link())).toBe(true)
  })
  test('given a key that is no longer in use, or a link under the name of another key, then it is refused', async () => {
    const [leaked, now] = [processWith(linkKeys([old])), processWith(linkKeys([fresh]))]
    const link = await leaked.link()
    expect(await now.accepts(link)).toBe(false)
    expect(await now.accepts({ ...link, key: (await now.link()).key })).toBe(false)
  })
})

test('given the database’s key, then every process signs with the same one, and each sees when it was deleted', async () => {
  const [one, other] = [processWith(linkKeys([], 0)), processWith(linkKeys([], 0))]
  const link = await one.link()
  expect([await other.accepts(link), (await other.link()).key]).toEqual([true, link.key])
  const owner = new pg.Client({ connectionString: testDatabase.ownerUrl })
  await owner.connect()
  await owner.query('delete from photo_link_keys')
  await owner.end()
  expect([await one.accepts(link), await other.accepts(link)]).toEqual([false, false])
  expect((await one.link()).key).toBe((await other.link()).key)
})

// The counters beside the merchants: equal to a full count after whatever was written, by whomever at the same time.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { connect, type Database, type Trx } from '../../../../backend/database/connection.ts'
import { seededRandom, type Random } from '../../../../dev/demo/random.ts'
import { searchTerms } from '../../../../backend/directory/merchants/search-terms.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'

const sp_mchid = '1900000001'
const now = new Date('2026-11-23T02:00:00Z')
const districts = ['440303', '440304', '440305', '110105', '441900']
const states = ['unknown', 'not_migrated', 'enrolled', 'verified', 'regressed'] as const
const name = '科技面馆'
let testDatabase: TestDatabase
let db: Database

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  db = connect(testDatabase.url, 8)
  await db.insertInto('provider').values({ sp_mchid, name: '示例服务商', updated_at: now }).execute()
})
afterAll(async () => {
  await db?.destroy()
  await testDatabase?.drop()
})

/** Numbers of their own for each writer, so that two never add the same merchant. */
const numbers = (writer: number, count: number) =>
  Array.from({ length: count }, (_, index) => String(1_900_000_000 + writer * 1_000 + index))

const add = (trx: Database | Trx, random: Random, ids: readonly string[]) =>
  trx
    .insertInto('sub_merchants')
    .values(
      ids.map(sub_mchid => ({
        sp_mchid,
        sub_mchid,
        name,
        short_name: '',
        address: '',
        ...searchTerms({ name, short_name: '', address: '' }),
        region_code: random.pick(districts),
        created_at: now,
        updated_at: now,
      })),
    )
    .execute()

const change = (trx: Database | Trx, random: Random, ids: readonly string[]) =>
  trx
    .updateTable('sub_merchants')
    .set({
      region_code: random.pick(districts),
      migration_state: random.pick(states),
      receipt_status: random.pick(['unknown', 'open'] as const),
      migration_attention: random.chance(0.3) ? ['OUT_OF_BAND'] : [],
      receipt_error: random.chance(0.2),
    })
    .where('sub_mchid', 'in', [...ids])
    .execute()

const kind = sql.raw('migration_state, migration_attention, receipt_error, gold_plan_status, receipt_status, advertising_status')
const kept = async (view: string) =>
  (
    await sql`select region_code, ${kind}, sum(count)::integer as count from ${sql.table(view)}
      group by region_code, ${kind} having sum(count) <> 0 order by region_code, ${kind}`.execute(db)
  ).rows
const counted = async (digits: number) =>
  (
    await sql`select left(region_code, ${sql.lit(digits)}) collate "C" as region_code, ${kind}, count(*)::integer as count from sub_merchants
      group by 1, ${kind} order by 1, ${kind}`.execute(db)
  ).rows

async function expectTruth(): Promise<void> {
  expect(await kept('merchant_counts')).toEqual(await counted(6))
  expect(await kept('merchant_city_counts')).toEqual(await counted(4))
}

test('given merchants added, moved and judged anew one by one and many at once, then the counters are a full count', async () => {
  const random = seededRandom(1)
  const ids = numbers(0, 200)
  await add(db, random, ids.slice(0, 120))
  for (const id of ids.slice(120)) await add(db, random, [id])
  for (let round = 0; round < 60; round += 1)
    await change(
      db,
      random,
      Array.from({ length: random.integer(1, 20) }, () => random.pick(ids)),
    )
  expect((await kept('merchant_counts')).length).toBeGreaterThan(10)
  await expectTruth()
})

test('given a write that changes nothing countable, or is rolled back, then the counters stay', async () => {
  const before = await kept('merchant_counts')
  await db.updateTable('sub_merchants').set({ name: '面点王' }).execute()
  await db
    .transaction()
    .execute(async trx => {
      await change(trx, seededRandom(2), numbers(0, 100))
      throw new Error('no')
    })
    .catch(() => undefined)
  expect(await kept('merchant_counts')).toEqual(before)
  await expectTruth()
})

test('given eight writers at once whose transactions touch the same districts in any order, some rolled back, then none waits for another in vain and the counters are a full count', async () => {
  const shared = numbers(0, 200)
  const failures: unknown[] = []
  await Promise.all(
    Array.from({ length: 8 }, async (_, writer) => {
      const random = seededRandom(100 + writer)
      const own = numbers(1 + writer, 40)
      for (let round = 0; round < 25; round += 1) {
        const given = round === 0 ? add(db, random, own) : Promise.resolve()
        await given
        await db
          .transaction()
          .execute(async trx => {
            // one row of others at most, or the rows themselves would lock each other out
            await change(trx, random, [random.pick(shared)])
            for (let step = 0; step < 3; step += 1) await change(trx, random, [own[random.integer(0, 39)]!])
            if (random.chance(0.2)) throw new RolledBack()
          })
          .catch((error: unknown) => void (error instanceof RolledBack || failures.push(error)))
      }
    }),
  )
  expect(failures).toEqual([])
  await expectTruth()
})

class RolledBack extends Error {}

test('given many writes, then the changes are folded into the sums now and then', async () => {
  const random = seededRandom(7)
  for (let round = 0; round < 150; round += 1) await change(db, random, numbers(0, 20))
  const { rows } = await sql<{ count: number }>`
    select (select count(*) from merchant_sum_changes)::integer + (select count(*) from merchant_changes)::integer as count`.execute(db)
  expect(rows[0]!.count).toBeLessThan(1_500)
  await expectTruth()
})

test('given the program, then it cannot write a counter itself', async () => {
  await expect(sql`update merchant_sums set count = 0`.execute(db)).rejects.toThrow(/permission denied/)
  await expect(sql`select recount_merchants()`.execute(db)).rejects.toThrow(/permission denied/)
})

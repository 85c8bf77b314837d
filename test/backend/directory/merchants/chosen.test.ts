// Lists by what the app offers to choose: one choice is one statement that PostgreSQL keeps, however it is put.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import type { SubMerchantPage } from '../../../../backend/directory/merchants/schema.ts'
import { startBackend, type Backend } from '../../support/backend.ts'

let backend: Backend
beforeAll(async () => {
  backend = await startBackend()
  for (const [index, migration_state] of (['blocked', 'regressed', 'unknown', 'verified'] as const).entries()) {
    const sub_mchid = String(1_900_000_109 + index)
    await backend.addMerchant(sub_mchid)
    await backend.db.updateTable('sub_merchants').set({ migration_state }).where('sub_mchid', '=', sub_mchid).execute()
  }
})
afterAll(() => backend.close())

const numbersOf = async (query: string) => {
  const { body } = await backend.call<SubMerchantPage>('operator', 'GET', `/v1/sub-merchants?${query}`)
  return body.items.map(({ sub_mchid }) => sub_mchid)
}
/** pages that are prepared on the connection that asks, which is the one that asked last */
const prepared = async () =>
  (
    await sql<{
      name: string
    }>`select name from pg_prepared_statements where name like 'kept %' and statement like '%migration_state%'`.execute(backend.db)
  ).rows.length

test('given one choice in other orders and with values repeated, then it is one statement with one answer; another choice is another', async () => {
  const ways = [
    'state=blocked,regressed&gold_plan=unknown',
    'state=regressed,blocked&gold_plan=unknown',
    'gold_plan=unknown&state=regressed,blocked,regressed',
    'state=blocked,blocked,blocked,regressed&gold_plan=unknown',
  ]
  const before = await prepared()
  for (let turn = 0; turn < 3; turn += 1) for (const way of ways) expect(await numbersOf(way)).toEqual(['1900000110', '1900000109'])
  expect(await prepared()).toBe(before + 1)
  for (let turn = 0; turn < 10; turn += 1) expect(await numbersOf('state=blocked&gold_plan=unknown')).toEqual(['1900000109'])
  expect(await prepared()).toBe(before + 2)
})

// Answers over the whole demo data are what the schemas promise; and what the sandbox's WeChat believes is what the list's filters find.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { buildApp } from '../../backend/app.ts'
import { manualClock } from '../../backend/platform/clock.ts'
import { connect, type Database } from '../../backend/database/connection.ts'
import { difficultMerchants } from '../../dev/demo/difficulties.ts'
import { EvidencePage } from '../../backend/evidence/schema.ts'
import type { App } from '../../backend/http/authenticated.ts'
import { SubMerchant, SubMerchantPage } from '../../backend/directory/merchants/schema.ts'
import { RegionTree } from '../../backend/company/regions/schema.ts'
import { Me } from '../../backend/company/staff/schema.ts'
import { createTestDatabase, DEMO_MOMENT, type TestDatabase } from '../support/database.ts'

let testDatabase: TestDatabase
let database: Database
let app: App
let headers: Record<string, string>

beforeAll(async () => {
  testDatabase = await createTestDatabase({ demo: true })
  database = connect(testDatabase.url)
  // nothing here reaches WeChat Pay; login answers as the sandbox would
  const wechat = { code2Session: async (code: string) => ({ openid: `openid-${code}` }) }
  app = await buildApp({
    clock: manualClock(DEMO_MOMENT),
    database,
    sp_mchid: '1900000001',
    wechatPay: {} as never,
    wechat,
    workerEveryMs: null,
  })
  headers = await logIn('demo-operator')
})
afterAll(async () => {
  await app.close()
  await database.destroy()
  await testDatabase.drop()
})

async function logIn(code: string): Promise<Record<string, string>> {
  const session = await app.inject({ method: 'POST', url: '/v1/sessions', payload: { code } })
  return { authorization: `Bearer ${session.json<{ token: string }>().token}` }
}

async function conforming<T>(url: string, schema: TSchema, as = headers): Promise<T> {
  const answer = await app.inject({ method: 'GET', url, headers: as })
  expect([url, answer.statusCode]).toEqual([url, 200])
  const validator = Compile(schema)
  const body: unknown = answer.json()
  if (!validator.Check(body)) throw new Error(`${url}: ${JSON.stringify([...validator.Errors(body)].slice(0, 3))}`)
  return body as T
}

test.each(difficultMerchants.map(({ sub_mchid, difficulty, expect: promised }) => [sub_mchid, difficulty, promised] as const))(
  'given the demo merchant %s (%s), then its page and its evidence are as the schema says and its verdict as promised',
  async (sub_mchid, _, promised) => {
    const { migration } = await conforming<SubMerchant>(`/v1/sub-merchants/${sub_mchid}`, SubMerchant)
    expect([migration.state, migration.reason]).toEqual([promised.state, promised.reason])
    expect([...migration.attention].sort()).toEqual([...promised.attention].sort())
    await conforming(`/v1/sub-merchants/${sub_mchid}/evidence?limit=100`, EvidencePage)
  },
)

test('given the list of everything, then every page is as the schema says and together they are all', async () => {
  const seen = new Set<string>()
  let cursor: string | null = null
  do {
    const page: SubMerchantPage = await conforming(`/v1/sub-merchants?limit=100${cursor ? `&cursor=${cursor}` : ''}`, SubMerchantPage)
    for (const { sub_mchid } of page.items) seen.add(sub_mchid)
    cursor = page.next_cursor
  } while (cursor)
  const { count } = await database
    .selectFrom('sub_merchants')
    .select(eb => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  expect(seen.size).toBe(Number(count))
})

test('given me and the regions, then they are as the schema says', async () => {
  await conforming('/v1/me', Me)
  await conforming('/v1/regions', RegionTree)
})

test('given a field agent types kjmg, then 科技面馆 is the first of what is found', async () => {
  const { items } = await conforming<SubMerchantPage>('/v1/sub-merchants?q=kjmg', SubMerchantPage, await logIn('demo-field_agent'))
  expect(items[0]?.sub_mchid).toBe('1900000109')
})

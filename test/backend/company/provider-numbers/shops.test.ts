// Shops of several numbers in the hands of staff: found together, worked at together; those of a number that is not served stay invisible.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { importFile, type ImportReport } from '../../../../backend/directory/imports/import.ts'
import { providerOf } from '../../../../backend/directory/imports/world.ts'
import type { SubMerchant, SubMerchantPage } from '../../../../backend/directory/merchants/schema.ts'
import { ensureProviders, SharedMerchantsError } from '../../../../backend/company/providers.ts'
import type { ProviderNumberList } from '../../../../backend/readiness/schema.ts'
import type { Summary } from '../../../../backend/workbench/schema.ts'
import type { Visit, VisitResult } from '../../../../backend/field-work/visits/schema.ts'
import { settableIn } from '../../../support/provider-settings.ts'
import { minute } from '../../support/backend.ts'
import { answersWithoutJsapi, sendPhoto } from '../../field-work/visits/given.ts'
import { foreign, fresh, home, second, startTwoNumbers, type TwoNumbers } from './two-numbers.ts'

let backend: TwoNumbers
let folder: string
beforeAll(async () => {
  backend = await startTwoNumbers()
  folder = mkdtempSync(join(tmpdir(), 'goldplan-numbers-'))
})
afterAll(async () => {
  await backend?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function load(name: string, ...lines: string[]): Promise<ImportReport> {
  const path = join(folder, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return importFile({ database: backend.db, clock: backend.clock, sp_mchid: await usual(), path })
}
const usual = () => providerOf(backend.db, home)
const rejected = (name: string) => readFileSync(join(folder, name.replace('.csv', '.rejects.csv')), 'utf8')
const search = async (query: string) => (await backend.call<SubMerchantPage>('operator', 'GET', `/v1/sub-merchants?${query}`)).body
const header = 'sp_mchid,sub_mchid,name,region_code,assigned_to'

describe('import and search', () => {
  beforeAll(async () => {
    const row = (sp_mchid: string, index: number) => `${sp_mchid},${1_900_400_000 + index},双号${index % 5}号茶馆,440305,field_agent`
    const rows = Array.from({ length: 60 }, (_, index) => row([home, second, foreign][index % 3]!, index))
    expect(await load('merchants.csv', header, ...rows)).toMatchObject({ rows: 60, added: 40, rejected: 20 })
  })

  test('given staff of the home number, then they are responsible for shops of both, and nobody of them for a foreign one', () => {
    expect(rejected('merchants.csv')).toContain('没有这个员工')
  })

  test.each(['q=双号', 'q=shuanghao', 'q=sh', 'q=茶馆', 'q=19004', 'q=双号&sort=name', 'sort=name', 'sort=since', ''])(
    'given "%s", then page after page holds every shop of both numbers once, in the order of one long page',
    async query => {
      const whole = (await search(`${query}&limit=100`)).items.map(item => item.sub_mchid)
      const paged: string[] = []
      let cursor: string | null = null
      do {
        const page: SubMerchantPage = await search(`${query}&limit=7${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)
        paged.push(...page.items.map(item => item.sub_mchid))
        cursor = page.next_cursor
      } while (cursor)
      expect(paged).toEqual(whole)
      const ours = Array.from({ length: 60 }, (_, index) => String(1_900_400_000 + index)).filter((_, index) => index % 3 !== 2)
      expect(whole.filter(one => one.startsWith('19004')).sort()).toEqual(ours)
    },
  )

  test('given the summary, then it counts the shops of both numbers and no other', async () => {
    const { body } = await backend.call<Summary>('operator', 'GET', '/v1/summary')
    const { count } = await backend.db
      .selectFrom('sub_merchants')
      .select(eb => eb.fn.countAll<string>().as('count'))
      .where('sp_mchid', 'in', [home, second])
      .executeTakeFirstOrThrow()
    expect(body.total).toBe(Number(count))
  })

  test('given a file that puts a known shop under the other number, or one shop under both, then those rows are rejected', async () => {
    const report = await load(
      'again.csv',
      header,
      `${second},1900400000,双号0号茶馆,440305,`,
      `${home},1900400900,双号九百,440305,`,
      `${second},1900400900,双号九百,440305,`,
    )
    expect([report.added, report.rejected]).toEqual([1, 2])
    expect(rejected('again.csv')).toContain(`已在服务商号 ${home} 名下`)
    const under = await backend.db.selectFrom('sub_merchants').select('sp_mchid').where('sub_mchid', '=', '1900400000').execute()
    expect(under).toEqual([{ sp_mchid: home }])
  })

  test('given codes that do not say whose they are, then each stands under the number of its shop, and moves with a shop of the other', async () => {
    const code = 'https://pay.example.com/c/77'
    await load('codes.csv', 'sub_mchid,content', `1900400001,${code}`)
    const scanned = () => backend.call('field_agent', 'POST', '/v1/scan-resolutions', { body: { content: code } })
    expect((await scanned()).body).toMatchObject({ type: 'sub_merchant', sub_mchid: '1900400001' })
    expect(await load('codes2.csv', 'sub_mchid,content', `1900400000,${code}`)).toMatchObject({ updated: 1, rejected: 0 })
    expect((await scanned()).body).toMatchObject({ sub_mchid: '1900400000' })
    expect(await backend.db.selectFrom('store_codes').select('sp_mchid').execute()).toEqual([{ sp_mchid: home }])
  })

  test('given assignments of shops of both numbers, by file and by the app, then all move', async () => {
    const moved = await load('assignments.csv', 'sub_mchid,staff', '1900400000,region_lead', '1900400001,region_lead')
    expect(moved).toMatchObject({ updated: 2, rejected: 0 })
    const { status, body } = await backend.call('operator', 'PUT', '/v1/sub-merchants/assignments', {
      headers: fresh(),
      body: { staff_id: 'staff-field_agent', sub_mchids: ['1900400000', '1900400001'] },
    })
    expect([status, body.changed]).toEqual([200, 2])
    const audits = await backend.db
      .selectFrom('audit_entries')
      .select('sp_mchid')
      .where('action', '=', 'merchant.assigned')
      .where('actor_id', '=', 'staff-operator')
      .orderBy('target_id')
      .execute()
    expect(audits.map(row => row.sp_mchid)).toEqual([home, second])
  })
})

describe('a shop of the second number', () => {
  test('given a visit with a photo, then it is kept under that number, seen, and reviewed', async () => {
    const shop = await backend.shopOf(second)
    const id = randomUUID()
    const photo = await sendPhoto(backend, 'A3')
    const visit = (answers: object) => {
      const at = (ago: number) => new Date(backend.clock.now().getTime() - ago).toISOString()
      return { sub_mchid: shop, template_version: 1, status: 'submitted', started_at: at(20 * minute), ended_at: at(minute), answers }
    }
    const put = (answers: object) =>
      backend.call<VisitResult>('field_agent', 'PUT', `/v1/visits/${id}`, { headers: fresh(), body: visit(answers) })
    expect((await put(answersWithoutJsapi(photo))).status).toBe(201)
    // and changed before somebody looked at it
    backend.advance(2 * minute)
    const again = await put(answersWithoutJsapi(photo))
    expect([again.status, again.body.migration?.state]).toEqual([200, 'not_applicable'])
    const read = await backend.call<Visit>('region_lead', 'GET', `/v1/visits/${id}`)
    expect(read.body.photos.map(one => one.id)).toEqual([photo])
    expect((await backend.call('region_lead', 'GET', `/v1/photos/${photo}/url`)).status).toBe(200)
    const reviewed = await backend.call<Visit>('region_lead', 'POST', `/v1/visits/${id}/review`, {
      headers: fresh(),
      body: { result: 'accepted' },
    })
    expect([reviewed.status, reviewed.body.status, reviewed.body.reviews.length]).toEqual([200, 'accepted', 1])
    const under = await backend.db.selectFrom('visits').select(['sp_mchid', 'template_sp_mchid']).where('id', '=', id).execute()
    expect(under).toEqual([{ sp_mchid: second, template_sp_mchid: home }])
  })

  test('given a test payment with a photo, then it is evidence under that number; the same id for a shop of the other is refused', async () => {
    const [shop, other] = [await backend.shopOf(second), await backend.shopOf(home)]
    const photo = await sendPhoto(backend, 'C4')
    const body = {
      id: randomUUID(),
      kind: 'test_payment',
      occurred_at: new Date(backend.clock.now().getTime() - minute).toISOString(),
      detail: { entry: 'table_sticker', web_page_opened: true, payee_matches: 'yes', after_page: 'merchant_receipt', photo_ids: [photo] },
    }
    const write = (sub_mchid: string) =>
      backend.call('field_agent', 'POST', `/v1/sub-merchants/${sub_mchid}/evidence`, { headers: fresh(), body })
    const written = await write(shop)
    expect([written.status, (written.body.migration as { state: string }).state]).toEqual([201, 'verified'])
    expect((await write(other)).body.code).toBe('EVIDENCE_EXISTS')
    expect((await backend.call('region_lead', 'GET', `/v1/photos/${photo}/url`)).status).toBe(200)
    const detail = await backend.call<SubMerchant>('operator', 'GET', `/v1/sub-merchants/${shop}`)
    expect(detail.body.provider).toEqual({ sp_mchid: second, name: '示例服务商二号' })
  })
})

describe('a shop of a number that is not served', () => {
  test('then it is nowhere: not found, not read, not changed, not worked at, not given to anybody', async () => {
    const shop = await backend.shopOf(foreign)
    expect((await search(`q=${shop}`)).items).toEqual([])
    const codes = [
      await backend.call('admin', 'GET', `/v1/sub-merchants/${shop}`),
      await backend.call('admin', 'GET', `/v1/sub-merchants/${shop}/evidence`),
      await backend.control('operator', shop, 'gold-plan/jsapi', { status: 'open' }),
      await backend.call('operator', 'POST', `/v1/sub-merchants/${shop}/evidence`, {
        headers: fresh(),
        body: { id: randomUUID(), kind: 'unblock', occurred_at: backend.clock.now().toISOString(), detail: { note: '已处理' } },
      }),
    ].map(answer => answer.status)
    expect(codes).toEqual([404, 404, 404, 404])
    const given = await backend.call('operator', 'PUT', '/v1/sub-merchants/assignments', {
      headers: fresh(),
      body: { staff_id: 'staff-field_agent', sub_mchids: [shop] },
    })
    expect(given.body).toMatchObject({ changed: 0, refused: [{ reason: 'NOT_FOUND', sub_mchids: [shop] }] })
  })
})

describe('staff', () => {
  test('given somebody who stands under the second number, then he logs in and works at shops of both', async () => {
    const now = backend.clock.now()
    const member = { id: 'staff-of-second', display_name: '业务员 21', role: 'operator', status: 'active', created_at: now } as const
    await backend.db
      .insertInto('staff')
      .values({ ...member, sp_mchid: second })
      .execute()
    await backend.db
      .insertInto('staff_bindings')
      .values({ sp_mchid: second, openid: 'openid-demo-unbound', staff_id: member.id, bound_at: now })
      .execute()
    const session = await backend.call<{ token: string }>(null, 'POST', '/v1/sessions', { body: { code: 'demo-unbound' } })
    expect(session.status).toBe(200)
    const headers = { authorization: `Bearer ${session.body.token}` }
    for (const number of [home, second]) {
      const shop = await backend.shopOf(number)
      expect((await backend.call(null, 'GET', `/v1/sub-merchants/${shop}`, { headers })).status).toBe(200)
    }
    const me = await backend.call(null, 'GET', '/v1/me', { headers })
    expect(me.body).toMatchObject({ staff: { id: member.id }, provider: { sp_mchid: home } })
  })
})

test('given the settings of several numbers, then the home number comes first, and a change of another leaves the first as it is', async () => {
  const numbers = async () => (await backend.call<ProviderNumberList>('admin', 'GET', '/v1/provider')).body.numbers
  const [first, other] = await numbers()
  expect([first!.sp_mchid, other!.sp_mchid]).toEqual([home, second])
  const { status } = await backend.call('admin', 'PUT', `/v1/provider/${second}`, {
    body: { ...settableIn(other!), stale_after_days: 30 },
    headers: { 'idempotency-key': randomUUID(), 'if-match': `"${other!.version}"` },
  })
  const after = await numbers()
  expect([status, ...after.map(({ stale_after_days }) => stale_after_days)]).toEqual([200, first!.stale_after_days, 30])
  const trail = await backend.db.selectFrom('audit_entries').select('target_id').where('action', '=', 'provider.change').execute()
  expect(trail).toEqual([{ target_id: second }])
})

test('given a shop that stands under two numbers, when they are to be served together, then one line names it and nothing starts', async () => {
  await backend.addMerchant('1900500001', { sp_mchid: second })
  await backend.addMerchant('1900500001', { sp_mchid: foreign })
  const numbers = [
    { sp_mchid: second, name: '二号' },
    { sp_mchid: foreign, name: '三号' },
  ] as const
  const refused = await ensureProviders(backend.db, numbers, backend.clock.now()).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(SharedMerchantsError)
  expect((refused as Error).message).toContain(`1900500001 (${second}, ${foreign})`)
})

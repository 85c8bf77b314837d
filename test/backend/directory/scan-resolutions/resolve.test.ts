// POST /scan-resolutions: whose code is this, for this caller; and what may neither be looked up nor leave a trace.
import type { Role } from '../../../../backend/http/schema.ts'
import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { pino } from 'pino'
import { sp_mchid, startBackend, type Backend } from '../../support/backend.ts'

const inNanshan = '1900000109'
const inBeijing = '1900000160'
let backend: Backend
let log = ''

beforeAll(async () => {
  const lines = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log += chunk.toString()
      done()
    },
  })
  backend = await startBackend({ logger: pino({ level: 'trace' }, lines) })
  await backend.addMerchant(inNanshan)
  await backend.addMerchant(inBeijing, { region_code: '110105' })
  await store('pay.example.cn/q/AB12', inNanshan, '科苑店')
  await store('pay.example.cn/q', inNanshan)
  await store('m.example.cn/pay?shop=160', inBeijing)
  await store('桌台 12 号', inNanshan)
})
afterAll(() => backend.close())

const store = (content: string, sub_mchid: string, store_name: string | null = null) =>
  backend.db
    .insertInto('store_codes')
    .values({ sp_mchid, content, sub_mchid, store_name, created_at: backend.clock.now(), updated_at: backend.clock.now() })
    .execute()
const scan = (content: unknown, role: Role | null = 'field_agent') =>
  backend.call(role, 'POST', '/v1/scan-resolutions', { body: { content } })

describe('a code that was imported', () => {
  test('given the link on the sticker, then the merchant and its store are named, and nothing may keep the answer', async () => {
    const answer = await scan('http://PAY.example.cn:80/q/AB12/?from=wechat')
    expect([answer.status, answer.body]).toEqual([200, { type: 'sub_merchant', sub_mchid: inNanshan, store_name: '科苑店' }])
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })
  test('given a code without a store, then none is named', async () => {
    expect((await scan('https://pay.example.cn/q')).body).toEqual({ type: 'sub_merchant', sub_mchid: inNanshan })
  })
  test('given a code stored with a query, then only that query finds it', async () => {
    expect((await scan('https://m.example.cn/pay?shop=160', 'operator')).body).toEqual({ type: 'sub_merchant', sub_mchid: inBeijing })
    expect((await scan('https://m.example.cn/pay?shop=161', 'operator')).body).toEqual({ type: 'unknown' })
  })
  test('given a plain text, then it is found as it stands', async () => {
    expect((await scan(' 桌台 12 号 ')).body).toMatchObject({ sub_mchid: inNanshan })
  })
  test("given another region's merchant, then it is as unknown as one that does not exist", async () => {
    const [other, none] = [await scan('https://m.example.cn/pay?shop=160'), await scan('https://m.example.cn/pay?shop=999')]
    expect(other.body).toEqual({ type: 'unknown' })
    expect(none.body).toEqual(other.body)
  })
})

test.each([
  ['https://qr.alipay.com/fkx01234', 'foreign'],
  ['https://qr.95516.com/00010000/1', 'foreign'],
  ['wxp://f2f0abcdef', 'foreign'],
  ['https://elsewhere.example/x', 'unknown'],
  ["'; drop table store_codes; --", 'unknown'],
  ['🍜𠮷', 'unknown'],
  ['1900000109', 'unknown'],
])('given %s, then it is %s', async (content, type) => {
  expect((await scan(content)).body).toEqual({ type })
})

describe("a customer's payment code", () => {
  const code = '134567890123456789'
  test.each([code, `https://pay.example.cn/q/AB12?code=${code}`, `付款码 ${code}`, code.replace(/\d{4}/g, '$& ')])(
    'given %s, then it is refused, named as such, and repeated nowhere: not in the answer, the log or the database',
    async content => {
      const answer = await scan(content)
      expect(answer.status).toBe(422)
      expect(answer.body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field: 'content', code: 'PAYMENT_CODE' }] })
      expect(answer.text).not.toMatch(/456789/)
      expect(log).toContain('/v1/scan-resolutions')
      expect(log).not.toMatch(/4567890123456789|AB12/)
      const { rows } = await sql<{ held: boolean }>`
        select exists (select from audit_entries a where a::text like '%456789012345%') as held`.execute(backend.db)
      expect(rows[0]!.held).toBe(false)
    },
  )
})

describe('what is refused', () => {
  test.each([
    ['nothing', {}, 'REQUIRED'],
    ['an empty text', { content: '' }, 'TOO_SHORT'],
    ['a text of 513 characters', { content: 'x'.repeat(513) }, 'TOO_LONG'],
    ['a number', { content: 12 }, 'WRONG_TYPE'],
  ])('given %s, then the field is named', async (_, body, code) => {
    const answer = await backend.call('field_agent', 'POST', '/v1/scan-resolutions', { body })
    expect(answer.status).toBe(422)
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ field: 'content', code }))
  })
  test('given a text of spaces, then it is unknown', async () => {
    expect((await scan('   ')).body).toEqual({ type: 'unknown' })
  })
  test('given nobody logged in, then it is refused before it is looked at', async () => {
    expect((await scan('https://pay.example.cn/q/AB12', null)).status).toBe(401)
  })
  test('given one person who tries codes without end, then it ends, and a colleague is not hindered', async () => {
    let refused: Awaited<ReturnType<typeof scan>> | undefined
    for (let tried = 0; tried < 60 && !refused; tried += 1) {
      const answer = await scan(`https://pay.example.cn/q/${tried}`, 'auditor')
      if (answer.status === 429) refused = answer
    }
    expect(refused?.body).toMatchObject({ code: 'RATE_LIMITED', retry_after: expect.any(Number) })
    expect((await scan('https://pay.example.cn/q', 'region_lead')).status).toBe(200)
  })
})

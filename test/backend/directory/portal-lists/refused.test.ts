// Lists from the console that cannot be used, whole or in part: which column or line, and why (product.md B11).
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { sp_mchid, startBackend, type Answer, type Backend } from '../../support/backend.ts'
import { header, listsOn, type Refused } from './support/lists.ts'

let backend: Backend
beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend.close())
const { setStaff, shops, send, sendFile, post, read, rowsOf, work, looksAt } = listsOn(() => backend)
beforeEach(async () => {
  await setStaff({ status: 'active', role: 'operator' })
})

describe('what cannot be used', () => {
  const invalid = async (answer: Promise<Answer<Refused>>) => {
    const { status, body } = await answer
    return [status, body.errors?.[0]?.field, body.errors?.[0]?.code]
  }
  test.each([
    ['nothing', '', 'EMPTY'],
    ['a header alone', header, 'EMPTY'],
    ['a header that nobody knows', '门店,好不好\n1900000109,好', 'HEADER'],
    ['rows without a header', '1900000109,已开通\n1900000110,已开通', 'HEADER'],
    ['semicolons', '商户号;点金计划\n1900000109;已开通', 'NOT_A_TABLE'],
  ])('given %s, then 422 says so with a sentence', async (_, text, code) => {
    expect(await invalid(send(text))).toEqual([422, 'file', code])
  })
  test('given a header that nobody knows, then columns are named as people know them from the console', async () => {
    const { body } = await send('商户,点金计划,点金计划\n1900000109,已开通,已开通')
    expect(body.errors![0]!.message).toBe(
      '表头有误：“点金计划”出现了两次；不认识“商户”，是不是“商户号”？；缺少“商户号”。可用的列：商户号、商户名称、点金计划、小程序场景、商家小票、广告、同业过滤标签、核对时间',
    )
  })
  test.each([
    ['a workbook', Buffer.from('504b0304140006000800', 'hex'), 'NOT_A_TABLE'],
    ['UTF-16', Buffer.from(`\ufeff${header}\n1900000109,open`, 'utf16le'), 'ENCODING'],
    ['an empty file', Buffer.alloc(0), 'EMPTY'],
  ])('given %s, then 422 names it and nothing of this machine', async (_, bytes, code) => {
    const answer = await sendFile(new Uint8Array(bytes))
    expect([answer.status, answer.body.errors?.[0]?.code]).toEqual([422, code])
    for (const folder of [tmpdir(), process.cwd()]) expect(answer.text).not.toContain(folder)
  })
  test.each(['2026-02-30T10:00:00+08:00', '2026-13-45T99:99:99Z', '2026-11-20'])(
    'given a file that was checked at %s, then 422 names the time',
    async checked_at => {
      const file = new TextEncoder().encode('sub_mchid,gold_plan_jsapi\n1999999990,open\n')
      const answer = await sendFile(file, { checked_at })
      expect([answer.status, answer.body.errors?.[0]?.field, answer.body.errors?.[0]?.code]).toEqual([422, 'checked_at', 'WRONG_FORMAT'])
    },
  )
  test('given 10 MB, then it is read; given one byte more, then 413, as a file and as text', async () => {
    const most = 10 * 1024 * 1024
    const filled = (bytes: number) => `sub_mchid,gold_plan_jsapi\n1999999990,open\n`.padEnd(bytes, '\n')
    expect((await sendFile(filled(most))).body.counts).toMatchObject({ unknown: 1 })
    expect((await sendFile(filled(most + 1))).body.code).toBe('BODY_TOO_LARGE')
    expect((await send(filled(most + 1))).status).toBe(413)
  })
  test('given rows that cannot be used, then each says which column and why', async () => {
    const [one, two, three, four] = (await shops(4)) as [string, string, string, string]
    const cut = Buffer.from('e59586', 'hex').subarray(0, 2)
    const text = [
      `${header},核对时间`,
      `${one},open,,,,,`,
      `${one},open,,,,,`,
      `${two},open,,,,,`,
      `${two},closed,,,,,`,
      `${sp_mchid},open,,,,,`,
      `1.9E+09,open,,,,,`,
      `,open,,,,,`,
      `${three},,,,,,`,
      `${three},,,,,吃饭,`,
      `${three},open,,,,,2026-02-30`,
      `${three},open,,,,,2099-01-01`,
      `${four},open,,"a\n${three},open,,,,,",,,`,
    ].join('\n')
    const bytes = Buffer.concat([Buffer.from(`${text}\n${three},`), cut, Buffer.from(',,,,,\n')])
    const { body } = await sendFile(new Uint8Array(bytes))
    const refused = (await rowsOf(body.id, 'refused', '&limit=100')).items
    expect(refused.map(({ line, refused: why }) => [line, why?.field, why?.code, why?.other_line])).toEqual([
      [3, 'sub_mchid', 'DUPLICATE', 2],
      [4, 'sub_mchid', 'CONTRADICTION', 5],
      [5, 'sub_mchid', 'CONTRADICTION', 4],
      [6, 'sub_mchid', 'PROVIDER_NUMBER', null],
      [7, 'sub_mchid', 'LOST_DIGITS', null],
      [8, 'sub_mchid', 'MISSING', null],
      [9, '', 'NOTHING_SEEN', null],
      [10, 'ad_filter', 'NOT_A_TAG', null],
      [11, 'checked_at', 'NOT_A_TIME', null],
      [12, 'checked_at', 'IN_THE_FUTURE', null],
      [13, '', 'QUOTES', null],
      [15, 'gold_plan_jsapi', 'CHARACTERS', null],
    ])
    expect(body.counts).toMatchObject({ same: 1, refused: 12 })
  })
  test("given customers' payment codes, then their rows are refused and the digits are nowhere in the database; in the header they refuse all of it", async () => {
    const code = '134567890123456789'
    const [one] = await shops(1)
    const spaced = '1345 6789 0123 4567 89'
    const text = `${header},name\n${code},open,,,,,\n${one},open,,,,,付款码 ${spaced}\n${one},open,,,,,`
    const { body } = await sendFile(text, {}, `${code}.csv`)
    const refused = (await rowsOf(body.id, 'refused')).items
    expect(refused.map(({ sub_mchid, refused: why }) => [sub_mchid, why?.field, why?.code])).toEqual([
      [null, 'sub_mchid', 'PAYMENT_CODE'],
      [one, 'name', 'PAYMENT_CODE'],
    ])
    expect([body.name, body.counts.same]).toEqual([null, 1])
    expect((await send(`商户号,${code}\n${one},open`)).body.code).toBe('PAYMENT_CODE')
    const kept = await Promise.all(
      (['portal_check_lists', 'portal_check_list_rows', 'audit_entries', 'idempotency_keys'] as const).map(table =>
        backend.db.selectFrom(table).selectAll().execute(),
      ),
    )
    expect(JSON.stringify(kept).replace(/\D/g, '')).not.toContain(code)
  })
  test('given a shop of another provider company, then it is as unknown as one that does not exist', async () => {
    const other = '1900000777'
    await backend.db.insertInto('provider').values({ sp_mchid: other, name: '别的服务商', updated_at: backend.clock.now() }).execute()
    await backend.addMerchant('1900077777', { sp_mchid: other })
    const { body } = await send(`${header}\n1900077777,open,,,,\n1999999991,open,,,,`)
    expect((await rowsOf(body.id, 'unknown')).items.map(({ name, differences }) => [name, differences])).toEqual([
      [null, []],
      [null, []],
    ])
    await post(body.id, 'apply')
    await work()
    expect([(await read(body.id)).results, await looksAt(['1900077777'])]).toEqual([{ recorded: 0, known: 0, gone: 2, changed: 0 }, []])
  })
})

// Lists of what WeChat Pay's console shows: what is understood of them, and what a preview says (product.md B11).
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { hour, startBackend, type Backend } from '../../support/backend.ts'
import { header, listsOn } from './support/lists.ts'

let backend: Backend
beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend.close())
const { setStaff, shops, send, sendFile, rowsOf, looksAt, trail } = listsOn(() => backend)
beforeEach(async () => {
  await setStaff({ status: 'active', role: 'operator' })
})

describe('a preview', () => {
  test('given rows of every kind, then each stands in its group with what we hold and what was seen, and nothing is recorded', async () => {
    const [same, differs, tagged] = (await shops(3)) as [string, string, string]
    const before = await looksAt([same, differs, tagged])
    const text = [
      header,
      `${same},已开通,,,,`,
      `${differs},未开通,已开通,未知,,`,
      `${tagged},,,,,餐饮美食;RETAIL`,
      '1999999990,已开通,,,,',
      '12,已开通,,,,',
      `1234567,也许,,,,`,
      '',
    ].join('\n')
    const { status, body } = await send(text)
    expect([status, body.status, body.rows, body.counts]).toEqual([
      201,
      'preview',
      6,
      { same: 1, differ: 2, unknown: 1, refused: 2, newer: 0 },
    ])
    expect(body.differ).toMatchObject([
      {
        line: 3,
        sub_mchid: differs,
        name: `测试店${differs}`,
        differences: [
          { field: 'gold_plan_jsapi', before: 'open', seen: 'closed', newer: false },
          { field: 'gold_plan_miniprogram', before: 'unknown', seen: 'open', newer: false },
        ],
      },
      { line: 4, sub_mchid: tagged, differences: [{ field: 'ad_filter', before: [], seen: ['CATERING', 'RETAIL'], newer: false }] },
    ])
    expect((await rowsOf(body.id, 'unknown')).items).toMatchObject([{ line: 5, sub_mchid: '1999999990', name: null }])
    expect((await rowsOf(body.id, 'refused')).items.map(({ line, sub_mchid, refused }) => [line, sub_mchid, refused])).toEqual([
      [6, null, { field: 'sub_mchid', code: 'NOT_A_NUMBER', other_line: null }],
      [7, null, { field: 'sub_mchid', code: 'NOT_A_NUMBER', other_line: null }],
    ])
    expect(await looksAt([same, differs, tagged])).toEqual(before)
    expect((await trail('portal_check_list.%', body.id)).map(({ action, actor_id }) => [action, actor_id])).toEqual([
      ['portal_check_list.add', 'staff-operator'],
    ])
  })

  test('given 60 that differ, then the first 50 stand in it and pages hold all of them, in the order of the list', async () => {
    const numbers = await shops(60)
    const { body } = await send([header, ...numbers.map(one => `${one},关,,,,`)].join('\n'))
    expect(body.differ.map(row => row.sub_mchid)).toEqual(numbers.slice(0, 50))
    const found: (string | null)[] = []
    for (let cursor = ''; ;) {
      const page = await rowsOf(body.id, 'differ', `&limit=25${cursor}`)
      found.push(...page.items.map(row => row.sub_mchid))
      if (page.next_cursor === null) break
      cursor = `&cursor=${page.next_cursor}`
    }
    expect(found).toEqual(numbers)
  })

  test('given the same key again, then it is the same list; given another text with it, then it is refused', async () => {
    const [one] = await shops(1)
    const [key, text] = [randomUUID(), `${header}\n${one},已开通,,,,`]
    const [first, second] = [await send(text, { key }), await send(text, { key })]
    expect([first.status, second.status, second.body.id, second.headers.get('idempotent-replayed')]).toEqual([
      201,
      200,
      first.body.id,
      'true',
    ])
    expect((await send(`${text}\n`, { key })).body.code).toBe('IDEMPOTENCY_KEY_REUSED')
  })

  test('given a file in GB18030 or copied out of a spreadsheet with tabs, then it is read as the same', async () => {
    const [one] = await shops(1)
    // 商户号,点金计划 and 未开通 in GB18030
    const gb = Buffer.concat([
      Buffer.from('c9ccbba7bac52cb5e3bdf0bcc6bbae0a', 'hex'),
      Buffer.from(`${one},`),
      Buffer.from('ceb4bfaacda8', 'hex'),
      Buffer.from('\r\n'),
    ])
    const file = await sendFile(new Uint8Array(gb), { checked_at: new Date(backend.clock.now().getTime() - hour).toISOString() })
    expect([file.status, file.body.encoding, file.body.name, file.body.counts.differ]).toEqual([201, 'gb18030', '平台导出.csv', 1])
    const tabs = await send(`商户号\t点金计划\t商家小票\n${one}\t未开通\t\n`)
    expect([tabs.body.counts.differ, tabs.body.differ[0]!.differences]).toEqual([1, file.body.differ[0]!.differences])
  })
})

// Lists of what WeChat Pay's console shows: what is understood of them, what a preview says, and that applying one records every look once (product.md B11).
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Role } from '../../../../backend/http/schema.ts'
import { applyLists } from '../../../../backend/directory/portal-lists/apply.ts'
import type { PortalCheckList, PortalCheckListRowPage } from '../../../../backend/directory/portal-lists/schema.ts'
import { dropOldLists } from '../../../../backend/directory/portal-lists/tidy.ts'
import type { SubMerchant } from '../../../../backend/directory/merchants/schema.ts'
import { eventually } from '../../../support/eventually.ts'
import { day, hour, minute, sp_mchid, startBackend, type Answer, type Backend } from '../../support/backend.ts'

type Refused = { code: string; errors?: { field: string; code: string; message: string }[] }

let backend: Backend
beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend.close())
beforeEach(async () => {
  await setStaff({ status: 'active', role: 'operator' })
})

const setStaff = (values: { status?: 'active' | 'disabled'; role?: Role }) =>
  backend.db.updateTable('staff').set(values).where('id', '=', 'staff-operator').execute()
let next = 1_900_010_000
/** Shops that have the plan by a call of ours, from long ago. */
async function shops(count: number): Promise<string[]> {
  const numbers = Array.from({ length: count }, () => String((next += 1)))
  for (const sub_mchid of numbers) {
    await backend.addMerchant(sub_mchid)
    const detail = { operation: 'gold_plan.open', scene: 'jsapi', result: 'succeeded' } as const
    await backend.addEvidence(sub_mchid, { kind: 'api_operation', ago: 20 * day, detail })
  }
  return numbers
}
const send = (text: string, given: { checked_at?: string; role?: Role; key?: string } = {}) => {
  const { role = 'operator', key = randomUUID(), ...body } = given
  const headers = { 'idempotency-key': key }
  return backend.call<PortalCheckList & Refused>(role, 'POST', '/v1/portal-check-lists', { body: { text, ...body }, headers })
}
const sendFile = (bytes: Uint8Array | string, fields: Record<string, string> = {}, name = '平台导出.csv') => {
  const form = new FormData()
  for (const [field, value] of Object.entries(fields)) form.set(field, value)
  form.set('file', new Blob([bytes as BlobPart]), name)
  return backend.upload<PortalCheckList & Refused>('operator', '/v1/portal-check-lists', form)
}
const post = (id: string, verb: 'apply' | 'cancellation', key = randomUUID(), role: Role = 'operator') =>
  backend.call<PortalCheckList & Refused>(role, 'POST', `/v1/portal-check-lists/${id}/${verb}`, { headers: { 'idempotency-key': key } })
const read = async (id: string) => (await backend.call<PortalCheckList>('operator', 'GET', `/v1/portal-check-lists/${id}`)).body
const rowsOf = async (id: string, group: string, more = '') =>
  (await backend.call<PortalCheckListRowPage>('operator', 'GET', `/v1/portal-check-lists/${id}/rows?group=${group}${more}`)).body
const work = (goOn?: () => boolean) => applyLists({ db: backend.db, clock: backend.clock, numbers: [sp_mchid] }, goOn)
const merchant = async (sub_mchid: string) => (await backend.call<SubMerchant>('operator', 'GET', `/v1/sub-merchants/${sub_mchid}`)).body
const looksAt = (sub_mchids: readonly string[]) =>
  backend.db.selectFrom('evidence').selectAll().where('kind', '=', 'portal_check').where('sub_mchid', 'in', sub_mchids).execute()
const trail = async (like: string, id: string) =>
  backend.db
    .selectFrom('audit_entries')
    .select(['action', 'actor_id', 'target_id', 'before', 'after', 'request_id'])
    .where('action', 'like', like)
    .where(eb => eb.or([eb('request_id', '=', id), eb(eb.cast<string>('after', 'text'), 'like', `%${id}%`)]))
    .orderBy('action')
    .execute()
const header = '商户号,点金计划,小程序场景,商家小票,广告,同业过滤标签'

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
  test.each([
    ['a workbook', Buffer.from('504b0304140006000800', 'hex'), 'NOT_A_TABLE'],
    ['UTF-16', Buffer.from(`\ufeff${header}\n1900000109,open`, 'utf16le'), 'ENCODING'],
    ['an empty file', Buffer.alloc(0), 'EMPTY'],
  ])('given %s, then 422 names it and nothing of this machine', async (_, bytes, code) => {
    const answer = await sendFile(new Uint8Array(bytes))
    expect([answer.status, answer.body.errors?.[0]?.code]).toEqual([422, code])
    for (const folder of [tmpdir(), process.cwd()]) expect(answer.text).not.toContain(folder)
  })
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

describe('applying it', () => {
  test('given a preview, when it is applied, then each look is evidence by who applied it, the shops say so, and the trail names the list', async () => {
    const [same, differs] = (await shops(2)) as [string, string]
    const { body } = await send(`${header}\n${same},open,,,,\n${differs},closed,open,open,,none\n1999999992,open,,,,`)
    const applied = await post(body.id, 'apply')
    expect([applied.status, applied.body.status, applied.body.progress]).toEqual([200, 'applying', { done: 0, total: 3 }])
    await work()
    expect(await read(body.id)).toMatchObject({
      status: 'applied',
      progress: { done: 3, total: 3 },
      results: { recorded: 2, known: 0, gone: 1, changed: 0 },
      applied_by: { id: 'staff-operator' },
      stop_code: null,
    })
    expect(await merchant(differs)).toMatchObject({
      migration: { state: 'not_migrated', reason: 'CLOSED_ON_PORTAL' },
      gold_plan: {
        jsapi: { status: 'closed', source: 'portal', changed_by: 'operator' },
        miniprogram: { status: 'open', source: 'portal' },
      },
      receipt: { status: 'open' },
    })
    const looks = await looksAt([same, differs])
    expect(looks.map(({ recorded_by, source }) => [recorded_by, source])).toEqual([
      ['staff-operator', 'portal'],
      ['staff-operator', 'portal'],
    ])
    const entries = (await trail('portal_check.write', body.id)).sort((one, other) => one.target_id.localeCompare(other.target_id))
    expect(entries.map(({ target_id, actor_id, request_id }) => [target_id, actor_id, request_id])).toEqual([
      [same, 'staff-operator', body.id],
      [differs, 'staff-operator', body.id],
    ])
    expect(entries[1]).toMatchObject({ before: { gold_plan: 'open' }, after: { gold_plan: 'closed', gold_plan_miniprogram: 'open' } })
    expect((await trail('portal_check_list.%', body.id)).map(({ action }) => action)).toEqual([
      'portal_check_list.add',
      'portal_check_list.apply',
      'portal_check_list.finish',
    ])
  })

  test('given it was applied, when it is applied again, then it is the same; the same list sent again finds its looks there', async () => {
    const [one] = await shops(1)
    const checked_at = new Date(backend.clock.now().getTime() - minute).toISOString()
    const text = `${header}\n${one},closed,,,,`
    const { body } = await send(text, { checked_at })
    await post(body.id, 'apply')
    await work()
    expect([(await post(body.id, 'apply')).body.status, await work()]).toEqual(['applied', 0])
    const again = await send(text, { checked_at })
    expect(again.body.counts).toMatchObject({ same: 1, differ: 0 })
    await post(again.body.id, 'apply')
    await work()
    expect([(await read(again.body.id)).results.known, (await looksAt([one!])).length]).toEqual([1, 1])
  })

  test('given a list of yesterday beside newer evidence, then the preview says that ours is newer, and recording it changes no verdict', async () => {
    const [one] = await shops(1)
    await backend.addEvidence(one!, { kind: 'portal_check', ago: hour, detail: { gold_plan_jsapi: 'closed', receipt: 'open' } })
    const { body } = await send(`${header},核对时间\n${one},open,,closed,,,`, {
      checked_at: new Date(backend.clock.now().getTime() - day).toISOString(),
    })
    expect([body.counts.newer, body.differ[0]!.differences.map(({ field, newer }) => [field, newer])]).toEqual([
      1,
      [
        ['gold_plan_jsapi', true],
        ['receipt', true],
      ],
    ])
    const before = await merchant(one!)
    await post(body.id, 'apply')
    await work()
    const after = await merchant(one!)
    expect([after.migration, after.gold_plan, after.receipt, after.evidence_count]).toEqual([
      before.migration,
      before.gold_plan,
      before.receipt,
      before.evidence_count + 1,
    ])
  })

  test('given something changed since the preview, then every row is judged anew and says so', async () => {
    const [opened, still] = (await shops(2)) as [string, string]
    const { body } = await send(`${header}\n${opened},closed,,,,\n${still},closed,,,,\n1900019999,open,,,,`)
    backend.sandbox.control.clock.advance(minute)
    await backend.addEvidence(opened, { kind: 'portal_check', ago: 0, detail: { gold_plan_jsapi: 'closed' } })
    await backend.addMerchant('1900019999')
    await post(body.id, 'apply')
    await work()
    expect((await read(body.id)).results).toEqual({ recorded: 3, known: 0, gone: 0, changed: 2 })
    expect(
      (await rowsOf(body.id, 'changed')).items.map(({ sub_mchid, group, differences }) => [sub_mchid, group, differences.length]),
    ).toEqual([
      [opened, 'differ', 0],
      ['1900019999', 'unknown', 1],
    ])
    expect((await rowsOf(body.id, 'differ')).items.map(row => row.changed)).toEqual([true, false])
  })

  test('given it is cancelled, then nothing more is recorded, what was stays, and applying it does not begin again', async () => {
    const numbers = await shops(3)
    const { body } = await send([header, ...numbers.map(one => `${one},closed,,,,`)].join('\n'))
    await post(body.id, 'apply')
    const cancelled = await post(body.id, 'cancellation')
    expect([cancelled.body.status, await work(), (await post(body.id, 'apply')).body.status]).toEqual(['cancelled', 0, 'cancelled'])
    expect(await looksAt(numbers)).toEqual([])
  })

  test.each([
    ['STAFF_DISABLED', { status: 'disabled' }],
    ['ACTION_FORBIDDEN', { role: 'auditor' }],
  ] as const)(
    'given who applied it may not any more (%s), then it stops before the next batch, and another operator goes on',
    async (code, values) => {
      const numbers = await shops(2)
      const { body } = await send([header, ...numbers.map(one => `${one},closed,,,,`)].join('\n'))
      await post(body.id, 'apply')
      await setStaff(values)
      expect(await work()).toBe(0)
      const list = await backend.db.selectFrom('portal_check_lists').selectAll().where('id', '=', body.id).executeTakeFirstOrThrow()
      expect([list.status, list.stop_code, await looksAt(numbers)]).toEqual(['stopped', code, []])
      await backend.db.updateTable('staff').set({ role: 'operator' }).where('id', '=', 'staff-admin').execute()
      expect((await post(body.id, 'apply', randomUUID(), 'admin')).body.status).toBe('applying')
      await work()
      expect((await looksAt(numbers)).map(({ recorded_by }) => recorded_by)).toEqual(['staff-admin', 'staff-admin'])
      await backend.db.updateTable('staff').set({ role: 'admin' }).where('id', '=', 'staff-admin').execute()
    },
  )

  test.each(['field_agent', 'region_lead', 'auditor', 'admin'] as const)('given a %s, then nothing of it is his', async role => {
    const { body } = await send(`${header}\n1999999990,open,,,,`)
    const forbidden = await Promise.all([
      send(`${header}\n1999999990,open,,,,`, { role }),
      post(body.id, 'apply', randomUUID(), role),
      post(body.id, 'cancellation', randomUUID(), role),
      backend.call<Refused>(role, 'GET', `/v1/portal-check-lists/${body.id}`),
      backend.call<Refused>(role, 'GET', `/v1/portal-check-lists/${body.id}/rows?group=same`),
    ])
    expect(forbidden.map(answer => [answer.status, answer.body.code])).toEqual(forbidden.map(() => [403, 'ACTION_FORBIDDEN']))
  })
})

test('given previews of a day ago and lists that ended a month ago, then they are tidied away, and what was recorded stays', async () => {
  const [one] = await shops(1)
  const [kept, old] = [await send(`${header}\n${one},closed,,,,`), await send(`${header}\n${one},open,,,,`)]
  await post(kept.body.id, 'apply')
  await work()
  backend.sandbox.control.clock.advance(day + minute)
  await dropOldLists(backend.app.context)
  const there = async (id: string) => (await backend.call('operator', 'GET', `/v1/portal-check-lists/${id}`)).status
  expect([await there(kept.body.id), await there(old.body.id)]).toEqual([200, 404])
  backend.sandbox.control.clock.advance(30 * day)
  await dropOldLists(backend.app.context)
  expect([await there(kept.body.id), (await looksAt([one!])).length]).toEqual([404, 1])
  const rows = await backend.db
    .selectFrom('portal_check_list_rows')
    .select('line')
    .where('list_id', 'in', [kept.body.id, old.body.id])
    .execute()
  expect(rows).toEqual([])
  backend.sandbox.control.clock.reset()
})

test('given a process killed with -9 in the middle and two that go on at once, then every look is there once, and the counts are those of the list', async () => {
  const numbers = Array.from({ length: 4_000 }, (_, index) => String(1_980_000_000 + index))
  const now = backend.clock.now()
  const model = await backend.db
    .selectFrom('sub_merchants')
    .selectAll()
    .where('sub_mchid', '=', (await shops(1))[0]!)
    .executeTakeFirstOrThrow()
  const { name, short_name, region_code, address, search_name, search_short_name, search_address, pinyin, pinyin_initials, terms } = model
  const own = { name, short_name, region_code, address, search_name, search_short_name, search_address, pinyin, pinyin_initials, terms }
  for (let from = 0; from < numbers.length; from += 500)
    await backend.db
      .insertInto('sub_merchants')
      .values(numbers.slice(from, from + 500).map(sub_mchid => ({ sp_mchid, sub_mchid, ...own, created_at: now, updated_at: now })))
      .execute()
  const { body } = await send([header, ...numbers.map(one => `${one},open,,closed,,`)].join('\n'))
  expect(body.counts).toMatchObject({ differ: 4_000 })
  await post(body.id, 'apply')
  const start = () => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'test/backend/directory/portal-lists/applier.ts'], {
      cwd: fileURLToPath(new URL('../../../..', import.meta.url)),
      env: { ...process.env, DATABASE_URL: backend.databaseUrl },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    return { child, ended: new Promise<number | null>(done => child.once('close', done)) }
  }
  const done = async () => (await read(body.id)).progress.done
  const killed = start()
  await eventually('a batch to land', async () => (await done()) >= 500, { timeout: 60_000, every: 5 })
  killed.child.kill('SIGKILL')
  await killed.ended
  const half = await done()
  expect([half % 500, half < 4_000]).toEqual([0, true])
  const others = [start(), start()]
  expect(await Promise.all(others.map(({ ended }) => ended))).toEqual([0, 0])
  const list = await read(body.id)
  expect([list.status, list.progress, list.results]).toEqual([
    'applied',
    { done: 4_000, total: 4_000 },
    { recorded: 4_000, known: 0, gone: 0, changed: 0 },
  ])
  const looks = await looksAt(numbers)
  expect([looks.length, new Set(looks.map(({ sub_mchid }) => sub_mchid)).size]).toEqual([4_000, 4_000])
  const entries = await backend.db
    .selectFrom('audit_entries')
    .select(eb => eb.fn.countAll<string>().as('count'))
    .where('request_id', '=', body.id)
    .where('action', '=', 'portal_check.write')
    .executeTakeFirstOrThrow()
  expect(Number(entries.count)).toBe(4_000)
})

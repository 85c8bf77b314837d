// 平台名单 at the level of its store over real HTTP, and what is drawn of a list.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { PortalCheckList, PortalCheckListRow } from '../../../../../typings/api.ts'
import { paymentCodeLine } from '../../../../../miniprogram/packages/manage/portal-list/rules.ts'
import { applySheet, faultView, groupRows, listView, rowView } from '../../../../../miniprogram/packages/manage/portal-list/view.ts'
import { translator } from '../../../../../miniprogram/words/index.ts'
import { problem } from '../../../support/http-server.ts'
import { me } from '../../../support/samples.ts'
import { startWorld, type World } from '../../../support/world.ts'

const say = translator('zh-CN')
const now = Date.parse('2026-11-23T10:00:00+08:00')
const reader = { say, language: 'zh-CN' as const, now }
const id = '00000000-0000-4000-8000-000000000009'

const rowOf = (over: Partial<PortalCheckListRow> = {}): PortalCheckListRow => ({
  line: 2,
  group: 'differ',
  sub_mchid: '1900000109',
  name: '科技面馆',
  checked_at: '2026-11-23T09:00:00+08:00',
  seen: { gold_plan_jsapi: 'closed' },
  differences: [{ field: 'gold_plan_jsapi', before: 'open', seen: 'closed', newer: false }],
  refused: null,
  outcome: null,
  changed: false,
  ...over,
})
const listOf = (over: Partial<PortalCheckList> = {}): PortalCheckList => ({
  id,
  status: 'preview',
  name: null,
  encoding: 'utf-8',
  checked_at: '2026-11-23T09:00:00+08:00',
  created_at: '2026-11-23T09:00:00+08:00',
  created_by: { id: 'staff-02', display_name: '运营 02' },
  expires_at: '2026-11-24T09:00:00+08:00',
  rows: 10,
  counts: { same: 4, differ: 3, unknown: 2, refused: 1, newer: 1 },
  differ: [],
  progress: { done: 0, total: 9 },
  results: { recorded: 0, known: 0, gone: 0, changed: 0 },
  applied_by: null,
  applied_at: null,
  finished_at: null,
  stop_code: null,
  ...over,
})

describe('what is drawn', () => {
  it('says of a preview how many are in each group, and what recording it means', () => {
    expect(groupRows(listOf(), 'differ', say).map(({ label, count, on }) => [label, count, on])).toEqual([
      ['不同', '3', true],
      ['相同', '4', false],
      ['不认识', '2', false],
      ['不能用', '1', false],
    ])
    expect(applySheet(listOf(), say).points.map(({ text }) => text)).toEqual([
      '3 家和我们的记录不同，会按平台的改',
      '其中 1 家我们的记录更新，只记核对，不改状态',
      '4 家相同，也各记一次核对',
      '3 行不认识或不能用，不记录',
    ])
    expect(listView(listOf(), { say, now })).toMatchObject({ title: '粘贴的名单', to_record: 7, newer: expect.stringMatching('1 家') })
  })
  it('says how far it is, and what came of it', () => {
    const half = listOf({ status: 'applying', progress: { done: 3, total: 9 } })
    expect(listView(half, { say, now })).toMatchObject({ percent: 33, progress: '3 / 9' })
    const results = { recorded: 6, known: 1, gone: 2, changed: 1 }
    const over = listOf({ status: 'applied', progress: { done: 9, total: 9 }, results })
    expect(listView(over, { say, now }).result).toEqual(['记录 6 家', '早就记过 1 家', '找不到 2 家'])
    expect(groupRows(over, 'changed', say).at(-1)).toMatchObject({ label: '预览后变了', count: '1', on: true })
  })
  it('says of a row what we hold, what was seen, and which is newer', () => {
    const differences = [
      { field: 'gold_plan_miniprogram' as const, before: 'unknown', seen: 'open', newer: false },
      { field: 'ad_filter' as const, before: ['CATERING'], seen: [], newer: true },
    ]
    expect(rowView(rowOf({ differences }), reader)).toMatchObject({
      title: '科技面馆',
      line: '第 2 行',
      changes: [
        { name: '小程序场景', before: '没有记录', seen: '已开', newer: false },
        { name: '同业过滤', before: '餐饮美食', seen: '没有标签', newer: true },
      ],
      text: '',
    })
    const refused = { field: 'sub_mchid', code: 'CONTRADICTION' as const, other_line: 7 }
    expect(rowView(rowOf({ group: 'refused', name: null, differences: [], refused }), reader)).toMatchObject({
      title: '1900000109',
      text: '商户号：和第 7 行说法不同，两行都不用',
      opens: false,
    })
  })
  it('names the columns that the server did not know in Chinese, and says it in English itself', () => {
    const fault = { code: 'HEADER', message: '表头有误：不认识“门店”' }
    expect(faultView(fault, reader)).toEqual({ fact: '表头看不懂', text: '表头有误：不认识“门店”' })
    expect(faultView(fault, { say: translator('en'), language: 'en' }).text).toMatch('The first line')
  })
})

describe('a payment code', () => {
  it.each([
    ['商户号,点金计划\n134567890123456789,已开通', 2],
    ['商户号\n1900000109\n付款码 1345 6789 0123 4567 89', 3],
    // a 商户号 beside a date is eighteen digits, and none
    ['商户号,核对时间\n1234567890,2026-11-20', null],
  ] as const)('of %j stands in line %p', (text, line) => {
    expect(paymentCodeLine(text)).toBe(line)
  })
})

let world: World
beforeEach(async () => {
  world = await startWorld()
  world.server.on('GET', /^\/v1\/me$/, () => {
    const answer = me(new Date(world.timers.now()).toISOString())
    return { body: { ...answer, actions: [...answer.actions, 'portal_check.write'] } }
  })
  world.server.on('GET', /\/rows$/, () => ({ body: { items: [rowOf()], next_cursor: null } }))
  await world.session.login()
})
afterEach(() => world.stop())

const posts = (path: RegExp) => world.server.requests.filter(request => request.method === 'POST' && path.test(request.path))
const sends = () => posts(/^\/v1\/portal-check-lists$/)

describe('putting a list together', () => {
  it('waits on the phone for whoever comes back, and what holds a payment code is neither kept nor sent', async () => {
    const { portalList } = world
    await portalList.open()
    portalList.draft.write('商户号,点金计划\n1900000109,已开通')
    portalList.draft.look({ when: 'earlier', date: '2026-11-20', time: '15:30' })
    portalList.hide()
    const again = world.reopen()
    await again.session.start()
    await again.portalList.open()
    expect([again.portalList.draft.text, again.portalList.draft.looked.date]).toEqual(['商户号,点金计划\n1900000109,已开通', '2026-11-20'])
    again.portalList.draft.write('商户号\n134567890123456789')
    expect([again.portalList.draft.codeLine, again.portalList.draft.complete]).toEqual([2, false])
    await again.portalList.send()
    expect([sends(), [...world.kept.values()].join().includes('1345678901')]).toEqual([[], false])
    again.cut()
  })

  it('given the answer is lost, when it is sent again, then it goes with the same key, and its rows are there', async () => {
    const { portalList } = world
    await portalList.open()
    portalList.draft.write('商户号\n1900000109')
    world.server.on('POST', /^\/v1\/portal-check-lists$/, () => 'drop')
    await portalList.send()
    expect([portalList.draft.unanswered, portalList.refusal]).toEqual([true, null])
    world.server.on('POST', /^\/v1\/portal-check-lists$/, () => ({ status: 201, body: listOf() }))
    await portalList.send()
    const [one, other] = sends()
    expect(other!.headers['idempotency-key']).toBe(one!.headers['idempotency-key'])
    await world.settled()
    expect([portalList.value?.id, portalList.rows.length]).toEqual([id, 1])
  })

  it('given the header is not known, then it says so, and what was written stays', async () => {
    const { portalList } = world
    await portalList.open()
    portalList.draft.write('门店\n面馆')
    const errors = [{ field: 'file', code: 'HEADER', message: '表头有误' }]
    world.server.on('POST', /^\/v1\/portal-check-lists$/, () => problem(422, 'VALIDATION_FAILED', { errors }))
    await portalList.send()
    expect([portalList.draft.fault, portalList.refusal, portalList.draft.text]).toEqual([
      { code: 'HEADER', message: '表头有误' },
      null,
      '门店\n面馆',
    ])
  })

  it('given it was refused for its content, when something of it is changed, then nothing speaks of the one before', async () => {
    const { portalList } = world
    await portalList.open()
    portalList.draft.write('商户号\n1900000109')
    const errors = [{ field: 'checked_at', code: 'INVALID_VALUE', message: '还没到' }]
    world.server.on('POST', /^\/v1\/portal-check-lists$/, () => problem(422, 'VALIDATION_FAILED', { errors }))
    await portalList.send()
    expect(portalList.draft.fault?.code).toBe('CHECKED_AT')
    portalList.draft.look({ when: 'earlier', date: '2026-11-20' })
    expect([portalList.draft.fault, portalList.refusal]).toEqual([null, null])
  })

  it('given a file that is gone from the phone, then it says so and sends nothing; one over 10 MB is not taken', async () => {
    const { portalList, chat } = world
    await portalList.open()
    chat.next = { outcome: 'chosen', file: { path: 'wxfile://list.csv', name: '导出.csv', bytes: 20 } }
    expect(await portalList.draft.chooseFile()).toBe('chosen')
    chat.gone.add('wxfile://list.csv')
    await portalList.send()
    expect([portalList.draft.fault?.code, sends()]).toEqual(['FILE_GONE', []])
    chat.next = { outcome: 'chosen', file: { path: 'wxfile://huge.csv', name: '大.csv', bytes: 10 * 1024 * 1024 + 1 } }
    expect([await portalList.draft.chooseFile(), portalList.draft.file]).toEqual(['too_large', null])
  })
})

describe('recording it', () => {
  it('asks how far it is while somebody looks, and not afterwards', async () => {
    const { portalList } = world
    await portalList.open()
    portalList.draft.write('商户号\n1900000109')
    world.server.on('POST', /^\/v1\/portal-check-lists$/, () => ({ status: 201, body: listOf() }))
    await portalList.send()
    world.server.on('POST', /\/apply$/, () => ({ body: listOf({ status: 'applying' }) }))
    let done = 0
    world.server.on('GET', new RegExp(`${id}$`), () => {
      done += 3
      return { body: listOf({ status: done < 9 ? 'applying' : 'applied', progress: { done, total: 9 } }) }
    })
    await portalList.apply()
    expect(portalList.value?.status).toBe('applying')
    await world.timers.advance(1_000)
    expect(portalList.value?.progress.done).toBe(3)
    portalList.hide()
    await world.timers.advance(10_000)
    expect(done).toBe(3)
    await portalList.open()
    await world.timers.advance(3_000)
    expect([portalList.value?.status, done]).toEqual(['applied', 9])
    await world.timers.advance(10_000)
    expect(done).toBe(9)
  })

  it('given the list was tidied away meanwhile, then there is room for another one', async () => {
    const { portalList } = world
    await portalList.open()
    portalList.draft.write('商户号\n1900000109')
    world.server.on('POST', /^\/v1\/portal-check-lists$/, () => ({ status: 201, body: listOf() }))
    await portalList.send()
    world.server.on('GET', new RegExp(`${id}$`), () => problem(404, 'NOT_FOUND'))
    await portalList.refresh()
    expect([portalList.value, portalList.list_id, portalList.draft.text]).toEqual([null, null, '商户号\n1900000109'])
  })
})

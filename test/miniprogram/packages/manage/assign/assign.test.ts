// 分配商户: what is chosen, counted, held for 5 s and sent once; how far it is; what was left.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { AssignmentRun, SubMerchantPage } from '../../../../../typings/api.ts'
import { assignSheet, refusalLines, runView } from '../../../../../miniprogram/packages/manage/assign/view.ts'
import { translator } from '../../../../../miniprogram/words/index.ts'
import { rowOf } from '../../../support/samples.ts'
import { startWorld, type World } from '../../../support/world.ts'

const say = translator('zh-CN')
const taker = { id: 's-2', name: '业务员 12' }
const runOf = (over: Partial<AssignmentRun> = {}): AssignmentRun => ({
  id: '00000000-0000-4000-8000-000000000009',
  status: 'finished',
  code: null,
  staff: { id: 's-2', display_name: '业务员 12' },
  total: 2,
  done: 2,
  changed: 2,
  same: 0,
  refused: [],
  asked_at: '2026-11-23T10:00:00+08:00',
  ended_at: '2026-11-23T10:00:00+08:00',
  ...over,
})

describe('what is said', () => {
  const outside = { reason: 'OUTSIDE_THEIR_REGIONS' as const, count: 9, sub_mchids: ['1900000101', '1900000102'] }
  it('before: how many change hands, and what is left as it is', () => {
    const sheet = assignSheet({ total: 12, changing: 2, same: 1, refused: [outside] }, taker, say)
    expect([sheet.title, sheet.confirm]).toEqual(['把 2 家商户分给业务员 12', '分配'])
    expect(sheet.points.map(({ text }) => text)).toEqual([
      '选中的有 12 家',
      '1 家本来就由他负责',
      '9 家不在他的地区，不会动：尾号 0101、0102',
    ])
    expect(assignSheet({ total: 1, changing: 0, same: 1, refused: [] }, taker, say)).toMatchObject({ cancel: '', confirm: '知道了' })
  })
  it('while it goes on, at its end, and where it stopped', () => {
    expect(runView(runOf({ status: 'running', total: 2_500, done: 1_000 }), say)).toMatchObject({
      done: 40,
      title: '正在分配，已看 1,000/2,500 家',
    })
    expect(runView(runOf({ staff: null }), say).title).toBe('2 家已变成没人负责')
    expect(runView(runOf({ status: 'stopped', code: 'STAFF_DISABLED' }), say).lines[0]).toMatch('你的角色')
    expect(runView(runOf({ status: 'stopped', code: 'NOT_ACTIVE' }), say).lines[0]).toMatch('接手的人')
    expect(refusalLines([{ ...outside, reason: 'NOT_FOUND' }], say)[0]).toMatch('不在你的负责范围')
  })
})

describe('the page', () => {
  let world: World
  const assignments = /^\/v1\/sub-merchants\/assignments$/
  const sent = () => world.server.seen('PUT', assignments)
  const pageOf = (count: number): SubMerchantPage => ({
    items: Array.from({ length: count }, (_, index) => rowOf(String(1_900_000_101 + index))),
    next_cursor: null,
    total_estimate: count,
  })
  beforeEach(async () => {
    world = await startWorld()
    world.server.on('GET', /^\/v1\/sub-merchants$/, () => ({ body: pageOf(3) }))
    world.server.on('POST', /^\/v1\/sub-merchants\/assignments\/count$/, () => ({ body: { total: 2, changing: 2, same: 0, refused: [] } }))
    world.server.on('PUT', assignments, () => ({ body: runOf() }))
    await world.session.login()
    await world.merchants.setFilters({ state: ['verified'], assigned_to: 'none' })
    await world.assign.open()
  })
  afterEach(() => world.stop())

  it('begins with what 商户 is filtered by; all of it goes as a filter, chosen ones as a list', async () => {
    expect(world.assign.shops.filters).toEqual(world.merchants.filters)
    world.assign.toggleAll()
    world.assign.begin(taker, 3)
    await world.timers.advance(5_000)
    expect(sent()[0]!.body).toEqual({ filter: { state: 'verified', assigned_to: 'none' }, staff_id: 's-2' })
    world.assign.toggle('1900000102')
    world.assign.begin({ id: '', name: '' }, 1)
    await world.timers.advance(5_000)
    expect(sent()[1]!.body).toEqual({ sub_mchids: ['1900000102'], staff_id: null })
  })
  it('given a search, then its rows are chosen one by one', async () => {
    world.assign.close()
    world.merchants.query = '面'
    await world.assign.open()
    expect(world.assign.canTakeAll).toBe(false)
    world.assign.toggleAll()
    expect(world.assign.anything).toBe(false)
  })
  it('given 撤销 within 5 s, or no network at its end, then nothing is sent', async () => {
    world.assign.toggle('1900000101')
    world.assign.begin(taker, 1)
    await world.timers.advance(4_900)
    world.assign.undo()
    await world.timers.advance(1_000)
    expect([sent(), world.assign.ended, world.assign.chosen]).toEqual([[], 'undone', ['1900000101']])
    world.assign.begin(taker, 1)
    world.setOnline(false)
    await world.timers.advance(6_000)
    expect([sent(), world.assign.ended]).toEqual([[], 'offline'])
  })
  it('given the page is left within 5 s, then it is sent at once, once', async () => {
    world.assign.toggle('1900000101')
    world.assign.begin(taker, 1)
    world.assign.hide()
    await world.settled()
    await world.timers.advance(10_000)
    expect(sent()).toHaveLength(1)
  })
  it('given more than a thousand, then how far it is is asked for until it is over, and lists are read anew', async () => {
    world.server.on('PUT', assignments, () => ({
      status: 202,
      body: runOf({ status: 'running', total: 2_500, done: 1_000, ended_at: null }),
    }))
    let done = 1_000
    world.server.on('GET', /\/assignments\/0/, () => {
      done = Math.min(2_500, done + 1_000)
      return { body: runOf({ status: done < 2_500 ? 'running' : 'finished', total: 2_500, done, changed: done }) }
    })
    world.assign.toggleAll()
    world.assign.begin(taker, 2_500)
    await world.timers.advance(5_000)
    expect(world.assign.runView).toMatchObject({ status: 'running', done: 40 })
    const lists = world.server.seen('GET', /^\/v1\/sub-merchants$/).length
    await world.timers.advance(3_000)
    expect(world.assign.runView).toMatchObject({ status: 'finished', title: '2,500 家已分给业务员 12' })
    expect(world.server.seen('GET', /^\/v1\/sub-merchants$/).length).toBe(lists + 2)
  })
  it('given the answer is lost, then the same goes again with the same key', async () => {
    world.server.on('PUT', assignments, () => 'drop')
    world.assign.toggle('1900000101')
    world.assign.begin(taker, 1)
    await world.timers.advance(30_000)
    expect(world.assign.refusal).not.toBeNull()
    world.server.on('PUT', assignments, () => ({ body: runOf() }))
    await world.assign.again()
    expect(new Set(sent().map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
    expect(world.assign.runView?.status).toBe('finished')
  })
})

describe('who gets them', () => {
  it('is found by name after the last keystroke; a payment code goes nowhere', async () => {
    const world = await startWorld()
    const asked = () => world.server.seen('GET', /^\/v1\/assignees$/)
    world.server.on('GET', /^\/v1\/assignees$/, () => ({
      body: {
        items: [{ id: 's-2', display_name: '业务员 12', role: 'field_agent', region_names: ['南山区'], shops: 4 }],
        next_cursor: null,
      },
    }))
    await world.session.login()
    await world.assignees.open('s-1')
    expect(asked()[0]!.query.get('takes_from')).toBe('s-1')
    expect(world.assignees.people).toEqual([{ id: 's-2', name: '业务员 12', facts: '业务员 · 南山区', shops: '4 家商户' }])
    expect(world.assignees.find('12')).toBe(false)
    await world.timers.advance(300)
    expect(asked()[1]!.query.get('q')).toBe('12')
    expect(world.assignees.find('134567890123456789')).toBe(true)
    await world.timers.advance(1_000)
    expect(asked()).toHaveLength(2)
    await world.stop()
  })
})

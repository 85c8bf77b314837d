// 关闭申请 at the level of its store over real HTTP, and what is drawn of a request.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { ChangeRequest, Me } from '../../../../../typings/api.ts'
import { detailOf, rowOf, whoDecides } from '../../../../../miniprogram/packages/manage/approvals/view.ts'
import { translator } from '../../../../../miniprogram/words/index.ts'
import { problem } from '../../../support/http-server.ts'
import { me } from '../../../support/samples.ts'
import { startWorld, type World } from '../../../support/world.ts'

const say = translator('zh-CN')
const HOUR = 3_600_000
const now = Date.parse('2026-11-23T10:00:00+08:00')
const id = '00000000-0000-4000-8000-000000000001'
const onePath = new RegExp(`^/v1/change-requests/${id}$`)
const decisionPath = new RegExp(`^/v1/change-requests/${id}/decision$`)

const requestOf = (over: Partial<ChangeRequest> = {}): ChangeRequest => ({
  id,
  kind: 'gold_plan.close',
  sub_mchid: '1900000109',
  merchant: { name: '科技面馆(科苑店)', short_name: '科技面馆', region_code: '440305', region_name: '南山区' },
  scene: 'jsapi',
  reason: '店主要求停用',
  status: 'pending',
  requested_by: { id: 'staff-07', display_name: '业务员 07', role: 'field_agent' },
  requested_at: '2026-11-23T08:00:00+08:00',
  expires_at: '2026-11-26T08:00:00+08:00',
  decided_by: null,
  decided_at: null,
  comment: null,
  ended_at: null,
  code: null,
  operation_key: null,
  deciders: { role: 'region_lead', names: ['区域主管 01'] },
  can_decide: true,
  can_cancel: false,
  ...over,
})
const decided = (status: ChangeRequest['status'], over: Partial<ChangeRequest> = {}) =>
  requestOf({
    status,
    decided_by: { id: 'staff-02', display_name: '区域主管 01', role: 'region_lead' },
    decided_at: '2026-11-23T09:30:00+08:00',
    deciders: null,
    can_decide: false,
    ...over,
  })

describe('what is drawn', () => {
  it('says how long it still waits, until its time is over', () => {
    const request = requestOf()
    expect(rowOf(request, now, say)).toMatchObject({ status_label: '还剩70小时', facts: ['尾号 0109', '业务员 07', '今天 08:00'] })
    const late = detailOf(request, 'staff-02', now + 71 * HOUR, say)
    expect(late).toMatchObject({ status: 'expired', status_label: '已过期', can_decide: false })
  })

  it('says who may decide: leads, operators where no lead is responsible, or that nobody is left', () => {
    expect(whoDecides(requestOf(), say)).toBe('由区域主管 01 处理')
    expect(whoDecides(requestOf({ deciders: { role: 'operator', names: ['运营 02', '运营 03'] } }), say)).toBe(
      '没有负责的区域主管，转运营处理：运营 02、运营 03',
    )
    expect(whoDecides(requestOf({ deciders: { role: 'operator', names: [] } }), say)).toMatch('请管理员')
  })

  it('explains to who asked why there is nothing to approve', () => {
    const own = requestOf({ can_decide: false, can_cancel: true })
    expect(detailOf(own, 'staff-07', now, say)).toMatchObject({
      can_decide: false,
      can_cancel: true,
      own: expect.stringMatching('另一位同事'),
    })
    expect(detailOf(own, 'staff-02', now, say).own).toBe('')
  })

  it.each([
    ['approved', null, '结果确认中', '结果还没确认'],
    ['executed', null, '已关闭', '24 小时内不能再次开通'],
    ['failed', 'SUB_MERCHANT_PUNISHED', '没有关闭', '没有关闭：请商户登录商户平台处理处罚'],
    ['failed', null, '没有关闭', '保持原样'],
    ['expired', 'REQUEST_EXPIRED', '已过期', '没有关闭：超过 72 小时'],
    ['rejected', null, '已拒绝', ''],
  ] as const)('given %s with code %s, then %s and what follows', (status, code, label, note) => {
    const view = detailOf(decided(status, { code }), 'staff-02', now, say)
    expect([view.status_label, view.note]).toEqual([label, expect.stringContaining(note)])
  })
})

describe('deciding', () => {
  let world: World
  let shown: ChangeRequest
  const actions: Me['actions'] = ['merchant.read', 'gold_plan.close.request', 'gold_plan.close.approve']
  beforeEach(async () => {
    world = await startWorld()
    shown = requestOf()
    const lead = () => {
      const answer = me(new Date(world.timers.now()).toISOString())
      return { body: { ...answer, staff: { ...answer.staff, role: 'region_lead' as const }, actions } }
    }
    world.server.on('GET', /^\/v1\/me$/, lead)
    world.server.on('GET', onePath, () => ({ body: shown }))
    world.server.on('GET', /^\/v1\/change-requests$/, () => ({ body: { items: [shown], next_cursor: null } }))
    await world.session.login()
    world.approvals.show()
    await world.approvals.refresh()
    await world.approvals.open(id)
  })
  afterEach(() => world.stop())
  const decisions = () => world.server.seen('POST', decisionPath)
  const lists = () => world.server.seen('GET', /^\/v1\/change-requests$/)

  it('begins with what waits for me', () => {
    expect([world.approvals.part, world.approvals.parts]).toEqual(['waiting', ['waiting', 'mine', 'decided']])
    expect(Object.fromEntries(lists()[0]!.query)).toEqual({ to_decide: 'true', limit: '20' })
  })

  it('an approved one is 结果确认中 and asked for again until its end is known', async () => {
    world.server.on('POST', decisionPath, () => {
      shown = decided('approved')
      return { body: shown }
    })
    await world.approvals.approve()
    expect(world.approvals.view).toMatchObject({ status: 'approved', can_decide: false })
    expect(world.approvals.list.rows[0]).toMatchObject({ status_label: '结果确认中' })
    await world.timers.advance(5_000)
    shown = decided('executed')
    await world.timers.advance(5_000)
    expect(world.approvals.view?.status).toBe('executed')
    const before = world.server.seen('GET', onePath).length
    await world.timers.advance(60_000)
    expect(world.server.seen('GET', onePath)).toHaveLength(before)
  })

  it('nobody asks for the end while nobody looks', async () => {
    world.server.on('POST', decisionPath, () => ({ body: (shown = decided('approved')) }))
    await world.approvals.approve()
    world.approvals.hide()
    const before = world.server.seen('GET', onePath).length
    await world.timers.advance(60_000)
    expect(world.server.seen('GET', onePath)).toHaveLength(before)
  })

  it('a lost answer is asked for with the same key', async () => {
    let calls = 0
    world.server.on('POST', decisionPath, () => (++calls === 1 ? 'drop' : { body: (shown = decided('executed')) }))
    await world.approvals.approve()
    expect(world.approvals.refusal?.next?.id).toBe('retry')
    await world.approvals.again()
    const keys = decisions().map(({ headers }) => headers['idempotency-key'])
    expect([keys.length, new Set(keys).size, world.approvals.view?.status]).toEqual([2, 1, 'executed'])
  })

  it('decided by somebody else first: said, drawn as it is, and the list is read anew', async () => {
    world.server.on('POST', decisionPath, () => {
      shown = decided('rejected', { comment: '先谈一谈' })
      return problem(409, 'ALREADY_DECIDED')
    })
    const before = lists().length
    await world.approvals.approve()
    expect([world.approvals.overtaken, world.approvals.view?.status, world.approvals.refusal, lists().length]).toEqual([
      true,
      'rejected',
      null,
      before + 1,
    ])
  })

  it('the refusal of a request of my own is explained, and asks nobody to ask himself', async () => {
    world.server.on('POST', decisionPath, () => problem(403, 'SELF_APPROVAL'))
    await world.approvals.reject('原因不够清楚')
    expect(decisions().map(({ body }) => body)).toEqual([{ decision: 'reject', comment: '原因不够清楚' }])
    expect(world.approvals.refusal).toMatchObject({ title: '不能处理自己的申请', contact: null })
  })

  it('without a network nothing is decided', async () => {
    world.setOnline(false)
    await world.approvals.approve()
    expect(decisions()).toEqual([])
  })

  it('another account sees nothing of it', async () => {
    await world.session.logout()
    expect([world.approvals.request, world.approvals.list.items, world.approvals.request_id]).toEqual([null, [], null])
  })
})

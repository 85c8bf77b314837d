// One person of the staff: what can be filled in and saved, the code that exists in one place, and who takes the shops of a leaver.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { StaffMember } from '../../../../../typings/api.ts'
import { EMPTY, formOf, isComplete, isSame, rightsOf, withRegion } from '../../../../../miniprogram/packages/manage/staff-person/form.ts'
import { inviteView, refusalOf } from '../../../../../miniprogram/packages/manage/staff-person/view.ts'
import { staffRow } from '../../../../../miniprogram/packages/manage/staff/view.ts'
import { translator } from '../../../../../miniprogram/words/index.ts'
import { problem } from '../../../support/http-server.ts'
import { startWorld, type World } from '../../../support/world.ts'

const say = translator('zh-CN')
const now = Date.parse('2026-11-23T10:00:00+08:00')
const shenzhen = { code: '440300', name: '深圳市' }
const nanshan = { code: '440305', name: '深圳市南山区' }

const memberOf = (over: Partial<StaffMember> = {}): StaffMember => ({
  id: 's-1',
  display_name: '业务员 21',
  role: 'field_agent',
  region_codes: ['440305'],
  region_names: ['深圳市南山区'],
  assigned_only: false,
  status: 'active',
  last_seen_at: '2026-11-23T07:00:00+08:00',
  bound: true,
  invite: null,
  workload: { shops: 0, stale: 0, submitted: 0, returned: 0 },
  version: 3,
  ...over,
})

describe('what is filled in', () => {
  it('needs a name of at most 32 characters, and a region where the role has regions', () => {
    expect(isComplete({ ...EMPTY, display_name: '新来的' })).toBe(false)
    expect(isComplete({ ...EMPTY, display_name: '新来的', regions: [nanshan] })).toBe(true)
    expect(isComplete({ ...EMPTY, display_name: '新来的', role: 'operator' })).toBe(true)
    expect(isComplete({ ...EMPTY, display_name: ' ', role: 'operator' })).toBe(false)
    expect(isComplete({ ...EMPTY, display_name: '𠮷'.repeat(32), role: 'operator' })).toBe(true)
    expect(isComplete({ ...EMPTY, display_name: '𠮷'.repeat(33), role: 'operator' })).toBe(false)
  })
  it('keeps no district beside its city, and takes nothing that is held already', () => {
    expect(withRegion([nanshan], shenzhen)).toEqual([shenzhen])
    expect(withRegion([shenzhen], nanshan)).toEqual([shenzhen])
    expect(withRegion([nanshan], { code: '440304', name: '福田区' })).toHaveLength(2)
  })
  it('sends neither regions nor own shops for a role that sees everything, and knows when nothing differs', () => {
    const form = formOf(memberOf({ assigned_only: true, region_codes: ['440305', '440304'], region_names: ['南山区', '福田区'] }))
    expect(rightsOf({ ...form, role: 'auditor' })).toMatchObject({ region_codes: [], assigned_only: false })
    expect(isSame(form, { ...form, regions: [...form.regions].reverse() })).toBe(true)
    expect(isSame(form, { ...form, display_name: '别人' })).toBe(false)
  })
})

describe('what is said', () => {
  it('of an invite: how it is read out, or what became of the last one', () => {
    const invite = { code: 'KX7MPD-4RWT', expires_at: '2026-11-26T10:00:00+08:00' }
    expect(inviteView(memberOf({ status: 'invited', bound: false }), invite, now, say)).toMatchObject({
      first: 'K X 7 M P D',
      last: '4 R W T',
    })
    const open = { expires_at: invite.expires_at, locked: false }
    expect(inviteView(memberOf({ invite: open }), null, now, say)).toMatchObject({ code: '', note: expect.stringContaining('不能再看') })
    expect(inviteView(memberOf({ invite: { ...open, locked: true } }), null, now, say).note).toMatch('已作废')
    expect(inviteView(memberOf(), null, now, say).act).toBe('换微信')
    expect(inviteView(memberOf({ bound: false }), null, now, say).act).toBe('发邀请码')
  })
  it("of a refusal that only this page meets: a title of its own over the server's sentence", () => {
    const refusal = refusalOf({ code: 'LAST_ADMIN', detail: '没有别的管理员能登录。' }, say)
    expect(refusal).toMatchObject({ title: '这是最后一位管理员', sentence: '没有别的管理员能登录。', next: null })
    expect(refusalOf({ code: 'NETWORK_OFFLINE' }, say).title).toBe('网络断开')
  })
  it('of a row: where they work, and what needs somebody', () => {
    const row = staffRow(memberOf({ workload: { shops: 1_484, stale: 3, submitted: 1, returned: 0 } }), now, say)
    expect(row).toMatchObject({ shops: '1,484', work: ['证据较旧 3 家', '拜访待审核 1'], seen: '3 小时前登录', regions: '深圳市南山区' })
    const many = memberOf({ region_names: ['南山区', '福田区', '罗湖区'] })
    expect(staffRow(many, now, say).regions).toBe('南山区、福田区等 3 个地区')
    expect(staffRow(memberOf({ role: 'admin', last_seen_at: null }), now, say)).toMatchObject({
      shops: '',
      seen: '还没登录过',
      regions: '全部地区',
    })
  })
})

describe('the page', () => {
  let world: World
  let held: StaffMember
  const path = /^\/v1\/staff\/s-1$/
  const puts = () => world.server.seen('PUT', path)
  beforeEach(async () => {
    world = await startWorld()
    held = memberOf()
    world.server.on('GET', path, () => ({ body: held }))
    world.server.on('PUT', path, ({ body }) => {
      const { disabled, hand_over: _to, ...rights } = body as Record<string, unknown>
      held = { ...held, ...rights, status: disabled ? 'disabled' : 'active', version: held.version + 1 }
      return { body: held }
    })
    await world.session.login()
    await world.person.open('s-1')
  })
  afterEach(() => world.stop())

  it('saves the whole of it with the version that was seen', async () => {
    world.person.change({ display_name: '改名' })
    expect(world.person.canSave).toBe(true)
    expect(await world.person.save()).toBe(true)
    expect(puts()[0]!.headers['if-match']).toBe('"3"')
    expect(puts()[0]!.body).toMatchObject({ display_name: '改名', role: 'field_agent', disabled: false })
    expect([world.person.changed, world.person.member!.version]).toEqual([false, 4])
  })
  it('keeps what is being filled in when it is read anew, and the version that was seen before', async () => {
    world.person.change({ display_name: '写到一半' })
    held = memberOf({ version: 9, display_name: '同事改的' })
    await world.person.read()
    expect(world.person.form.display_name).toBe('写到一半')
    world.server.on('PUT', path, () => problem(412, 'VERSION_MISMATCH', { current: held }))
    expect(await world.person.save()).toBe(false)
    expect(puts()[0]!.headers['if-match']).toBe('"3"')
    expect(world.person.refusal?.code).toBe('VERSION_MISMATCH')
    await world.person.again()
    expect([world.person.form.display_name, world.person.refusal]).toEqual(['同事改的', null])
  })
  it('asks who takes the shops, and lets the person go in the same request', async () => {
    const taking = world.server
    taking.on('PUT', path, ({ body }) =>
      'hand_over' in (body as object)
        ? { body: (held = memberOf({ status: 'disabled', version: 4 })) }
        : problem(409, 'SHOPS_LEFT', { current: { shops: 7 } }),
    )
    expect(await world.person.disable()).toBe(false)
    expect([world.person.leaving, world.person.refusal]).toEqual([{ shops: 7, disabling: true }, null])
    expect(await world.person.disable({ staff_id: 's-2' })).toBe(true)
    expect(puts()[1]!.body).toMatchObject({ disabled: true, hand_over: { staff_id: 's-2' } })
    expect([world.person.disabled, world.person.leaving]).toEqual([true, null])
  })
  it('asks for a code with another key each time, shows it once, and forgets it with the page', async () => {
    const code = (request: number) => ({ code: `AAAAA${request + 1}-2345`, expires_at: '2026-11-26T10:00:00+08:00' })
    const invites = () => world.server.seen('POST', /\/invite$/)
    world.server.on('POST', /\/invite$/, () => ({ status: 201, body: code(invites().length) }))
    await world.person.makeInvite()
    expect(world.person.inviteView).toMatchObject({ code: 'AAAAA2-2345', first: 'A A A A A 2' })
    await world.timers.advance(1_000)
    await world.person.makeInvite()
    expect(world.person.invite!.code).toBe('AAAAA3-2345')
    expect(new Set(invites().map(({ headers }) => headers['idempotency-key'])).size).toBe(2)
    world.person.close()
    await world.person.open('s-1')
    expect(world.person.inviteView!.code).toBe('')
  })
})

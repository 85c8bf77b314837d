import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { problem } from '../support/http-server.ts'
import { DAY } from '../../../miniprogram/rules/relative-time.ts'
import { rowOf, staff } from '../support/samples.ts'
import { eventually } from '../../support/eventually.ts'
import { startWorld, type World } from '../support/world.ts'

let world: World
beforeEach(async () => {
  world = await startWorld()
})
afterEach(() => world.stop())

const unbound = { body: { binding_required: true, bind_ticket: 'ticket-1', expires_at: '2026-11-23T10:10:00+08:00' } }

describe('session', () => {
  it('given nothing kept, waits for a login without any request', async () => {
    await world.session.start()
    expect(world.session.status).toBe('login')
    expect(world.server.requests).toHaveLength(0)
  })

  it('logs in by the code of wx.login and knows who it is', async () => {
    await world.session.start()
    await world.session.login()
    expect(world.session.status).toBe('ready')
    expect(world.session.me?.staff.display_name).toBe('业务员 03')
    expect(world.server.seen('POST', /sessions/)[0]?.body).toEqual({ code: 'code-1' })
    expect(world.server.seen('POST', /sessions/)[0]?.headers['idempotency-key']).toBeUndefined()
  })

  it('goes on with the session that the phone keeps', async () => {
    await world.session.login()
    const again = await startWorld()
    again.kept.set('session', world.kept.get('session')!)
    await again.session.start()
    expect(again.session.status).toBe('ready')
    expect(again.server.seen('POST', /sessions/)).toHaveLength(0)
    await again.stop()
  })

  it('given an unbound WeChat user, asks for an invite code and binds with the ticket', async () => {
    world.server.on('POST', /^\/v1\/sessions$/, () => unbound)
    await world.session.login()
    expect(world.session.status).toBe('binding')
    world.server.on('POST', /^\/v1\/staff-bindings$/, () => problem(410, 'INVITE_EXPIRED'))
    await world.session.bind('OLD-CODE')
    expect(world.session.status).toBe('binding')
    expect(world.session.problem).toMatchObject({ code: 'INVITE_EXPIRED', title: '邀请码已失效', contact: '联系管理员' })
    world.server.on('POST', /^\/v1\/staff-bindings$/, () => ({
      status: 201,
      body: { token: 'token-x', expires_at: '2026-11-24T10:00:00+08:00', staff },
    }))
    await world.session.bind(' NEW-CODE ')
    expect(world.session.status).toBe('ready')
    expect(world.server.seen('POST', /bindings/)[1]?.body).toEqual({ bind_ticket: 'ticket-1', invite_code: 'NEW-CODE' })
  })

  it('given a disabled account, says so and keeps nothing of it', async () => {
    await world.session.login()
    world.recents.addSearch('面馆')
    world.server.on('GET', /^\/v1\/thing$/, () => problem(401, 'UNAUTHENTICATED'))
    world.server.on('POST', /^\/v1\/sessions$/, () => problem(403, 'STAFF_DISABLED'))
    await world.http.get('/v1/thing').catch(() => {})
    expect(world.session.status).toBe('disabled')
    expect(world.session.problem?.title).toBe('账号已停用')
    expect([...world.kept.keys()]).toEqual([])
  })

  it('given it was shut out while it asked who it is, then the late answer does not take the reason away', async () => {
    await world.session.login()
    const late = world.server.hold(problem(401, 'UNAUTHENTICATED'))
    world.server.on('GET', /^\/v1\/me$/, late.handler)
    world.server.on('GET', /^\/v1\/thing$/, () => problem(401, 'UNAUTHENTICATED'))
    world.server.on('POST', /^\/v1\/sessions$/, () => problem(403, 'STAFF_DISABLED'))
    const asking = world.session.measure()
    await eventually('the question to be on its way', async () => world.server.held === 1)
    await world.http.get('/v1/thing').catch(() => {})
    late.release()
    await asking
    expect([world.session.status, world.session.problem?.title]).toEqual(['disabled', '账号已停用'])
  })

  it('logs out without a network, and wipes recents and token', async () => {
    await world.session.login()
    world.recents.addSearch('面馆')
    world.recents.addMerchant({ sub_mchid: '1900000109', name: '科技面馆', region_name: '南山区' })
    world.setOnline(false)
    await world.session.logout()
    expect(world.session.status).toBe('login')
    expect(world.session.currentToken()).toBeNull()
    expect(world.recents.searches).toEqual([])
    expect([...world.kept.keys()]).toEqual([])
  })

  it('logging out with a session that is over does not log in again', async () => {
    await world.session.login()
    world.server.on('DELETE', /^\/v1\/sessions\/current$/, () => problem(401, 'UNAUTHENTICATED'))
    await world.session.logout()
    expect(world.server.seen('DELETE', /current/)[0]?.headers.authorization).toBe('Bearer token-1')
    expect([world.codes.length, world.session.status, world.session.currentToken()]).toEqual([1, 'login', null])
  })

  it('given the ticket is over, goes back to the login', async () => {
    world.server.on('POST', /^\/v1\/sessions$/, () => unbound)
    world.server.on('POST', /^\/v1\/staff-bindings$/, () => problem(410, 'BIND_TICKET_INVALID'))
    await world.session.login()
    await world.session.bind('CODE')
    expect([world.session.status, world.session.problem?.title]).toEqual(['login', '绑定超时'])
  })

  it('given no answer at start, keeps the session and offers to try again', async () => {
    world.kept.set('session', JSON.stringify({ token: 'token-0', expires_at: '2026-11-24T10:00:00+08:00', staff }))
    world.setOnline(false)
    await world.session.start()
    expect([world.session.status, world.session.currentToken(), world.session.problem?.code]).toEqual([
      'error',
      'token-0',
      'NETWORK_OFFLINE',
    ])
    world.setOnline(true)
    await world.session.start()
    expect(world.session.status).toBe('ready')
  })

  it('recents keep the last ten, newest first, without doubles, and never a payment code', () => {
    world.recents.use('staff-03')
    for (let n = 1; n <= 12; n += 1) world.recents.addSearch(`词${n}`)
    world.recents.addSearch('词5')
    world.recents.addSearch('134567890123456789')
    expect(world.recents.searches).toEqual(['词5', '词12', '词11', '词10', '词9', '词8', '词7', '词6', '词4', '词3'])
    world.recents.use('staff-04')
    expect(world.recents.searches).toEqual([])
  })
})

describe('a clock that is lost', () => {
  it('given the phone begins again at 1970, then it is never before what the server said last, after a restart too', async () => {
    await world.session.login()
    const heard = world.timers.now()
    world.timers.sleep(-heard)
    expect(world.session.serverNow()).toBe(heard)
    world.setOnline(false)
    const again = world.reopen()
    again.network.changed({ online: false, weak: false })
    await again.session.start()
    expect(again.session.serverNow()).toBe(heard)
    again.cut()
  })
})

describe('a phone that does not reach the server any more', () => {
  const list = /^\/v1\/sub-merchants$/
  const read = async () => {
    await world.session.login()
    world.server.on('GET', list, () => ({ body: { items: [rowOf('1900000109', '科技面馆')], next_cursor: null, total_estimate: 1 } }))
    await world.merchants.enter()
    await world.timers.advance(1_000)
    world.recents.addMerchant({ sub_mchid: '1900000109', name: '科技面馆', region_name: '南山区' })
    world.setOnline(false)
  }
  const shown = (app: Pick<World, 'recents' | 'known'>) => [app.recents.merchants.length, app.known.find('1900000109') !== null]

  it('given 7 days, then nothing that the server gave is shown, what was made here is kept, and reaching it brings all back', async () => {
    await read()
    world.kept.set('staff:staff-03:parcel:x', JSON.stringify({ photos: [] }))
    world.timers.sleep(6 * DAY)
    world.session.watchLock()
    expect([world.session.locked, ...shown(world)]).toEqual([false, 1, true])
    world.timers.sleep(DAY + 1)
    world.session.watchLock()
    expect([world.session.locked, ...shown(world), world.merchants.rows.length]).toEqual([true, 0, false, 0])
    expect([...world.kept.keys()]).toEqual(expect.arrayContaining(['staff:staff-03:parcel:x', 'staff:staff-03:rows']))
    world.setOnline(true)
    await world.settled()
    expect([world.session.locked, ...shown(world)]).toEqual([false, 1, true])
  })

  it('given the app is opened then, and the clock was set back, then it is locked all the same', async () => {
    await read()
    world.timers.sleep(8 * DAY)
    const first = world.reopen()
    first.network.changed({ online: false, weak: false })
    await first.session.start()
    expect([first.session.locked, ...shown(first)]).toEqual([true, 0, false])
    world.timers.sleep(-8 * DAY)
    const second = world.reopen()
    second.network.changed({ online: false, weak: false })
    await second.session.start()
    expect([second.session.locked, ...shown(second)]).toEqual([true, 0, false])
    first.cut()
    second.cut()
  })
})

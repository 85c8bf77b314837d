// 验证支付 at the level of the stores over real HTTP.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { EvidenceRequest } from '../../../../../typings/api.ts'
import { problem, type SeenRequest } from '../../../support/http-server.ts'
import { me, merchantOf } from '../../../support/samples.ts'
import type { World } from '../../../support/world.ts'
import { evidencePath, opened, openShop, recorded, shopId, type OpenShop } from '../support/open-shop.ts'

let at: OpenShop
let world: World
beforeEach(async () => {
  at = await openShop()
  world = at.world
})
afterEach(() => world.stop())

const answerAll = (page = 'merchant_receipt') => {
  const { testPayment } = world
  testPayment.answer('entry', 'table_sticker')
  testPayment.answer('web_page', 'yes')
  testPayment.answer('pay', 'done')
  testPayment.answer('payee', 'yes')
  testPayment.answer('page', page)
}

/** one picture, as from the camera */
const photograph = async () => {
  world.server.on('POST', /^\/v1\/photos$/, () => ({ status: 201, body: { id: 'photo-on-the-server', width: 8, height: 6 } }))
  world.pictures.next = () => [Buffer.from(`picture ${Math.random()}`)]
  await world.testPayment.addPhoto()
}
/** All questions answered, and the page photographed. */
const shown = async (page?: string) => {
  answerAll(page)
  await photograph()
}

describe('field test payment', () => {
  beforeEach(() => world.testPayment.open(shopId))

  it('one tap answers and goes on, back keeps the answers, and nothing is sent before 提交', async () => {
    answerAll()
    expect(world.testPayment.step).toMatchObject({ id: 'details', number: 6, total: 6 })
    world.testPayment.back()
    expect(world.testPayment.step?.id).toBe('page')
    expect(world.testPayment.step?.groups.flatMap(group => group.choices).filter(choice => choice.on)).toMatchObject([
      { code: 'merchant_receipt' },
    ])
    expect(at.posts()).toHaveLength(0)
  })

  it('sends the answers once, with the time of the payment by the server, and shows what they prove and the new verdict', async () => {
    world.server.on('GET', /^\/v1\/me$/, () => ({ body: me(new Date(world.timers.now() + 3_600_000).toISOString()) }))
    await world.session.login()
    world.testPayment.answer('entry', 'table_sticker')
    world.testPayment.answer('web_page', 'yes')
    world.testPayment.answer('pay', 'done')
    const paid = world.timers.now() + 3_600_000
    world.timers.sleep(90_000)
    world.testPayment.answer('payee', 'yes')
    world.testPayment.answer('page', 'merchant_receipt')
    world.testPayment.answer('ready', '2')
    await photograph()
    await world.testPayment.submit()
    await world.testPayment.submit()
    expect(at.posts()).toHaveLength(1)
    const [{ body, headers }] = at.posts() as [SeenRequest]
    expect(body).toEqual({
      id: headers['idempotency-key'],
      kind: 'test_payment',
      occurred_at: new Date(paid).toISOString(),
      detail: {
        entry: 'table_sticker',
        web_page_opened: true,
        payee_matches: 'yes',
        after_page: 'merchant_receipt',
        ready_seconds: 2,
        photo_ids: ['photo-on-the-server'],
      },
    })
    expect(world.testPayment.result).toMatchObject({
      meaning: 'merchant_receipt',
      state: 'verified',
      title: '已迁移',
      primary: { id: 'done' },
    })
    expect(world.testPayment.step).toBeNull()
  })

  it('after a lost answer it waits and is sent again by itself with the same id and key, and its answers cannot change meanwhile', async () => {
    let calls = 0
    world.server.on('POST', evidencePath, request => {
      calls += 1
      return calls === 1 ? 'drop' : recorded(request)
    })
    answerAll('not_paid')
    await world.testPayment.submit()
    expect([world.testPayment.status, world.outbox.unsent]).toEqual(['queued', 1])
    world.testPayment.answer('page', 'official_receipt')
    world.testPayment.back()
    await world.timers.advance(6_100)
    const [first, second] = at.posts() as [SeenRequest, SeenRequest]
    expect(second.body).toEqual(first.body)
    expect(second.headers['idempotency-key']).toBe(first.headers['idempotency-key'])
    expect([world.testPayment.status, world.outbox.unsent]).toEqual(['done', 0])
  })

  it('a refusal is said in plain words, records nothing, and the answers may be changed and sent again', async () => {
    world.server.on('POST', evidencePath, () =>
      problem(422, 'VALIDATION_FAILED', { errors: [{ field: 'occurred_at', code: 'IN_THE_FUTURE', message: 'ahead' }] }),
    )
    await shown()
    await world.testPayment.submit()
    expect(world.testPayment.problem?.title).toBe('手机时间不对')
    world.testPayment.dismiss()
    world.server.on('POST', evidencePath, recorded)
    world.testPayment.goTo('page')
    world.testPayment.answer('page', 'official_receipt')
    await world.testPayment.submit()
    expect(world.testPayment.result?.meaning).toBe('official_receipt')
    expect(world.outbox.unsent).toBe(0)
  })

  it('given one was refused and another one of the shop is begun, then 修改 brings the answers of the refused one, and the other one is not lost', async () => {
    world.server.on('POST', evidencePath, () => problem(422, 'VALIDATION_FAILED', { errors: [{ field: 'detail', code: 'NOT_ALLOWED' }] }))
    await shown('closed')
    await world.testPayment.submit()
    const refused = world.outbox.items[0]!.id
    world.testPayment.restart()
    await shown('official_receipt')
    world.testPayment.leave()
    world.testPayment.open(shopId, refused)
    expect([world.testPayment.answers.page, world.testPayment.photos.length, world.testPayment.status]).toEqual(['closed', 1, 'idle'])
    world.server.on('POST', evidencePath, recorded)
    await world.testPayment.submit()
    world.testPayment.leave()
    world.testPayment.open(shopId)
    expect([world.testPayment.answers.page, world.testPayment.photos.length]).toEqual(['official_receipt', 1])
    await world.testPayment.submit()
    expect(new Set(at.posts().map(({ body }) => (body as EvidenceRequest).id)).size).toBe(2)
    expect(world.outbox.unsent).toBe(0)
  })

  it('given one waits for a network, when 待同步 offers 修改, then its answers come back; one that may have arrived only waits', async () => {
    world.setOnline(false)
    await shown('closed')
    await world.testPayment.submit()
    const { id } = world.outbox.items.at(-1)!
    world.testPayment.leave()
    world.testPayment.open(shopId, id)
    expect([world.testPayment.status, world.testPayment.answers.page, world.outbox.unsent]).toEqual(['idle', 'closed', 0])
    world.server.on('POST', evidencePath, () => 'drop')
    world.setOnline(true)
    await world.testPayment.submit()
    world.testPayment.leave()
    world.testPayment.open(shopId, id)
    expect([world.testPayment.status, world.testPayment.step, world.outbox.unsent]).toEqual(['queued', null, 1])
  })

  it('a refusal of the time is mended with the time of the server', async () => {
    const ahead = 3_600_000
    world.server.on('GET', /^\/v1\/me$/, () => ({ body: me(new Date(world.timers.now() - ahead).toISOString()) }))
    world.server.on('POST', evidencePath, request => {
      const late = Date.parse((request.body as EvidenceRequest).occurred_at) > world.timers.now() - ahead + 300_000
      return late ? problem(422, 'VALIDATION_FAILED', { errors: [{ field: 'occurred_at', code: 'IN_THE_FUTURE' }] }) : recorded(request)
    })
    await shown()
    await world.testPayment.submit()
    expect(world.testPayment.status).toBe('refused')
    await world.testPayment.again()
    expect(world.testPayment.status).toBe('done')
  })

  it('a payment that proves something wants a photo, which goes before it; one that proves nothing wants none', async () => {
    answerAll()
    expect(world.testPayment.locked).toBe('先拍支付后的页面')
    await world.testPayment.submit()
    expect(world.outbox.unsent).toBe(0)
    await photograph()
    expect(world.testPayment.locked).toBeNull()
    await world.testPayment.submit()
    const lines = world.server.requests.map(({ method, path }) => `${method} ${path}`)
    expect(lines.indexOf('POST /v1/photos')).toBeLessThan(lines.indexOf(`POST /v1/sub-merchants/${shopId}/evidence`))
    expect((at.posts()[0]!.body as { detail: object }).detail).toMatchObject({ photo_ids: ['photo-on-the-server'] })
    world.testPayment.restart()
    answerAll('unsure')
    expect(world.testPayment.locked).toBeNull()
  })

  it('offline it is kept to be sent later and says so; back online it is sent once and shows what it proves', async () => {
    await shown()
    world.setOnline(false)
    expect(world.testPayment.locked).toBeNull()
    await world.testPayment.submit()
    expect([world.testPayment.status, world.testPayment.step, world.outbox.held]).toEqual(['queued', null, 'offline'])
    expect(at.posts()).toHaveLength(0)
    world.setOnline(true)
    await world.settled()
    expect(at.posts()).toHaveLength(1)
    expect(world.testPayment.result?.meaning).toBe('merchant_receipt')
  })

  it('a begun test payment outlives a kill with its answers and photos', async () => {
    await shown()
    const app = world.reopen()
    await app.session.start()
    await app.merchant.load(shopId)
    app.testPayment.open(shopId)
    expect([app.testPayment.resumed, app.testPayment.step?.id, app.testPayment.photos.length]).toEqual([true, 'details', 1])
    await app.testPayment.submit()
    expect(at.posts()).toHaveLength(1)
    app.cut()
  })

  it('answers that find no room on the phone are not drawn as if they were kept', () => {
    world.testPayment.answer('entry', 'table_sticker')
    world.pictures.full = true
    const { storage } = world.phone
    const set = storage.set
    storage.set = () => {
      throw new Error('setStorageSync:fail exceed storage max size 10Mb')
    }
    world.testPayment.answer('web_page', 'yes')
    expect([world.testPayment.not_kept, world.testPayment.step?.id]).toEqual([true, 'web_page'])
    storage.set = set
    world.testPayment.answer('web_page', 'yes')
    expect([world.testPayment.not_kept, world.testPayment.step?.id]).toEqual([false, 'pay'])
  })

  it('another account finds no answers of the last one, who finds them again', async () => {
    answerAll()
    await world.session.logout()
    world.server.on('POST', /^\/v1\/sessions$/, () => ({
      body: { token: 'of-the-other', expires_at: '2026-11-24T10:00:00+08:00', staff: { ...me('').staff, id: 'staff-07' } },
    }))
    world.server.on('GET', /^\/v1\/me$/, () => {
      const mine = me(new Date(world.timers.now()).toISOString())
      return { body: { ...mine, staff: { ...mine.staff, id: 'staff-07' } } }
    })
    await world.session.login()
    await world.merchant.load(shopId)
    world.testPayment.open(shopId)
    expect([world.testPayment.resumed, world.testPayment.step?.id]).toEqual([false, 'entry'])
    expect([...world.kept.keys()].filter(key => key.includes(':test:'))).toEqual([expect.stringMatching(/^staff:staff-03:test:/)])
  })

  it('warns with the time left while a change is younger than 5 minutes', async () => {
    await at.becomes(
      merchantOf({
        ...opened,
        gold_plan: { jsapi: { status: 'open', changed_at: new Date(world.timers.now() - 60_000).toISOString() } },
      }),
    )
    expect(world.testPayment.settling).toBe('刚改过设置，4分钟后才完全生效')
    await world.timers.advance(240_000)
    expect(world.testPayment.settling).toBeNull()
  })

  it('who may not record sees why', async () => {
    await at.becomes(merchantOf({ ...opened, allowed_actions: ['merchant.read', 'evidence.read'] }))
    expect(world.testPayment.locked).toBe('你的角色不能记录')
  })
})

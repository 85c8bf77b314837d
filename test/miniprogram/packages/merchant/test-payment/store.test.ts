// 验证支付, 排查, the operator's records and 撤回, at the level of the stores over real HTTP.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Evidence, EvidenceRequest, SubMerchant } from '../../../../../typings/api.ts'
import { problem, type SeenRequest } from '../../../support/http-server.ts'
import { me, merchantOf } from '../../../support/samples.ts'
import { startWorld, type World } from '../../../support/world.ts'

const shopId = '1900000109'
const evidencePath = /^\/v1\/sub-merchants\/1900000109\/evidence$/
const opened = merchantOf({
  gold_plan: { jsapi: { status: 'open' } },
  receipt: { status: 'open' },
  migration: { state: 'enrolled', reason: 'AWAITING_VERIFICATION' },
  allowed_actions: ['merchant.read', 'evidence.read', 'evidence.write', 'evidence.withdraw'],
})

let world: World
let shop: SubMerchant
beforeEach(async () => {
  world = await startWorld()
  shop = opened
  world.server.on('GET', /^\/v1\/sub-merchants\/1900000109$/, () => ({ body: shop }))
  world.server.on('POST', evidencePath, recorded)
  await world.session.login()
  await world.merchant.load(shopId)
})
afterEach(() => world.stop())

/** what the backend answers: the item, and a verdict as after a page was seen */
function recorded({ body }: SeenRequest) {
  const request = body as EvidenceRequest
  const evidence = {
    ...request,
    sub_mchid: shopId,
    recorded_at: request.occurred_at,
    recorded_by: { id: 'staff-03', display_name: '业务员 03' },
    source: 'app',
    withdrawn: null,
    can_withdraw: true,
  }
  return {
    status: 201,
    body: { evidence, migration: { ...opened.migration, state: 'verified', reason: 'PAGE_SEEN', since: request.occurred_at } },
  }
}
const posts = () => world.server.seen('POST', evidencePath)
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
    expect(posts()).toHaveLength(0)
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
    expect(posts()).toHaveLength(1)
    const [{ body, headers }] = posts() as [SeenRequest]
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
    const [first, second] = posts() as [SeenRequest, SeenRequest]
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
    expect(new Set(posts().map(({ body }) => (body as EvidenceRequest).id)).size).toBe(2)
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
    expect((posts()[0]!.body as { detail: object }).detail).toMatchObject({ photo_ids: ['photo-on-the-server'] })
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
    expect(posts()).toHaveLength(0)
    world.setOnline(true)
    await world.settled()
    expect(posts()).toHaveLength(1)
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
    expect(posts()).toHaveLength(1)
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
    shop = merchantOf({
      ...opened,
      gold_plan: { jsapi: { status: 'open', changed_at: new Date(world.timers.now() - 60_000).toISOString() } },
    })
    await world.merchant.refresh()
    expect(world.testPayment.settling).toBe('刚改过设置，4分钟后才完全生效')
    await world.timers.advance(240_000)
    expect(world.testPayment.settling).toBeNull()
  })

  it('who may not record sees why', async () => {
    shop = merchantOf({ ...opened, allowed_actions: ['merchant.read', 'evidence.read'] })
    await world.merchant.refresh()
    expect(world.testPayment.locked).toBe('你的角色不能记录')
  })
})

describe('排查', () => {
  const answers = (given: Record<string, string>) => {
    for (const [question, answer] of Object.entries(given)) world.troubleshooting.answer(question as 'entry', answer)
  }

  it('shows what is known, asks one question at a time, and the page seen can be recorded once with the cause', async () => {
    world.troubleshooting.open(shopId)
    expect(world.troubleshooting.known).toEqual(['点金计划已开 · 11月20日 10:12', '商家小票已开 · 11月20日 10:12', '小票链接已配置'])
    expect(world.troubleshooting.question?.id).toBe('entry')
    answers({
      entry: 'table_sticker',
      web_page: 'yes',
      payee: 'yes',
      page: 'receipt_error',
      same_payer: 'yes',
      error_timing: 'after_seconds',
    })
    expect(world.troubleshooting.cause).toMatchObject({ id: 'READY_TOO_LATE', mender: 'developer', remedy: { id: 'copy_developer' } })
    await world.troubleshooting.record()
    await world.troubleshooting.record()
    expect(posts().map(({ body }) => body)).toMatchObject([
      { kind: 'test_payment', detail: { after_page: 'receipt_error', web_page_opened: true, note: '排查：小票页打开太慢' } },
    ])
    expect(world.troubleshooting.cause).toMatchObject({ record: '', recorded: '看到的页面已记录' })
  })

  it('after a test payment nothing is asked or recorded twice', () => {
    world.troubleshooting.begin(shopId, { entry: 'table_sticker', web_page: 'yes', payee: 'yes', page: 'closed' })
    expect(world.troubleshooting.question?.id).toBe('console_plan')
    answers({ console_plan: 'cannot_look' })
    expect(world.troubleshooting.cause).toMatchObject({ id: 'ASK_OPERATOR', remedy: { id: 'copy_operator' }, record: '' })
    expect(world.troubleshooting.message).toContain('商户号 1900000109')
    expect(world.troubleshooting.message).toContain('付完看到：页面直接关闭')
    expect(world.troubleshooting.message).not.toContain('业务员')
  })

  it('a page seen within 5 minutes of a change: wait, with the time left, then pay again', async () => {
    shop = merchantOf({
      ...opened,
      gold_plan: { jsapi: { status: 'open', changed_at: new Date(world.timers.now() - 60_000).toISOString() } },
    })
    await world.merchant.refresh()
    world.troubleshooting.open(shopId)
    answers({ entry: 'table_sticker', web_page: 'yes', payee: 'yes', page: 'closed' })
    expect(world.troubleshooting.cause).toMatchObject({ id: 'SETTLING', remedy: null, reason: '4分钟后再付一笔' })
    await world.timers.advance(240_000)
    expect(world.troubleshooting.cause).toMatchObject({ id: 'SETTLING', remedy: { id: 'test_payment' } })
  })

  it('无需迁移 is concluded once every entry was looked at, and not for a shop with several stores', async () => {
    world.troubleshooting.open(shopId)
    answers({ entry: 'payment_code' })
    expect(world.troubleshooting.cause?.remedy?.id).toBe('conclude')
    await world.troubleshooting.conclude()
    expect(posts()[0]?.body).toMatchObject({
      kind: 'flow_conclusion',
      detail: { conclusion: 'not_jsapi', basis: 'visit', all_entries_checked: true },
    })
    expect(world.troubleshooting.cause).toMatchObject({ remedy: { id: 'none' }, recorded: '已记录：无需迁移' })

    shop = merchantOf({ ...opened, store_count: 3 })
    await world.merchant.refresh()
    world.troubleshooting.restart()
    answers({ entry: 'payment_code' })
    expect(world.troubleshooting.cause).toMatchObject({
      remedy: { id: 'none' },
      sentence: expect.stringContaining('有多家门店，请运营判断'),
    })
    await world.troubleshooting.conclude()
    expect(posts()).toHaveLength(1)
  })

  it('上一步 takes back the last answer only', () => {
    world.troubleshooting.open(shopId)
    answers({ entry: 'table_sticker', web_page: 'yes', payee: 'yes' })
    world.troubleshooting.back()
    expect(world.troubleshooting.question?.id).toBe('payee')
    expect(world.troubleshooting.answers).toEqual({ entry: 'table_sticker', web_page: 'yes' })
  })
})

describe("an operator's records", () => {
  it('nobody else is offered them', () => {
    world.portalCheck.open(shopId)
    expect(world.portalCheck.tasks).toEqual([])
  })

  it('records what the console shows, and only with something chosen', async () => {
    shop = merchantOf({ ...opened, allowed_actions: ['portal_check.write', 'unblock.write'] })
    await world.merchant.refresh()
    world.portalCheck.open(shopId)
    expect(world.portalCheck.tasks).toEqual(['portal_check', 'flow_conclusion'])
    await world.portalCheck.submit()
    expect(posts()).toHaveLength(0)
    world.portalCheck.fill('gold_plan_jsapi', 'closed')
    world.portalCheck.fill('default_open', 'no')
    world.portalCheck.fill('note', '  ')
    await world.portalCheck.submit()
    expect(posts()[0]?.body).toMatchObject({ kind: 'portal_check', detail: { gold_plan_jsapi: 'closed', default_open: false } })
    expect((posts()[0]!.body as EvidenceRequest).detail).not.toHaveProperty('note')
  })

  it('lifts a block with a note of at least 2 characters', async () => {
    const migration = { ...opened.migration, state: 'blocked' as const, reason: 'SUB_MERCHANT_PUNISHED' }
    shop = merchantOf({ ...opened, migration, allowed_actions: ['portal_check.write', 'unblock.write'] })
    await world.merchant.refresh()
    world.portalCheck.open(shopId, 'unblock')
    world.portalCheck.fill('note', '好')
    expect(world.portalCheck.complete).toBe(false)
    world.portalCheck.fill('note', '处罚已处理')
    await world.portalCheck.submit()
    expect(posts()[0]?.body).toMatchObject({ kind: 'unblock', detail: { code: 'SUB_MERCHANT_PUNISHED', note: '处罚已处理' } })
  })
})

describe('撤回', () => {
  const item = {
    id: 'e1',
    sub_mchid: shopId,
    kind: 'test_payment',
    occurred_at: '2026-11-20T14:05:00+08:00',
    recorded_at: '2026-11-20T14:05:00+08:00',
    recorded_by: { id: 'staff-03', display_name: '业务员 03' },
    source: 'app',
    withdrawn: null,
    can_withdraw: true,
    detail: { entry: 'table_sticker', web_page_opened: true, payee_matches: 'yes', after_page: 'closed' },
  } as Evidence
  const withdrawn = {
    ...item,
    can_withdraw: false,
    withdrawn: { by: { id: 'staff-03', display_name: '业务员 03' }, at: '2026-11-23T10:00:00+08:00', reason: '选错了' },
  }
  const path = /^\/v1\/sub-merchants\/1900000109\/evidence\/e1\/withdrawal$/
  beforeEach(async () => {
    world.server.on('GET', evidencePath, () => ({ body: { items: [item], next_cursor: null } }))
    await world.evidence.load(shopId)
  })

  it('strikes the item through with its reason; a lost answer is repeated with the same key', async () => {
    let calls = 0
    world.server.on('POST', path, () => {
      calls += 1
      return calls === 1 ? 'drop' : { body: { evidence: withdrawn, migration: opened.migration } }
    })
    expect(await world.withdrawal.withdraw(shopId, 'e1', ' 选错了 ')).toBe(false)
    expect(world.withdrawal.problem?.next?.id).toBe('retry')
    expect(await world.withdrawal.retry()).toBe(true)
    const [first, second] = world.server.seen('POST', path) as [SeenRequest, SeenRequest]
    expect([first.body, second.headers['idempotency-key']]).toEqual([{ reason: '选错了' }, first.headers['idempotency-key']])
    expect(world.evidence.rows).toMatchObject([
      { withdrawn: true, withdrawn_text: '已撤回：选错了（业务员 03 11月23日 10:00）', can_withdraw: false },
    ])
  })

  it('is not sent without a reason or without a network', async () => {
    expect(await world.withdrawal.withdraw(shopId, 'e1', '错')).toBe(false)
    world.setOnline(false)
    expect(await world.withdrawal.withdraw(shopId, 'e1', '选错了')).toBe(false)
    expect(world.server.seen('POST', path)).toHaveLength(0)
  })
})

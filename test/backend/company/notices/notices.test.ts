// What people are told (product.md B05): it stands in the app, and goes out as WeChat's message once for each that was allowed.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { tell } from '../../../../backend/company/notices/record.ts'
import { sendMessages } from '../../../../backend/company/notices/send.ts'
import { dropOldNotices } from '../../../../backend/company/notices/service.ts'
import type { MessageSubscriptions, NoticePage, SubscriptionAnswer } from '../../../../backend/company/notices/schema.ts'
import type { ProviderNumberList } from '../../../../backend/readiness/schema.ts'
import { ProviderSettingsRequest } from '../../../../backend/company/provider-settings/schema.ts'
import type { Role } from '../../../../backend/http/schema.ts'
import { startOfChinaDay } from '../../../../miniprogram/shared/china-time.ts'
import { createWechatMessages, type WechatMessages } from '../../../../backend/wechat/messages.ts'
import { day, hour, minute, sp_mchid, startBackend, type Backend } from '../../support/backend.ts'

const template_id = 'tmpl-closing-aaaaaaaaaaaaaaaa'
const templates = [
  { kind: 'closing', template_id, keys: { subject: 'thing1', outcome: 'phrase2', at: 'time3' } },
  { kind: 'shop', template_id: 'tmpl-shop-aaaaaaaaaaaaaaaaaaa', keys: { subject: 'thing4', outcome: 'thing5', at: 'date6' } },
]

let backend: Backend
let messages: WechatMessages
beforeAll(async () => {
  backend = await startBackend()
  const { WECHAT_BASE_URL, WECHAT_APPID, WECHAT_APP_SECRET } = backend.sandbox.environment()
  messages = createWechatMessages({ baseUrl: WECHAT_BASE_URL!, appid: WECHAT_APPID!, secret: WECHAT_APP_SECRET!, timeoutMs: 1_000 })
  backend.app.context.messages = messages
})
afterAll(async () => {
  await messages.close()
  await backend.close()
})
beforeEach(async () => {
  mail().arrange(null)
  mail().forget()
  await backend.db.deleteFrom('notices').execute()
  await backend.db.deleteFrom('message_template_faults').execute()
  await backend.db.updateTable('message_quota').set({ allowed: 0 }).execute()
  await backend.db
    .updateTable('provider')
    .set({ message_templates: JSON.stringify(templates) })
    .where('sp_mchid', '=', sp_mchid)
    .execute()
})

const mail = () => backend.sandbox.control.messages
const allow = async (answer: SubscriptionAnswer = 'accept', role: Role = 'field_agent', key: string = randomUUID()) =>
  backend.call<MessageSubscriptions>(role, 'POST', '/v1/message-subscriptions', {
    body: { answers: [{ template_id, answer }] },
    headers: { 'idempotency-key': key },
  })
const notices = async (role: Role = 'field_agent') => (await backend.call<NoticePage>(role, 'GET', '/v1/notices')).body
const allowed = async () =>
  (await backend.call<MessageSubscriptions>('field_agent', 'GET', '/v1/message-subscriptions')).body.kinds.find(
    one => one.kind === 'closing',
  )!
/** what may still go out, also of a template that nobody is asked about any more */
const quota = async () =>
  (await backend.db.selectFrom('message_quota').select('allowed').where('template_id', '=', template_id).executeTakeFirst())?.allowed
let told = 0
const tellAgent = (subject = '科技面馆', cause = `cause ${(told += 1)}`, staff_id = 'staff-field_agent') => {
  // two told in one millisecond have no order
  backend.sandbox.control.clock.advance(1)
  return backend.db
    .transaction()
    .execute(trx =>
      tell(trx, [{ staff_id, kind: 'closing', about: randomUUID(), subject, outcome: 'executed', cause }], backend.clock.now()),
    )
}
const send = () => sendMessages(backend.app.context, () => true)
const states = async () =>
  (await backend.db.selectFrom('notices').select(['message', 'message_code']).orderBy('at').execute()).map(({ message, message_code }) =>
    `${message} ${message_code ?? ''}`.trim(),
  )

describe('in the app', () => {
  test('given something happened twice, then it is told once, to whom it concerns, and read it stays in the list', async () => {
    await tellAgent('一', 'the same')
    await tellAgent('一', 'the same')
    const { items, unread } = await notices()
    expect([items.map(({ subject, outcome, read }) => [subject, outcome, read]), unread]).toEqual([[['一', 'executed', false]], 1])
    expect((await notices('operator')).items).toEqual([])
    const read = await backend.call('field_agent', 'POST', '/v1/notices/read', {
      body: { ids: [items[0]!.id] },
      headers: { 'idempotency-key': randomUUID() },
    })
    expect([read.body, (await notices()).items[0]!.read]).toEqual([{ unread: 0 }, true])
  })

  test('given two of which one is read, then the other stays unread, and those of a colleague are not counted', async () => {
    await tellAgent('一')
    await tellAgent('二')
    await tellAgent('三', 'of the operator', 'staff-operator')
    const { items, unread } = await notices()
    const { body } = await backend.call('field_agent', 'POST', '/v1/notices/read', {
      body: { ids: [items.find(({ subject }) => subject === '一')!.id] },
      headers: { 'idempotency-key': randomUUID() },
    })
    const after = await notices()
    expect([unread, body, after.unread]).toEqual([2, { unread: 1 }, 1])
    expect(after.items.filter(({ read }) => !read).map(({ subject }) => subject)).toEqual(['二'])
  })

  test('given somebody who does not work here any more, then they are told nothing', async () => {
    const become = (status: 'active' | 'disabled') =>
      backend.db.updateTable('staff').set({ status }).where('id', '=', 'staff-field_agent').execute()
    await become('disabled')
    await tellAgent()
    await become('active')
    expect((await notices()).items).toEqual([])
  })

  test('given one of more than 180 days ago, when the worker tidies, then it goes, and a newer one stays', async () => {
    await tellAgent('一')
    await tellAgent('二')
    const ago = (days: number) => new Date(backend.clock.now().getTime() - days * day)
    for (const [subject, days] of [
      ['一', 181],
      ['二', 179],
    ] as const)
      await backend.db
        .updateTable('notices')
        .set({ at: ago(days) })
        .where('subject', '=', subject)
        .execute()
    await dropOldNotices(backend.app.context)
    expect((await notices()).items.map(({ subject }) => subject)).toEqual(['二'])
  })

  test('given the id of somebody else, then it stays unread', async () => {
    await tellAgent()
    const { id } = (await notices()).items[0]!
    await backend.call('operator', 'POST', '/v1/notices/read', { body: { ids: [id] }, headers: { 'idempotency-key': randomUUID() } })
    expect((await notices()).unread).toBe(1)
  })

  test('given a request to close is rejected, then who asked is told; given a shop goes back, then whose it is', async () => {
    const shop = '1900077001'
    await backend.addMerchant(shop, { name: '回退面馆', assigned_to: 'staff-field_agent' })
    await backend.control('field_agent', shop, 'gold-plan/jsapi', { status: 'open' })
    const asked = await backend.call<{ id: string }>('field_agent', 'POST', '/v1/change-requests', {
      body: { kind: 'gold_plan.close', sub_mchid: shop, scene: 'jsapi', reason: '商户要求关闭' },
      headers: { 'idempotency-key': randomUUID() },
    })
    expect(asked.status).toBe(201)
    await backend.call('region_lead', 'POST', `/v1/change-requests/${asked.body.id}/decision`, {
      body: { decision: 'reject', comment: '先别关' },
      headers: { 'idempotency-key': randomUUID() },
    })
    const seen = (after_page: 'official_receipt' | 'legacy_page') => ({
      kind: 'test_payment' as const,
      detail: {
        entry: 'table_sticker' as const,
        web_page_opened: true,
        payee_matches: 'yes' as const,
        after_page,
        receipt_expected: 'official' as const,
      },
    })
    backend.sandbox.control.clock.advance(hour)
    await backend.addEvidence(shop, { ago: 40 * minute, ...seen('official_receipt') }, { ago: minute, ...seen('legacy_page') })
    const items = (await notices()).items
    expect(items.map(({ kind, outcome, about, subject }) => [kind, outcome, about, subject])).toEqual([
      ['shop', 'regressed', shop, '回退面馆'],
      ['closing', 'rejected', asked.body.id, '回退面馆'],
    ])
  })
})

describe('as a message of WeChat', () => {
  test('given it was allowed once, then the first goes out with what fits, and the second stands in the app', async () => {
    expect((await allow()).body.kinds.map(({ kind, allowed: left, answer }) => [kind, left, answer])).toEqual([
      ['closing', 1, 'accept'],
      ['shop', 0, null],
    ])
    await tellAgent('一家名字特别特别长的店，长到微信的二十个字放不下它')
    await tellAgent()
    expect(await send()).toBe(1)
    const [message, ...others] = mail().sent()
    expect([message!.touser, message!.template_id, others.length]).toEqual(['openid-demo-field_agent', template_id, 0])
    expect(message!.page).toMatch(/^packages\/manage\/approvals\/index\?request_id=/)
    expect(message!.data).toMatchObject({ thing1: { value: '一家名字特别特别长的店，长到微信的二十个' }, phrase2: { value: '已关闭' } })
    expect(await states()).toEqual(['sent', 'app'])
    expect((await notices()).items.map(one => one.messaged).sort()).toEqual([false, true])
  })

  test('given who is to be told is disabled before it goes out, then nothing leaves, and what they allowed is still there', async () => {
    await allow()
    await tellAgent()
    const set = (status: 'disabled' | 'active') =>
      backend.db.updateTable('staff').set({ status }).where('id', '=', 'staff-field_agent').execute()
    await set('disabled')
    await send()
    await set('active')
    expect([mail().sent(), await states(), (await allowed()).allowed]).toEqual([[], ['app'], 1])
  })

  test('given the same answer twice with one key, then it allows one message', async () => {
    const key = randomUUID()
    await allow('accept', 'field_agent', key)
    await allow('accept', 'field_agent', key)
    expect((await allowed()).allowed).toBe(1)
    await allow('reject')
    expect(await allowed()).toMatchObject({ allowed: 1, answer: 'reject' })
  })

  test('given two processes at once, then each message goes out once', async () => {
    for (let times = 0; times < 6; times += 1) {
      await allow()
      await tellAgent()
    }
    await backend.db.updateTable('wechat_tokens').set({ token: '' }).execute()
    const asked = mail().tokensAsked()
    await Promise.all([send(), send(), send()])
    expect([mail().sent().length, await states()]).toEqual([6, Array.from({ length: 6 }, () => 'sent')])
    // whoever comes second waits for the first and takes what it was given
    expect(mail().tokensAsked() - asked).toBe(1)
  })

  test('given a token that WeChat no longer takes, then it is renewed once and the message goes out', async () => {
    await allow()
    mail().revokeToken()
    await tellAgent()
    await send()
    expect([mail().sent().length, await states()]).toEqual([1, ['sent']])
  })

  test('given WeChat refuses a token that it gives still, then it is told to make another, once in half an hour', async () => {
    await allow()
    await allow()
    await tellAgent()
    await send()
    const made = mail().tokensMade()
    const refused = async (times: number) => {
      await tellAgent()
      await allow()
      mail().arrange({ answer: 40001, times })
      await send()
    }
    await refused(1)
    expect([mail().tokensMade() - made, await states()]).toEqual([1, ['sent', 'sent']])
    await refused(2)
    expect([mail().tokensMade() - made, (await states())[2]]).toEqual([1, 'due 40001'])
  })

  test.each<[number, string, number, string]>([
    [43101, 'the person refuses', 0, 'failed 43101'],
    [47003, 'an argument is wrong', 1, 'failed 47003'],
    [40037, 'the template is revoked', 1, 'failed 40037'],
    [45009, 'too many today', 1, 'due 45009'],
    [-1, 'WeChat is busy', 1, 'due -1'],
  ])('given WeChat answers %i (%s), then the quota and the notice say so, and it stands in the app', async (answer, _, left, state) => {
    await allow()
    await tellAgent()
    mail().arrange({ answer, times: 1 })
    await send()
    expect([mail().sent().length, await states(), await quota(), (await notices()).items.length]).toEqual([0, [state], left, 1])
  })

  describe.each([
    [40037, 'it is revoked'],
    [47003, 'its keywords are others'],
    [43116, 'it was reported and is blocked'],
  ])('given WeChat answers %i for a template: %s', answer => {
    const kinds = async () => (await allow()).body.kinds.map(one => one.kind)
    const faults = async () => (await backend.call<ProviderNumberList>('admin', 'GET', '/v1/provider')).body.numbers[0]!
    beforeEach(async () => {
      await backend.db.deleteFrom('message_template_faults').execute()
      for (let times = 0; times < 3; times += 1) await allow()
      await tellAgent()
      mail().arrange({ answer, times: 10 })
      await send()
    })

    test('then nobody is asked for it any more, the others are asked for, and the news stand in the app', async () => {
      expect([await kinds(), (await notices()).items.map(one => one.messaged)]).toEqual([['shop'], [false]])
    })

    test('then an administrator sees which, why and since when, in the settings and among what is to be set up', async () => {
      const { message_template_faults, readiness } = await faults()
      expect(message_template_faults).toMatchObject([{ kind: 'closing', template_id, errcode: answer }])
      const item = readiness.find(one => one.item === 'message_templates')!
      expect([item.state, item.checks[0]]).toMatchObject(['open', { result: 'failed', code: 'REFUSED_closing' }])
      expect(String(item.checks[0]!.values.answer)).toContain(String(answer))
    })

    test('then one message an hour finds out whether WeChat takes it again, and the first that goes out ends it', async () => {
      const before = await quota()
      for (let times = 0; times < 3; times += 1) await tellAgent()
      await send()
      // stays in the app, and takes nothing from what was allowed
      expect([mail().sent().length, (await states()).filter(one => one === 'app').length, await quota()]).toEqual([0, 3, before])
      backend.sandbox.control.clock.advance(hour)
      mail().arrange(null)
      await tellAgent()
      await tellAgent()
      await send()
      expect([mail().sent().length, await kinds(), (await faults()).message_template_faults]).toEqual([2, ['closing', 'shop'], []])
    })

    test('then a change of the templates tries it at once', async () => {
      const [settings] = (await backend.call<ProviderNumberList>('admin', 'GET', '/v1/provider')).body.numbers
      const wanted = Object.fromEntries(
        Object.keys(ProviderSettingsRequest.properties).map(field => [field, settings![field as keyof typeof settings]]),
      )
      const { status } = await backend.call('admin', 'PUT', `/v1/provider/${sp_mchid}`, {
        body: { ...wanted, message_templates: [{ ...templates[0], keys: { ...templates[0]!.keys, outcome: 'thing2' } }, templates[1]] },
        headers: { 'idempotency-key': randomUUID(), 'if-match': `"${settings!.version}"` },
      })
      expect([status, await kinds()]).toEqual([200, ['closing', 'shop']])
    })
  })

  test('given it was busy, then a minute later it goes out', async () => {
    await allow()
    await tellAgent()
    mail().arrange({ answer: 45011, times: 1 })
    await send()
    expect(await send()).toBe(0)
    backend.sandbox.control.clock.advance(2 * minute)
    await send()
    expect(await states()).toEqual(['sent'])
  })

  test('given it was too many for today, then it goes out on the next day in China, not before', async () => {
    const { clock } = backend.sandbox.control
    // 20:00 in China
    clock.set(new Date(startOfChinaDay(backend.clock.now().getTime()) + 20 * hour))
    await allow()
    await tellAgent()
    mail().arrange({ answer: 45009, times: 1 })
    await send()
    for (const later of [2 * minute, 3 * hour]) {
      clock.advance(later)
      expect([await send(), await states()]).toEqual([0, ['due 45009']])
    }
    clock.advance(hour)
    await send()
    expect([mail().sent().length, await states()]).toEqual([1, ['sent']])
  })

  test('given the answer is lost, then it is not sent again', async () => {
    await allow()
    await tellAgent()
    mail().arrange({ answer: 'lost', times: 1 })
    await send()
    backend.sandbox.control.clock.advance(hour)
    await send()
    expect([mail().sent().length, (await states())[0]]).toEqual([1, expect.stringMatching(/^unknown/)])
  })

  test('given a process ended between claim and answer, then another one marks it unknown and does not send it', async () => {
    await allow()
    await tellAgent()
    await backend.db.updateTable('notices').set({ message: 'sending', sender: 1, try_at: null }).execute()
    await send()
    expect([mail().sent().length, await states()]).toEqual([0, ['unknown PROCESS_ENDED']])
  })

  test('given no template, or news of yesterday, then nothing goes out', async () => {
    await allow()
    await tellAgent()
    backend.sandbox.control.clock.advance(25 * hour)
    await send()
    await backend.db.updateTable('provider').set({ message_templates: '[]' }).execute()
    await tellAgent()
    await send()
    expect([mail().sent().length, await states()]).toEqual([0, ['app', 'app']])
  })
})

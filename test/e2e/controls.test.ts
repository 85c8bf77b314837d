// Product scenarios 9, 15–19 and 21, and what a person sees when WeChat Pay refuses: changes from the tap to WeChat's side and back.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { eventually } from '../support/eventually.ts'
import { setDataBytes } from '../support/set-data-bytes.ts'
import { createWorld, type World } from '../support/world.ts'

const HOUR = 3_600_000
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const detail = 'packages/merchant/detail/index'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.loginAs('operator')
  await world.phone.logIn()
})
afterAll(() => world?.close())
beforeEach(() => world.forgetRequests())

const puts = (what: 'gold-plan/jsapi' | 'receipt') => world.requests(new RegExp(`^PUT .*/${what}$`))
const leave = async () => {
  await world.phone.open('/pages/home/index', 'switchTab')
}
/** Only the plan, not the receipt before it. */
const askToOpen = async () => {
  await world.phone.tap('#gold-plan')
  await world.phone.tap('#sheet', '#sheet-option')
}
const confirmOpening = async () => {
  await askToOpen()
  await world.phone.tap('#sheet', '#sheet-confirm')
}

describe('opening the gold plan', () => {
  test('15: given it is not open, when I confirm, then one PUT with If-Match and a key is sent and the switch follows the answer', async () => {
    await world.phone.openMerchant('1900000106')
    const { version } = (await (await world.request('operator', 'GET', '/v1/sub-merchants/1900000106')).json()) as { version: number }
    await askToOpen()
    await world.phone.reads('半山腰湘菜馆', '#sheet')
    await world.phone.reads('24 小时', '#sheet')
    expect(puts('gold-plan/jsapi')).toEqual([])
    await world.phone.tap('#sheet', '#sheet-confirm')
    await world.phone.reads('已开通·待验证', '#verdict')
    await world.phone.reads('已开', '#gold-plan')
    const sent = puts('gold-plan/jsapi')
    expect(sent).toHaveLength(1)
    expect(sent[0]!.body).toEqual({ status: 'open' })
    expect(sent[0]!.headers['if-match']).toBe(`"${version}"`)
    expect(sent[0]!.headers['idempotency-key']).toMatch(UUID)
    expect(world.sandbox.control.ledger('1900000106').gold_plan.JSAPI.status).toBe('open')
  })

  test('given it is not open, when I confirm, then the view gets the leaves that changed: at most 1,000 bytes until the verdict stands', async () => {
    await leave()
    await world.phone.openMerchant('1900000136')
    // the row that arrives last, from an answer of its own: opening the page is not what is measured
    await world.phone.find('#more-payments')
    await world.phone.tap('#gold-plan')
    await world.phone.find('#sheet', '#sheet-confirm')
    const bytes = await setDataBytes(world, async () => {
      await world.phone.tap('#sheet', '#sheet-confirm')
      await world.phone.reads('已开通·待验证', '#verdict')
      await world.phone.reads('已开', '#gold-plan')
    })
    expect(bytes).toBeGreaterThan(0)
    expect(bytes).toBeLessThanOrEqual(1_000)
    await leave()
    await world.phone.openMerchant('1900000106')
  })

  test('9: given it is open and no page was seen, when a test payment sees the official page, then 已迁移', async () => {
    const answer = await world.request(
      'operator',
      'POST',
      '/v1/sub-merchants/1900000106/evidence',
      {
        id: randomUUID(),
        kind: 'test_payment',
        occurred_at: world.clock.now().toISOString(),
        detail: { entry: 'table_sticker', web_page_opened: true, payee_matches: 'yes', after_page: 'official_receipt' },
      },
      { 'idempotency-key': randomUUID() },
    )
    expect(answer.status).toBe(201)
    await leave()
    await world.phone.openMerchant('1900000106')
    await world.phone.reads('已迁移', '#verdict')
    await world.phone.looks('state-verified', '#verdict')
  })

  test('when WeChat refuses, then what stands in the way is said with the next step and the shop is 受阻', async () => {
    await leave()
    world.sandbox.control.setMerchant('1900000107', { scenario: 'punished' })
    await world.phone.openMerchant('1900000107')
    await confirmOpening()
    await world.phone.reads('处罚', '#refusal')
    await world.phone.reads(/请求编号/, '#refusal')
    await world.phone.reads('看商户要做什么', '#refusal')
    await world.phone.tap('#refusal', '#refusal-act')
    await world.phone.at('packages/merchant/limitations/index')
    await world.phone.openMerchant('1900000107')
    await world.phone.reads('受阻', '#verdict')
    // the owner is sent what to do, not told the verdict once more
    await world.phone.tap('#next-step', '#primary')
    await world.phone.reads('pay.weixin.qq.com', '#sheet')
    await world.phone.tap('#sheet', '#sheet-confirm')
    const copied = await eventually('the message on the clipboard', async () => {
      const { data } = (await world.phone.miniProgram.callWxMethod('getClipboardData')) as { data: string }
      return data.includes('1900000107') && data
    })
    expect(copied).toMatch(/微信支付正在处罚这个商户号[\s\S]*1\. /)
  })

  test('given a shop that went back though our record says open, when 重新开通 is confirmed, then it is asked of WeChat again and waits for proof', async () => {
    await leave()
    await world.phone.openMerchant('1900000128')
    await world.phone.reads('已开', '#gold-plan')
    await world.phone.tap('#next-step', '#primary')
    await world.phone.reads('重新开通点金计划', '#sheet')
    await world.phone.tap('#sheet', '#sheet-option')
    await world.phone.tap('#sheet', '#sheet-confirm')
    await world.phone.reads('已开通·待验证', '#verdict')
    expect(puts('gold-plan/jsapi')).toHaveLength(1)
    expect(world.sandbox.control.requests().filter(call => call.sub_mchid === '1900000128')).toHaveLength(1)
  })

  test('19: given the answer is lost, then 结果确认中, and the same key finds that it succeeded', async () => {
    await leave()
    world.sandbox.control.setMerchant('1900000155', { scenario: 'lost_after', times: 1 })
    await world.phone.openMerchant('1900000155')
    const answered = world.holdAnswers(/^GET \/v1\/operations\//)
    await confirmOpening()
    await world.phone.reads(/开通点金计划：结果确认中[\s\S]*发出/, '#operation')
    await world.phone.reads('等结果', '#gold-plan')
    await eventually('a question for the same key', () => {
      const key = puts('gold-plan/jsapi')[0]?.headers['idempotency-key']
      return key !== undefined && world.requests(new RegExp(`^GET /v1/operations/${String(key)}$`)).length > 0
    })
    await world.phone.find('#operation')
    answered()
    await eventually('已开', async () => (await world.phone.text('#gold-plan')).includes('已开'), { every: 250 })
    expect(puts('gold-plan/jsapi')).toHaveLength(1)
    expect(world.sandbox.control.requests().filter(call => call.sub_mchid === '1900000155')).toHaveLength(2)
  })

  test('19: given the request never arrived, then it is sent again with the same key', async () => {
    await leave()
    await world.phone.openMerchant('1900000135')
    world.cutNext(/^PUT .*gold-plan/)
    await confirmOpening()
    await eventually('已开', async () => (await world.phone.text('#gold-plan')).includes('已开'), { every: 250 })
    expect(world.requests(/^GET \/v1\/operations\//).length).toBeGreaterThan(0)
    expect(puts('gold-plan/jsapi')).toHaveLength(1)
    const key = String(puts('gold-plan/jsapi')[0]!.headers['idempotency-key'])
    expect(world.requests(/^GET \/v1\/operations\//)[0]!.line).toBe(`GET /v1/operations/${key}`)
    expect(world.sandbox.control.requests().filter(call => call.sub_mchid === '1900000135')).toHaveLength(1)
  })
})

describe('the receipt', () => {
  test('17: given it is closed, when I undo within the 5 s, then nothing is sent; when I do not, exactly one PUT', async () => {
    await leave()
    await world.phone.openMerchant('1900000161')
    await world.phone.reads('已关', '#receipt')
    await world.whileTimeStands(async () => {
      await world.phone.tap('#receipt')
      await world.phone.reads('撤销', '#undo')
      await world.pass(4_300)
      await world.phone.tap('#undo')
      await world.pass(1_500)
      expect(puts('receipt')).toEqual([])
      await world.phone.tap('#receipt')
      await world.phone.reads('撤销', '#undo')
      await world.pass(3_500)
      expect(puts('receipt')).toEqual([])
      await world.pass(1_500)
    })
    await eventually('已开', async () => (await world.phone.text('#receipt')).includes('已开'))
    expect(puts('receipt').map(({ body }) => body)).toEqual([{ status: 'open' }])
    expect(world.sandbox.control.ledger('1900000161').receipt).toBe('open')
  })

  test('18: given a verified shop without a receipt, when I take its proposal and leave while the hold runs, then the PUT is sent at once, and once', async () => {
    await leave()
    await world.phone.openMerchant('1900000120')
    await world.whileTimeStands(async () => {
      await world.phone.tap('#receipt-proposal', '#banner-open-receipt')
      await world.phone.reads('撤销', '#undo')
      await world.phone.back()
      // before anything else of the five seconds has passed
      await eventually('the PUT', () => puts('receipt').length > 0)
      await world.pass(5_500)
    })
    expect(puts('receipt')).toHaveLength(1)
  })

  test('21: given the gold plan is not open, when the receipt is opened, then the warning stays on its row', async () => {
    await leave()
    await world.phone.openMerchant('1900000104')
    await world.whileTimeStands(async () => {
      await world.phone.tap('#receipt')
      await world.phone.reads('撤销', '#undo')
      await world.pass(5_000)
    })
    await world.phone.reads('点金计划未开通，顾客看不到', '#receipt')
    await eventually('已开', async () => (await world.phone.text('#receipt')).includes('已开'))
    await world.phone.reads('点金计划未开通，顾客看不到', '#receipt')
  })

  test('given the phone is offline, then every switch says 需要联网 and nothing is sent', async () => {
    await leave()
    await world.phone.openMerchant('1900000105')
    await world.simulator.phone.set({ offline: true })
    await world.phone.reads('需要联网', '#gold-plan')
    world.forgetRequests()
    await world.phone.tap('#gold-plan')
    await world.phone.tap('#receipt')
    await world.pass(600)
    expect(world.requests(/^PUT/)).toEqual([])
    await world.phone.find('#state-offline')
    await world.simulator.phone.set({ offline: false })
    await world.phone.gone('#state-offline')
  })
})

describe('the 24 hour lock', () => {
  test('16: given it was closed 3 h ago, then 21小时后可再次开通; when 21 h pass, then it is enabled without a reload', async () => {
    await leave()
    await world.phone.openMerchant('1900000108')
    await world.phone.reads('21小时后可再次开通', '#gold-plan')
    await world.phone.tap('#gold-plan')
    await world.pass(300)
    expect(puts('gold-plan/jsapi')).toEqual([])
    await world.advance(21 * HOUR + 60_000)
    await world.phone.reads('开通点金计划', '#next-step')
    expect((await world.phone.page()).path).toBe(detail)
    await confirmOpening()
    await world.phone.reads('已开通·待验证', '#verdict')
    expect(world.sandbox.control.ledger('1900000108').gold_plan.JSAPI.status).toBe('open')
  })
})

describe('the timeline', () => {
  test('given a test payment with a photo, when 照片 is tapped, then its link is asked for and it is shown full screen', async () => {
    await leave()
    const { sub_mchid, photo_id } = await world.database
      .selectFrom('photo_attachments as a')
      .innerJoin('evidence as e', 'e.id', 'a.evidence_id')
      .select(['e.sub_mchid', 'a.photo_id'])
      .orderBy('e.occurred_at', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    await world.phone.open(`/packages/merchant/evidence/index?sub_mchid=${sub_mchid}`, 'navigateTo')
    await world.phone.find('.evidence-item')
    const shown: unknown[] = []
    await world.phone.miniProgram.mockWxMethod('previewImage', (options: unknown) => options)
    // rows are drawn a portion after the other
    await eventually('the link of its photo', async () => {
      for (const item of await (await world.phone.page()).$$('.evidence-item')) {
        const photos = await item.$('.photos')
        if (!photos) continue
        shown.push(await photos.text())
        await photos.tap()
      }
      return world.requests(new RegExp(`^GET /v1/photos/${photo_id}/url$`)).length > 0
    })
    expect(shown).toEqual(expect.arrayContaining([expect.stringMatching(/\d 张照片/)]))
    await world.phone.miniProgram.restoreWxMethod('previewImage')
  })
})

// 讲给商户听 (product.md B07, B08; scenario of the counter in a basement): four cards about one shop, the screen on, nothing to change, no network needed.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

const SHOP = '1900000109'
const NAME = '科技面馆(科苑店)'
const CARDS = ['change', 'page', 'receipt', 'ads'] as const
/** names of states and what else is ours and not the owner's */
const OURS = /待核实|无需迁移|未迁移|待验证|已迁移|已回退|受阻|证据|商户号|尾号/

let world: World
beforeAll(async () => {
  world = await createWorld()
  const path = `/v1/sub-merchants/${SHOP}/receipt-content`
  const { version } = (await (await world.request('operator', 'GET', path)).json()) as { version: number }
  const blocks = [
    { kind: 'pickup_code', title: '叫号' },
    { kind: 'notice', text: '叫号后请到前台。' },
  ]
  const headers = { 'if-match': `"${version}"`, 'idempotency-key': randomUUID() }
  expect((await world.request('operator', 'PUT', path, { blocks }, headers)).status).toBe(200)
  await world.loginAs('field_agent')
  await world.phone.logIn()
})
afterAll(() => world?.close())
beforeEach(() => world.forgetRequests())

const frame = async () => {
  const found = world.simulator.browserPage!.frames().find(one => new URL(one.url()).pathname === '/frame/')
  if (!found) throw new Error('the app is not there')
  return found
}
const screenOn = async () => (await (await frame()).evaluate(() => document.documentElement.dataset.keepScreenOn)) === 'true'
const leaveApp = async (back: boolean) =>
  (await frame()).evaluate(async again => {
    const { runtime } = globalThis.__simulator as unknown as { runtime: { hide(): void; show(): void; settled(): Promise<void> } }
    if (again) runtime.show()
    else runtime.hide()
    await runtime.settled()
  }, back)
const legendInSight = async () =>
  (await frame()).evaluate(() => {
    const edge = (selector: string) => document.querySelector(selector)!.getBoundingClientRect()
    return edge('#note-3').bottom <= edge('#position').top && edge('#note-1').top > edge('#after').bottom - 1
  })
const openExplain = async () => {
  await world.phone.openMerchant(SHOP)
  await world.phone.tap('#next-step', '#side-explain')
  await world.phone.at('packages/merchant/explain/index')
  await world.phone.find('#card-change')
}

describe('explaining to the owner', () => {
  test('given the merchant page, then four cards of this shop follow each other, drawn from its settings, without anything of ours', async () => {
    await openExplain()
    for (const [index, card] of CARDS.entries()) {
      const text = await world.phone.text(`#card-${card}`)
      expect(text).toContain(NAME)
      expect(text).not.toMatch(OURS)
      expect(text).not.toContain(SHOP)
      if (index < 3) await world.phone.tap('#next')
    }
    await world.phone.reads('网页直接关闭', '#before')
    await world.phone.reads('A108', '#after')
    await world.phone.reads('叫号后请到前台', '#receipt')
    await world.phone.reads('示例', '#receipt')
    await world.phone.reads('24 小时内，不能再次开通', '#card-ads')
    // what the numbers of the drawing mean is in sight without a finger on it, in large text too
    await (await world.phone.page()).setData({ current: 1 })
    for (const fontScale of [1, 1.4]) {
      await world.simulator.phone.set({ fontScale })
      await leaveApp(false)
      await leaveApp(true)
      await eventually(`the legend at ${fontScale}`, legendInSight)
    }
    await world.simulator.phone.set({ fontScale: 1 })
    await leaveApp(false)
    await leaveApp(true)
    await (await world.phone.page()).setData({ current: 3 })
    // nothing on it changes anything
    expect(world.requests(/^(PUT|POST|DELETE) /)).toEqual([])
    expect(await (await world.phone.page()).$$('input, textarea, switch')).toEqual([])
  })

  test('when the person shares, then the card names neither shop nor state', async () => {
    const card = (await (await world.phone.page()).callMethod('onShareAppMessage', { from: 'menu' })) as { title: string; path: string }
    expect(card.title).toBe('商户 · 尾号0109')
    expect(card.path).toBe(`/packages/merchant/detail/index?sub_mchid=${SHOP}`)
  })

  test('the screen stays on while it is shown, also after coming back to the app, and no longer', async () => {
    await eventually('the screen to stay on', screenOn)
    await leaveApp(false)
    await eventually('the screen to be left alone', async () => !(await screenOn()))
    await leaveApp(true)
    await eventually('the screen to stay on again', screenOn)
    await world.phone.tap('#done')
    await world.phone.at('packages/merchant/detail/index')
    await eventually('the screen to be left alone', async () => !(await screenOn()))
  })

  test('given no network and a killed app, then the cards of a shop that was seen before are there, with the date of what they draw', async () => {
    await world.simulator.phone.set({ offline: true })
    await world.simulator.restart()
    await world.phone.at('pages/home/index')
    world.forgetRequests()
    await world.phone.open(`/packages/merchant/explain/index?sub_mchid=${SHOP}`, 'navigateTo')
    await world.phone.find('#card-change')
    await world.phone.tap('#next')
    await world.phone.reads('A108', '#after')
    await world.phone.reads(/按 11月23日 \d\d:\d\d 的设置画/, '#card-page')
    expect(world.requests()).toEqual([])
    await world.simulator.phone.set({ offline: false })
  })

  test('given no network and a shop that was never seen here, then it says so instead of drawing one', async () => {
    await world.simulator.phone.set({ offline: true })
    await world.phone.open('/pages/home/index', 'switchTab')
    await world.phone.open('/packages/merchant/explain/index?sub_mchid=1900000112', 'navigateTo')
    await world.phone.find('#state-offline')
    await world.phone.gone('#card-change')
    await world.simulator.phone.set({ offline: false })
    await world.phone.find('#card-change')
  })

  test('given a shop outside of my scope, then nothing of it is told', async () => {
    await world.phone.open('/pages/home/index', 'switchTab')
    await world.phone.open('/packages/merchant/explain/index?sub_mchid=1900000150', 'navigateTo')
    await world.phone.find('#state-forbidden')
    await world.phone.gone('#card-change')
  })
})

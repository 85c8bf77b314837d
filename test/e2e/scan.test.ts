// 扫一扫 and entry by hand (product.md M04, §6.4; scenarios 3, 4 and 5): what each code comes to, and what never leaves the phone.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

const detail = 'packages/merchant/detail/index'
const home = 'pages/home/index'
const searchField = ['#search', 'van-search', 'van-field', 'input'] as const
const resolutions = /scan-resolutions/

let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.loginAs('field_agent')
  await world.phone.logIn()
})
afterAll(() => world?.close())
beforeEach(async () => {
  await world.phone.open(`/${home}`, 'switchTab')
  world.forgetRequests()
})

const scanned = async (text: string) => {
  await world.simulator.phone.set({ scanText: text })
  await world.phone.tap('#scan')
}
const sheet = (panel: string) => ['#scan-sheet', `#scan-${panel}`] as const
const close = () => world.phone.tap('#scan-sheet', '#scan-first')
/** everything that the phone keeps and everything that the backend was asked, as text */
const kept = async () => JSON.stringify((await world.phone.miniProgram.callWxMethod('getStorageInfoSync')) as object)
const everythingKept = async () => {
  const { keys } = (await world.phone.miniProgram.callWxMethod('getStorageInfoSync')) as { keys: string[] }
  const values = await Promise.all(keys.map(key => world.phone.miniProgram.callWxMethod('getStorageSync', key)))
  return JSON.stringify([await kept(), values])
}
const everythingSent = () => JSON.stringify(world.requests().map(({ line, headers, body }) => [line, headers, body]))

describe('consent to the camera', () => {
  test('given consent was not given, then it is asked with its reason; refused, it is said why and entry by hand is offered; agreed, the camera opens', async () => {
    await scanned('1900000109')
    await world.phone.reads('相机', ...sheet('consent'))
    await world.phone.tap('#scan-sheet', '#scan-second')
    await world.phone.reads('没有同意', ...sheet('consent_refused'))
    await world.phone.reads('手动输入', '#scan-sheet', '#scan-first')
    await world.phone.tap('#scan-sheet', '#scan-second')
    await world.phone.gone(...sheet('consent_refused'))
    expect(await world.phone.path()).toBe(home)
    await world.phone.tap('#scan')
    await world.phone.reads('相机', ...sheet('consent'))
    await world.phone.tap('#scan-sheet', '#scan-first', 'van-button', 'button')
    await world.phone.at(detail)
  })
})

describe('scanning', () => {
  test("3: given a customer's 付款码, then the dialog names it, nothing is sent and nothing is kept", async () => {
    await scanned('134567890123456789')
    await world.phone.reads('付款码', ...sheet('payment_code'))
    await world.pass(600)
    expect(everythingSent()).not.toContain('134567890123456789')
    expect(world.requests(resolutions)).toEqual([])
    expect(await everythingKept()).not.toContain('134567890123456789')
    expect(JSON.stringify(world.simulator.phone.log())).not.toContain('134567890123456789')
    expect(JSON.stringify(await (await world.phone.page()).data())).not.toContain('134567890123456789')
    await close()
    await world.phone.gone(...sheet('payment_code'))
  })

  test('4: given a code of the provider, then the backend is asked and the merchant opens', async () => {
    await scanned('https://pay.example.cn/q/AB12')
    await world.phone.at(detail)
    await world.phone.reads('科技面馆', '#verdict')
    expect(world.requests(resolutions).map(({ body }) => body)).toEqual([{ content: 'https://pay.example.cn/q/AB12' }])
  })

  test('given a 商户号, or a link of the provider that carries one, then the merchant opens without asking', async () => {
    await scanned('1900000120')
    await world.phone.at(detail)
    await world.phone.open(`/${home}`, 'switchTab')
    await scanned('https://m.example.cn/table/3?sub_mchid=1900000109')
    await world.phone.at(detail)
    await world.phone.reads('科技面馆', '#verdict')
    expect(world.requests(resolutions)).toEqual([])
  })

  test('5: given wxp://, then it is explained that nothing needs to migrate, and nothing is written', async () => {
    await scanned('wxp://f2f0abc')
    await world.phone.reads('无需迁移', ...sheet('personal_code'))
    await world.pass(300)
    expect(world.requests(/^(POST|PUT)/)).toEqual([])
    await world.phone.tap('#scan-sheet', '#scan-second')
  })

  test('given a code of another wallet, then it is said that it is no WeChat code', async () => {
    await scanned('https://qr.alipay.com/fkx12345')
    await world.phone.reads('不是微信收款码', ...sheet('foreign'))
    expect(world.requests(resolutions)).toEqual([])
    await world.phone.tap('#scan-sheet', '#scan-second')
  })

  test('given an unknown code, then 重扫 and 手动输入 are offered, and a 商户号 entered by hand opens the merchant', async () => {
    await scanned('https://example.com/whatever')
    await world.phone.reads('未识别的码', ...sheet('unknown'))
    await world.phone.reads('重扫', '#scan-sheet', '#scan-first')
    await world.phone.tap('#scan-sheet', '#scan-second')
    await world.phone.type('1900000120', '#scan-sheet', '#by-hand')
    await world.phone.tap('#scan-sheet', '#scan-first')
    await world.phone.at(detail)
  })

  test('given the code of a merchant outside my scope, then it is as unknown as any other, and its page says nothing of it', async () => {
    await scanned('1900000149')
    await world.phone.at(detail)
    await world.phone.reads('不在你的负责范围', '#state-forbidden')
    expect(await world.phone.text('.page')).not.toContain('福田')
  })

  test('given the phone is offline, then it is said so and 重试 asks again', async () => {
    await world.simulator.phone.set({ offline: true })
    await scanned('https://pay.example.cn/q/AB12')
    await world.phone.reads('网络断开', ...sheet('error'))
    await world.simulator.phone.set({ offline: false })
    await eventually('the phone to be online', async () => !(await world.phone.shows('#state-offline')))
    await world.phone.tap('#scan-sheet', '#scan-first')
    await world.phone.at(detail)
  })
})

describe('what is typed', () => {
  test("given a customer's 付款码 in the manual entry, also with spaces, then it is refused and nothing is sent", async () => {
    await scanned('not a link')
    await world.phone.tap('#scan-sheet', '#scan-second')
    await world.phone.type('1345 6789 0123 4567 89', '#scan-sheet', '#by-hand')
    await world.phone.tap('#scan-sheet', '#scan-first')
    await world.phone.reads('付款码', ...sheet('payment_code'))
    await world.pass(600)
    expect(everythingSent()).not.toMatch(/1345.?6789/)
    await close()
  })

  test('given a 付款码 is typed into the search box digit by digit, then not one prefix longer than a 商户号 is sent', async () => {
    await world.phone.open('/pages/merchants/index', 'switchTab')
    await world.pass(600)
    world.forgetRequests()
    for (const length of [11, 14, 17]) {
      await world.phone.type('134567890123456789'.slice(0, length), ...searchField)
      await world.pass(450)
    }
    await world.phone.reads('8 到 10 位', '#too-long')
    await world.phone.type('134567890123456789', ...searchField)
    await world.phone.reads('付款码', '#payment-code')
    await world.pass(450)
    expect(world.requests(/q=/)).toEqual([])
    expect(await everythingKept()).not.toContain('13456789012')
    await world.phone.type('', ...searchField)
  })

  test('given a link in the search box, then it is looked up as a code when I say so, and never searched for', async () => {
    await world.phone.open('/pages/merchants/index', 'switchTab')
    await world.phone.type('https://pay.example.cn/q/AB12', ...searchField)
    await world.pass(450)
    expect(world.requests(/q=http/)).toEqual([])
    await (await world.phone.find(...searchField)).trigger('confirm', { value: 'https://pay.example.cn/q/AB12' })
    await world.phone.at(detail)
    expect(world.requests(resolutions)).toHaveLength(1)
    await world.phone.open('/pages/merchants/index', 'switchTab')
    await world.phone.type('', ...searchField)
  })
})

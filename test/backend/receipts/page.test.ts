// The receipt as WeChat's page frames it: every outcome of WeChat's documented flow (facts.md §2.1), in a real Chromium, across origins.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { launchBrowser } from '../../../simulator/browser.ts'
import { openReceipt, type Customer, type CustomerOptions } from './support/customer.ts'
import type { Behaviour } from './support/order-system.ts'
import { catering, startShop, type PlacedOrder, type Shop } from './support/world.ts'

let browser: Browser
let shop: Shop
let customer: Customer | undefined

beforeAll(async () => {
  ;[browser, shop] = await Promise.all([launchBrowser(), startShop()])
})
afterAll(() => Promise.all([browser.close(), shop.close()]))
afterEach(async () => {
  await customer?.close()
  customer = undefined
  Object.assign(shop.sdk, { status: 200, body: '', delayMs: 0 })
})

async function open(order: PlacedOrder, options?: CustomerOptions): Promise<Customer> {
  customer = await openReceipt(browser, shop, order, options)
  return customer
}
const official = { action: 'onIframeReady', displayStyle: 'SHOW_OFFICIAL_PAGE' }

describe('given an order of a shop that chose what its receipt shows', () => {
  test('when the customer taps 完成, then its blocks are drawn in order and WeChat is told their height', async () => {
    const { receipt, decided } = await open(shop.order(await shop.merchant()))
    const { shown, said } = await decided()
    expect([shown, said[0]!.displayStyle]).toEqual(['merchant', 'SHOW_CUSTOM_PAGE'])
    expect(said[0]!.height).toBeGreaterThanOrEqual(600)
    expect(said[0]!.height).toBeLessThanOrEqual(960)
    const text = await receipt.locator('main').innerText()
    expect(text.replace(/\s+/g, ' ')).toBe(
      '取餐码 A108 订单内容 招牌牛肉面 ×1 卤蛋 ×2 取餐点 二楼取餐口 查看电子发票 叫号后请在 10 分钟内取餐。',
    )
  })

  test('when it is drawn, then nothing but WeChat is asked elsewhere, nothing is kept on the phone, and the time is reported once', async () => {
    const asked: string[] = []
    const sub_mchid = await shop.merchant()
    const { receipt, page, decided } = await open(shop.order(sub_mchid), {
      prepare: async page => void page.on('request', request => asked.push(`${request.method()} ${request.url().split('?')[0]}`)),
    })
    await decided()
    await page.waitForLoadState('networkidle')
    expect(asked.filter(line => !line.startsWith(`GET ${shop.parent}/customer`)).sort()).toEqual(
      [`GET ${shop.link}`, `GET ${shop.link}/content`, `GET ${shop.parent}/sdk.js`, `POST ${shop.link}/beacon`].sort(),
    )
    expect(await receipt.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length])).toEqual(['', 0, 0])
    await shop.backend.app.context.receipts.settle()
    await shop.backend.app.context.receipts.settle()
    const { body } = await shop.backend.call('operator', 'GET', `/v1/sub-merchants/${sub_mchid}/receipt-health`)
    expect(body.total).toMatchObject({ loads: 1, valid: 1, shown: 1, beacons: 1, over_3s: 0 })
  })

  test('when its link is not tapped, then the page never jumps; when a script taps it, neither; when a finger does, then WeChat is asked to', async () => {
    const { page, receipt, decided } = await open(shop.order(await shop.merchant()))
    await decided()
    await receipt.evaluate(() => document.querySelector('button')!.click())
    const jumps = () =>
      page.evaluate(() =>
        (globalThis as never as { said: { action: string; jumpOutUrl: string }[] }).said.filter(({ action }) => action === 'jumpOut'),
      )
    expect(await jumps()).toEqual([])
    await receipt.getByRole('button', { name: '查看电子发票' }).click()
    // a message to another window takes its time
    await page.waitForFunction(() =>
      (globalThis as never as { said: { action: string }[] }).said.some(({ action }) => action === 'jumpOut'),
    )
    expect(await jumps()).toMatchObject([{ jumpOutUrl: 'https://example.com/invoice' }])
  })

  test('when the customer has parked, then how long, and how much time is left to leave', async () => {
    const sub_mchid = await shop.merchant([{ kind: 'parking', leave_within_minutes: 15, fee_rule: '首小时免费，之后每小时 5 元' }])
    const entered_at = new Date(shop.backend.clock.now().getTime() - 132 * 60_000).toISOString()
    const { receipt, decided } = await open(shop.order(sub_mchid, { parking: { entered_at } }))
    expect((await decided()).shown).toBe('merchant')
    const text = (await receipt.locator('main').innerText()).replace(/\s+/g, ' ')
    expect(text).toMatch(/^停车时长 2小时12分钟 \d\d:\d\d 入场 请在 \d\d:\d\d 前离场，还有 15 分钟 收费标准：首小时免费，之后每小时 5 元$/)
  })

  test('when what the order system says looks like markup, then it is text', async () => {
    const sub_mchid = await shop.merchant([{ kind: 'order_items' }, { kind: 'notice', text: '<b>注意</b>' }])
    const { receipt, decided } = await open(shop.order(sub_mchid, { items: [{ name: '<img src=x onerror=alert(1)>', quantity: 1 }] }))
    expect((await decided()).shown).toBe('merchant')
    expect(await receipt.locator('img, b').count()).toBe(1)
    expect(await receipt.locator('main').innerText()).toContain('<img src=x onerror=alert(1)>')
  })
})

describe('given a load that cannot show the shop’s receipt', () => {
  const cases: [string, () => Promise<PlacedOrder>][] = [
    ['the shop chose nothing', async () => shop.order(await shop.merchant([]))],
    ['nothing that it chose is in this order', async () => shop.order(await shop.merchant([{ kind: 'parking' }]))],
    [
      'check_code is of another order',
      async () => {
        const sub_mchid = await shop.merchant()
        return { ...shop.order(sub_mchid), check_code: shop.order(sub_mchid).check_code }
      },
    ],
    ['the order is of another merchant', async () => shop.order(await shop.merchant(), { sub_mchid: await shop.merchant() })],
    ['nobody knows the order', async () => ({ ...shop.order(await shop.merchant()), out_trade_no: 'NOBODY000001' })],
    ['nobody knows the merchant', async () => shop.order('1999999999')],
    ['the payment has not been told to the provider', async () => shop.order(await shop.merchant(), { transaction_id: null })],
    ['the query is nonsense', async () => ({ sub_mch_id: "'", out_trade_no: '../..', check_code: '💥' })],
  ]
  test.each(cases)('when %s, then the official receipt is shown, at once and without a word', async (_, order) => {
    const { receipt, decided } = await open(await order())
    const { shown, said } = await decided()
    expect(shown).toBe('official')
    expect(said[0]).toMatchObject(official)
    expect(await receipt.locator('main').innerText()).not.toMatch(/错误|失败|error/i)
  })
})

describe('given an order system that', () => {
  // of its own: after failures in a row it is left alone for a while
  let ofAll: Shop
  beforeAll(async () => {
    ofAll = shop
    shop = await startShop()
  })
  afterAll(async () => {
    await shop.close()
    shop = ofAll
  })
  /** One that is right, so that the next failure is the first in a row. */
  const answersAgain = async () => {
    shop.system.behaviour = 'answers'
    expect((await shop.load({ ...shop.order(await shop.merchant()) })).outcome).toBe('show')
  }
  const behaviours: Behaviour[] = [
    'hangs',
    'hangs in the middle of its answer',
    'answers after 5 s',
    'answers garbage',
    'answers with another shape',
    'answers without end',
    'signs with another key',
    'does not sign',
    'repeats an old answer',
    'sends elsewhere',
    'fails',
  ]
  test.each(behaviours)('%s, when the page is loaded, then onIframeReady still goes out before WeChat gives up', async behaviour => {
    shop.system.behaviour = behaviour
    const { decided } = await open(shop.order(await shop.merchant()))
    const { shown, said } = await decided()
    expect([shown, said[0]!.displayStyle]).toEqual(['official', 'SHOW_OFFICIAL_PAGE'])
    await answersAgain()
  })

  test('is away, when the page is loaded, then the official receipt is shown', async () => {
    const away = await startShop()
    try {
      await away.system.close()
      customer = await openReceipt(browser, away, away.order(await away.merchant()))
      expect((await customer.decided()).shown).toBe('official')
    } finally {
      await away.close()
    }
  })

  test('keeps failing, when customers go on loading, then it is left alone and asked again later', async () => {
    shop.system.behaviour = 'fails'
    shop.system.asked = 0
    const sub_mchid = await shop.merchant()
    const load = async () => expect((await shop.load({ ...shop.order(sub_mchid) })).outcome).toBe('official')
    const begun = performance.now()
    for (let customers = 0; customers < 12; customers += 1) await load()
    // once more after each rest of 5 s: a busy machine may need that long
    const rests = Math.floor((performance.now() - begun) / 5_000)
    expect(shop.system.asked).toBeGreaterThanOrEqual(5)
    expect(shop.system.asked).toBeLessThanOrEqual(5 + rests)
  })
})

describe('given a phone where not everything works', () => {
  test.each([
    ['is refused', { status: 500, body: '', delayMs: 0 }],
    ['hangs', { status: 200, body: '', delayMs: 20_000 }],
    ['throws', { status: 200, body: 'throw new Error("of WeChat")', delayMs: 0 }],
  ])("when WeChat's script %s, then the receipt is shown all the same", async (_, sdk) => {
    Object.assign(shop.sdk, sdk)
    const { decided } = await open(shop.order(await shop.merchant()))
    expect((await decided()).shown).toBe('merchant')
  })

  test('when reading cookies and storage throws, then the receipt is shown: it uses neither', async () => {
    const prepare: CustomerOptions['prepare'] = async page =>
      page.addInitScript(() => {
        const refuse = () => {
          throw new DOMException('denied', 'SecurityError')
        }
        for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) Object.defineProperty(globalThis, name, { get: refuse })
        Object.defineProperty(Document.prototype, 'cookie', { get: refuse, set: refuse })
      })
    expect((await (await open(shop.order(await shop.merchant()), { prepare })).decided()).shown).toBe('merchant')
  })

  test.each([
    ['the content never comes', '/content', 'hang'],
    ['the content is cut off', '/content', 'cut'],
    ['the beacon cannot be sent', '/beacon', 'cut'],
  ])('when %s, then WeChat is told in time what to show', async (_, path, how) => {
    const prepare: CustomerOptions['prepare'] = async page =>
      page.route(`**/receipt${path}**`, route => (how === 'cut' ? route.abort() : undefined))
    const { shown } = await (await open(shop.order(await shop.merchant()), { prepare })).decided()
    expect(shown).toBe(path === '/beacon' ? 'merchant' : 'official')
  })

  test('when a script of the page fails, then the official receipt is shown', async () => {
    const prepare: CustomerOptions['prepare'] = async page =>
      page.addInitScript(() => {
        Element.prototype.getBoundingClientRect = () => {
          throw new Error('not here')
        }
      })
    expect((await (await open(shop.order(await shop.merchant()), { prepare })).decided()).shown).toBe('official')
  })

  test('when it has no scripts of the last ten years, then the official receipt is shown', async () => {
    const prepare: CustomerOptions['prepare'] = async page =>
      page.addInitScript(() => void delete (globalThis as { fetch?: unknown }).fetch)
    expect((await (await open(shop.order(await shop.merchant()), { prepare })).decided()).shown).toBe('official')
  })

  test('when the network is slow 3G, then the first thing drawn is the skeleton, and WeChat is told in time', async () => {
    const prepare: CustomerOptions['prepare'] = async page => {
      const devtools = await page.context().newCDPSession(page)
      await devtools.send('Network.enable')
      await devtools.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 300,
        downloadThroughput: 50_000,
        uploadThroughput: 50_000,
      })
      // seen from within: whoever looks from outside may come when it has gone
      await page.addInitScript(() => {
        const watching = new MutationObserver(() => {
          const first = document.querySelector('#receipt > *')
          if (!first) return
          Object.assign(globalThis, { firstDrawn: first.className })
          watching.disconnect()
        })
        watching.observe(document, { childList: true, subtree: true })
      })
    }
    const { receipt, decided } = await open(shop.order(await shop.merchant()), { prepare })
    expect((await decided()).shown).toBe('merchant')
    expect(await receipt.evaluate(() => (globalThis as { firstDrawn?: string }).firstDrawn)).toBe('card wait')
  })
})

describe('given customers who read differently', () => {
  test('when text is twice as large, then nothing is cut off at 320 px', async () => {
    const { receipt, decided } = await open(shop.order(await shop.merchant([...catering])), {
      textSize: 2,
      viewport: { width: 320, height: 640 },
    })
    const { shown, said } = await decided()
    expect([shown, said[0]!.height]).toEqual(['merchant', 960])
    expect(await receipt.evaluate(() => getComputedStyle(document.body).fontSize)).toBe('32px')
    expect(await overflowing(receipt)).toEqual([])
  })

  test.each(['light', 'dark'] as const)('when the phone is %s, then every text has a contrast of 4.5 or more', async colorScheme => {
    const entered_at = new Date(shop.backend.clock.now().getTime() - 3_600_000).toISOString()
    const sub_mchid = await shop.merchant([{ kind: 'parking', leave_within_minutes: 15, fee_rule: '每小时 5 元' }, ...catering])
    const { receipt, decided } = await open(shop.order(sub_mchid, { parking: { entered_at } }), { colorScheme })
    expect((await decided()).shown).toBe('merchant')
    const contrasts = await contrastOfTexts(receipt)
    expect(contrasts.length).toBeGreaterThan(10)
    expect(contrasts.filter(({ contrast }) => contrast < 4.5)).toEqual([])
  })

  test('when it is read aloud, then blocks have headings, the code its letters, and nothing is said to be loading', async () => {
    const { receipt, decided } = await open(shop.order(await shop.merchant()))
    await decided()
    expect(await receipt.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual(['取餐码', '订单内容', '取餐点'])
    expect(await receipt.locator('.figure').getAttribute('aria-label')).toBe('A 1 0 8')
    expect(await receipt.locator('[aria-busy=true]').count()).toBe(0)
    expect(await receipt.evaluate(() => document.documentElement.lang)).toBe('zh-CN')
  })
})

type Frame = Customer['receipt']

const overflowing = (receipt: Frame): Promise<string[]> =>
  receipt.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *')]
      .filter(node => node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).display !== 'inline')
      .map(node => `${node.tagName}.${node.className}: ${node.textContent}`),
  )

const contrastOfTexts = (receipt: Frame): Promise<{ text: string; contrast: number }[]> =>
  receipt.evaluate(() => {
    const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number)
    const luminance = (colour: string) => {
      const [r, g, b] = channels(colour).map(value =>
        value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
      ) as [number, number, number]
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const behind = (node: Element | null): string => {
      for (let at = node; at; at = at.parentElement) {
        const colour = getComputedStyle(at).backgroundColor
        if ((channels(colour)[3] ?? 1) === 1) return colour
      }
      return 'rgb(255, 255, 255)'
    }
    const texts = document.createTreeWalker(document.querySelector('main')!, NodeFilter.SHOW_TEXT)
    const found: { text: string; contrast: number }[] = []
    while (texts.nextNode()) {
      const node = texts.currentNode.parentElement!
      const [light, dark] = [luminance(getComputedStyle(node).color), luminance(behind(node))].sort((a, b) => b - a) as [number, number]
      found.push({ text: texts.currentNode.textContent!, contrast: (light + 0.05) / (dark + 0.05) })
    }
    return found
  })

// A customer's phone on WeChat's page after a payment, in a real Chromium.
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core'
import type { PlacedOrder, Shop } from './world.ts'

interface Said {
  action: string
  displayStyle?: string
  height?: number
  jumpOutUrl?: string
  /** milliseconds since WeChat's page began to load */
  at: number
}

export interface Customer {
  page: Page
  receipt: Frame
  /** what the receipt told WeChat's page, when WeChat has decided what to show */
  decided(): Promise<{ shown: 'merchant' | 'official' | 'error'; said: Said[] }>
  close(): Promise<void>
}

export interface CustomerOptions extends BrowserContextOptions {
  /** before the page is asked for */
  prepare?: (page: Page) => Promise<unknown>
  /** times the usual size of text */
  textSize?: number
}

export async function openReceipt(browser: Browser, shop: Shop, order: PlacedOrder, options: CustomerOptions = {}): Promise<Customer> {
  const { prepare, textSize, ...context } = options
  const phone = await browser.newContext({ viewport: { width: 375, height: 812 }, deviceScaleFactor: 2, ...context })
  const page = await phone.newPage()
  if (textSize) {
    const devtools = await phone.newCDPSession(page)
    await devtools.send('Page.setFontSizes', { fontSizes: { standard: 16 * textSize, fixed: 13 * textSize } })
  }
  await prepare?.(page)
  await page.goto(`${shop.parent}/customer?${new URLSearchParams({ link: shop.link, ...order }).toString()}`, { waitUntil: 'commit' })
  const element = await page.waitForSelector('iframe', { state: 'attached' })
  const receipt = (await element.contentFrame())!
  return {
    page,
    receipt,
    async decided() {
      await page.waitForFunction(() => document.body.dataset.shown !== 'waiting', undefined, { timeout: 60_000 })
      return page.evaluate(() => ({
        shown: document.body.dataset.shown as 'merchant' | 'official' | 'error',
        said: (globalThis as unknown as { said: Said[] }).said,
      }))
    },
    close: () => phone.close(),
  }
}

// The phone page at the sizes of real windows: a laptop's, a tablet's, a phone's.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../../../simulator/browser.ts'
import type { FrameHandle } from '../../../simulator/phone/frame.ts'
import { startSimulator, type Simulator } from '../../../simulator/server.ts'
import { becomes, eventually } from '../../support/eventually.ts'
import { FIXTURE } from '../wx/running-phone.ts'

let simulator: Simulator
let browser: Browser

beforeAll(async () => {
  simulator = await startSimulator({ project: FIXTURE, port: 0, automationPort: 0, watch: false })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await simulator?.close()
})

async function inWindow(width: number, height: number, use: (page: Page) => Promise<void>, path = '/'): Promise<void> {
  const page = await browser.newPage({ locale: 'zh-CN', viewport: { width, height } })
  try {
    await page.goto(simulator.url + path)
    await page.frameLocator('#frame').locator('#top').waitFor()
    await use(page)
  } finally {
    await page.close()
  }
}

/** what the app is told of its window */
const windowInfo = (page: Page) =>
  page.locator('#frame').evaluate(frame => {
    const { wx } = ((frame as HTMLIFrameElement).contentWindow as unknown as { __simulator: FrameHandle }).__simulator.runtime.globals as {
      wx: {
        getWindowInfo(): { screenWidth: number; screenHeight: number; windowWidth: number; windowHeight: number }
        getMenuButtonBoundingClientRect(): { right: number }
      }
    }
    const { screenWidth, screenHeight, windowWidth, windowHeight } = wx.getWindowInfo()
    return { screenWidth, screenHeight, windowWidth, windowHeight, menuRight: wx.getMenuButtonBoundingClientRect().right }
  })

const DEVICE = { screenWidth: 375, screenHeight: 812, windowWidth: 375, windowHeight: 812 - 88 - 83, menuRight: 368 }

describe('the phone page in a window of', () => {
  for (const [width, height] of [
    [1_280, 680],
    [1_024, 500],
    [768, 600],
    [560, 900],
  ] as const)
    it(`${width} × ${height} shows the whole phone, drawn smaller`, () =>
      inWindow(width, height, async page => {
        const device = (await page.locator('#device').boundingBox())!
        expect(device.x).toBeGreaterThanOrEqual(0)
        expect(device.y).toBeGreaterThanOrEqual(0)
        expect(device.x + device.width).toBeLessThanOrEqual(width)
        expect(device.y + device.height).toBeLessThanOrEqual(height)
        expect(await windowInfo(page)).toEqual(DEVICE)
        // what is drawn smaller is tapped where it is drawn
        await page.frameLocator('#frame').locator('#top').click()
        await page.frameLocator('#frame').getByText('点了 1 次').waitFor()
        await page.locator('#tab-bar').getByText('第二页').click()
        await page.frameLocator('#frame').locator('#tab').waitFor()
      }))

  it('1280 × 900 draws the phone in its own size', () =>
    inWindow(1_280, 900, async page => {
      expect(await page.locator('#screen').boundingBox()).toMatchObject({ width: 375, height: 812 })
    }))

  it('a phone is filled by the app, to the last pixel', () =>
    inWindow(390, 844, async page => {
      expect(await page.locator('#screen').boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 })
      expect(await windowInfo(page)).toEqual({
        screenWidth: 390,
        screenHeight: 844,
        windowWidth: 390,
        windowHeight: 844 - 88 - 83,
        menuRight: 383,
      })
      // the browser's own bars come and go
      await page.setViewportSize({ width: 390, height: 664 })
      await eventually('the app to follow', async () => (await windowInfo(page)).windowHeight === 664 - 88 - 83)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    }))

  it('a phone opens the settings with the dots, and leaves them with 关闭, Esc or a page that is opened', () =>
    inWindow(390, 844, async page => {
      const panel = page.getByRole('dialog', { name: '手机的设置' })
      const dots = page.locator('#menu')
      await dots.click()
      await panel.getByRole('button', { name: '关闭' }).click()
      await panel.waitFor({ state: 'hidden' })
      await dots.click()
      // Tab stays in what lies over the app
      await page.keyboard.press('Shift+Tab')
      expect(await page.evaluate(() => document.activeElement?.closest('#panel')?.id)).toBe('panel')
      await page.keyboard.press('Escape')
      await panel.waitFor({ state: 'hidden' })
      await dots.click()
      await panel.getByRole('button', { name: 'other' }).click()
      await panel.waitFor({ state: 'hidden' })
      await page.frameLocator('#frame').locator('#other').waitFor()
    }))
})

describe('the panel', () => {
  it('names the app as its users know it, in Chinese and at a press in English, and remembers which', () =>
    inWindow(1_280, 900, async page => {
      expect(await page.title()).toBe('首页标题 · 模拟器')
      await becomes('首页标题', () => page.getByRole('heading', { level: 1 }).textContent())
      await page.getByRole('button', { name: 'English' }).click()
      expect(await page.title()).toBe('首页标题 · Simulator')
      for (const heading of ['Try this', 'Open a page', 'Phone']) await page.getByRole('heading', { name: heading, exact: true }).waitFor()
      await page.getByLabel('Offline').check()
      await page.locator('#signal').getByText('No network').waitFor()
      await page.getByLabel('Offline').uncheck()
      // the app's own name, the names of languages and the button back to Chinese stay
      const words = (await page.locator('.panel').innerText()).replaceAll(/首页标题|简体中文|繁體中文|中文/g, '')
      expect(words).not.toMatch(/[\u4e00-\u9fff]/)
      await page.reload()
      await page.getByRole('heading', { name: 'Try this' }).waitFor()
      await page.getByRole('button', { name: '中文' }).click()
      await page.getByRole('heading', { name: '试一试' }).waitFor()
    }))

  it('speaks English from the start where the address says so', () =>
    inWindow(1_280, 900, async page => void (await page.getByRole('heading', { name: 'Open a page' }).waitFor()), '/?lang=en'))

  it('proposes what to try: the compile conditions of the project', () =>
    inWindow(1_280, 900, async page => {
      await page.getByRole('button', { name: 'other' }).click()
      await page.frameLocator('#frame').locator('#other').getByText('{"a":"1"}').waitFor()
    }))
})

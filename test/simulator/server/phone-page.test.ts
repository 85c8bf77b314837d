import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, FrameLocator, Page } from 'playwright-core'
import { launchBrowser } from '../../../simulator/browser.ts'
import { startSimulator, type Simulator } from '../../../simulator/server.ts'
import { becomes, eventually } from '../../support/eventually.ts'
import { FIXTURE } from '../wx/running-phone.ts'

let simulator: Simulator
let browser: Browser
let page: Page
let frame: FrameLocator
const faults: string[] = []

beforeAll(async () => {
  simulator = await startSimulator({ project: FIXTURE, port: 0, automationPort: 0, watch: false })
  browser = await launchBrowser()
  page = await browser.newPage({ locale: 'zh-CN', viewport: { width: 1_180, height: 900 }, timezoneId: 'America/New_York' })
  page.on('pageerror', error => faults.push(error.message))
  await page.goto(simulator.url)
  frame = page.frameLocator('#frame')
  await frame.locator('#top').waitFor()
})
afterAll(async () => {
  await browser?.close()
  await simulator?.close()
})

describe('a person at the phone page', () => {
  it('taps the app with the mouse', async () => {
    await frame.locator('#top').click()
    await frame.getByText('点了 1 次').waitFor()
  })

  it('sees the title and the tab bar of the page, and changes tabs', async () => {
    await becomes('首页标题', () => page.locator('#title').textContent())
    await page.locator('#tab-bar').getByText('第二页').click()
    await frame.locator('#tab').waitFor()
    await page.locator('#tab-bar').getByText('首页').click()
    await frame.locator('#top').waitFor()
  })

  it("reads the phone's clock in China's time wherever the machine is, as the times of a WeChat app are", async () => {
    const inChina = () => new Date().toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Shanghai' })
    await eventually('the clock', async () => (await page.locator('#clock').textContent()) === inChina())
  })

  it('leaves the app less room while the tab bar stands', async () => {
    expect((await page.locator('#frame').boundingBox())!.height).toBe(812 - 88 - 83)
  })

  it('opens a page by a compile condition, and goes where the address says', async () => {
    await page.getByLabel('编译条件').selectOption('other')
    await frame.locator('#other').getByText('{"a":"1"}').waitFor()
    await becomes('pages/other/other?a=1', () => page.locator('#route').textContent())
    await page.getByLabel('路径和参数').fill('pages/home/home')
    await page.getByRole('button', { name: '打开', exact: true }).click()
    await frame.locator('#top').waitFor()
  })

  it('cuts the network off with a switch, and the settings follow', async () => {
    await page.getByLabel('断网').check()
    await eventually('the setting', () => simulator.phone.get().offline)
    await simulator.phone.set({ offline: false })
    await eventually('the switch', async () => !(await page.getByLabel('断网').isChecked()))
  })

  it('sends the app to the background and fetches it back', async () => {
    await page.getByRole('button', { name: '回到桌面' }).click()
    await page.getByText('小程序在后台').waitFor()
    await page.getByRole('button', { name: '回到小程序' }).click()
    await page.getByText('小程序在后台').waitFor({ state: 'hidden' })
  })

  it('causes no error of the page itself', () => {
    expect(faults).toEqual([])
  })
})

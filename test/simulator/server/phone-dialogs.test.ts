// What lies over a page (modal, prompt, action sheet, scan, pictures), by keyboard, and when the person leaves the page.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Browser, FrameLocator, Page } from 'playwright-core'
import { launchBrowser } from '../../../simulator/browser.ts'
import type { FrameHandle } from '../../../simulator/phone/frame.ts'
import { startSimulator, type Simulator } from '../../../simulator/server.ts'
import { becomes, eventually } from '../../support/eventually.ts'
import { removeProjects, unit, writeProject } from '../support/project.ts'
import { FIXTURE } from '../wx/running-phone.ts'

let simulator: Simulator
let browser: Browser
let page: Page
let frame: FrameLocator

beforeAll(async () => {
  simulator = await startSimulator({ project: FIXTURE, port: 0, automationPort: 0, watch: false })
  browser = await launchBrowser()
  const context = await browser.newContext({
    locale: 'zh-CN',
    viewport: { width: 1_180, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  page = await context.newPage()
  frame = page.frameLocator('#frame')
})
afterAll(async () => {
  await browser?.close()
  await simulator?.close()
})
beforeEach(async () => {
  await page.goto(simulator.url)
  await frame.locator('#top').waitFor()
})

/** Calls wx in the app; the answer is asked for with `answer`. */
const call = (method: string, options: object) =>
  page.locator('#frame').evaluate(
    (element, [name, given]) => {
      const view = (element as HTMLIFrameElement).contentWindow! as unknown as { __simulator: FrameHandle; answered?: unknown }
      view.answered = undefined
      const { wx } = view.__simulator.runtime.globals as { wx: Record<string, (options: object) => void> }
      wx[name]!({ ...given, complete: (outcome: unknown) => (view.answered = outcome) })
    },
    [method, options] as const,
  )
const answer = () =>
  eventually('the answer', () =>
    page
      .locator('#frame')
      .evaluate(element => ((element as HTMLIFrameElement).contentWindow as unknown as { answered?: unknown }).answered),
  )
const dialog = () => frame.getByRole('dialog')
const route = () => page.locator('#route').textContent()
const open = (url: string) =>
  page.locator('#frame').evaluate(async (element, to) => {
    await ((element as HTMLIFrameElement).contentWindow as unknown as { __simulator: FrameHandle }).__simulator.runtime.navigateTo(to)
  }, url)

describe('a page that asks before it is left', () => {
  it('stays when the person declines, and goes when they agree, by the bar and by wx.navigateBack', async () => {
    await open('/pages/other/other')
    await call('enableAlertBeforeUnload', { message: '还没有保存' })
    await page.locator('#back').click()
    await dialog().getByText('还没有保存').waitFor()
    await dialog().getByText('取消').click()
    await call('navigateBack', {})
    await dialog().getByText('取消').click()
    expect(await answer()).toMatchObject({ errMsg: 'navigateBack:fail cancel' })
    expect(await route()).toBe('pages/other/other')
    await page.locator('#back').click()
    await dialog().getByText('确定').click()
    await eventually('the page below', async () => (await route()) === 'pages/home/home')
  })
})

describe('a dialog by keyboard', () => {
  it('scan: what is typed stands in the field, and Enter hands it over', async () => {
    await call('scanCode', {})
    await page.keyboard.type('1900000109')
    await becomes('1900000109', () => dialog().getByRole('textbox').inputValue())
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Enter')
    expect(await answer()).toMatchObject({ result: '190000010', errMsg: 'scanCode:ok' })
  })

  it('scan: an address can be pasted and its end changed', async () => {
    await call('scanCode', {})
    await page.evaluate(() => navigator.clipboard.writeText('https://example.com/q?s=1'))
    await dialog().getByRole('textbox').press('ControlOrMeta+v')
    await page.keyboard.press('End')
    await page.keyboard.type('2')
    await dialog().getByRole('button', { name: '确定' }).click()
    expect(await answer()).toMatchObject({ result: 'https://example.com/q?s=12' })
  })

  it('prompt: Tab goes around inside, and the focus goes back to where it was', async () => {
    await frame.locator('#name input').focus()
    await call('showModal', { title: '改名', content: 'a', editable: true })
    await page.keyboard.type('b')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.type('c')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    expect(await answer()).toMatchObject({ confirm: true, content: 'abc' })
    await page.keyboard.type('还在')
    await becomes('还在', () => frame.locator('#name input').inputValue())
  })

  it('modal: Esc declines', async () => {
    await call('showModal', { title: '删除？', content: '一条' })
    await page.keyboard.press('Escape')
    expect(await answer()).toMatchObject({ confirm: false, cancel: true })
    expect(await dialog().count()).toBe(0)
  })

  it('action sheet: Tab reaches the second item, Esc closes', async () => {
    await call('showActionSheet', { itemList: ['一', '二'] })
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await answer()).toMatchObject({ tapIndex: 1 })
    await call('showActionSheet', { itemList: ['一', '二'] })
    await page.keyboard.press('Escape')
    expect(await answer()).toMatchObject({ errMsg: 'showActionSheet:fail cancel' })
  })

  it('Esc is heard while the focus is beside the phone', async () => {
    await call('showModal', { title: '删除？', content: '一条' })
    await page.getByLabel('路径和参数').focus()
    await page.keyboard.press('Escape')
    expect(await answer()).toMatchObject({ cancel: true })
  })

  it('speaks the language of the phone', async () => {
    await simulator.phone.set({ locale: 'en' })
    await call('scanCode', {})
    await dialog().getByRole('button', { name: 'Cancel' }).click()
    expect(await answer()).toMatchObject({ errMsg: 'scanCode:fail cancel' })
    await simulator.phone.set({ locale: 'zh_CN' })
  })
})

describe('the bar of the phone', () => {
  it('返回 declines the question of the page that is left', async () => {
    await open('/pages/other/other?a=2')
    await call('showModal', { title: '删除？', content: '一条' })
    await page.getByRole('button', { name: '返回' }).click()
    expect(await answer()).toMatchObject({ confirm: false, cancel: true })
    await frame.locator('#top').waitFor()
    expect(await dialog().count()).toBe(0)
    await becomes(false, () => page.locator('#dim').isVisible())
  })

  it('a page opened by its path has a way home, as in WeChat; pages of the tab bar and pages on others do not', async () => {
    const home = page.getByRole('button', { name: '回到首页' })
    await becomes(false, () => home.isVisible())
    await page.getByLabel('路径和参数').fill('pages/other/other?a=3')
    await page.getByRole('button', { name: '打开', exact: true }).click()
    await home.click()
    await frame.locator('#top').waitFor()
    expect(await route()).toBe('pages/home/home')
    await becomes(false, () => home.isVisible())
    await open('/pages/other/other')
    await page.getByRole('button', { name: '返回' }).waitFor()
    await becomes(false, () => home.isVisible())
  })

  it('wx.hideHomeButton takes it away', async () => {
    await page.getByLabel('编译条件').selectOption('other')
    const home = page.getByRole('button', { name: '回到首页' })
    await home.waitFor()
    await call('hideHomeButton', {})
    await home.waitFor({ state: 'hidden' })
  })
})

describe('wx.previewImage', () => {
  const red = 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"/>'
  const urls = [red, `${red}<!--2-->`, 'wxfile://tmp/gone.jpg']
  const count = () => dialog().locator('.count').textContent()

  it('shows the pictures: swiped with a finger, stepped with the arrows, closed with a tap', async () => {
    await call('previewImage', { urls, current: urls[1] })
    expect(await answer()).toMatchObject({ errMsg: 'previewImage:ok' })
    expect(await count()).toBe('2 / 3')
    expect(
      await dialog()
        .locator('img')
        .nth(1)
        .evaluate(image => (image as HTMLImageElement).naturalWidth),
    ).toBe(90)
    const { x, y, width, height } = (await dialog().boundingBox())!
    const swipe = async (from: number, to: number) => {
      await page.mouse.move(x + width * from, y + height / 2)
      await page.mouse.down()
      await page.mouse.move(x + width * to, y + height / 2, { steps: 4 })
      await page.mouse.up()
    }
    await swipe(0.8, 0.2)
    expect(await count()).toBe('3 / 3')
    await dialog().getByText('图片加载失败').waitFor()
    await swipe(0.8, 0.2)
    expect(await count()).toBe('3 / 3')
    await swipe(0.2, 0.8)
    await page.keyboard.press('ArrowLeft')
    expect(await count()).toBe('1 / 3')
    await page.mouse.click(x + width / 2, y + height / 2)
    await dialog().waitFor({ state: 'hidden' })
  })

  it('is a page of its own for Esc and 返回: the page below stays', async () => {
    await open('/pages/other/other')
    await call('previewImage', { urls })
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'hidden' })
    await call('previewImage', { urls, current: 1 })
    expect(await count()).toBe('2 / 3')
    await page.locator('#back').click()
    await dialog().waitFor({ state: 'hidden' })
    expect(await route()).toBe('pages/other/other')
  })
})

describe('a dialog of the app', () => {
  const beside = 'position: fixed; top: 0; left: 0; right: 0; height: 300px;'
  const sheet = 'position: fixed; top: 300px; bottom: 0; left: 0; right: 0;'
  const wxml = `<view id="open" aria-role="button" bind:tap="toggle">开</view>
<view wx:if="{{shown}}" style="${beside}" bind:tap="toggle"></view>
<view id="sheet" style="${sheet} visibility: {{shown ? 'visible' : 'hidden'}}" aria-role="dialog" aria-modal="true" aria-label="选一个">
  <view id="one" aria-role="button" bind:tap="choose">一</view><input id="two" bindinput="type" />
</view>
<view id="told">{{told}}</view>`
  const script = `Page({ data: { shown: false, told: '' },
    toggle() { this.setData({ shown: !this.data.shown }) },
    choose() { this.setData({ told: '一' }) },
    type(event) { this.setData({ told: event.detail.value }) } })`
  let app: Simulator
  beforeAll(async () => {
    app = await startSimulator({ project: writeProject(unit('pages/a/index', wxml, script)), port: 0, automationPort: 0, watch: false })
  })
  afterAll(async () => {
    await app?.close()
    removeProjects()
  })
  const focused = () => frame.locator(':focus').first().getAttribute('id')

  it('takes the focus in, keeps Tab inside, is closed by Esc and gives the focus back', async () => {
    await page.goto(app.url)
    const open = frame.getByRole('button', { name: '开' })
    await open.focus()
    await page.keyboard.press('Enter')
    const shown = frame.getByRole('dialog', { name: '选一个' })
    await shown.waitFor()
    await eventually('the focus inside', async () => (await focused()) === 'sheet')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await frame.locator('#told').getByText('一').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.type('字')
    await frame.locator('#told').getByText('字').waitFor()
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('one')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.type('母')
    await frame.locator('#told').getByText('字母').waitFor()
    await page.keyboard.press('Escape')
    await shown.waitFor({ state: 'hidden' })
    await eventually('the focus back', async () => (await focused()) === 'open')
  })
})

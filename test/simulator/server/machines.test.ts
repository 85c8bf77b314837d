// The phone as other machines: sizes, an iPad that turns, a computer's window, a keyboard on the screen, a slow processor, little room for storage.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { defaultSettings } from '../../../simulator/phone/settings.ts'
import { becomes, eventually } from '../../support/eventually.ts'
import { removeProjects, unit, writeProject } from '../support/project.ts'
import { startPhone, type RunningPhone } from '../wx/running-phone.ts'

/** globals of the app, in functions that are sent there as text */
declare const wx: {
  onWindowResize(listener: (size: object) => void): void
  onKeyboardHeightChange(listener: (change: object) => void): void
}
declare const getApp: () => { heard: object[]; later: number }
declare const getCurrentPages: () => { data: Record<string, unknown> }[]

const WIDE = `<view id="wide" class="layout"></view><view id="told">{{told}}</view>`
const WIDE_STYLE = `.layout { height: 10px; width: 100px } @media (min-width: 768px) { .layout { width: 700px } }`
const WIDE_SCRIPT = `Page({ data: { told: '' }, onResize(size) { this.setData({ told: JSON.stringify(size) }) } })`
const BOX = (id: string, more: string) =>
  `<input id="${id}" ${more} style="height: 40px" bindfocus="told" bindkeyboardheightchange="told" bindblur="told" />`
const TYPING = `<view style="height: 440px" id="above"></view>${BOX('near', 'cursor-spacing="20"')}${BOX('still', 'adjust-position="{{false}}"')}
<textarea id="long" style="height: 120px" value="一" />`
const TYPING_SCRIPT = `Page({ data: { events: [] }, told(event) { this.data.events.push([event.type, event.detail.height]) } })`
const app = (more: object) => JSON.stringify({ pages: ['pages/wide/index', 'pages/typing/index', 'pages/turning/index'], ...more })
const files = {
  'app.js': 'App({ heard: [], later: 0 })',
  ...unit('pages/wide/index', WIDE, WIDE_SCRIPT, '{}', WIDE_STYLE),
  ...unit('pages/typing/index', TYPING, TYPING_SCRIPT, '{ "navigationBarTitleText": "字" }'),
  ...unit('pages/turning/index', '<view id="wide"></view>', 'Page({})', '{ "pageOrientation": "auto" }'),
}

let phone: RunningPhone
let fixed: RunningPhone
beforeAll(async () => {
  phone = await startPhone({ project: writeProject({ ...files, 'app.json': app({ resizable: true }) }) })
  fixed = await startPhone({ project: writeProject({ ...files, 'app.json': app({}) }) })
})
afterAll(async () => {
  await phone?.close()
  await fixed?.close()
  removeProjects()
})
beforeEach(() => phone.app.callWxMethod('reLaunch', { url: '/pages/wide/index' }))
afterEach(async () => {
  await phone.simulator.phone.set(defaultSettings)
  await fixed.simulator.phone.set(defaultSettings)
})

const open = async (running: RunningPhone, path: string) => {
  await running.app.callWxMethod('reLaunch', { url: path })
  return (await running.app.currentPage())!
}
const windowOf = async ({ app }: RunningPhone) => {
  const { windowWidth, windowHeight, statusBarHeight, pixelRatio, safeArea } = (await app.callWxMethod('getSystemInfoSync')) as Record<
    string,
    unknown
  >
  return { windowWidth, windowHeight, statusBarHeight, pixelRatio, bottom: (safeArea as { bottom: number }).bottom }
}
const frame = ({ simulator }: RunningPhone) => simulator.browserPage!.frameLocator('#frame')

describe('a machine', () => {
  it.each([
    ['iphone-x', { windowWidth: 375, windowHeight: 724, statusBarHeight: 44, pixelRatio: 3, bottom: 778 }],
    ['iphone-notch', { windowWidth: 390, windowHeight: 753, statusBarHeight: 47, pixelRatio: 3, bottom: 810 }],
    ['iphone-se', { windowWidth: 320, windowHeight: 504, statusBarHeight: 20, pixelRatio: 2, bottom: 568 }],
    ['android-small', { windowWidth: 360, windowHeight: 568, statusBarHeight: 24, pixelRatio: 2, bottom: 640 }],
    ['ipad', { windowWidth: 810, windowHeight: 1_010, statusBarHeight: 20, pixelRatio: 2, bottom: 1_080 }],
    ['computer', { windowWidth: 1_024, windowHeight: 676, statusBarHeight: 0, pixelRatio: 1, bottom: 720 }],
  ] as const)('%s has its own size, bars and density, and is drawn whole in its own size', async (device, told) => {
    await phone.simulator.phone.set({ device })
    expect(await windowOf(phone)).toEqual(told)
    expect(await phone.simulator.browserPage!.locator('#screen').boundingBox()).toMatchObject({ width: told.windowWidth })
  })

  it('tells the app what it is', async () => {
    await phone.simulator.phone.set({ device: 'android-small' })
    expect(await phone.app.callWxMethod('getDeviceInfo')).toMatchObject({ platform: 'android', system: 'Android 8.1.0' })
    await phone.simulator.phone.set({ device: 'computer' })
    expect(await phone.app.callWxMethod('getDeviceInfo')).toMatchObject({ platform: 'windows' })
  })

  it('refuses one that there is none of, and a window that nobody could use', async () => {
    expect(() => phone.simulator.phone.set({ device: 'nokia' as never })).toThrow('device: give one of iphone-x,')
    expect(() => phone.simulator.phone.set({ windowWidth: 12 })).toThrow('windowWidth: give a number from 280 to 3840')
  })
})

describe("a computer's window", () => {
  it('that is dragged tells the page and the app its new size, and media queries follow', async () => {
    await phone.app.evaluate(function () {
      getApp().heard = []
      wx.onWindowResize(function (size) {
        getApp().heard.push(size)
      })
    })
    await phone.simulator.phone.set({ device: 'computer' })
    const page = (await phone.app.currentPage())!
    const shown = async () => (await (await page.$('#wide'))!.size()).width
    expect(await shown()).toBe(700)
    await phone.simulator.phone.set({ windowWidth: 700 })
    expect(await shown()).toBe(100)
    await phone.simulator.phone.set({ windowHeight: 500 })
    const size = { size: { windowWidth: 700, windowHeight: 456 }, deviceOrientation: 'portrait' }
    expect(JSON.parse((await page.data('told')) as string)).toEqual(size)
    expect(await phone.app.evaluate(() => getApp().heard)).toEqual([
      { size: { windowWidth: 1_024, windowHeight: 676 }, deviceOrientation: 'portrait' },
      { size: { windowWidth: 700, windowHeight: 676 }, deviceOrientation: 'portrait' },
      size,
    ])
  })

  it('is dragged by its corner', async () => {
    await phone.simulator.phone.set({ device: 'computer', windowWidth: 800, windowHeight: 600 })
    const browser = phone.simulator.browserPage!
    const { x, y, width, height } = (await browser.locator('#resize-window').boundingBox())!
    await browser.mouse.move(x + width / 2, y + height / 2)
    await browser.mouse.down()
    await browser.mouse.move(x + width / 2 + 40, y + height / 2 + 20)
    await browser.mouse.up()
    await eventually('the new size', async () => (await windowOf(phone)).windowWidth === 880)
    expect(phone.simulator.phone.get()).toMatchObject({ windowWidth: 880, windowHeight: 640 })
  })

  it('keeps 414 × 736 where app.json does not allow more, and the panel says why', async () => {
    await fixed.simulator.phone.set({ device: 'computer', windowWidth: 1_200 })
    expect(await windowOf(fixed)).toMatchObject({ windowWidth: 414, windowHeight: 692 })
    await becomes('app.json 没有 "resizable": true，窗口大小固定。', () => fixed.simulator.browserPage!.textContent('#size-note'))
    await becomes(false, () => fixed.simulator.browserPage!.locator('#resize-window').isVisible())
  })
})

describe('on its side', () => {
  it('an iPad turns with "resizable": true and not without', async () => {
    await phone.simulator.phone.set({ device: 'ipad', landscape: true })
    expect(await windowOf(phone)).toMatchObject({ windowWidth: 1_080, windowHeight: 740 })
    await fixed.simulator.phone.set({ device: 'ipad', landscape: true })
    expect(await windowOf(fixed)).toMatchObject({ windowWidth: 810 })
  })

  it('a phone turns on pages whose pageOrientation is auto, and leaves room beside its camera', async () => {
    await fixed.simulator.phone.set({ landscape: true })
    await open(fixed, '/pages/wide/index')
    expect(await windowOf(fixed)).toMatchObject({ windowWidth: 375 })
    await open(fixed, '/pages/turning/index')
    await eventually('the turn', async () => (await windowOf(fixed)).windowWidth === 812)
    expect(await fixed.app.callWxMethod('getSystemSetting')).toMatchObject({ deviceOrientation: 'landscape' })
    expect(await fixed.app.callWxMethod('getWindowInfo')).toMatchObject({ statusBarHeight: 0, safeArea: { left: 44, right: 768 } })
  })
})

describe('the keyboard on the screen', () => {
  const events = () => phone.app.evaluate(() => getCurrentPages()[0]!.data['events']) as Promise<[string, number][]>
  const top = (id: string) =>
    frame(phone)
      .locator(id)
      .evaluate(element => element.getBoundingClientRect().top)
  const keyboard = () => phone.simulator.browserPage!.locator('#keyboard')
  beforeEach(async () => {
    await phone.simulator.phone.set({ keyboard: true, device: 'android-small' })
    await open(phone, '/pages/typing/index')
  })

  it('rises over the page, tells its height, and pushes the box above itself with its cursor-spacing', async () => {
    await phone.app.evaluate(function () {
      getApp().heard = []
      wx.onKeyboardHeightChange(function (change) {
        getApp().heard.push(change)
      })
    })
    await frame(phone).locator('#near input').click()
    expect((await keyboard().boundingBox())!.height).toBe(260)
    expect(await events()).toEqual([
      ['focus', 260],
      ['keyboardheightchange', 260],
    ])
    // the window has 568, the keyboard takes 260: the box of 40 ends 20 above what is left
    expect(await top('#near')).toBe(568 - 260 - 20 - 40)
    await phone.simulator.browserPage!.getByRole('button', { name: '完成' }).click()
    await keyboard().waitFor({ state: 'hidden' })
    expect(await top('#near')).toBe(440)
    expect((await events()).at(-1)).toEqual(['keyboardheightchange', 0])
    expect(await phone.app.evaluate(() => getApp().heard)).toEqual([
      { height: 260, duration: 0.25 },
      { height: 0, duration: 0.25 },
    ])
  })

  it('covers a box with adjust-position false, and stays up when the next box is taken', async () => {
    await frame(phone).locator('#still input').click()
    expect(await top('#still')).toBe(480)
    await frame(phone).locator('#near input').focus()
    expect(await top('#near')).toBe(248)
    expect((await events()).filter(([type]) => type === 'keyboardheightchange')).toEqual([['keyboardheightchange', 260]])
  })

  it('shows the line of a textarea that is typed in', async () => {
    const { top: line, end } = await frame(phone)
      .locator('#long textarea')
      .evaluate((field: HTMLTextAreaElement) => {
        field.focus()
        return { top: field.getBoundingClientRect().top, end: window.innerHeight - 260 }
      })
    expect(line).toBeGreaterThan(end - 60)
    expect(line).toBeLessThan(end)
  })

  it('goes when the page is left and when the switch is', async () => {
    await frame(phone).locator('#near input').click()
    await open(phone, '/pages/wide/index')
    await keyboard().waitFor({ state: 'hidden' })
    await open(phone, '/pages/typing/index')
    await frame(phone).locator('#near input').click()
    await keyboard().waitFor()
    await phone.simulator.phone.set({ keyboard: false })
    await becomes(false, () => keyboard().isVisible())
    expect(await top('#near')).toBe(440)
  })

  it('a computer has none', async () => {
    await phone.simulator.phone.set({ device: 'computer' })
    await frame(phone).locator('#near input').click()
    await becomes(false, () => keyboard().isVisible())
  })
})

describe('a slow processor', () => {
  it('takes four times as long for what the app works on', async () => {
    const took = () =>
      phone.app.evaluate(function () {
        return new Promise(function (done) {
          setTimeout(function () {
            const from = Date.now()
            while (Date.now() - from < 60);
            setTimeout(function () {
              done(Date.now() - from)
            }, 0)
          }, 0)
        })
      }) as Promise<unknown> as Promise<number>
    await phone.simulator.phone.set({ cpuSlowdown: 4 })
    expect(await took()).toBeGreaterThanOrEqual(235)
    await phone.simulator.phone.set({ cpuSlowdown: 1 })
    // other programs of the machine slow it down, too, but not each time
    await eventually('as fast as the machine', async () => (await took()) < 235)
  })
})

describe('storage', () => {
  it("fails as WeChat's does when it is full, and tells its limit", async () => {
    await phone.simulator.phone.set({ storageLimit: 1 })
    await phone.app.callWxMethod('setStorage', { key: 'small', data: 'x'.repeat(500) })
    await expect(phone.app.callWxMethod('setStorage', { key: 'large', data: 'x'.repeat(900) })).rejects.toThrow(
      'exceed storage max size 10Mb',
    )
    await expect(phone.app.callWxMethod('setStorageSync', 'large', 'x'.repeat(900))).rejects.toThrow(
      'setStorageSync:fail exceed storage max size 10Mb',
    )
    expect(await phone.app.callWxMethod('getStorageInfo', {})).toMatchObject({ keys: ['small'], currentSize: 1, limitSize: 1 })
    await phone.simulator.phone.set({ storageLimit: 10_240 })
    await phone.app.callWxMethod('setStorage', { key: 'large', data: 'x'.repeat(900) })
    await expect(phone.app.callWxMethod('setStorage', { key: 'huge', data: 'x'.repeat(1_048_576) })).rejects.toThrow(
      'entry size limit reached',
    )
  })
})

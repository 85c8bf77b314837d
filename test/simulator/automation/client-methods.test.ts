// Every public method of the unmodified client miniprogram-automator, one test each: it does what it says, or its refusal is said.
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals'
import automator from 'miniprogram-automator'
import { eventually } from '../../support/eventually.ts'
import { removeProjects, unit, writeProject } from '../support/project.ts'
import { startPhone, type MiniProgram, type RunningPhone } from '../wx/running-phone.ts'

type Page = NonNullable<Awaited<ReturnType<MiniProgram['currentPage']>>>
/** what the client's classes have beside those of its typings */
interface AnyElement {
  id: string
  tagName: string
  [method: string]: unknown
}
type Call = (...values: unknown[]) => Promise<unknown>

const WXML = `<view id="top" class="top box" data-kind="main" bind:tap="heard" bind:longpress="heard" bind:custom="heard"
  bind:touchstart="heard" bind:touchmove="heard" bind:touchend="heard" style="color: rgb(1, 2, 3)"><text class="deep">里面</text></view>
<input id="input" bindinput="typed" value="旧" /><textarea id="textarea" bindinput="typed" />
<scroll-view id="list" scroll-y style="height: 50px; width: 100px"><view style="height: 200px; width: 100px"></view></scroll-view>
<swiper id="swiper" bindchange="changed"><swiper-item>一</swiper-item><swiper-item>二</swiper-item></swiper>
<movable-area style="height: 50px"><movable-view id="movable" direction="all" bindchange="changed">动</movable-view></movable-area>
<switch id="switch" bindchange="changed" /><slider id="slider" bindchange="changed" /><video id="video" />
<part id="part" count="{{2}}" /><button id="share" open-type="share">转发</button><view style="height: 2000px"></view>`
const SCRIPT = `Page({ data: { events: [], list: [{ name: 'a' }], shown: '' },
  heard(event) { this.data.events.push(event.type) },
  typed(event) { this.data.events.push(event.detail.value) },
  changed(event) { this.data.events.push([event.currentTarget.id, event.detail.source, event.detail.current ?? event.detail.value ?? event.detail.x]) },
  double(number) { return Promise.resolve(number * 2) },
  onShareAppMessage() { return { title: '好店', path: 'pages/other/index?from=share' } } })`
const PART = `Component({ properties: { count: Number }, methods: { add(by) { this.setData({ count: this.data.count + by }); return this.data.count } } })`

/** names the typings call private or protected */
const NOT_PUBLIC = /^(constructor|send|getter|domProperty|_property|callFunction|changeRoute|sendNative)$/
const require = createRequire(import.meta.url)
const classOf = (file: string, name = 'default') =>
  (require(`miniprogram-automator/out/${file}.js`) as Record<string, { prototype: object }>)[name]!
const publicMethods = ({ prototype }: { prototype: object }) =>
  Object.getOwnPropertyNames(prototype)
    .filter(name => !NOT_PUBLIC.test(name))
    .toSorted()

let phone: RunningPhone
let app: MiniProgram
let page: Page
const printed: string[] = []
const realTimeout = globalThis.setTimeout
/** ms that the client sleeps: after each navigation, after a launch, after the end of what it launched */
const CLIENT_SLEEPS = [3_000, 5_000, 15_000]

beforeAll(async () => {
  const pages = ['pages/home/index', 'pages/tab/index', 'pages/other/index']
  const tabBar = { list: [pages[0], pages[1]].map((pagePath, index) => ({ pagePath, text: String(index) })) }
  const project = writeProject({
    'app.json': JSON.stringify({ pages, tabBar }),
    'project.config.json': '{ "appid": "wx0" }',
    ...unit('pages/home/index', WXML, SCRIPT, '{ "usingComponents": { "part": "/part/index" } }'),
    ...unit('pages/tab/index', '<view id="tab"></view>'),
    ...unit('pages/other/index', '<view id="other"></view>'),
    ...unit('part/index', '<view class="inner">{{count}}</view>', PART, '{ "component": true }'),
  })
  phone = await startPhone({ project, print: line => printed.push(line) })
  app = phone.app
  jest
    .spyOn(globalThis, 'setTimeout')
    .mockImplementation(((run: () => void, wait = 0, ...rest: []) =>
      realTimeout(run, CLIENT_SLEEPS.includes(wait) ? 5 : wait, ...rest)) as never)
})
afterAll(async () => {
  jest.restoreAllMocks()
  await phone?.close()
  removeProjects()
})
beforeEach(async () => {
  await app.callWxMethod('reLaunch', { url: '/pages/home/index' })
  page = (await app.currentPage())!
})

const found = async (selector: string): Promise<AnyElement> => {
  const element = (await page.$(selector)) as unknown as AnyElement | null
  if (!element) throw new Error(`${selector} was not found`)
  return element
}
/** Finds the element and calls one method of it. */
const on = async (selector: string, method: string, ...values: unknown[]) => {
  const element = await found(selector)
  return (element[method] as Call).apply(element, values)
}
const events = () => page.data('events') as Promise<unknown[]>
const heard = (wanted: unknown) =>
  eventually(JSON.stringify(wanted), async () => JSON.stringify(await events()).includes(JSON.stringify(wanted).slice(1, -1)))
const path = async () => (await app.currentPage())?.path
const refused = (asked: Promise<unknown>, why: string) => expect(asked).rejects.toThrow(why)
const native = () => app.native() as unknown as Record<string, Call>
/** a question that lies over the page, and how it was answered */
const answeredBy = async (press: string, act: () => Promise<unknown>) => {
  const answer = act()
  await eventually('the dialog', () =>
    native()[press]!().then(
      () => true,
      () => false,
    ),
  )
  return answer
}

const methods: Record<string, Record<string, () => Promise<unknown> | void>> = {
  MiniProgram: {
    pageStack: async () => {
      await app.callWxMethod('navigateTo', { url: '/pages/other/index?a=1' })
      const stack = await app.pageStack()
      expect(stack.map(one => [one.path, one.query])).toEqual([
        ['pages/home/index', {}],
        ['pages/other/index', { a: '1' }],
      ])
    },
    navigateTo: async () => expect((await app.navigateTo('/pages/other/index'))!.path).toBe('pages/other/index'),
    redirectTo: async () => {
      expect((await app.redirectTo('/pages/other/index'))!.path).toBe('pages/other/index')
      expect(await app.pageStack()).toHaveLength(1)
    },
    navigateBack: async () => {
      await app.navigateTo('/pages/other/index')
      expect((await app.navigateBack())!.path).toBe('pages/home/index')
    },
    reLaunch: async () => expect((await app.reLaunch('/pages/other/index?b=2'))!.query).toEqual({ b: '2' }),
    switchTab: async () => expect((await app.switchTab('/pages/tab/index'))!.path).toBe('pages/tab/index'),
    currentPage: async () => expect(await path()).toBe('pages/home/index'),
    systemInfo: async () => expect(await app.systemInfo()).toMatchObject({ windowWidth: 375, platform: 'devtools' }),
    callWxMethod: async () => {
      await app.callWxMethod('setStorageSync', 'key', [1])
      expect(await app.callWxMethod('getStorage', { key: 'key' })).toMatchObject({ data: [1] })
      await refused(app.callWxMethod('noSuchThing'), 'wx.noSuchThing not exists')
      await refused(app.callWxMethod('getBeacons', {}), 'wx.getBeacons is not supported by the simulator')
    },
    mockWxMethod: async () => {
      // of what the simulator lacks as well
      await app.mockWxMethod('getBeacons', { beacons: [1] })
      expect(await app.callWxMethod('getBeacons', {})).toMatchObject({ beacons: [1] })
      await app.mockWxMethod('getBatteryInfoSync', { level: 7 })
      expect(await app.callWxMethod('getBatteryInfoSync')).toEqual({ level: 7 })
      await refused(app.mockWxMethod('onAppShow', 1), "You can't mock wx.onAppShow")
    },
    restoreWxMethod: async () => {
      for (const name of ['getBeacons', 'getBatteryInfoSync']) await app.restoreWxMethod(name)
      await refused(app.callWxMethod('getBeacons', {}), 'not supported')
    },
    callPluginWxMethod: () => refused(app.callPluginWxMethod('wx1', 'login'), 'plugins are not supported'),
    mockPluginWxMethod: () => refused(app.mockPluginWxMethod('wx1', 'login', {}), 'plugins are not supported'),
    restorePluginWxMethod: () => refused(app.restorePluginWxMethod('wx1', 'login'), 'plugins are not supported'),
    evaluate: async () => expect(await app.evaluate((a: number) => Promise.resolve(a + 1), 1)).toBe(2),
    pageScrollTo: async () => {
      await app.pageScrollTo(120)
      await eventually('the scrolling', async () => Number(await page.scrollTop()) === 120)
      for (const wrong of ['120', {}]) await refused(app.pageScrollTo(wrong as never), 'scrollTop should be Number instead of')
      // whoever opens a page under way is answered all the same
      const scrolled = app.pageScrollTo(0)
      await app.callWxMethod('navigateTo', { url: '/pages/other/index' })
      await scrolled
    },
    close: async () => {
      const second = await automator.connect({ wsEndpoint: phone.simulator.automationUrl })
      await second.close()
      // the app went to the background, as with DevTools, and the phone is still there for the next test
      await app.evaluate('function () { return 1 }')
      await phone.simulator.restart()
    },
    remote: () => refused(app.remote(), 'Tool.enableRemoteDebug is not supported by the simulator: there is no real device behind it'),
    disconnect: async () => {
      const second = await automator.connect({ wsEndpoint: phone.simulator.automationUrl })
      expect(second.disconnect()).toBeUndefined()
      await refused(second.systemInfo(), '')
    },
    on: async () => {
      const seen: unknown[] = []
      app.on('console', message => seen.push(message))
      app.on('exception', error => seen.push(error))
      await app.evaluate("function () { console.warn('seen'); setTimeout(function () { throw new Error('thrown') }, 0) }")
      await eventually('both', () => seen.length >= 2)
      expect(seen).toContainEqual({ type: 'warn', args: ['seen'] })
      expect(seen).toContainEqual(expect.objectContaining({ message: 'thrown' }))
    },
    exposeFunction: async () => {
      const told: unknown[] = []
      await app.exposeFunction('tell', (...values: unknown[]) => told.push(values))
      await app.evaluate("function () { tell('a', 1) }")
      await eventually('the call', () => told.length === 1)
      expect(told).toEqual([['a', 1]])
      await refused(
        app.exposeFunction('tell', () => {}),
        '',
      )
    },
    checkVersion: async () => expect(await app.checkVersion()).toBeUndefined(),
    screenshot: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'picture-'))
      await app.screenshot({ path: join(folder, 'a.png') })
      expect(readFileSync(join(folder, 'a.png')).toString('latin1', 1, 4)).toBe('PNG')
      expect(String(await app.screenshot()).length).toBeGreaterThan(1_000)
      await rm(folder, { recursive: true })
    },
    testAccounts: async () => expect(await app.testAccounts()).toEqual([]),
    stopAudits: () => refused(app.stopAudits(), 'Tool.stopAudits is not supported by the simulator'),
    getTicket: () => refused(app.getTicket(), 'Tool.getTicket is not supported by the simulator: nobody is logged in'),
    setTicket: () => refused(app.setTicket('t'), 'nobody is logged in'),
    refreshTicket: () => refused(app.refreshTicket(), 'nobody is logged in'),
    native: () => expect(app.native()).toBe(app.native()),
  },
  Native: {
    goHome: async () => {
      await app.callWxMethod('navigateTo', { url: '/pages/other/index' })
      await native()['goHome']!()
      expect(await app.pageStack()).toHaveLength(1)
    },
    navigateLeft: async () => {
      await app.callWxMethod('navigateTo', { url: '/pages/other/index' })
      await native()['navigateLeft']!()
      expect(await path()).toBe('pages/home/index')
    },
    confirmModal: async () =>
      expect(await answeredBy('confirmModal', () => app.callWxMethod('showModal', { title: '删？' }))).toMatchObject({ confirm: true }),
    cancelModal: async () =>
      expect(await answeredBy('cancelModal', () => app.callWxMethod('showModal', { title: '删？' }))).toMatchObject({ cancel: true }),
    switchTab: async () => {
      await native()['switchTab']!({ url: '/pages/tab/index' })
      expect(await path()).toBe('pages/tab/index')
    },
    authorizeAllow: async () =>
      expect(await answeredBy('authorizeAllow', () => app.callWxMethod('makePhoneCall', { phoneNumber: '1' }))).toMatchObject({
        errMsg: 'makePhoneCall:ok',
      }),
    authorizeCancel: async () =>
      expect(answeredBy('authorizeCancel', () => app.callWxMethod('makePhoneCall', { phoneNumber: '1' }))).rejects.toThrow('cancel'),
    closePaymentDialog: () =>
      refused(native()['closePaymentDialog']!(), 'Tool.native closePaymentDialog is not supported by the simulator'),
    shareConfirm: async () => {
      await answeredBy('shareConfirm', () => on('#share', 'tap'))
      await eventually('the log', () =>
        phone.simulator.phone.log().some(({ text }) => text === 'shared: 好店 pages/other/index?from=share'),
      )
    },
    shareCancel: async () => {
      await answeredBy('shareCancel', () => on('#share', 'tap'))
      await eventually('the log', () => phone.simulator.phone.log().some(({ text }) => text.startsWith('not shared: 好店')))
      await refused(native()['shareCancel']!(), 'there is no dialog on the screen')
    },
  },
  Page: {
    waitFor: async () => {
      await page.waitFor(1)
      await page.waitFor('#top')
      await page.waitFor(async () => (await page.data('shown')) === '')
      await refused(page.waitFor('[('), 'is not understood')
    },
    $: async () => {
      expect((await found('#top .deep'))['tagName']).toBe('text')
      expect(await page.$('#nothing')).toBeNull()
      for (const selector of ['[data-kind]', '[data-kind=main]', 'view[class~="box"]', '[id^="to"]', "[data-kind$='in']"])
        expect((await found(selector)).id).toBe((await found('#top')).id)
      expect(await page.$('[data-kind=other]')).toBeNull()
      // the client makes null of a refusal: it is said where the simulator was started
      expect(await page.$('view:nth-child(2)')).toBeNull()
      expect(printed.at(-1)).toMatch(/^automation: Page\.getElement: selector "view:nth-child\(2\)": ":nth-child\(2\)" is not understood/)
    },
    $$: async () => {
      expect(await page.$$('input, textarea')).toHaveLength(2)
      expect(await page.$$('#nothing')).toEqual([])
      await refused(page.$$('view:hover'), '":hover" is not understood')
    },
    xpath: async () => expect((await page.xpath("//view[@id='top']/text"))!.tagName).toBe('text'),
    getElementByXpath: async () => {
      expect((await page.getElementByXpath('//textarea'))!.tagName).toBe('textarea')
      expect(await page.getElementByXpath('//map')).toBeNull()
      expect(await page.getElementByXpath('//[')).toBeNull()
      expect(printed.at(-1)).toMatch(/^automation: Page\.getElementByXpath: /)
    },
    getElementsByXpath: async () => expect(await page.getElementsByXpath('//swiper-item')).toHaveLength(2),
    data: async () => expect(await page.data('list[0].name')).toBe('a'),
    setData: async () => {
      await page.setData({ 'list[0].name': 'b' })
      expect(await page.data('list')).toEqual([{ name: 'b' }])
    },
    size: async () => expect(Number((await page.size()).height)).toBeGreaterThan(2_000),
    callMethod: async () => {
      expect(await page.callMethod('double', 4)).toBe(8)
      await refused(page.callMethod('nothing'), 'page.nothing not exists')
    },
    scrollTop: async () => expect(await page.scrollTop()).toBe(0),
    windowProperty: async () =>
      expect(await (page as unknown as Record<string, Call>)['windowProperty']!('document.documentElement.scrollTop')).toBe(0),
  },
  Element: {
    $: async () => {
      const part = await found('#part')
      expect(await (part['$'] as Call)('.inner')).not.toBeNull()
      expect(await (part['$'] as Call)('.deep')).toBeNull()
    },
    $$: async () => expect(await on('#top', '$$', 'text')).toHaveLength(1),
    size: async () => expect(await on('#list', 'size')).toEqual({ width: 100, height: 50 }),
    offset: async () => expect(await on('#top', 'offset')).toEqual({ left: 0, top: 0 }),
    text: async () => expect(await on('#top', 'text')).toBe('里面'),
    attribute: async () => {
      expect(await on('#top', 'attribute', 'data-kind')).toBe('main')
      expect(await on('#top', 'attribute', 'class')).toBe('top box')
      expect(await on('#top', 'attribute', 'nothing')).toBeNull()
    },
    value: async () => expect(await on('#input', 'value')).toBe('旧'),
    property: async () => {
      expect(await on('#slider', 'property', 'max')).toBe(100)
      await refused(on('#slider', 'property', 'nothing'), 'slider.nothing not exists')
    },
    wxml: async () => expect(await on('#top', 'wxml')).toBe('<text class="deep">里面</text>'),
    outerWxml: async () => expect(await on('.deep', 'outerWxml')).toBe('<text class="deep">里面</text>'),
    style: async () => expect(await on('#top', 'style', 'color')).toBe('rgb(1, 2, 3)'),
    tap: async () => {
      await on('#top', 'tap')
      await heard(['touchstart', 'touchend', 'tap'])
    },
    longpress: async () => {
      await on('#top', 'longpress')
      await heard(['longpress'])
      expect(await events()).not.toContain('tap')
    },
    trigger: async () => {
      await on('#top', 'trigger', 'custom', { a: 1 })
      await heard(['custom'])
    },
    touchstart: async () => {
      await on('#top', 'touchstart', { touches: [{ identifier: 0, pageX: 5, pageY: 5 }] })
      await heard(['touchstart'])
    },
    touchmove: async () => {
      await on('#top', 'touchstart')
      await on('#top', 'touchmove', { touches: [{ identifier: 0, pageX: 9, pageY: 5 }] })
      await heard(['touchmove'])
    },
    touchend: async () => {
      await on('#top', 'touchstart')
      await on('#top', 'touchend', { touches: [], changedTouches: [{ identifier: 0, pageX: 9, pageY: 5 }] })
      await heard(['touchend'])
    },
    dispatchEvent: async () => {
      await on('#top', 'dispatchEvent', { eventName: 'custom', detail: {} })
      await heard(['custom'])
      await refused(on('#top', 'dispatchEvent', { eventName: 'tap', $: '.nothing' }), 'no such element')
    },
  },
  CustomElement: {
    setData: async () => {
      await on('#part', 'setData', { count: 5 })
      expect(await on('#part', 'text')).toBe('5')
    },
    data: async () => expect(await on('#part', 'data', 'count')).toBe(2),
    callMethod: async () => {
      expect(await on('#part', 'callMethod', 'add', 3)).toBe(5)
      await refused(on('#part', 'callMethod', 'nothing'), 'component.nothing not exists')
    },
  },
  InputElement: {
    input: async () => {
      await on('#input', 'input', '新')
      await heard(['新'])
    },
  },
  TextareaElement: {
    input: async () => {
      await on('#textarea', 'input', '两行\n字')
      await heard(['两行\n字'])
    },
  },
  ScrollViewElement: {
    scrollTo: async () => {
      await on('#list', 'scrollTo', 0, 40)
      expect(await on('#list', 'property', 'scrollTop')).toBe(40)
    },
    property: async () => {
      expect(await on('#list', 'property', 'scrollLeft')).toBe(0)
      expect(await on('#list', 'property', 'scrollY')).toBe(true)
    },
    scrollWidth: async () => expect(await on('#list', 'scrollWidth')).toBe(100),
    scrollHeight: async () => expect(await on('#list', 'scrollHeight')).toBe(200),
  },
  SwiperElement: {
    swipeTo: async () => {
      await on('#swiper', 'swipeTo', 1)
      await heard([['swiper', 'touch', 1]])
      expect(await events()).toHaveLength(1)
      await refused(on('#swiper', 'swipeTo', 7), 'swiper has no item 7')
    },
  },
  MovableViewElement: {
    moveTo: async () => {
      await on('#movable', 'moveTo', 12, 8)
      await heard([['movable', 'touch', 12]])
      expect(await events()).toHaveLength(1)
    },
    property: async () => {
      await on('#movable', 'moveTo', 12, 8)
      expect([await on('#movable', 'property', 'x'), await on('#movable', 'property', 'y')]).toEqual([12, 8])
      expect(await on('#movable', 'property', 'direction')).toBe('all')
    },
  },
  SwitchElement: {
    tap: async () => {
      await on('#switch', 'tap')
      await heard([['switch', null, true]])
    },
  },
  SliderElement: {
    slideTo: async () => {
      await on('#slider', 'slideTo', 30)
      await heard([['slider', null, 30]])
      expect(await events()).toHaveLength(1)
    },
  },
  ContextElement: {
    callContextMethod: () => refused(on('#video', 'callContextMethod', 'play'), 'video is not supported by the simulator'),
  },
  Automator: {
    connect: () => refused(automator.connect({ wsEndpoint: 'ws://127.0.0.1:1' }), 'Failed connecting to ws://127.0.0.1:1'),
    launch: async () => {
      const launched = await automator.launch({
        cliPath: resolve('simulator/bin.mjs'),
        projectPath: writeProject(unit('pages/a/index', '<view id="a">甲</view>')),
        timeout: 90_000,
      })
      expect(await (await (await launched.currentPage())!.$('#a'))!.text()).toBe('甲')
      // close ends what launch started
      await launched.close()
    },
  },
}

const classes: Record<string, { prototype: object }> = {
  MiniProgram: classOf('MiniProgram'),
  Native: classOf('Native'),
  Page: classOf('Page'),
  Element: classOf('Element'),
  Automator: classOf('Automator'),
  ...Object.fromEntries(
    Object.keys(methods)
      .filter(name => name.endsWith('Element') && name !== 'Element')
      .map(name => [name, classOf('Element', name)]),
  ),
}

describe.each(Object.keys(methods))('%s', name => {
  it('has no public method without a test here', () => {
    expect(Object.keys(methods[name]!).toSorted()).toEqual(publicMethods(classes[name]!))
  })
  for (const [method, test] of Object.entries(methods[name]!)) it(method, async () => void (await test()))
})

it('the client has no class of elements without a test here', () => {
  const exported = Object.keys(require('miniprogram-automator/out/Element.js') as object)
  expect(exported.filter(name => name.endsWith('Element')).toSorted()).toEqual(
    Object.keys(methods)
      .filter(name => /.Element$/.test(name))
      .toSorted(),
  )
})

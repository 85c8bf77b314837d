import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { launchBrowser, openPhone, type Phone } from '../support/phone.ts'
import { removeProjects, unit, writeProject } from '../support/project.ts'

let browser: Browser
let phone: Phone
beforeAll(async () => {
  browser = await launchBrowser()
})
afterEach(() => phone?.close())
afterAll(async () => {
  await browser.close()
  removeProjects()
})

/** A page that writes each lifecycle into getApp().log as `name:lifecycle`. */
const logging = (name: string, more = '') => `
const log = (what) => () => getApp().log.push('${name}:' + what)
Page({ onLoad(query) { getApp().log.push('${name}:load' + JSON.stringify(query)) }, onShow: log('show'), onReady: log('ready'), onHide: log('hide'), onUnload: log('unload'), ${more} })`
const loggingComponent = (name: string) => `
const log = (what) => () => getApp().log.push('${name}:' + what)
Component({ lifetimes: { created: log('created'), attached: log('attached'), ready: log('ready'), detached: log('detached') }, pageLifetimes: { show: log('page show'), hide: log('page hide') } })`

const APP =
  "App({ log: [], onLaunch(o) { this.log.push('app:launch ' + o.path) }, onShow() { this.log.push('app:show') }, onHide() { this.log.push('app:hide') }, onError(m) { this.log.push('app:error ' + m.split('\\n')[0]) }, onPageNotFound({ path }) { this.log.push('app:not found ' + path) } })"
const TABS = '"tabBar": { "list": [{ "pagePath": "pages/a/index", "text": "A" }, { "pagePath": "pages/t/index", "text": "T" }] }'

const open = async (files: Record<string, string>, options?: Parameters<typeof openPhone>[2]) => {
  phone = await openPhone(browser, writeProject({ 'app.js': APP, ...files }), {
    ...options,
    before: `(runtime) => { globalThis.takeLog = () => runtime.globals.getApp().log.splice(0) }`,
  })
}
const takeLog = () => phone.page.evaluate(() => (globalThis as unknown as { takeLog: () => string[] }).takeLog())
const paths = () => phone.page.evaluate(() => runtime.pageStack().map(({ path }) => path))
/** The error message of a routing call, or the new top page. */
const route = (call: string): Promise<string> => phone.page.evaluate(`runtime.${call}.then(({ path }) => path, error => error.message)`)

describe('given a page that has gone', () => {
  test('when an answer comes for it then what it sets is drawn nowhere, and nothing is complained of', async () => {
    await open({
      'app.json': '{ "pages": ["pages/a/index", "pages/b/index"] }',
      ...unit('pages/a/index', '<view id="a">a</view>'),
      ...unit(
        'pages/b/index',
        '<view wx:for="{{ list }}" wx:key="*this"><text>{{ item }}</text></view>',
        "Page({ data: { list: [] }, onUnload() { setTimeout(() => { this.setData({ list: [1, 2] }); getApp().log.push('late') }, 10) } })",
      ),
    })
    await route("navigateTo('/pages/b/index')")
    await route('navigateBack()')
    await phone.page.waitForFunction(() => (runtime.globals['getApp'] as () => { log: string[] })().log.includes('late'))
    expect(phone.errors).toEqual([])
  })

  test('when what it had drawn changes then it is left alone, and nothing is complained of', async () => {
    await open({
      'app.json': '{ "pages": ["pages/a/index", "pages/b/index"] }',
      ...unit('pages/a/index', '<view id="a">a</view>'),
      ...unit(
        'pages/b/index',
        `<view hidden="{{ !on }}" aria-label="{{ word }}" animation="{{ moved }}"><input value="{{ word }}" disabled="{{ !on }}"/>
        <scroll-view scroll-top="{{ at }}" enable-flex="{{ on }}"/><swiper current="{{ at }}"><swiper-item/><swiper-item/></swiper>
        <image src="{{ word }}"/><progress percent="{{ at }}"/><checkbox checked="{{ on }}"/></view>`,
        `Page({ data: { on: true, word: 'a', at: 0, moved: null }, onUnload() { setTimeout(() => {
          const animation = wx.createAnimation(); animation.opacity(0).step()
          this.setData({ on: false, word: 'b', at: 1, moved: animation.export() }); getApp().log.push('late') }, 10) } })`,
      ),
    })
    await route("navigateTo('/pages/b/index')")
    await route("reLaunch('/pages/a/index')")
    await phone.page.waitForFunction(() => (runtime.globals['getApp'] as () => { log: string[] })().log.includes('late'))
    expect([await paths(), phone.errors, (await takeLog()).filter(line => line.startsWith('app:error'))]).toEqual([
      ['pages/a/index'],
      [],
      [],
    ])
  })
})

describe('given an entry page in app.json', () => {
  test('when the app starts then it is the page that opens', async () => {
    await open({
      'app.json': '{ "pages": ["pages/a/index", "pages/b/index"], "entryPagePath": "pages/b/index" }',
      ...unit('pages/a/index', '<view/>'),
      ...unit('pages/b/index', '<view/>'),
    })
    expect(await paths()).toEqual(['pages/b/index'])
  })
})

describe('given a page with nested components', () => {
  const files = {
    ...unit(
      'pages/a/index',
      '<outer-c><inner-c wx:if="{{more}}"/></outer-c>',
      logging('a', 'data: { more: false }'),
      '{ "usingComponents": { "outer-c": "/outer/index", "inner-c": "/inner/index" } }',
    ),
    ...unit(
      'outer/index',
      '<inner-c/><slot/>',
      loggingComponent('outer'),
      '{ "component": true, "usingComponents": { "inner-c": "/inner/index" } }',
    ),
    ...unit('inner/index', '<view/>', loggingComponent('inner'), '{ "component": true }'),
  }

  test('when the app starts then lifecycles come in the order of WeChat, ready of children first', async () => {
    await open(files, { query: { id: '7%20x' } })
    expect(await takeLog()).toEqual([
      'app:launch pages/a/index',
      'app:show',
      'inner:created',
      'outer:created',
      'outer:attached',
      'inner:attached',
      'a:load{"id":"7%20x"}',
      'outer:page show',
      'inner:page show',
      'a:show',
      'inner:ready',
      'outer:ready',
      'a:ready',
    ])
  })

  test('when a component appears later then it gets ready too', async () => {
    await open(files)
    await takeLog()
    await phone.page.evaluate(async () => {
      runtime.pageStack()[0]!.instance.setData({ more: true })
      await runtime.settled()
    })
    expect(await takeLog()).toEqual(['inner:created', 'inner:attached', 'inner:ready'])
  })

  test('when the app goes to the background and back then app, page and components hear it', async () => {
    await open(files)
    await takeLog()
    await phone.page.evaluate(() => (runtime.hide(), runtime.show()))
    expect(await takeLog()).toEqual([
      'a:hide',
      'outer:page hide',
      'inner:page hide',
      'app:hide',
      'app:show',
      'outer:page show',
      'inner:page show',
      'a:show',
    ])
  })
})

describe('given several pages and a tab bar', () => {
  const files = {
    'app.json': `{ "pages": ["pages/a/index", "pages/t/index", "pages/b/index"], ${TABS} }`,
    ...unit('pages/a/index', '<view id="a">a</view>', logging('a')),
    ...unit('pages/t/index', '<view id="t">t</view>', logging('t')),
    ...unit('pages/b/index', '<view id="b">b</view>', logging('b')),
  }

  test('when a page opens and closes then both pages get their lifecycles', async () => {
    await open(files)
    await takeLog()
    await route("navigateTo('/pages/b/index?x=1')")
    expect(await takeLog()).toEqual(['a:hide', 'b:load{"x":"1"}', 'b:show', 'b:ready'])
    await route('navigateBack()')
    expect(await takeLog()).toEqual(['b:unload', 'a:show'])
  })

  test('when tabs are switched then tab pages stay alive', async () => {
    await open(files)
    await takeLog()
    await route("switchTab('/pages/t/index')")
    expect(await takeLog()).toEqual(['a:hide', 't:load{}', 't:show', 't:ready'])
    await route("switchTab('/pages/a/index')")
    expect(await takeLog()).toEqual(['t:hide', 'a:show'])
    expect(await phone.page.evaluate(() => runtime.chrome.tabBar)).toMatchObject({ visible: true, selected: 0 })
  })

  test('when a tab is switched from a page above then that page is unloaded', async () => {
    await open(files)
    await route("navigateTo('/pages/b/index')")
    expect(await phone.page.evaluate(() => runtime.chrome.tabBar!.visible)).toBe(false)
    await takeLog()
    await route("switchTab('/pages/t/index')")
    expect(await takeLog()).toEqual(['b:unload', 't:load{}', 't:show', 't:ready'])
    expect(await paths()).toEqual(['pages/t/index'])
  })

  test('when a person taps the tab bar then the page hears which item', async () => {
    await open({
      ...files,
      ...unit('pages/t/index', '<view/>', 'Page({ onTabItemTap(item) { getApp().log.push(JSON.stringify(item)) } })'),
    })
    await route('tapTabBar(1)')
    expect((await takeLog()).at(-1)).toBe('{"index":"1","pagePath":"pages/t/index","text":"T"}')
  })

  test('when the app is relaunched then every page is unloaded', async () => {
    await open(files)
    await route("switchTab('/pages/t/index')")
    await takeLog()
    await route("reLaunch('/pages/b/index')")
    const log = await takeLog()
    // in which order old pages are unloaded is not promised
    expect([...log.slice(0, 2).sort(), ...log.slice(2)]).toEqual(['a:unload', 't:unload', 'b:load{}', 'b:show', 'b:ready'])
  })

  test.each([
    ["navigateTo('/pages/t/index')", 'navigateTo:fail can not navigateTo a tabbar page'],
    ["redirectTo('/pages/t/index')", 'redirectTo:fail can not redirectTo a tabbar page'],
    ["switchTab('/pages/b/index')", 'switchTab:fail can not switch to no-tabBar page'],
    ["navigateTo('/pages/lost/index')", 'navigateTo:fail page "pages/lost/index" is not found'],
    ['navigateBack()', 'navigateBack:fail cannot navigate back at first page.'],
  ])('when %s is not allowed then it fails in the words of WeChat', async (call, message) => {
    await open(files)
    expect(await route(call)).toBe(message)
    expect(await paths()).toEqual(['pages/a/index'])
  })

  test('when an eleventh page is opened then it fails', async () => {
    await open(files)
    for (let pages = 1; pages < 10; pages += 1) await route("navigateTo('/pages/b/index')")
    expect(await route("navigateTo('/pages/b/index')")).toBe('navigateTo:fail webview count limit exceed')
    expect(await paths()).toHaveLength(10)
  })

  test('when a relative address is opened then it starts from the current page', async () => {
    await open(files)
    expect(await route("navigateTo('../b/index')")).toBe('pages/b/index')
  })

  test('when the app starts at a page that does not exist then onPageNotFound is called and the first page opens', async () => {
    await open(files, { path: 'pages/lost/index' })
    expect(await takeLog()).toContain('app:not found pages/lost/index')
    expect(await paths()).toEqual(['pages/a/index'])
  })
})

describe('given code that throws', () => {
  test.each([
    ['onLoad', "Page({ onLoad() { throw new Error('broken') } })", ''],
    ['a handler', "Page({ go() { throw new Error('broken') } })", '#go'],
    ['a timer', "Page({ onLoad() { setTimeout(() => { throw new Error('broken') }) } })", ''],
    [
      'an observer',
      "Component({ properties: { x: Number }, observers: { x() { throw new Error('broken') } }, methods: { onLoad() { this.setData({ x: 2 }) } } })",
      '',
    ],
  ])('when it is in %s then the app hears of it', async (_, script, tap) => {
    await open(unit('pages/a/index', '<view id="go" bindtap="go">go</view>', script))
    if (tap) await phone.page.click(tap)
    await phone.page.waitForFunction(() =>
      (globalThis as unknown as { takeLog: () => string[] }).takeLog().some(line => line.includes('app:error Error: broken')),
    )
    expect(phone.errors).toContain('broken')
  })

  test('when a promise is rejected without handler then the runtime reports it', async () => {
    await open(unit('pages/a/index', '<view/>', "Page({ onLoad() { Promise.reject(new Error('lost')) } })"))
    expect(phone.errors).toContain('Error: lost')
  })
})

describe('given a custom tab bar', () => {
  test('when a tab page asks for it then it gets the one of this page', async () => {
    await open({
      'app.json': `{ "pages": ["pages/a/index", "pages/t/index"], ${TABS.replace('{', '{ "custom": true,')} }`,
      ...unit('pages/a/index', '<view/>', "Page({ onShow() { this.getTabBar().setData({ selected: 'a' }) } })"),
      ...unit('pages/t/index', '<view/>', "Page({ onShow() { this.getTabBar().setData({ selected: 't' }) } })"),
      ...unit(
        'custom-tab-bar/index',
        '<view class="bar">{{selected}}</view>',
        'Component({ data: { selected: "" } })',
        '{ "component": true }',
      ),
    })
    expect(await phone.page.textContent('[data-page="pages/a/index"] custom-tab-bar')).toBe('a')
    await route("switchTab('/pages/t/index')")
    expect(await phone.page.textContent('[data-page="pages/t/index"] custom-tab-bar')).toBe('t')
    expect(await phone.page.isVisible('[data-page="pages/a/index"] custom-tab-bar')).toBe(false)
  })
})

describe('given an event channel', () => {
  test('when opener and opened page send then each hears the other', async () => {
    await open({
      'app.json': '{ "pages": ["pages/a/index", "pages/b/index"] }',
      ...unit('pages/a/index', '<view/>'),
      ...unit(
        'pages/b/index',
        '<view/>',
        "Page({ onLoad() { const c = this.getOpenerEventChannel(); c.on('down', (x) => c.emit('up', x + 1)); c.emit('up', 'loaded') } })",
      ),
    })
    const heard = await phone.page.evaluate(async () => {
      const heard: unknown[] = []
      const page = await runtime.navigateTo('/pages/b/index', { up: value => heard.push(value) })
      page.openerEventChannel.emit('down', 1)
      return heard
    })
    expect(heard).toEqual(['loaded', 2])
  })
})

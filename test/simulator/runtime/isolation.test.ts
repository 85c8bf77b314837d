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

const PLACES = `runtime => { globalThis.places = []; runtime.events.on('error', ({ place, message }) => places.push(place + ': ' + message)) }`
const places = () => phone.page.evaluate('places') as Promise<string[]>
const open = async (files: Record<string, string>) => {
  phone = await openPhone(browser, writeProject(files), { before: PLACES })
}
const USING = '{ "usingComponents": { "bad-one": "/components/bad/index" } }'
const withComponent = (script: string, wxml = '<text>inside</text>') => ({
  ...unit('pages/a/index', '<view id="before">before</view><bad-one/><view id="after">after</view>', 'Page({})', USING),
  ...unit('components/bad/index', wxml, script, '{ "component": true }'),
})

describe('given a component that asks for what is not there', () => {
  test.each([
    [
      'a generic that nobody gave',
      '{ "component": true, "componentGenerics": { "tail-part": true } }',
      'Component({})',
      '<tail-part/><text id="in">inside</text>',
    ],
    [
      'a behavior of WeChat’s that is not played',
      '{ "component": true }',
      "Component({ behaviors: ['wx://proxy-scroll-view'] })",
      '<text id="in">inside</text>',
    ],
    [
      'which renderer draws it',
      '{ "component": true }',
      'Component({ lifetimes: { attached() { this.setData({ by: this.renderer }) } } })',
      '<text id="in">{{ by === "webview" ? "inside" : "" }}</text>',
    ],
  ])('when it is %s then the component is drawn without it', async (_, json, script, wxml) => {
    await open({ ...withComponent(script, wxml), 'components/bad/index.json': json })
    expect(await phone.page.textContent('#in')).toBe('inside')
    expect(await places()).toEqual([])
  })
})

describe('given a generic with a default', () => {
  test('when nobody gave it then the default, named from the component’s own folder, is drawn', async () => {
    await open({
      ...withComponent('Component({})', '<tail-part/>'),
      'components/bad/index.json': '{ "component": true, "componentGenerics": { "tail-part": { "default": "../tail/index" } } }',
      ...unit('components/tail/index', '<text id="tail">tail</text>', 'Component({})', '{ "component": true }'),
    })
    expect(await phone.page.textContent('#tail')).toBe('tail')
    expect(await places()).toEqual([])
  })
})

describe('given a component that throws', () => {
  test.each([
    ['its script', "throw new Error('boom')"],
    ['its created', "Component({ lifetimes: { created() { throw new Error('boom') } } })"],
    ['its attached', "Component({ lifetimes: { attached() { throw new Error('boom') } } })"],
    ['its ready', "Component({ lifetimes: { ready() { throw new Error('boom') } } })"],
    [
      'an observer',
      "Component({ data: { a: 0 }, observers: { a() { throw new Error('boom') } }, lifetimes: { attached() { this.setData({ a: 1 }) } } })",
    ],
  ])('when %s throws then the page stands around it and the error names it', async (_, script) => {
    await open(withComponent(script))
    expect(await phone.page.textContent('#before')).toBe('before')
    expect(await phone.page.textContent('#after')).toBe('after')
    expect(await places()).toEqual([expect.stringMatching(/components\/bad\/index.*: boom$/)])
  })

  test('when its moved throws then the rows stand in their new order and the error names it', async () => {
    await open({
      ...unit(
        'pages/a/index',
        '<bad-one wx:for="{{ list }}" wx:key="*this" n="{{ item }}"/>',
        'Page({ data: { list: [1, 2, 3] } })',
        USING,
      ),
      ...unit(
        'components/bad/index',
        '<text>{{ n }}</text>',
        "Component({ properties: { n: Number }, lifetimes: { moved() { throw new Error('boom') } } })",
        '{ "component": true }',
      ),
    })
    await phone.page.evaluate(() => runtime.pageStack()[0]!.instance.setData(runtime.toApp({ list: [3, 1, 2] })))
    expect(await phone.page.locator('wx-text').allTextContents()).toEqual(['3', '1', '2'])
    expect(await places()).toContainEqual(expect.stringMatching(/components\/bad\/index.*: boom$/))
  })

  test('when its show throws then the error names the page that showed', async () => {
    await open(withComponent("Component({ pageLifetimes: { show() { throw new Error('boom') } } })"))
    expect(await phone.page.textContent('#after')).toBe('after')
    expect(await places()).toEqual(['pages/a/index pageLifetime show: boom'])
  })

  test('when its detached throws then the page before comes back and the error names it', async () => {
    await open({
      'app.json': '{ "pages": ["pages/first/index", "pages/a/index"] }',
      ...unit('pages/first/index', '<view id="first">first</view>'),
      ...withComponent("Component({ lifetimes: { detached() { throw new Error('boom') } } })"),
    })
    await phone.page.evaluate(() => runtime.navigateTo('/pages/a/index').then(() => runtime.navigateBack()))
    expect(await phone.page.isVisible('#first')).toBe(true)
    expect(await places()).toEqual([expect.stringMatching(/components\/bad\/index.*: boom$/)])
  })

  test('when WXS in its template throws then only its own content is lost', async () => {
    const wxml = '<wxs module="m">module.exports = { f: function (a) { return a.b.c } }</wxs><text>{{ m.f(x) }}</text>'
    await open(withComponent('Component({ data: { x: {} } })', wxml))
    expect(await phone.page.textContent('#after')).toBe('after')
    expect(await places()).toEqual([expect.stringMatching(/^components\/bad\/index\.wxml: Cannot read/)])
  })

  test('when WXS throws while it is read then what it exported until then holds, the rest stands, and the error names it', async () => {
    const wxml =
      '<wxs module="m">module.exports.a = 1; var x = null; module.exports.b = x.y</wxs><wxs module="n">var z = require("./lost.wxs"); module.exports = 2</wxs><text id="in">{{ m.a }}{{ m.b }}</text>'
    await open(withComponent('Component({})', wxml))
    expect(await phone.page.textContent('#in')).toBe('1')
    expect(await phone.page.textContent('#after')).toBe('after')
    expect(await places()).toEqual([
      expect.stringMatching(/^components\/bad\/index\.wxml m: Cannot read/),
      'components/bad/index.wxml n: no such WXS module: components/bad/lost',
    ])
  })

  test('when its script threw then a box with its name stands where it would', async () => {
    await open(withComponent("throw new Error('boom')"))
    expect(await phone.page.getAttribute('[data-is="components/bad/index"]', 'data-lacking')).toBe('components/bad/index')
  })
})

describe('given a page that cannot be made', () => {
  const FIRST = unit('pages/first/index', '<view id="first">first</view>')
  const PAGES = { 'app.json': '{ "pages": ["pages/first/index", "pages/a/index"] }', ...FIRST }

  test('when the script of the first page throws then the app runs and opens another', async () => {
    await open({
      'app.json': '{ "pages": ["pages/a/index", "pages/first/index"] }',
      ...FIRST,
      ...unit('pages/a/index', '<view/>', "throw new Error('boom')"),
    })
    expect(await places()).toEqual(['pages/a/index: boom'])
    await phone.page.evaluate(() => runtime.navigateTo('/pages/first/index'))
    expect(await phone.page.isVisible('#first')).toBe(true)
  })

  test.each([
    ['a template contains itself', '<template name="t"><template is="t"/></template><template is="t"/>'],
    ['its data contain themselves', '<view/>', 'const a = {}; a.a = a; Page({ data: { a } })'],
    ['a template includes itself', '<view>a</view><include src="./index.wxml"/>'],
  ])('when %s then opening it fails with its name and the page before stays', async (_, wxml, script = 'Page({})') => {
    await open({ ...PAGES, ...unit('pages/a/index', wxml, script) })
    const outcome = await phone.page.evaluate(() =>
      runtime.navigateTo('/pages/a/index').then(
        () => 'opened',
        (error: Error) => error.message,
      ),
    )
    expect(outcome).toMatch(/contains itself without an end/)
    expect(await places()).toEqual([expect.stringMatching(/^pages\/a\/index: .*contains itself without an end/)])
    expect(await phone.page.isVisible('#first')).toBe(true)
    expect(await phone.page.locator('.mp-page-frame').count()).toBe(1)
  })
})

describe('given modules that import each other', () => {
  test('when one asks too early then it gets undefined, as in WeChat, and the page opens', async () => {
    await open({
      ...unit('pages/a/index', '<view id="v">{{ early }} {{ late }}</view>', "import { one } from './one'; Page({ data: one() })"),
      'pages/a/one.js': "import { two, early } from './two'; export const one = () => ({ early, late: two() }); export const NAME = 'n'",
      'pages/a/two.js': "import { NAME } from './one'; export const early = String(NAME); export const two = () => NAME",
    })
    expect(await phone.page.textContent('#v')).toBe('undefined n')
    expect(await places()).toEqual([])
  })
})

describe('given modules of another sub-package', () => {
  test('when they are required asynchronously then they come, and one that is not there is a rejection', async () => {
    await open({
      ...unit(
        'pages/a/index',
        '<view id="v">{{ n }}</view>',
        "Page({ onLoad() { require.async('../../more.js').then(({ n }) => this.setData({ n })); require.async('./lost.js').catch(({ message }) => this.setData({ message })) } })",
      ),
      'more.js': 'module.exports = { n: 5 }',
    })
    await phone.page.waitForFunction(() => document.querySelector('#v')!.textContent === '5')
    expect(await phone.page.evaluate(() => runtime.pageStack()[0]!.instance.data['message'])).toContain("module './lost.js' is not defined")
  })
})

describe('given a template of a megabyte', () => {
  test('when it has twenty thousand parts then it is drawn, and what it shows follows the data', async () => {
    const wxml =
      '<view wx:if="{{ n }}" wx:for="{{ l }}" class="part">{{ n }},if,{{ item }}</view>'.repeat(3_000) +
      '<view class="part"/>'.repeat(17_000)
    await open(unit('pages/a/index', wxml, 'Page({ data: { n: 1, l: [5] } })'))
    expect(await phone.page.locator('.part').count()).toBe(20_000)
    await phone.page.evaluate(() => runtime.pageStack()[0]!.instance.setData({ n: 2 }))
    expect(await phone.page.locator('.part').nth(2_999).textContent()).toBe('2,if,5')
    expect(await places()).toEqual([])
  })
})

describe('given setData of what WeChat does not carry', () => {
  const page = (body: string) => unit('pages/a/index', '<view id="v">{{ n }}</view>', `Page({ data: { n: 1 }, onLoad() { ${body} } })`)

  test('when the data contain themselves then the call throws, names the page, and the data stay', async () => {
    await open(page('const a = {}; a.a = a; this.setData({ a, n: 2 })'))
    expect(await places()).toEqual([expect.stringMatching(/pages\/a\/index setData: .*circular/i)])
    expect(await phone.page.textContent('#v')).toBe('1')
  })

  test('when an index is beyond every list then the call throws and names the path, and what is no callback is none', async () => {
    await open(page("this.setData({ n: 2 }, 'done'); this.setData({ 'l[99999999]': 1 })"))
    expect(await places()).toEqual([expect.stringContaining('pages/a/index setData: "l[99999999]" has an index of more than 6 digits')])
    expect(await phone.page.textContent('#v')).toBe('2')
  })

  test('when there is a callback then it comes in a task of its own, of the one that called, with the data drawn', async () => {
    await open(
      page(`Promise.resolve().then(() => Promise.resolve()).then(() => { this.order = 'after what waited, ' });
        this.setData({ n: 2 }, function () { this.setData({ n: this.order + (this.data.n + 1) }) })`),
    )
    expect(await phone.page.textContent('#v')).toBe('after what waited, 3')
    expect(await places()).toEqual([])
  })

  test('when a component is among the data then the script keeps it and the rest is drawn', async () => {
    await open(page('this.setData({ own: this, n: 2 }); this.setData({ n: this.data.own === this && this.data.own.__data__.n + 1 })'))
    expect(await phone.page.textContent('#v')).toBe('3')
    expect(await places()).toEqual([])
  })

  test('when the data are above a megabyte then the console warns and the data arrive', async () => {
    phone = await openPhone(browser, writeProject(page("this.setData({ s: 'a'.repeat(1048577), n: 2 })")), {
      before: `() => { globalThis.warned = []; console.warn = text => warned.push(text) }`,
    })
    expect(await phone.page.evaluate('warned')).toEqual([expect.stringContaining('pages/a/index setData: 数据传输长度为 1024 KB')])
    expect(await phone.page.textContent('#v')).toBe('2')
  })
})

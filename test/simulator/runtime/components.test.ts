import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { fixture, launchBrowser, openPhone, type Phone } from '../support/phone.ts'
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

const pageData = () => phone.page.evaluate(() => runtime.pageStack()[0]!.instance.data)
const color = (selector: string) => phone.page.evaluate(target => getComputedStyle(document.querySelector(target)!).color, selector)

describe('given app code that looks for a browser', () => {
  test('when it reads browser globals then there are none, and the language is complete', async () => {
    const names = [
      'window',
      'document',
      'self',
      'top',
      'parent',
      'location',
      'navigator',
      'fetch',
      'XMLHttpRequest',
      'WebSocket',
      'localStorage',
      'Worker',
      'addEventListener',
      'alert',
      'runtime',
      '__project',
    ]
    const script = `
const kinds = [${names.map(name => `typeof ${name}`).join(',')}]
const sloppy = (function () { return this })()
let made
try { made = typeof new Function('return document') } catch (error) { made = error.message }
Page({ data: { kinds, sloppy: typeof sloppy, made, byReturn: typeof Function('return this')(), viaGlobal: typeof Function('return this')().document, language: [typeof Symbol, typeof Promise, typeof globalThis.Map, typeof setTimeout, typeof console.log] } })`
    phone = await openPhone(browser, writeProject(unit('pages/a/index', '<view/>', script)))
    expect(await pageData()).toEqual({
      kinds: names.map(() => 'undefined'),
      sloppy: 'undefined',
      made: 'a mini program cannot make functions from text (new Function)',
      byReturn: 'object',
      viaGlobal: 'undefined',
      language: ['function', 'function', 'function', 'function', 'function'],
    })
  })
})

describe('given a component of a sub-package with a placeholder', () => {
  const project = (more: Record<string, string> = {}) =>
    writeProject({
      'app.json': '{ "pages": ["pages/a/index"], "subPackages": [{ "root": "far", "pages": [] }] }',
      ...unit(
        'pages/a/index',
        '<far-card wx:if="{{shown}}" id="card" title="{{title}}" bind:said="onSaid">inside</far-card>',
        'Page({ data: { shown: true, title: "one" }, onSaid({ detail }) { this.setData({ heard: detail }) } })',
        '{ "usingComponents": { "far-card": "../../far/card/index" }, "componentPlaceholder": { "far-card": "view" } }',
      ),
      ...unit(
        'far/card/index',
        '<view class="title">{{title}}</view><slot/>',
        'Component({ properties: { title: String }, lifetimes: { ready() { this.triggerEvent("said", this.data.title) } } })',
        '{ "component": true }',
      ),
      ...more,
    })
  const before = `runtime => {
    globalThis.asked = []
    globalThis.network = false
    runtime.onRequireAsync(path => {
      globalThis.asked.push(path)
      if (!globalThis.network) throw new Error('no network')
    })
  }`
  const text = () => phone.page.locator('#card').innerText()

  test('when its package cannot be loaded then the placeholder stays, and the next use tries it again and puts it there', async () => {
    phone = await openPhone(browser, project(), { before })
    expect(await text()).toBe('inside')
    expect(await phone.page.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)).toEqual(['far/card/index.js'])
    await phone.page.evaluate(async () => {
      Object.assign(globalThis, { network: true })
      const { instance } = runtime.pageStack()[0]!
      ;(instance as unknown as { setData(data: object): void }).setData({ shown: false })
      ;(instance as unknown as { setData(data: object): void }).setData({ shown: true, title: 'two' })
    })
    await phone.page.locator('#card').getByText('two').waitFor()
    expect(await text()).toBe('two\ninside')
    await phone.page.evaluate(() => runtime.settled())
    expect(await pageData()).toMatchObject({ heard: 'two' })
    expect(phone.errors).toEqual([])
  })

  test('when its package could not be loaded and a script of it is required later, then it is put in the place of its placeholder', async () => {
    const files = {
      'far/one.js': 'module.exports = 1',
      'pages/a/index.js': 'Page({ data: { shown: true, title: "one" }, bring() { return require.async("../../far/one") }, onSaid() {} })',
    }
    phone = await openPhone(browser, project(files), { before })
    expect(await text()).toBe('inside')
    await phone.page.evaluate(async () => {
      const { instance } = runtime.pageStack()[0]!
      const bring = () => (instance as unknown as { bring(): Promise<number> }).bring()
      await bring().catch(() => undefined)
      Object.assign(globalThis, { network: true })
      await bring()
    })
    await phone.page.locator('#card').getByText('one').waitFor()
    expect(await text()).toBe('one\ninside')
  })

  test('when its package can be loaded then it stands where the placeholder was, with what it was given', async () => {
    phone = await openPhone(browser, project(), { before: before.replace('network = false', 'network = true') })
    await phone.page.locator('#card').getByText('one').waitFor()
    expect(await text()).toBe('one\ninside')
    await phone.page.evaluate(() => runtime.settled())
    expect(await pageData()).toMatchObject({ heard: 'one' })
  })
})

describe('given styles of pages and components', () => {
  test.each([
    ['isolated', '{ "component": true }', 'Component({})', 'rgb(0, 0, 0)'],
    ['addGlobalClass in JS', '{ "component": true }', 'Component({ options: { addGlobalClass: true } })', 'rgb(1, 0, 0)'],
    ['apply-shared in JSON', '{ "component": true, "styleIsolation": "apply-shared" }', 'Component({})', 'rgb(1, 0, 0)'],
  ])('when a component is %s then the page class colours it as in WeChat', async (_, json, script, expected) => {
    phone = await openPhone(
      browser,
      writeProject({
        ...unit(
          'pages/a/index',
          '<view id="own" class="red">x</view><c-c/>',
          'Page({})',
          '{ "usingComponents": { "c-c": "/c/index" } }',
          '.red { color: rgb(1, 0, 0); }',
        ),
        ...unit('c/index', '<view id="in" class="red">x</view>', script, json),
      }),
    )
    expect([await color('#own'), await color('#in')]).toEqual(['rgb(1, 0, 0)', expected])
  })

  test('when a component takes a class from outside then the class of the page applies inside', async () => {
    phone = await openPhone(
      browser,
      writeProject({
        ...unit(
          'pages/a/index',
          '<c-c my-class="blue"/>',
          'Page({})',
          '{ "usingComponents": { "c-c": "/c/index" } }',
          '.blue { color: rgb(0, 0, 1); }',
        ),
        ...unit(
          'c/index',
          '<view id="in" class="my-class">x</view>',
          "Component({ externalClasses: ['my-class'] })",
          '{ "component": true }',
          ':host { font-size: 31px; }',
        ),
      }),
    )
    expect(await color('#in')).toBe('rgb(0, 0, 1)')
    expect(await phone.page.evaluate(() => getComputedStyle(document.querySelector('c-c')!).fontSize)).toBe('31px')
  })

  test('when another page is on top then the styles of the page below do not reach it', async () => {
    phone = await openPhone(
      browser,
      writeProject({
        'app.json': '{ "pages": ["pages/a/index", "pages/b/index"] }',
        ...unit('pages/a/index', '<view class="x">a</view>', 'Page({})', '{}', '.x { color: rgb(1, 0, 0); }'),
        ...unit('pages/b/index', '<view id="b" class="x">b</view>'),
      }),
    )
    await phone.page.evaluate(() => runtime.navigateTo('/pages/b/index'))
    expect(await color('#b')).toBe('rgb(0, 0, 0)')
  })
})

describe('given templates', () => {
  test('when they use import, include, slots, for, wxs and components then all is drawn', async () => {
    phone = await openPhone(
      browser,
      writeProject({
        ...unit(
          'pages/a/index',
          '<import src="/t.wxml"/><include src="../head.wxml"/><wxs module="m" src="./m.wxs"/><template is="row" data="{{n: 1}}"/><c-c><text slot="foot">F</text>D</c-c><block wx:for="{{list}}" wx:key="*this">{{index}}{{m.up(item)}}</block>',
          "Page({ data: { list: ['a', 'b'] } })",
          '{ "usingComponents": { "c-c": "/c/index" } }',
        ),
        't.wxml': '<template name="row"><text>R{{n}}</text></template>',
        'pages/head.wxml': '<text>H</text>',
        'pages/a/m.wxs': "var two = require('./two.wxs'); module.exports = { up: function (s) { return two.twice(s).toUpperCase() } }",
        'pages/a/two.wxs': 'module.exports = { twice: function (s) { return s + s } }',
        ...unit('c/index', '[<slot/>|<slot name="foot"/>]', 'Component({ options: { multipleSlots: true } })', '{ "component": true }'),
      }),
    )
    expect(await phone.page.textContent('wx-page')).toBe('HR1[D|F]0AA1BB')
  })
})

describe('given queries', () => {
  const component = unit(
    'c/index',
    '<view id="deep" class="d" style="width: 20px; height: 10px"/>',
    'Component({ data: { secret: 4 }, methods: { answer() { return this.data.secret } } })',
    '{ "component": true }',
  )
  const wxml =
    '<view class="row" data-n="1" style="height: 30px"/><view class="row" data-n="2" style="height: 40px"/><c-c id="c"/><canvas id="k" type="2d"/>'

  test('when a page selects then it gets places, data, components and canvases', async () => {
    const script = `Page({ onReady() {
      this.setData({ answer: this.selectComponent('#c').answer(), none: this.selectComponent('#lost') === null, many: this.selectAllComponents('#c').length })
      wx.createSelectorQuery().selectAll('.row').boundingClientRect().select('#lost').boundingClientRect().selectViewport().scrollOffset().select('#k').node().exec(([rows, lost, viewport, { node }]) => this.setData({
        rows: rows.map(({ top, height, dataset }) => [top, height, dataset.n]), lost, scrollTop: viewport.scrollTop, canvas: typeof node.getContext('2d').fillRect }))
      this.selectComponent('#c').createSelectorQuery().select('.d').fields({ size: true, computedStyle: ['width'] }).exec(([size]) => this.setData({ size }))
    } })`
    phone = await openPhone(
      browser,
      writeProject({ ...unit('pages/a/index', wxml, script, '{ "usingComponents": { "c-c": "/c/index" } }'), ...component }),
    )
    await phone.page.waitForFunction(() => 'size' in runtime.pageStack()[0]!.instance.data)
    expect(await pageData()).toEqual({
      answer: 4,
      none: true,
      many: 1,
      rows: [
        [0, 30, '1'],
        [30, 40, '2'],
      ],
      lost: null,
      scrollTop: 0,
      canvas: 'function',
      size: { width: '20px', height: 10 },
    })
  })

  test('when a query is made before the first page exists then it works later', async () => {
    const files = unit('pages/a/index', '<view id="v" style="height: 12px"/>', 'Page({})')
    phone = await openPhone(
      browser,
      writeProject({
        ...files,
        'app.js': 'const query = wx.createSelectorQuery(); App({ ask: (done) => query.select("#v").boundingClientRect().exec(done) })',
      }),
    )
    const height = await phone.page.evaluate(
      () =>
        new Promise(resolve =>
          (runtime.globals['getApp'] as () => { ask(done: (r: { height: number }[]) => void): void })().ask(([box]) =>
            resolve(box!.height),
          ),
        ),
    )
    expect(height).toBe(12)
  })

  test('when an element scrolls into sight then the intersection observer tells', async () => {
    const script = `Page({ data: { seen: [] }, onReady() { wx.createIntersectionObserver(this).relativeToViewport({ bottom: 0 }).observe('#far', ({ intersectionRatio, id }) => this.data.seen.push(id + (intersectionRatio > 0))) } })`
    phone = await openPhone(
      browser,
      writeProject(unit('pages/a/index', '<view style="height: 1000px"/><view id="far" style="height: 50px"/>', script)),
      {
        before:
          '(runtime) => { runtime.globals.wx.createIntersectionObserver = (component, options) => runtime.createIntersectionObserver(component, options) }',
      },
    )
    await phone.page.evaluate(() => runtime.pageScrollTo({ selector: '#far', duration: 0 }))
    await phone.page.waitForFunction(() => (runtime.pageStack()[0]!.instance.data['seen'] as string[]).length > 0)
    expect((await pageData())['seen']).toEqual(['fartrue'])
  })
})

describe('given stores of mobx-miniprogram', () => {
  test('when the store changes then page, behavior and ComponentWithStore follow', async () => {
    phone = await openPhone(browser, fixture('vant'), { path: 'pages/store/index' })
    await phone.page.click('#add')
    await phone.page.click('#behavior wx-view')
    await phone.page.evaluate(() => runtime.settled())
    await phone.page.waitForFunction(() => document.querySelector('#page-count')!.textContent === '3/6')
    expect([await phone.page.textContent('#behavior'), await phone.page.textContent('#store')]).toEqual(['3', '6'])
    expect(phone.errors).toEqual([])
  })
})

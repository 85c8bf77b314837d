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

const open = async (files: Record<string, string>, before = '() => {}') => {
  phone = await openPhone(browser, writeProject(files), { before })
}
const pageData = () => phone.page.evaluate(() => runtime.fromApp(runtime.pageStack().at(-1)!.instance.data))
const SECOND = {
  'app.json': '{ "pages": ["pages/a/index", "pages/b/index"] }',
  ...unit('pages/a/index', '<view id="a">{{ n }}</view>', 'Page({ data: { n: 1 } })'),
  ...unit(
    'pages/b/index',
    '<view id="b" wx:for="{{ list }}" wx:key="id" bindtap="tap">{{ item.id }}</view>',
    'Page({ data: { list: [{ id: 1 }] }, onLoad({ n }) { this.setData({ n, "list[1].id": 2 }) }, tap(e) { this.setData({ type: e.type }) } })',
  ),
}

describe('given an app that changes the language', () => {
  test.each([
    [
      'methods of Promise',
      "for (const name of ['then', 'catch', 'finally']) Promise.prototype[name] = () => { throw new Error('mine') }; Promise.all = null",
    ],
    ['Promise itself', 'globalThis.Promise = null; Promise = null'],
    ['enumerable methods of arrays', 'Array.prototype.remove = function () {}; Array.prototype.last = 1'],
    [
      'methods of arrays',
      "for (const name of ['map', 'push', 'includes', 'find', 'slice']) Array.prototype[name] = () => { throw new Error('mine') }",
    ],
    [
      'fields of every object',
      "Object.prototype.type = 'mine'; Object.prototype.extend = function () {}; Object.prototype.toJSON = () => 'mine'",
    ],
    ['JSON', "JSON.stringify = JSON.parse = () => { throw new Error('mine') }; JSON = null"],
    ['the date', 'Date.now = () => 0; Date.prototype.getTime = () => 0; Date = null'],
    ['timers', 'setTimeout = setInterval = clearTimeout = () => { throw new Error("mine") }'],
    ['the console', 'console.log = console.error = console.warn = () => { throw new Error("mine") }; console = null'],
    ['methods of strings', "String.prototype.split = String.prototype.replace = () => { throw new Error('mine') }"],
  ])('when it replaces %s then pages open, draw and hear as ever, and the simulator has its own', async (_, script) => {
    await open({ ...SECOND, 'app.js': `${script}; App({})` })
    await phone.page.evaluate(() => runtime.navigateTo('/pages/b/index?n=5').finally(() => {}))
    await phone.page.click('#b >> nth=1')
    await phone.page.waitForFunction(() => runtime.pageStack()[1]!.instance.data['type'] === 'tap')
    expect(await pageData()).toEqual({ list: [{ id: 1 }, { id: 2 }], n: '5', type: 'tap' })
    expect(
      await phone.page.evaluate(() => [typeof Promise.all, JSON.stringify([1].map(n => n + 1)), Date.now() > 0, 'last' in []]),
    ).toEqual(['function', '[2]', true, false])
    expect(phone.errors).toEqual([])
  })
})

/** `checks` are expressions over what the page got; the page keeps what they are. */
const look = (...checks: string[]) => `this.setData({ seen: [${checks.join(', ')}] })`

describe('given values of the simulator', () => {
  test('when a page gets its query, data, events and node lists then they are of its own realm', async () => {
    await open({
      'app.json': '{ "pages": ["pages/a/index"], "usingComponents": { "x-y": "/components/x" } }',
      ...unit(
        'pages/a/index',
        `<x-y id="x" list="{{ list }}" given="{{ { a: [1] } }}"/><view id="v" data-row="{{ list }}" bindtap="tap" style="height: 9px"/>`,
        `Page({
          data: { list: [{ id: 1 }], deep: { a: {} } },
          onLoad(query) {
            this.setData({ 'made[0].name': 1 })
            const x = this.selectComponent('#x')
            ${look(
              'query instanceof Object',
              'this.data instanceof Object',
              'this.data.list instanceof Array',
              'this.data.list[0].constructor === Object',
              'this.data.made instanceof Array',
              'this.data.made[0] instanceof Object',
              'x.data.list instanceof Array',
              'x.data.given.a instanceof Array',
              'x.data.empty instanceof Array',
              'x.data.own instanceof Object',
              'getCurrentPages() instanceof Array',
              'this.selectAllComponents("#x") instanceof Array',
              'this instanceof Object',
              'this.setData instanceof Function',
            )}
          },
          tap(e) {
            ${look('e instanceof Object', 'e.touches instanceof Array', 'e.currentTarget.dataset.row instanceof Array', 'e.detail.constructor === Object')}
          },
        })`,
      ),
      ...unit(
        'components/x',
        '<view/>',
        'Component({ properties: { list: Array, given: Object, empty: Array, own: { type: Object, value: { a: 1 } } } })',
        '{ "component": true }',
      ),
    })
    expect((await pageData())['seen']).toEqual(Array.from({ length: 14 }, () => true))
    await phone.page.click('#v')
    await phone.page.waitForFunction(() => (runtime.pageStack()[0]!.instance.data['seen'] as unknown[]).length === 4)
    expect((await pageData())['seen']).toEqual([true, true, true, true])
    expect(phone.errors).toEqual([])
  })

  test('when wx answers then results, failures, promises and buffers are of the app, and what the app gives is of the simulator', async () => {
    await open(
      unit(
        'pages/a/index',
        '<view/>',
        `Page({ async onLoad() {
          const wait = wx.ask({ list: [1], when: new Date(5), bytes: new Uint8Array([7]).buffer, success() {} })
          const result = await wait
          let thrown
          try { wx.throwSync() } catch (error) { thrown = error }
          const failure = await wx.fail().catch(error => error)
          const manager = wx.getManager()
          manager.volume = 3
          ${look(
            'wait instanceof Promise',
            'result.list instanceof Array',
            'result.bytes instanceof ArrayBuffer && new Uint8Array(result.bytes)[0] === 8',
            'thrown instanceof TypeError && /no/.test(thrown.message) && /throwSync/.test(thrown.stack)',
            'failure instanceof Object && failure.errMsg === "fail:fail"',
            'manager.tell() === 3',
            'wx.getManager() === manager',
            'typeof wx.unknown === "undefined"',
            '((Function("return this")().laterMade = 5), laterMade === 5)',
            '((wx.queue = wx.queue || []).push(1), (wx.queue = wx.queue || []).push(2), wx.queue.length) === 2',
          )}
        } })`,
      ),
      `runtime => {
        const manager = { volume: 1, tell() { return this.volume } }
        runtime.globals.wx = {
          ask: options => { globalThis.asked = [options.list instanceof Array, options.when instanceof Date, options.bytes instanceof ArrayBuffer, options.success instanceof Function]
            return Promise.resolve({ list: [2], bytes: new Uint8Array([8]).buffer }) },
          throwSync: () => { throw new TypeError('no') },
          fail: () => Promise.reject({ errMsg: 'fail:fail' }),
          getManager: () => manager,
        }
      }`,
    )
    await phone.page.waitForFunction(() => runtime.pageStack()[0]!.instance.data['seen'] !== undefined)
    expect((await pageData())['seen']).toEqual(Array.from({ length: 10 }, () => true))
    expect(await phone.page.evaluate('asked')).toEqual([true, true, true, true])
  })

  test('when pages talk by their channel then objects go over as they are', async () => {
    await open({
      'app.json': '{ "pages": ["pages/a/index", "pages/b/index"] }',
      ...unit('pages/a/index', '<view/>', 'Page({})'),
      ...unit(
        'pages/b/index',
        '<view/>',
        `const sent = { list: [] }
        Page({ onLoad() { const channel = this.getOpenerEventChannel(); channel.once('back', got => this.setData({ same: got === sent })); channel.emit('there', sent) } })`,
      ),
    })
    await phone.page.evaluate(async () => {
      let heard: unknown
      const opened = await runtime.navigateTo('/pages/b/index', { there: sent => void (heard = sent) })
      opened.openerEventChannel.emit('back', heard)
    })
    expect((await pageData())['same']).toBe(true)
  })
})

describe('given code that looks for a browser', () => {
  test('when it asks for what a mini program has not then it is undefined, and functions from text are refused', async () => {
    await open({
      ...unit(
        'pages/a/index',
        '<view/>',
        `const refused = make => { try { return make() } catch (error) { return error.message } }
        Page({ onLoad() { ${look(
          'typeof window',
          'typeof document',
          'typeof fetch',
          'typeof self',
          'typeof addEventListener',
          'typeof globalThis.document',
          'typeof globalThis.Symbol',
          'typeof this.setData.constructor("return this")().document',
          'refused(() => (() => {}).constructor("return document"))',
          'refused(() => new Function("a", "return a"))',
        )} } })`,
      ),
    })
    expect((await pageData())['seen']).toEqual([
      'undefined',
      'undefined',
      'undefined',
      'undefined',
      'undefined',
      'undefined',
      'function',
      'undefined',
      'a mini program cannot make functions from text (new Function)',
      'a mini program cannot make functions from text (new Function)',
    ])
  })

  test('when it throws in a timer, a promise or a task then the error is the app’s, with file and line', async () => {
    await open(
      unit(
        'pages/a/index',
        '<view/>',
        "Page({ onLoad() {\nsetTimeout(() => { throw new Error('late') })\nPromise.reject(new Error('lost'))\nqueueMicrotask(() => { throw new Error('soon') })\n} })",
      ),
      "runtime => { globalThis.stacks = []; runtime.events.on('error', ({ message, stack }) => stacks.push(message + ' ' + stack.match(/app:[^)\\n]*/)?.[0])) }",
    )
    await phone.page.waitForFunction(() => (globalThis as unknown as { stacks: string[] }).stacks.length === 2)
    expect(await phone.page.evaluate('stacks.sort()')).toEqual([
      expect.stringMatching(/^late app:\/\/\/pages\/a\/index\.js:\d+:\d+$/),
      expect.stringMatching(/^soon app:\/\/\/pages\/a\/index\.js:\d+:\d+$/),
    ])
    expect(phone.errors.sort()).toEqual(['Error: lost', 'late', 'soon'])
  })
})

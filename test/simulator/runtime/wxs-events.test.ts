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
const open = async (files: Record<string, string>) => {
  phone = await openPhone(browser, writeProject(files), { before: PLACES })
}
const pageData = () => phone.page.evaluate(() => runtime.fromApp(runtime.pageStack().at(-1)!.instance.data))
/** A page with `wxml`, whose WXS module `m` has these functions, and whose `told` keeps what WXS calls it with. */
const page = (wxml: string, functions: string, script = '') =>
  unit(
    'pages/a/index',
    `<wxs module="m">${functions}</wxs>${wxml}`,
    `Page({ data: { n: 1 }, told(x) { this.setData({ got: x, mine: this.route }) }, more() { this.setData({ n: this.data.n + 1 }) }, ${script} })`,
    '{}',
    '.red { color: rgb(255, 0, 0); }',
  )

describe('given an event handler of WXS', () => {
  test('when an element is tapped then the handler changes the page’s nodes and calls its method with its own this', async () => {
    await open(
      page(
        '<view id="v" class="old" data-k="7" bindtap="{{ m.tap }}" style="height: 20px">x</view><text id="t" class="old">y</text>',
        `module.exports.tap = function (event, owner) {
          var text = owner.selectComponent('#t')
          text.setStyle({ backgroundColor: 'rgb(1, 2, 3)', 'margin-left': '75rpx' }).addClass('red')
          text.removeClass('old')
          var state = event.instance.getState()
          state.count = (state.count || 0) + 1
          owner.callMethod('told', {
            type: event.type, data: event.instance.getDataset().k, count: state.count, had: event.instance.hasClass('old'), has: text.hasClass('old'),
            all: owner.selectAllComponents('.old').length, display: event.instance.getComputedStyle(['display']).display, touches: event.touches.length,
          })
        }`,
      ),
    )
    await phone.page.click('#v')
    await phone.page.click('#v')
    const expected = { type: 'tap', data: '7', count: 2, had: true, has: false, all: 1, display: 'block', touches: 1 }
    expect(await pageData()).toMatchObject({ got: expected, mine: 'pages/a/index' })
    const style = await phone.page.evaluate(() => {
      const { backgroundColor, marginLeft, color } = getComputedStyle(document.querySelector('#t')!)
      return { backgroundColor, marginLeft, color }
    })
    expect(style).toEqual({ backgroundColor: 'rgb(1, 2, 3)', marginLeft: '37.5px', color: 'rgb(255, 0, 0)' })
    expect(phone.errors).toEqual([])
  })

  test('when it returns false then the event goes no further', async () => {
    await open(
      page(
        '<view bindtap="told"><view id="v" bindtap="{{ m.tap }}" style="height: 20px">x</view></view>',
        'module.exports.tap = function () { return false }',
      ),
    )
    await phone.page.click('#v')
    expect((await pageData())['got']).toBeUndefined()
  })

  test('when it sets a timer and asks for a frame then both come', async () => {
    await open(
      page(
        '<view id="v" bindtap="{{ m.tap }}" style="height: 20px">x</view>',
        'module.exports.tap = function (e, owner) { owner.requestAnimationFrame(function () { owner.setTimeout(function () { owner.callMethod("told", 5) }, 1) }) }',
      ),
    )
    await phone.page.click('#v')
    await phone.page.waitForFunction(() => runtime.pageStack()[0]!.instance.data['got'] === 5)
  })

  test('when it calls a method that is not there then the error names page and method', async () => {
    await open(
      page(
        '<view id="v" bindtap="{{ m.tap }}" style="height: 20px">x</view>',
        'module.exports.tap = function (e, owner) { owner.callMethod("lost") }',
      ),
    )
    await phone.page.click('#v')
    expect(phone.errors).toEqual(['callMethod: pages/a/index has no method "lost"'])
  })
})

describe('given a handler that an expression chooses', () => {
  test('when it is a function of WXS then it gets the instances, and a method of the page is called as ever', async () => {
    await open(
      page(
        '<view id="v" bindtap="{{ off || m.tap }}" style="height: 20px">x</view><view id="w" bindtap="{{ n ? \'more\' : \'\' }}" style="height: 20px">y</view>',
        "module.exports.tap = function (event, owner) { event.instance.addClass('red'); owner.callMethod('told', 'from WXS') }",
      ),
    )
    await phone.page.click('#v')
    await phone.page.waitForSelector('#v.red')
    await phone.page.click('#w')
    await phone.page.waitForFunction(() => runtime.pageStack()[0]!.instance.data['n'] === 2)
    expect(await pageData()).toMatchObject({ got: 'from WXS' })
    expect(phone.errors).toEqual([])
  })
})

describe('given a change: listener of WXS', () => {
  test('when a component comes with a value then it is told once what stands behind its element can be found', async () => {
    await open({
      ...unit('pages/a/index', '<x-y n="{{ 3 }}"/>', 'Page({})', '{ "usingComponents": { "x-y": "./part" } }'),
      ...unit(
        'pages/a/part',
        '<wxs module="m">module.exports = { changed: function (n, before, owner) { owner.selectComponent(".after").setStyle({ width: n + "px" }) } }</wxs><view n="{{ n }}" change:n="{{ m.changed }}"/><view class="after" id="after"/>',
        'Component({ properties: { n: Number } })',
        '{ "component": true }',
      ),
    })
    await phone.page.waitForFunction(() => document.querySelector<HTMLElement>('#after')?.style.width === '3px')
    expect(phone.errors).toEqual([])
  })

  test('when the property is set first and when it changes then the listener gets both values and the element', async () => {
    await open({
      ...page(
        '<x-y id="x" n="{{ n }}" change:n="{{ m.changed }}"/><view id="v" bindtap="more" style="height: 20px">x</view>',
        `var seen = []
        module.exports.changed = function (value, before, owner, instance) {
          seen.push([value, before === undefined ? 'none' : before])
          instance.triggerEvent('hello', {})
          instance.callMethod('inside', value)
          owner.callMethod('told', { seen: seen })
        }`,
      ),
      'app.json': '{ "pages": ["pages/a/index"], "usingComponents": { "x-y": "/components/x" } }',
      ...unit(
        'components/x',
        '<text id="in">{{ v }}</text>',
        'Component({ properties: { n: Number }, methods: { inside(v) { this.setData({ v }) } } })',
        '{ "component": true }',
      ),
    })
    await phone.page.click('#v')
    await phone.page.waitForFunction(() => document.querySelector('#in')!.textContent === '2')
    const { got } = (await pageData()) as { got: { seen: unknown[][] } }
    expect(got.seen.at(-1)).toEqual([2, 1])
    expect(phone.errors).toEqual([])
  })
})

describe('given WXS that loops for ever', () => {
  test('when a template calls it then the loop is cut with its place and the rest of the page is drawn', async () => {
    await open({
      ...unit(
        'pages/a/index',
        '<bad-one/><view id="after">after</view>',
        'Page({})',
        '{ "usingComponents": { "bad-one": "/components/bad" } }',
      ),
      ...unit(
        'components/bad',
        '<wxs module="m">\nmodule.exports.f = function () {\n  while (true) {}\n}</wxs><text>{{ m.f() }}</text>',
        'Component({})',
        '{ "component": true }',
      ),
    })
    expect(await phone.page.textContent('#after')).toBe('after')
    expect(await phone.page.evaluate('places')).toEqual([
      'components/bad.wxml: components/bad.wxml:3: this loop of WXS ran for 3 seconds without an end; it was cut',
    ])
  })
})

import { describe, expect, test } from '@jest/globals'
import { onePage } from '../support/one-page.ts'
import { unit } from '../support/project.ts'

const tested = onePage()

describe('given tags that the simulator does not play', () => {
  test('when a built-in is lacking then a box of its size says its name, and its styles and children are the app’s', async () => {
    await tested.open(
      '<video id="v"/><map id="m" class="wide"><cover-view id="c">a</cover-view></map><view id="after">b</view>',
      'Page({})',
      '.wide { width: 100%; height: 80px; } video { margin-top: 7px; }',
    )
    const video = tested.phone.page.locator('#v')
    expect(await video.evaluate(element => element.tagName)).toBe('WX-VIDEO')
    expect(await video.boundingBox()).toMatchObject({ y: 7, width: 300, height: 225 })
    expect(await video.evaluate(element => getComputedStyle(element, '::before').content)).toBe('"<video>"')
    expect(await tested.phone.page.locator('#m').boundingBox()).toMatchObject({ width: 375, height: 80 })
    expect(await tested.phone.page.textContent('#c')).toBe('a')
    expect(tested.phone.errors).toEqual([])
  })

  test('when nobody knows a tag then its children are drawn and its events come', async () => {
    await tested.open(
      '<div id="d" bindtap="tap"><section>{{ n }}</section></div>',
      'Page({ data: { n: 1 }, tap() { this.setData({ n: 2 }) } })',
    )
    expect(await tested.phone.page.textContent('#d')).toBe('1')
    await tested.phone.page.click('#d')
    await tested.phone.page.waitForFunction(() => document.querySelector('#d')!.textContent === '2')
  })

  test('when what a template names is not there then the rest of the page is drawn', async () => {
    await tested.open(
      '<import src="./lost.wxml"/><include src="./lost2.wxml"/><wxs module="m" src="./lost.wxs"/><template is="t"/><x-y id="x"/><view id="v">{{ n }}{{ m.f(n) }}</view>',
      'Page({ data: { n: 1 } })',
      '',
      '{ "usingComponents": { "x-y": "./lost" } }',
    )
    expect(await tested.phone.page.textContent('#v')).toBe('1')
    expect(await tested.phone.page.getAttribute('#x', 'data-lacking')).toBe('<x-y>')
    expect(tested.phone.errors).toEqual([])
  })

  test('when page-meta is around the page then the page is drawn and the bar takes no room', async () => {
    await tested.open('<page-meta><navigation-bar title="a"/></page-meta><view id="v">b</view>')
    expect(await tested.phone.page.locator('#v').boundingBox()).toMatchObject({ y: 0 })
  })
})

describe('given templates as they were written in earlier years', () => {
  test('when wx:for-items and formType are used then they act', async () => {
    await tested.open(
      '<form bindsubmit="submit"><view class="i" wx:for-items="{{[3, 4]}}" wx:key="*this">{{item}}</view><button id="b" formType="submit">go</button></form><view id="s">{{ sent }}</view>',
      'Page({ data: { sent: 0 }, submit() { this.setData({ sent: 1 }) } })',
    )
    expect(await tested.phone.page.locator('.i').allTextContents()).toEqual(['3', '4'])
    await tested.phone.page.click('#b')
    await tested.phone.page.waitForFunction(() => document.querySelector('#s')!.textContent === '1')
  })

  test('when data- has capital letters then the dataset has small ones', async () => {
    await tested.open(
      '<view id="v" data-itemId="7" bindtap="tap">{{ got }}</view>',
      'Page({ data: { got: "x" }, tap(e) { this.setData({ got: e.currentTarget.dataset.itemid }) } })',
    )
    await tested.phone.page.click('#v')
    await tested.phone.page.waitForFunction(() => document.querySelector('#v')!.textContent === '7')
  })
})

describe('given a swiper with dots', () => {
  test('when it is drawn and its text changes then the phone goes on, and its dots are its own items', async () => {
    await tested.open(
      '<swiper id="s" indicator-dots><swiper-item><text id="t">{{ n }}</text><swiper indicator-dots><swiper-item>x</swiper-item></swiper></swiper-item><swiper-item>b</swiper-item></swiper><view id="more" bindtap="more">+</view>',
      'Page({ data: { n: 1 }, more() { this.setData({ n: this.data.n + 1 }) } })',
    )
    await tested.phone.page.click('#more')
    await tested.phone.page.waitForFunction(() => document.querySelector('#t')!.textContent === '2')
    expect(await tested.phone.page.locator('#s > .mp-swiper-dots > i').count()).toBe(2)
  })

  test('when items come later then they get their place and their dots', async () => {
    await tested.open(
      '<swiper id="s" indicator-dots><swiper-item wx:for="{{list}}" wx:key="*this">{{item}}</swiper-item></swiper><view id="more" bindtap="more">+</view>',
      'Page({ data: { list: [1] }, more() { this.setData({ list: [1, 2, 3] }) } })',
    )
    await tested.phone.page.click('#more')
    await tested.phone.page.waitForFunction(() => document.querySelectorAll('#s > .mp-swiper-dots > i').length === 3)
    expect(
      await tested.phone.page
        .locator('wx-swiper-item')
        .nth(2)
        .evaluate(item => item.style.transform),
    ).toContain('200%')
  })
})

describe('given scripts that read whose script runs, as WeChat’s compiler tells', () => {
  test('when app, page and component look at __wxRoute and its like then each finds its own', async () => {
    const seen = (who: string) => `(global.seen = global.seen || []).push(['${who}', __wxRoute, __wxRouteBegin, __wxAppCurrentFile__]);`
    await tested.openProject({
      'app.json': '{ "pages": ["pages/a/index", "pages/b/index"] }',
      'app.js': `${seen('app')} App({})`,
      'lib.js': `${seen('lib')} exports.page = options => { Page(options); ${seen('registered')} }`,
      ...unit('x/x', '<view/>', `${seen('x')} Component({})`),
      ...unit('pages/a/index', '<x/>', 'require("../../lib").page({})', '{ "usingComponents": { "x": "/x/x" } }'),
      ...unit('pages/b/index', '<view/>', `${seen('b')} Page({ onLoad() { this.setData({ seen: global.seen }) } })`),
    })
    await tested.phone.page.evaluate(() => runtime.navigateTo('/pages/b/index').then(() => undefined))
    expect(await tested.phone.page.evaluate(() => runtime.fromApp(runtime.pageStack().at(-1)!.instance.data['seen']))).toEqual([
      ['app', undefined, true, 'app.js'],
      ['x', 'x/x', true, 'x/x.js'],
      ['lib', 'pages/a/index', true, 'pages/a/index.js'],
      ['registered', 'pages/a/index', false, 'pages/a/index.js'],
      ['b', 'pages/b/index', true, 'pages/b/index.js'],
    ])
    expect(tested.phone.errors).toEqual([])
  })
})

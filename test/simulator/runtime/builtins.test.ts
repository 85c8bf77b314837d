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

/** A page whose handler `on` keeps `id type detail` of every event, and whose `touch` keeps the whole event. */
const SCRIPT = `Page({
  data: { events: [], value: 'first', list: [], shown: false },
  on(event) { this.data.events.push(event.currentTarget.id + ' ' + event.type + ' ' + JSON.stringify(event.detail)) },
  touch(event) { this.setData({ touched: event }) },
})`

const open = async (wxml: string, wxss = '') => {
  phone = await openPhone(browser, writeProject(unit('pages/a/index', wxml, SCRIPT, '{}', wxss)))
}
const events = () => phone.page.evaluate(() => (runtime.pageStack()[0]!.instance.data['events'] as string[]).splice(0))
const pageData = () => phone.page.evaluate(() => runtime.pageStack()[0]!.instance.data)
const settled = () => phone.page.evaluate(() => runtime.settled())

describe('given fingers on a view', () => {
  test('when it is tapped then the event has place, touches, dataset and marks', async () => {
    await open(
      '<view mark:row="7"><view id="box" data-merchant-id="19" bindtap="touch" style="width: 100px; height: 100px"><text id="inner">x</text></view></view>',
    )
    await phone.page.click('#box', { position: { x: 50, y: 60 } })
    expect((await pageData())['touched']).toMatchObject({
      type: 'tap',
      detail: { x: 50, y: 60 },
      currentTarget: { id: 'box', dataset: { merchantId: '19' } },
      target: { id: 'box' },
      mark: { row: '7' },
      touches: [{ identifier: 0, clientX: 50, clientY: 60 }],
      changedTouches: [{ identifier: 0, clientX: 50, clientY: 60 }],
    })
  })

  test('when events are bound in all ways then capture, bubble, catch and mut-bind act as in WeChat', async () => {
    await open(
      '<view id="out" bindtap="on" capture-bind:tap="on"><view id="mid" mut-bind:tap="on"><view id="in" mut-bind:tap="on" style="height: 50px">x</view></view></view><view id="p" bindtap="on"><view id="c" catchtap="on" style="height: 50px">y</view></view>',
    )
    await phone.page.click('#in')
    expect((await events()).map(event => event.split(' ')[0])).toEqual(['out', 'in', 'out'])
    await phone.page.click('#c')
    expect((await events()).map(event => event.split(' ')[0])).toEqual(['c'])
  })

  test('when a finger stays then longpress comes and no tap', async () => {
    await open('<view id="v" bindlongpress="on" bindtap="on" style="height: 100px">x</view>')
    await phone.page.click('#v', { delay: 450 })
    expect((await events()).map(event => event.split(' ')[1])).toEqual(['longpress'])
  })

  test('when a finger moves then touchmove comes and no tap', async () => {
    await open('<view id="v" bindtouchstart="on" bindtouchmove="on" bindtouchend="on" bindtap="on" style="height: 100px">x</view>')
    await phone.page.mouse.move(20, 20)
    await phone.page.mouse.down()
    await phone.page.mouse.move(80, 20)
    await phone.page.mouse.up()
    expect((await events()).map(event => event.split(' ')[1])).toEqual(['touchstart', 'touchmove', 'touchend'])
  })

  test('when a finger rests then the hover class is there', async () => {
    await open('<view id="v" hover-class="held" hover-start-time="0" style="height: 100px">x</view>', '.held { color: rgb(9, 8, 7); }')
    await phone.page.mouse.move(20, 20)
    await phone.page.mouse.down()
    await phone.page.waitForFunction(() => getComputedStyle(document.querySelector('#v')!).color === 'rgb(9, 8, 7)')
    await phone.page.mouse.up()
    await phone.page.waitForFunction(() => getComputedStyle(document.querySelector('#v')!).color !== 'rgb(9, 8, 7)')
  })
})

describe('given accessibility', () => {
  test('when a view is a button by role then Enter taps it and its label is read', async () => {
    await open('<view id="v" aria-role="button" aria-label="打开" bindtap="on">x</view>')
    await phone.page.focus('#v')
    await phone.page.keyboard.press('Enter')
    expect((await events())[0]).toMatch(/^v tap/)
    expect(await phone.page.getByRole('button', { name: '打开' }).count()).toBe(1)
  })

  test('when a button is disabled then it is not tapped', async () => {
    await open('<button id="b" disabled bindtap="on">x</button>')
    await phone.page.click('#b', { force: true })
    expect(await events()).toEqual([])
  })
})

describe('given fields', () => {
  test('when a person types into an input then value, cursor and two-way data follow', async () => {
    await open(
      '<input id="i" model:value="{{value}}" bindinput="on" bindfocus="on" bindblur="on" bindconfirm="on" maxlength="8"/><view id="echo">{{value}}</view>',
    )
    await phone.page.click('#i')
    await phone.page.keyboard.press('End')
    await phone.page.keyboard.type('abcdef')
    await phone.page.keyboard.press('Enter')
    expect(await phone.page.textContent('#echo')).toBe('firstabc')
    const seen = await events()
    expect(seen[0]).toBe('i focus {"value":"first","height":0}')
    expect(seen.filter(event => event.startsWith('i input'))).toHaveLength(3)
    expect(seen.find(event => event.startsWith('i input'))).toContain('"value":"firsta","cursor":6')
    expect(seen.slice(-2)).toEqual(['i confirm {"value":"firstabc"}', 'i blur {"value":"firstabc","cursor":8}'])
  })

  test('when a textarea grows with its text then it gets higher', async () => {
    await open('<textarea id="t" auto-height bindlinechange="on" style="width: 200px"/>')
    const height = () => phone.page.evaluate(() => document.querySelector('#t')!.clientHeight)
    const before = await height()
    await phone.page.click('#t')
    await phone.page.keyboard.type('a\nb\nc\nd')
    expect(await height()).toBeGreaterThan(before * 2)
    expect((await events()).at(-1)).toContain('"lineCount":4')
  })

  test('when its box has padding then what grows is the room for the text, and one of a fixed height counts the lines too', async () => {
    await open(
      `<textarea id="t" class="box" auto-height value="a"/>
      <textarea id="fixed" bindlinechange="on" value="{{'a\nb'}}" style="height: 300px"/>`,
      'textarea { line-height: 30px; font-size: 16px } .box { box-sizing: border-box; padding: 11px 0 13px; border: 2px solid }',
    )
    expect(await phone.page.evaluate(() => (document.querySelector('#t') as HTMLElement).offsetHeight)).toBe(30 + 24 + 4)
    expect((await events()).map(event => event.replace(/"heightRpx":[^,]*/, ''))).toEqual([expect.stringContaining('"lineCount":2')])
  })

  test('given a placeholder-class of the page then it is in force when the page opens, and beside it placeholder-style, as both change', async () => {
    const look = () =>
      phone.page.evaluate(() => {
        const { color, fontSize, fontWeight } = getComputedStyle(document.querySelector('#i > input')!, '::placeholder')
        return [color, fontSize, fontWeight]
      })
    await open(
      '<view class="{{value}}"><input id="i" placeholder="店名" placeholder-class="hint {{name}}" placeholder-style="{{style}}"/></view>',
      '.hint { color: rgb(1, 2, 3); font-size: 21px } .strong { font-weight: 700 } .second .hint { color: rgb(4, 5, 6) }',
    )
    expect(await look()).toEqual(['rgb(1, 2, 3)', '21px', '400'])
    await phone.page.evaluate(() => runtime.pageStack()[0]!.instance.setData({ name: 'strong', style: 'color: rgb(7, 8, 9)' }))
    expect(await look()).toEqual(['rgb(7, 8, 9)', '21px', '700'])
    await phone.page.evaluate(() => runtime.pageStack()[0]!.instance.setData({ value: 'second', style: '' }))
    expect(await look()).toEqual(['rgb(4, 5, 6)', '21px', '700'])
  })

  test('when a form is submitted then it has every named field, and reset empties them', async () => {
    await open(`<form id="f" bindsubmit="on" bindreset="on">
      <input name="title" value="t"/><switch name="on" checked/><textarea name="note" value="n"/>
      <radio-group name="kind"><label><radio value="a"/>A</label><label id="lb"><radio value="b"/>B</label></radio-group>
      <checkbox-group name="tags"><checkbox value="x" checked/><checkbox value="y" id="y"/></checkbox-group>
      <slider name="many" value="30"/><button id="send" form-type="submit">发送</button><button id="clear" form-type="reset">清空</button></form>`)
    await phone.page.click('#lb')
    await phone.page.click('#y')
    await phone.page.click('#send')
    const [submitted] = await events()
    expect(JSON.parse(submitted!.replace('f submit ', ''))['value']).toEqual({
      title: 't',
      on: true,
      note: 'n',
      kind: 'b',
      tags: ['x', 'y'],
      many: 30,
    })
    await phone.page.click('#clear')
    await phone.page.click('#send')
    expect(JSON.parse((await events()).at(-1)!.replace('f submit ', ''))['value']).toMatchObject({ on: false, kind: '', tags: [] })
  })

  test.each([
    ['switch', '<switch id="c" bindchange="on"/>', 'c change {"value":true}'],
    ['radio', '<radio-group id="g" bindchange="on"><radio id="c" value="r"/></radio-group>', 'g change {"value":"r"}'],
    ['checkbox', '<checkbox-group id="g" bindchange="on"><checkbox id="c" value="k"/></checkbox-group>', 'g change {"value":["k"]}'],
  ])('when a %s is tapped then its change is told', async (_, wxml, expected) => {
    await open(wxml)
    await phone.page.click('#c')
    expect(await events()).toEqual([expected])
  })

  test('when a picker is opened and confirmed then its choice is told', async () => {
    await open(`<picker id="p" range="{{['甲', '乙', '丙']}}" bindchange="on" bindcancel="on"><view id="v">选择</view></picker>`)
    await phone.page.click('#v')
    await phone.page.getByText('取消').click()
    await phone.page.click('#v')
    await phone.page.locator('.mp-wheel div').nth(1).click()
    await phone.page.waitForFunction(() => document.querySelector('.mp-wheel')!.scrollTop === 34)
    await phone.page.waitForTimeout(150)
    await phone.page.getByText('确定').click()
    expect(await events()).toEqual(['p cancel {}', 'p change {"value":1}'])
  })

  test('when a slider is dragged then changing and change are told', async () => {
    await open('<slider id="s" min="0" max="10" bindchanging="on" bindchange="on"/>')
    const box = (await phone.page.locator('.mp-slider-track').boundingBox())!
    await phone.page.mouse.move(box.x + 2, box.y)
    await phone.page.mouse.down()
    await phone.page.mouse.move(box.x + box.width / 2, box.y)
    await phone.page.mouse.up()
    expect(await events()).toEqual(['s changing {"value":5}', 's change {"value":5}'])
  })
})

describe('given things that scroll', () => {
  test('when a scroll-view comes near its end then it says so once', async () => {
    await open(
      '<scroll-view id="s" scroll-y style="height: 100px" bindscrolltolower="on" scroll-into-view="{{to}}"><view style="height: 400px"/><view id="end" style="height: 100px"/></scroll-view>',
    )
    await phone.page.evaluate(async () => {
      runtime.pageStack()[0]!.instance.setData({ to: 'end' })
      await runtime.settled()
    })
    await phone.page.waitForFunction(() => document.querySelector('#s')!.scrollTop === 400)
    await settled()
    expect(await events()).toEqual(['s scrolltolower {"direction":"bottom"}'])
  })

  test('when a page is scrolled to its end then onPageScroll and onReachBottom are called', async () => {
    const script =
      "Page({ data: { log: [] }, onPageScroll({ scrollTop }) { this.data.scrollTop = scrollTop }, onReachBottom() { this.data.log.push('bottom') } })"
    phone = await openPhone(browser, writeProject(unit('pages/a/index', '<view style="height: 3000rpx"/>', script)))
    await phone.page.evaluate(() => runtime.pageScrollTo({ scrollTop: 9999, duration: 0 }))
    await settled()
    expect(await pageData()).toMatchObject({ scrollTop: 1500 - 667, log: ['bottom'] })
  })

  test('when a person pulls a page down then it refreshes until it is stopped', async () => {
    const script = 'Page({ data: { pulls: 0 }, onPullDownRefresh() { this.setData({ pulls: this.data.pulls + 1 }) } })'
    phone = await openPhone(
      browser,
      writeProject(unit('pages/a/index', '<view style="height: 100px">x</view>', script, '{ "enablePullDownRefresh": true }')),
    )
    await phone.page.mouse.move(50, 30)
    await phone.page.mouse.down()
    await phone.page.mouse.move(50, 60)
    await phone.page.mouse.move(50, 200)
    await phone.page.mouse.up()
    expect((await pageData())['pulls']).toBe(1)
    expect(await phone.page.isVisible('.mp-pull-down i')).toBe(true)
    await phone.page.evaluate(() => runtime.stopPullDownRefresh())
    await phone.page.waitForFunction(() => document.querySelector('.mp-pull-down')!.clientHeight === 0)
  })

  test('when a swiper is dragged then the next item is current', async () => {
    await open(
      '<swiper id="s" bindchange="on" duration="0"><swiper-item>1</swiper-item><swiper-item item-id="two">2</swiper-item></swiper>',
    )
    await phone.page.mouse.move(300, 50)
    await phone.page.mouse.down()
    await phone.page.mouse.move(100, 50)
    await phone.page.mouse.up()
    expect(await events()).toEqual(['s change {"current":1,"currentItemId":"two","source":"touch"}'])
  })
})

describe('given what is drawn', () => {
  test('when text decodes and keeps spaces then the characters are there', async () => {
    await open('<text id="t" decode space="nbsp">a b&nbsp;&lt;c</text>')
    await settled()
    expect(await phone.page.textContent('#t')).toBe('a\u00a0b\u00a0<c')
  })

  test('when rich text has a script then only the trusted nodes are drawn', async () => {
    await open(`<rich-text id="r" nodes="{{'<p onclick=x class=k>ok<script>1</script><b>b</b></p>'}}"/>`)
    expect(await phone.page.innerHTML('#r')).toBe('<p class="k">ok<b>b</b></p>')
  })

  test('when a style has rpx at run time then it is the share of the screen', async () => {
    await open('<view id="v" style="width: {{300 + 75}}rpx; height: 10rpx">x</view>')
    expect(await phone.page.evaluate(() => document.querySelector('#v')!.getBoundingClientRect().toJSON() as DOMRect)).toMatchObject({
      width: 187.5,
      height: 5,
    })
  })

  test('when an image of the project is shown then it loads and tells its size', async () => {
    const gif = Buffer.from('R0lGODlhAgABAIAAAAUEBAAAACwAAAAAAgABAAACAkQKADs=', 'base64').toString('latin1')
    const folder = writeProject({ ...unit('pages/a/index', '<image id="i" src="../../images/a.gif" bindload="on"/>', SCRIPT) })
    const { mkdirSync, writeFileSync } = await import('node:fs')
    mkdirSync(`${folder}/images`)
    writeFileSync(`${folder}/images/a.gif`, gif, 'latin1')
    phone = await openPhone(browser, folder)
    await phone.page.waitForFunction(() => document.querySelector('img')!.naturalWidth > 0)
    expect(await events()).toEqual(['i load {"width":2,"height":1}'])
  })

  test('when the theme turns dark then media queries and theme variables follow', async () => {
    const folder = writeProject({
      ...unit(
        'pages/a/index',
        '<view id="v">x</view>',
        'Page({})',
        '{ "navigationBarTitleText": "T" }',
        '.x { top: 0; } #v { color: rgb(1, 1, 1); } @media (prefers-color-scheme: dark) { #v { color: rgb(2, 2, 2); } }',
      ),
      'app.json':
        '{ "pages": ["pages/a/index"], "darkmode": true, "themeLocation": "theme.json", "window": { "navigationBarBackgroundColor": "@bar" } }',
      'theme.json': '{ "light": { "bar": "#ffffff" }, "dark": { "bar": "#111111" } }',
    })
    phone = await openPhone(browser, folder)
    const look = () =>
      phone.page.evaluate(() => [getComputedStyle(document.querySelector('#v')!).color, runtime.chrome.navigationBar.backgroundColor])
    expect(await look()).toEqual(['rgb(1, 1, 1)', '#ffffff'])
    await phone.page.evaluate(() => runtime.setTheme('dark'))
    expect(await look()).toEqual(['rgb(2, 2, 2)', '#111111'])
  })
})

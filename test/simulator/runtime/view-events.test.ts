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

const open = async (wxml: string, script = 'Page({})', wxss = '') => {
  phone = await openPhone(browser, writeProject(unit('pages/a/index', wxml, script, '{}', wxss)))
}

describe('given CSS transitions and animations', () => {
  test('when they end then bindtransitionend and bindanimationend hear it, above the element too', async () => {
    await open(
      '<view bindtransitionend="on"><view id="t" class="{{ c }}">x</view></view><view class="a" bindanimationend="on">y</view>',
      "Page({ data: { heard: '' }, onReady() { this.setData({ c: 'on' }) }, on(e) { this.setData({ heard: this.data.heard + ' ' + e.type }) } })",
      '#t { transition: opacity 20ms; } .on { opacity: .5; } .a { animation: go 20ms; } @keyframes go { from { opacity: 0; } }',
    )
    await phone.page.waitForFunction(() => {
      const text = String(runtime.pageStack()[0]!.instance.data['heard'])
      return text.includes('transitionend') && text.includes('animationend')
    })
  })
})

describe('given a handler of input that returns something', () => {
  test.each([
    ['a text', 'e.detail.value.toUpperCase()', 'ABC', 3],
    ['a text and a cursor', '({ value: e.detail.value.replace(/b/g, "bb"), cursor: 1 })', 'abbc', undefined],
    ['nothing', 'undefined', 'abc', 3],
  ])('when it is %s then the field has it', async (_, answer, expected, cursor) => {
    await open('<input id="i" bindinput="on"/>', `Page({ on(e) { return ${answer} } })`)
    await phone.page.click('#i')
    if (cursor === undefined) await phone.page.keyboard.insertText('abc')
    else await phone.page.keyboard.type('abc')
    expect(await phone.page.inputValue('#i input')).toBe(expected)
    expect(await phone.page.evaluate(() => document.querySelector<HTMLInputElement>('#i input')!.selectionStart)).toBe(cursor ?? 1)
  })
})

describe('given text', () => {
  test('when \\n is written in a template then the line breaks, and places of the template stay', async () => {
    await open('<view>a\\nb</view><text id="t">a\\nb {{ n }}\\nc</text><view><text id="u">d</text></view>', 'Page({ data: { n: 1 } })')
    expect(await phone.page.textContent('#t')).toBe('a\nb 1\nc')
    const height = (selector: string) =>
      phone.page.evaluate(target => document.querySelector(target)!.getBoundingClientRect().height, selector)
    expect(await height('#t')).toBeGreaterThan(2.5 * (await height('#u')))
  })
})

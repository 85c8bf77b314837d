import { describe, expect, test } from '@jest/globals'
import { onePage } from '../support/one-page.ts'

const tested = onePage()

describe('given CSS transitions and animations', () => {
  test('when they end then bindtransitionend and bindanimationend hear it, above the element too', async () => {
    await tested.open(
      '<view bindtransitionend="on"><view id="t" class="{{ c }}">x</view></view><view class="a" bindanimationend="on">y</view>',
      "Page({ data: { heard: '' }, onReady() { this.setData({ c: 'on' }) }, on(e) { this.setData({ heard: this.data.heard + ' ' + e.type }) } })",
      '#t { transition: opacity 20ms; } .on { opacity: .5; } .a { animation: go 20ms; } @keyframes go { from { opacity: 0; } }',
    )
    await tested.phone.page.waitForFunction(() => {
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
    await tested.open('<input id="i" bindinput="on"/>', `Page({ on(e) { return ${answer} } })`)
    await tested.phone.page.click('#i')
    if (cursor === undefined) await tested.phone.page.keyboard.insertText('abc')
    else await tested.phone.page.keyboard.type('abc')
    expect(await tested.phone.page.inputValue('#i input')).toBe(expected)
    expect(await tested.phone.page.evaluate(() => document.querySelector<HTMLInputElement>('#i input')!.selectionStart)).toBe(cursor ?? 1)
  })
})

describe('given text', () => {
  test('when \\n is written in a template then the line breaks, and places of the template stay', async () => {
    await tested.open(
      '<view>a\\nb</view><text id="t">a\\nb {{ n }}\\nc</text><view><text id="u">d</text></view>',
      'Page({ data: { n: 1 } })',
    )
    expect(await tested.phone.page.textContent('#t')).toBe('a\nb 1\nc')
    const height = (selector: string) =>
      tested.phone.page.evaluate(target => document.querySelector(target)!.getBoundingClientRect().height, selector)
    expect(await height('#t')).toBeGreaterThan(2.5 * (await height('#u')))
  })
})

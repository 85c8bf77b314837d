// The inspector finds each kind of defect on a page made to have it, and none on a page that is fine.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { foreignTo } from './foreign.ts'
import { inspectScreen, measuresOf } from './inspect.ts'
import { launchBrowser } from '../../simulator/browser.ts'

let browser: Browser
let page: Page
beforeAll(async () => {
  browser = await launchBrowser()
  page = await browser.newPage({ viewport: { width: 375, height: 812 } })
})
afterAll(() => browser?.close())

const title = '<p>merchant</p><p>verdict</p><p>next step</p>'
const found = async (body: string, language: 'zh-CN' | 'en' = 'en') => {
  await page.setContent(`<!doctype html><style>body { margin: 0; color: #1d1b16; background: #f5f4f0 } p { margin: 8px }</style>${body}`)
  return page.evaluate(inspectScreen, measuresOf(foreignTo(language)))
}
const kinds = async (body: string) => (await found(body)).map(({ kind }) => kind)
/** this browser has no Chinese font */
const saidOf = async (kind: string, body: string, language?: 'zh-CN' | 'en') =>
  (await found(body, language)).filter(finding => finding.kind === kind).map(({ what }) => what)

test('given a page that is fine, then nothing is found', async () => {
  expect(await found(title)).toEqual([])
})

test('given text that ends in an ellipsis on purpose, then nothing is found', async () => {
  const style = 'width: 80px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis'
  const name = '<span>a long name of a merchant that does not fit, not even on the widest of all the screens there are</span>'
  expect(await found(`<div style="overflow: hidden">${title}<div style="${style}">${name}</div></div>`)).toEqual([])
})

test('given a row that scrolls sideways, then what is outside is neither overflow nor cut off', async () => {
  const chips = Array.from({ length: 12 }, (_, n) => `<span style="display: inline-block; width: 90px">chip ${n}</span>`).join('')
  const row = `<div style="overflow-x: auto; white-space: nowrap">${chips}</div>`
  expect(await found(`<div style="overflow-x: hidden">${title}${row}</div>`)).toEqual([])
})

test('given text wider than the screen, then overflow', async () => {
  expect(await kinds(`${title}<div style="width: 500px; white-space: nowrap">${'wide '.repeat(20)}</div>`)).toContain('overflow')
})

test('given text cut off by its box, then clipped', async () => {
  expect(await kinds(`${title}<div style="height: 12px; overflow: hidden; line-height: 20px">two<br>lines</div>`)).toContain('clipped')
  expect(await kinds(`${title}<div style="width: 40px; overflow: hidden; white-space: nowrap">a long name</div>`)).toContain('clipped')
})

test('given a character that no font can draw, then missing glyph with its code point', async () => {
  const findings = await found(`${title}<p>\u{10FFFE}</p>`)
  expect(findings).toEqual([{ kind: 'missing glyph', what: expect.stringContaining('U+10FFFE') }])
})

test('given grey on white below 4.5:1, then contrast with the ratio, and text at the limit passes', async () => {
  expect(await found(`${title}<p style="color: #999; background: #fff">note</p>`)).toEqual([
    { kind: 'contrast', what: expect.stringMatching(/^2\.85:1 p "note"/) },
  ])
  expect(await found(`${title}<p style="color: #767676; background: #fff">note</p>`)).toEqual([])
})

test('given faint text through half-transparent layers, then contrast of what is really seen', async () => {
  expect(await kinds(`${title}<div style="background: rgba(0,0,0,.9)"><p style="color: rgba(255,255,255,.3)">note</p></div>`)).toEqual([
    'contrast',
  ])
  expect(await kinds(`${title}<div style="background: #fff"><p style="opacity: .4">note</p></div>`)).toEqual(['contrast'])
})

test('given a faint placeholder, then contrast, until something is typed', async () => {
  const field = (value: string) =>
    `<style>::placeholder { color: #bbb }</style>${title}<input style="color: #1d1b16; background: #fff" placeholder="name" value="${value}">`
  expect(await found(field(''))).toEqual([{ kind: 'contrast', what: expect.stringContaining('name') }])
  expect(await found(field('noodles'))).toEqual([])
})

test('given nothing on the screen, then blank', async () => {
  expect(await kinds('<div style="height: 100px"></div>')).toEqual(['blank'])
})

test('given a card without anything in it, then blank', async () => {
  expect(await kinds(`${title}<div class="card" style="height: 100px; background: #fff"></div>`)).toEqual(['blank'])
})

test('given text behind a sheet, then only what is in front counts', async () => {
  const faint = '<p style="color: #999">note</p>'
  const sheet = `<div style="position: fixed; top: 0; left: 0; width: 100%; height: 100%; background: #f5f4f0">${title}</div>`
  expect(await found(faint + sheet)).toEqual([])
})

test('given the key of a word instead of the word, then key; the name of a host is none', async () => {
  const findings = await found(`${title}<p>settings.language_system</p><p>pack.title</p><p>pay.example.cn</p><p>10.5 s</p>`)
  expect(findings.map(({ kind, what }) => [kind, what])).toEqual([
    ['key', 'settings.language_system'],
    ['key', 'pack.title'],
  ])
})

test('given a sentence of the other language, then language; names and what people wrote are none', async () => {
  const body = `${title}<p>南山区</p><p>区域主管 01 退回：门头照片看不清</p><p>没有找到「面馆」</p><p>Nothing found for “面馆”</p>`
  expect(await saidOf('language', body, 'en')).toEqual(['没有找到「面馆」'])
  expect(await saidOf('language', body, 'zh-CN')).toEqual(['Nothing found for “面馆”'])
})

test('given a value that is not there or two marks in a row, then value', async () => {
  const texts = ['共 undefined 家', 'NaN%', '{count} left', '已退回：原因：。，', '已收到.，']
  expect(await saidOf('value', title + texts.map(text => `<p>${text}</p>`).join(''))).toEqual(texts)
})

test('given something to tap below 88 rpx, then touch, unless an ::after makes the area larger', async () => {
  const button = (style: string, name = 'small') =>
    `<div style="height: 60px"></div><div role="button" class="${name}" style="${style}">Copy</div>`
  const room = '<div style="height: 200px"></div>'
  const larger =
    '<style>.large { position: relative } .large::after { content: ""; position: absolute; top: -14px; bottom: -14px; left: -10px; right: -10px }</style>'
  expect(await found(`${title}${button('width: 90px; height: 24px')}${room}`)).toEqual([
    { kind: 'touch', what: expect.stringMatching(/^91 × 25 px: div\.small/) },
  ])
  expect(await found(`${larger}${title}${button('width: 40px; height: 24px; margin-left: 40px', 'large')}${room}`)).toEqual([])
})

test('given a word that goes on in the next line, then broken; between words, and within an address, a line may end', async () => {
  const narrow = (text: string) => `${title}<div style="width: 60px; overflow-wrap: anywhere">${text}</div>`
  expect(await saidOf('broken', narrow('the merchantreceipt'))).toEqual([expect.stringMatching(/^merchantreceipt in div/)])
  expect(await found(narrow('the page of a shop'))).toEqual([])
  expect(await found(narrow('https://receipt.example.com/receipt/page'))).toEqual([])
})

test('given two gold buttons that both can be seen, then gold; one behind a sheet is none', async () => {
  const style = '<style>:root { --gold: #eab53e } .gold { width: 200px; height: 60px; color: #291c00; background: var(--gold) }</style>'
  const button = (name: string) => `<div role="button" class="gold">${name}</div>`
  expect(await saidOf('gold', `${style}${title}${button('Save')}${button('Retry')}`)).toEqual(['div.gold "Save" and div.gold "Retry"'])
  const sheet = `<div style="position: fixed; top: 0; left: 0; width: 100%; height: 100%; background: #fff">${title}${button('Retry')}</div>`
  expect(await saidOf('gold', `${style}${title}${button('Save')}${sheet}`)).toEqual([])
})

// The static rules of WeChat's scorers: each finds what it is for, and is silent about what is right.
import { describe, expect, it } from '@jest/globals'
import type { App, Part } from '../../../scripts/checks/app-parts.ts'
import { boxes } from '../../../scripts/checks/audit/boxes.ts'
import { cleanUp } from '../../../scripts/checks/audit/clean-up.ts'
import { drawnKeys, keysSet } from '../../../scripts/checks/audit/drawn-keys.ts'
import { drawnWords } from '../../../scripts/checks/audit/drawn-words.ts'
import { icons } from '../../../scripts/checks/audit/icons.ts'
import { manifest } from '../../../scripts/checks/audit/manifest.ts'
import { tappable } from '../../../scripts/checks/audit/tappable.ts'
import { words } from '../../../scripts/checks/audit/words.ts'
import { isDrawn, usesOf } from '../../../scripts/checks/drawn-paths.ts'
import { parseWxml, pathsOf } from '../../../scripts/checks/wxml.ts'

const part = (wxml: string, rest: Partial<Part> = {}): Part => ({
  path: 'miniprogram/pages/a/index',
  isPage: true,
  wxml: parseWxml(wxml),
  using: {},
  declared: [],
  placeholders: [],
  functions: [],
  properties: [],
  keys: [],
  attached: {},
  observed: [],
  ...rest,
})
const appOf = (...parts: Part[]) =>
  ({ parts, compiled: { appJson: { pages: [], lazyCodeLoading: 'requiredComponents' } } }) as unknown as App

it('an icon that the font does not have is found, in a template and in a script', () => {
  const sources = [
    { file: 'a.wxml', text: '<app-icon class="x" name="apps-o" /><app-icon name="arrow" /><app-icon name="{{icon}}" />' },
    { file: 'a.ts', text: "[\n{ icon: 'photo-o' }, { icon: 'eye-o' }]\nconst icons = { call: 'phone-o', seen: 'eye-o' }" },
  ]
  expect(icons(sources, '.icon-arrow:before{}.icon-eye-o:before{}')).toEqual([
    'a.wxml:1: app-icon has no apps-o',
    'a.ts:2: app-icon has no photo-o',
    'a.ts:3: app-icon has no phone-o',
  ])
})

describe('keys of data', () => {
  it('that are drawn nowhere are found, whoever sets them', () => {
    const page = part('<view wx:if="{{shown && rows.length}}">{{copy.title}}</view>', {
      keys: ['shown', 'rows', 'copy', 'idle'],
      functions: ["onTap() { this.setData({ shown: true, 'late.on': { rows: 1 } }) }"],
    })
    expect(drawnKeys(appOf(page)).join('\n')).toMatch(/data\.idle[^]*data\.late/)
    expect(drawnKeys(appOf(page))).toHaveLength(2)
  })
  it('are read out of setData calls at their first level', () => {
    expect(keysSet("f() { this.setData({ a, 'b.c[1]': 2, d: { e: 3 }, [`g[${i}]`]: 4 }); this.getTabBar()?.setData({ h: 1 }) }")).toEqual([
      'a',
      'b',
      'd',
    ])
  })
  it('are followed through loops and into components', () => {
    const row = part('<view>{{line.title}}</view>', { path: 'miniprogram/components/row/index', properties: ['line'] })
    const page = part('<row wx:for="{{rows}}" wx:key="id" line="{{item}}" />', { using: { row: row.path } })
    const uses = usesOf(page, new Map([[row.path, row]]))
    expect(isDrawn(['rows', '*', 'title'], uses)).toBe(true)
    expect(isDrawn(['rows', '*', 'id'], uses)).toBe(true)
    expect(isDrawn(['rows', '*', 'note'], uses)).toBe(false)
  })
  it('are told from words in quotes and keys of objects', () => {
    expect(pathsOf("a.b === 'c.d' ? e[f].g : true")).toEqual([['a', 'b'], ['e', '*', 'g'], ['f']])
  })
})

describe('boxes', () => {
  it('that would lose what a keyboard ends without an input event are found', () => {
    const page = part(
      '<input bindinput="a" bindblur="a" bindconfirm="a" /><textarea bindinput="a" bindconfirm="a" /><van-search bind:change="a" bind:blur="a" />',
    )
    expect(boxes(appOf(page))).toEqual([
      expect.stringContaining('<textarea> does not bind blur'),
      expect.stringContaining('<van-search> does not bind search'),
    ])
  })
})

describe('words of a page', () => {
  const long = 'x'.repeat(600)
  it('that are sent in bulk and not drawn, or drawn and not sent, are found', () => {
    const page = part('<text>{{copy.home.title}}{{copy.home.gone}}</text>', { attached: { copy: { home: { title: 'T', long } } } })
    expect(drawnWords(appOf(page))).toEqual([expect.stringContaining('bytes of words'), expect.stringContaining('copy.home.gone')])
  })
  const dictionary = (language: 'zh-CN' | 'en', words: Record<string, string>) => ({
    path: 'words/words',
    file: 'words/words.ts',
    language,
    words,
  })
  it('nobody says, that stand twice, and Chinese in English, are found', () => {
    const said = [{ file: 'a.ts', text: "say('common.ok')" }]
    const findings = words(said, [
      dictionary('zh-CN', { 'common.ok': '好', 'common.gone': '走' }),
      { ...dictionary('zh-CN', { 'common.ok': '行' }), file: 'pages/a/words.ts' },
      dictionary('en', { 'common.ok': '好' }),
    ])
    expect(findings).toEqual([
      'miniprogram/words/words.ts: nobody says common.gone',
      'miniprogram/pages/a/words.ts: common.ok stands in another dictionary too',
      'miniprogram/words/words.ts: common.ok has Chinese in its English text',
    ])
  })
  it.each([
    ['a script', [{ file: 'a.ts', text: "say('home.title')" }]],
    ['a script by its shape', [{ file: 'a.ts', text: 'say(`home.${what}`)' }]],
    ['a template', [{ file: 'a.wxml', text: '{{copy.home.title}}' }]],
    ['a component that has the section', [{ file: 'a.wxml', text: '<b copy="{{copy.home}}" />{{copy.title}}' }]],
  ])('that %s says are right', (_who, sources) => {
    expect(words(sources, [dictionary('zh-CN', { 'home.title': '标题' })])).toEqual([])
  })
  it.each([
    ['zh-CN', '我知道了啊'],
    ['en', 'Close'],
  ] as const)('five characters on a button of a dialog are found: %s', (language, text) => {
    const said = [{ file: 'a.ts', text: "askPerson(text, 'button.yes')" }]
    expect(words(said, [dictionary(language, { 'button.yes': text })])).toEqual([
      `miniprogram/words/words.ts: button.yes has more than 4 characters: a dialog with that button does not open`,
    ])
  })
  it('four characters on a button of a dialog are right, and so are more elsewhere', () => {
    const said = [{ file: 'a.ts', text: "say('button.yes') + say('common.back')" }]
    expect(
      words(said, [
        dictionary('zh-CN', { 'button.yes': '我知道了', 'common.back': '回到上一页' }),
        dictionary('en', { 'button.yes': 'Stop', 'common.back': 'Go back' }),
      ]),
    ).toEqual([])
  })
})

describe('what takes a tap', () => {
  it.each([
    ['<view bind:tap="on">开通</view>', /without aria-role/],
    ['<view aria-role="button" bind:tap="on"><view class="icon"></view></view>', /without text or aria-label/],
  ])('%s is found', (wxml, finding) => expect(tappable(appOf(part(wxml)))).toEqual([expect.stringMatching(finding)]))
  it.each(['<view aria-role="button" bind:tap="on"><text>{{label}}</text></view>', '<view aria-hidden="true" bind:tap="on"></view>'])(
    '%s is right',
    wxml => expect(tappable(appOf(part(wxml)))).toEqual([]),
  )
})

describe('what is begun and not ended', () => {
  it.each([
    ['setTimeout(f, 1)', 'clearTimeout'],
    ['wx.onThemeChange(f)', 'wx.offThemeChange'],
    ["wx.getStorageSync('a')", 'platform.ts'],
  ])('%s is found', (text, finding) => {
    expect(cleanUp([{ file: 'miniprogram/pages/a/index.ts', text }])).toEqual([expect.stringContaining(finding)])
  })
  it('is silent where it ends', () => {
    expect(
      cleanUp([
        { file: 'miniprogram/pages/a/index.ts', text: 'setTimeout(f, 1); clearTimeout(h); wx.onThemeChange(f); wx.offThemeChange(f)' },
      ]),
    ).toEqual([])
  })
})

it('a component that is declared and not used is found', () => {
  expect(manifest(appOf(part('<a-b />', { declared: ['a-b', 'c-d'] })))).toEqual([expect.stringContaining('<c-d>')])
})

it('each page of the main package preloads every sub-package, in any network', () => {
  const given = (preloadRule: object) => {
    const app = appOf()
    Object.assign(app.compiled.appJson, {
      pages: ['pages/home/index'],
      subPackages: [
        { root: 'packages/visit', name: 'visit', pages: [] },
        { root: 'packages/system', pages: [] },
      ],
      preloadRule,
    })
    return manifest(app)
  }
  expect(given({})).toEqual([expect.stringContaining('does not preload packages/visit'), expect.stringContaining('packages/system')])
  expect(given({ 'pages/home/index': { packages: ['visit', 'packages/system'] } })).toEqual([expect.stringContaining('wifi only')])
  expect(given({ 'pages/home/index': { network: 'all', packages: ['visit', 'packages/system'] } })).toEqual([])
})

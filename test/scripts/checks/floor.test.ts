// The floor for engines: what is refused in a file that ships, and what of it the app itself defines.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { transformSync } from 'esbuild'
import { readApp } from '../../../scripts/checks/app-parts.ts'
import { appNeeds, checkFiles } from '../../../scripts/checks/floor.ts'
import { baseLibraryNeeds } from '../../../scripts/checks/floor/base-library.ts'
import { compareVersions } from '../../../scripts/checks/floor/engines.ts'
import { lackingInPageScript } from '../../../scripts/checks/floor/script.ts'
import { root } from '../../../scripts/checks/files.ts'
import { fold } from '../../../miniprogram/shared/fold.ts'
import { ADDED, BASE_LIBRARY } from '../../../scripts/checks/floor/table.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'floor-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** @returns the findings without the file's name: `line: what` */
async function findings(name: string, text: string): Promise<string[]> {
  const file = join(folder, name)
  writeFileSync(file, text)
  return (await checkFiles([file])).map(finding => finding.slice(finding.indexOf(name) + name.length + 1))
}

describe('a script is refused for what its compiled form still needs', () => {
  it.each([
    ['look-behind', 'export const found = (text: string) => /(?<![0-9])1/.test(text)', /look-behind.*iOS 12 \(from 16\.4\)/],
    ['look-behind in a string', "export const found = new RegExp('(?<=a)b', 'g')", /look-behind/],
    ['modifiers', "export const found = new RegExp('(?i:a)b')", /modifiers/],
    ['the d flag', 'export const found = /a/d', /flag d/],
    ['the v flag', "export const found = new RegExp('[a--b]', 'v')", /flag v/],
    ['a newer script of Unicode', "export const found = new RegExp('\\\\p{Script=Vithkuqi}', 'u')", /newer than ES2018/],
    ['BigInt', 'export const big = 10n', /BigInt/],
    ['BigInt by name', 'export const big = BigInt(1)', /BigInt: iOS 12 \(from 14\)/],
    ['Intl', "export const text = new Intl.NumberFormat('zh').format(1)", /Intl/],
    ['globalThis', 'export const all = globalThis.wx', /globalThis/],
    ['WeakRef', 'export const held = new WeakRef({})', /WeakRef/],
    ['structuredClone', 'export const copy = structuredClone({})', /structuredClone: no such name/],
    ['a browser’s class', "export const link = new URL('https://a.cn')", /URL: no such name/],
    ['queueMicrotask', 'queueMicrotask(() => {})', /queueMicrotask/],
    ['eval', "export const value = eval('1')", /eval/],
    ['Object.hasOwn', "export const has = Object.hasOwn({}, 'a')", /Object\.hasOwn/],
    ['Object.groupBy', 'export const groups = Object.groupBy([1], String)', /Object\.groupBy/],
    ['Promise.allSettled', 'export const all = Promise.allSettled([])', /Promise\.allSettled/],
    ['Promise.any', 'export const one = Promise.any([])', /Promise\.any/],
    ['.at', 'export const last = (list: number[]) => list.at(-1)', /Array\.at/],
    ['.findLast', 'export const last = (list: number[]) => list.findLast(Boolean)', /Array\.findLast/],
    ['.toSorted', 'export const sorted = (list: number[]) => list.toSorted()', /Array\.toSorted/],
    ['.replaceAll', "export const text = 'a'.replaceAll('a', 'b')", /String\.replaceAll/],
    ['.matchAll', "export const all = 'a'.matchAll(/a/g)", /String\.matchAll/],
  ])('%s', async (_, code, what) => {
    const found = await findings('sample.ts', `// first line\n${code}\n`)
    expect(found).toEqual([expect.stringMatching(what)])
    expect(found[0]).toMatch(/^[12]: /)
  })

  it('what the tools down-level, what the app defines and what is asked for first pass', async () => {
    const code = `export class Held { #kept = 1; static of = 2; kept() { return this.#kept } }
export const value = (given?: { a: number }) => given?.a ?? 1 ** 2
export const list = [[1]].flat().flatMap(one => [one])
export const made = Object.fromEntries([['a', 1]])
export async function* all() { for await (const one of [Promise.resolve(1)]) yield one }
export const whole = typeof globalThis === 'undefined' ? {} : globalThis
export const own = Object.hasOwn ? Object.hasOwn({}, 'a') : false
export const text = ' 1 '.trimStart().padStart(3).normalize('NFKC').replace(/[^\\p{L}]/gu, '').replace(/(?<year>.)/s, '$<year>')
try { list.pop() } catch { list.push(1) }`
    expect(await findings('passes.ts', code)).toEqual([])
  })

  it('a file that cannot be read is named', async () => {
    expect(await findings('broken.js', 'const = 1')).toEqual([expect.stringContaining('cannot be compiled')])
  })
})

describe('WXSS', () => {
  it.each([
    ['env() in a variable of every engine', '.a { --home-bar: env(safe-area-inset-bottom); }', /env\(\)/],
    ["an older padding, which the tools' minifier drops", '.a { padding: 1px; padding: env(safe-area-inset-bottom); }', /env\(\)/],
    ['env() with nothing before it', '.a { padding-bottom: calc(8px + env(safe-area-inset-bottom)); }', /env\(\)/],
    ['gap in a flex box', '.a { display: flex; gap: 4px; }', /gap in a flex box/],
    ['inset', '.a { inset: 0; }', /inset/],
    ['aspect-ratio', '.a { aspect-ratio: 1; }', /aspect-ratio/],
    ['min()', '.a { width: min(10px, 50%); }', /min\(\)/],
    ['clamp()', '.a { font-size: clamp(10px, 2vw, 20px); }', /clamp\(\)/],
    [':is()', ':is(.a, .b) { color: red; }', /:is/],
    [':has()', '.a:has(.b) { color: red; }', /:has/],
    [':not() of a list', '.a:not(.b, .c) { color: red; }', /:not\(\)/],
    ['a newer keyword', '.a { overflow: clip; }', /overflow: clip/],
    ['a newer unit', '.a { height: 100dvh; }', /unit dvh/],
    ['@container', '@container (width > 1px) { .a { color: red; } }', /@container/],
    ['nested rules', '.a { & .b { color: red; } }', /nested rules/],
    ['color-mix()', '.a { color: color-mix(in srgb, red, blue); }', /color-mix\(\)/],
    ['oklch()', '.a { background: linear-gradient(oklch(50% 0 0), red); }', /oklch\(\)/],
    ['lab() and hwb()', '.a { color: lab(50% 0 0); border-color: hwb(0 0% 0%); }', /lab\(\)/],
    ['light-dark()', '.a { color: light-dark(red, blue); }', /light-dark\(\)/],
    ['an easing of points', '.a { transition: all 1s linear(0, 1); }', /linear\(\)/],
    ['revert', '.a { all: revert; }', /all: revert/],
    ['revert-layer', '.a { color: revert-layer; }', /revert-layer/],
    ['rgb() with spaces', '.a { color: rgb(1 2 3 / 0.5); }', /rgb\(\) without commas/],
  ])('%s is refused', async (_, style, what) => {
    expect((await findings('sample.wxss', style))[0]).toMatch(what)
  })

  it('a newer declaration behind an older one or inside @supports passes, and gap in a grid', async () => {
    const style = `.a { bottom: 8px; bottom: calc(8px + env(safe-area-inset-bottom)); color: var(--ink); width: 750rpx; }
.b { display: grid; gap: 4px; }
@supports (bottom: env(safe-area-inset-bottom)) { .c { --home-bar: env(safe-area-inset-bottom); padding: env(safe-area-inset-bottom); } }`
    expect(await findings('passes.wxss', style)).toEqual([])
  })
})

describe('WXS and WXML', () => {
  it.each([
    ['arrow.wxs', 'module.exports = { a: () => 1 }', /ECMAScript 5/],
    ['expression.wxs', 'module.exports = { a: /a/ }', /getRegExp/],
    ['global.wxs', 'module.exports = { a: new Set() }', /WXS has no Set/],
    ['behind.wxs', "module.exports = { a: getRegExp('(?<=a)b') }", /look-behind/],
    ['chain.wxml', '<view>{{row?.name}}</view>', /WXML has no \?\./],
    ['else.wxml', "<view>\n{{name ?? ''}}</view>", /2: WXML has no \?\?/],
    ['inside.wxml', '<wxs module="m">\nmodule.exports = { a: (b) => b }</wxs>', /2: WXS is ECMAScript 5/],
    ['style.wxml', '<view style="inset: 0; width: {{width}}px" />', /inset/],
  ])('%s is refused', async (name, text, what) => {
    expect((await findings(name, text))[0]).toMatch(what)
  })

  it('a fallback written as a condition passes', async () => {
    expect(await findings('passes.wxml', '<view style="width: {{width}}px">{{a?.5:1}}{{name || \'?.\'}}</view>')).toEqual([])
  })
})

describe('miniprogram/missing-built-ins.ts, in an engine without them', () => {
  const inOldEngine = (expression: string): unknown => {
    const { code } = transformSync(readFileSync(join(root, 'miniprogram/missing-built-ins.ts'), 'utf8'), { loader: 'ts' })
    const without = 'delete Array.prototype.flat; delete Array.prototype.flatMap; delete Object.fromEntries;'
    return JSON.parse(runInContext(`${without}${code};JSON.stringify(${expression})`, createContext({})) as string)
  }

  it('flat, flatMap and fromEntries are there and do what the language says', () => {
    expect(inOldEngine('[[1, [2, [3]]], 4].flat()')).toEqual([1, [2, [3]], 4])
    expect(inOldEngine('[[1, [2, [3]]], 4].flat(2)')).toEqual([1, 2, [3], 4])
    expect(inOldEngine('[[1]].flat(0)')).toEqual([[1]])
    expect(inOldEngine('[1, 2].flatMap((one, at, all) => [one * 2, [at, all.length]])')).toEqual([2, [0, 2], 4, [1, 2]])
    expect(inOldEngine('[1].flatMap(one => one)')).toEqual([1])
    expect(inOldEngine("Object.fromEntries(new Map([['a', 1]]))")).toEqual({ a: 1 })
    expect(inOldEngine('(() => { const met = []; for (const key in [1]) met.push(key); return met })()')).toEqual(['0'])
  })

  it('they are what the table says, and the app loads them first', () => {
    const text = readFileSync(join(root, 'miniprogram/missing-built-ins.ts'), 'utf8')
    const added = [...text.matchAll(/^add\(\s*(\w+)(?:\.prototype)?,\s*'(\w+)'/gm)].map(([, owner, name]) => `${owner}.${name}`)
    expect(added).toEqual(ADDED)
    expect(/^import .*$/m.exec(readFileSync(join(root, 'miniprogram/app.ts'), 'utf8'))![0]).toBe("import './missing-built-ins'")
  })
})

describe('fold, in an engine that was built without the tables of Unicode', () => {
  it('compares what people write as other engines do', () => {
    const { code } = transformSync(readFileSync(join(root, 'miniprogram/shared/fold.ts'), 'utf8'), { loader: 'ts', format: 'cjs' })
    const refuses = `const Known = RegExp; RegExp = function (pattern, flags) { if (pattern.includes('p{')) throw new SyntaxError('no tables'); return new Known(pattern, flags) };`
    const context = createContext({ module: { exports: {} } })
    runInContext(`(() => { ${refuses} ${code} })()`, context)
    const { fold: inOldEngine } = (context as { module: { exports: { fold: typeof fold } } }).module.exports
    for (const text of ['科技面馆（科苑 店）', 'A&B Café-Bar, 2/F', '“老地方”·茶 1.5', '𠮷野家・駅前', '深圳市南山区#12_b'])
      expect(inOldEngine(text)).toBe(fold(text))
  })
})

describe('the receipt on a customer’s phone', () => {
  it('has what a web page has, and no more than old engines can', async () => {
    const page = join(root, 'backend/receipts/page')
    expect(await checkFiles(readdirSync(page).map(name => join(page, name)))).toEqual([])
  })
  it.each([
    ['syntax that nothing compiles down', 'var a = window.b ?? 1', /Unexpected/],
    ['a newer method', "window.a = 'a'.replaceAll('a', 'b')", /replaceAll/],
    ['a newer global', 'window.a = structuredClone({})', /structuredClone/],
    ['look-behind', 'window.a = /(?<=a)b/.test(location.search)', /look-behind|Invalid/],
  ])('is refused with %s', (_, code, what) => {
    const read = () => lackingInPageScript(code).map(lack => lack.what)
    let found: string[]
    try {
      found = read()
    } catch (error) {
      found = [(error as Error).message]
    }
    expect(found).toEqual([expect.stringMatching(what)])
  })
  it('is refused with a style that they pass over', async () => {
    expect(await findings('sample.css', 'main {\n  display: flex;\n  gap: 10px;\n}\n')).toEqual([
      expect.stringMatching(/gap in a flex box/),
    ])
  })
})

describe('the base library that the app needs', () => {
  const needs = (text: string) => baseLibraryNeeds([{ file: 'miniprogram/sample.ts', text }]).map(({ what, from }) => `${from} ${what}`)

  it('is that of the newest method or option called', () => {
    expect(needs("wx.chooseMedia({ count: 1 })\nwx.setClipboardData({ data: '' })")).toEqual([
      '2.10.0 wx.chooseMedia',
      '1.1.0 wx.setClipboardData',
    ])
    expect(needs('wx.compressImage({ src, compressedWidth: 1 })')).toEqual([
      '2.26.0 wx.compressImage compressedWidth',
      '2.4.0 wx.compressImage',
    ])
    expect(baseLibraryNeeds([{ file: 'miniprogram/a.wxml', text: '<root-portal />' }])).toMatchObject([{ from: '2.25.2' }])
  })

  it('what is asked for first, or stands in a comment, raises nothing', () => {
    expect(needs("if (wx.canIUse('getPrivacySetting')) wx.getPrivacySetting({})")).toEqual(['1.1.1 wx.canIUse'])
    expect(needs('if (wx.getUpdateManager) wx.getUpdateManager()')).toEqual([])
    expect(needs('wx.onNetworkWeakChange?.(() => {}) // wx.chooseMedia({})')).toEqual([])
  })

  it('no call of the app needs more than the floor', async () => {
    const [newest] = await appNeeds(await readApp())
    expect(compareVersions(newest!.from, BASE_LIBRARY)).toBe(0)
  })
})

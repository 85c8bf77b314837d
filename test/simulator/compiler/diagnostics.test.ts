import { linkSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { compileProject } from '../../../simulator/compiler/index.ts'
import { removeProjects, unit, writeProject } from '../support/project.ts'

afterAll(removeProjects)

const PAGE = unit('pages/a/index', '<view/>')

const diagnose = async (files: Record<string, string>) => {
  const { diagnostics, script } = await compileProject(writeProject({ ...PAGE, ...files }), { strict: true })
  if (diagnostics.length) expect(script).toBe('')
  return diagnostics.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`)
}

describe('given a project without mistakes', () => {
  test('when it is compiled then there are no diagnostics and the script defines the project', async () => {
    const { diagnostics, script, inputs } = await compileProject(writeProject(PAGE))
    expect(diagnostics).toEqual([])
    expect(script.startsWith('globalThis.__project = {')).toBe(true)
    expect(inputs.some(file => file.endsWith('index.wxml'))).toBe(true)
  })

  test('when the folder has no app.json then the error names the file', async () => {
    await expect(compileProject('/nonexistent-mini-program')).rejects.toThrow('app.json is not found')
  })

  test('when app.json stands in a folder below then that folder is named', async () => {
    const folder = writeProject({ 'examples/a/app.json': '{}', 'node_modules/b/app.json': '{}' })
    rmSync(join(folder, 'app.json'))
    await expect(compileProject(folder)).rejects.toThrow(`no mini program folder; there is one in ${join(folder, 'examples/a')}`)
  })
})

describe('given a mistake in WXML', () => {
  test.each([
    [
      'a tag that nobody declared',
      '<view>\n  <my-card/>\n</view>',
      'pages/a/index.wxml:2:3 <my-card> is neither a built-in component nor in usingComponents',
    ],
    ['a built-in that the simulator lacks', '<video/>', 'pages/a/index.wxml:1:1 <video> is a built-in component that the simulator lacks'],
    ['an attribute that a built-in has not', '<view\n  colour="red"/>', 'pages/a/index.wxml:2:3 <view> has no attribute "colour"'],
    [
      'an attribute that the simulator does not play',
      '<movable-view scale/>',
      'pages/a/index.wxml:1:15 <movable-view> attribute "scale" is not supported by the simulator',
    ],
    ['wx-if for wx:if', '<view wx-if="{{a}}"/>', 'pages/a/index.wxml:1:7 "wx-if" has no effect; write "wx:if"'],
    ['a missing end tag', '<view>\n<text>\n</view>', 'pages/a/index.wxml:2:2 missing end tag'],
    ['an unknown wx: attribute', '<view wx:fro="{{a}}"/>', 'pages/a/index.wxml:1:7 "wx:fro" is not a directive'],
    ['an import of no file', '<view/>\n<import src="./lost.wxml"/>', 'pages/a/index.wxml:2:1 pages/a/lost.wxml is not found'],
    ['a wxs of no file', '<wxs module="m" src="./lost.wxs"/>', 'pages/a/index.wxml:1:1 pages/a/lost.wxs is not found'],
  ])('when there is %s then file, line and column are named', async (_, wxml, expected) => {
    expect(await diagnose({ 'pages/a/index.wxml': wxml })).toContain(expected)
  })

  test('when an expression is broken then the build stops', async () => {
    const found = await diagnose({ 'pages/a/index.wxml': '<view/>\n<view>{{ a + }}</view>' })
    expect(found).toEqual([expect.stringMatching(/^pages\/a\/index\.wxml:2:\d+ unexpected character inside expression$/)])
  })

  test('when strings of an expression have the quotes of the attribute then it is one attribute', async () => {
    expect(await diagnose({ 'pages/a/index.wxml': '<view class="a {{ on ? "b" : "c" }}" id="v"/>' })).toEqual([])
  })

  test('when undeclared tags stand in comments, strings or wxs then they are no mistake', async () => {
    const wxml = `<!-- <my-card/> --><wxs module="m">module.exports = { html: '<my-card>' }</wxs><text>{{ '<my-card/>' }}</text>`
    expect(await diagnose({ 'pages/a/index.wxml': wxml })).toEqual([])
  })
})

describe('given a mistake in JSON', () => {
  test.each([
    ['a comment', '{\n  // no\n}', /^pages\/a\/index\.json:2:3 /],
    [
      'a component path of nothing',
      '{ "usingComponents": {\n  "lost": "./lost" } }',
      /^pages\/a\/index\.json:2:3 component "lost": "\.\/lost" is not found$/,
    ],
  ])('when there is %s then file, line and column are named', async (_, json, expected) => {
    expect(await diagnose({ 'pages/a/index.json': json })).toEqual([expect.stringMatching(expected)])
  })

  test('when app.json names a page without files then the page is named', async () => {
    const app = '{\n  "pages": ["pages/a/index"],\n  "subPackages": [{ "root": "more", "pages": ["b/index"] }]\n}'
    expect(await diagnose({ 'app.json': app })).toEqual([
      expect.stringMatching(/^app\.json:3:\d+ page "more\/b\/index": more\/b\/index\.ts \(or \.js\) is not found$/),
    ])
  })

  test('when the tab bar names a page that is not in pages then it is named', async () => {
    const app =
      '{ "pages": ["pages/a/index"],\n"tabBar": { "list": [{ "pagePath": "pages/a/index", "text": "A" },\n{ "pagePath": "pages/b/index", "text": "B" }] } }'
    expect(await diagnose({ 'app.json': app })).toEqual(['app.json:3:15 tabBar page "pages/b/index" is not in pages'])
  })
})

describe('given a mistake in code', () => {
  test('when TypeScript does not parse then file, line and column are named', async () => {
    expect(await diagnose({ 'app.ts': 'App({})\nlet x: = 1', 'app.js': '' })).toEqual([expect.stringMatching(/^app\.ts:2:8 /)])
  })

  test('when a module is required that does not exist then the place is named', async () => {
    expect(await diagnose({ 'app.js': "App({})\nrequire('./lost')" })).toEqual(["app.js:2:10 module './lost' is not found"])
  })

  test('when WXSS does not parse then file, line and column are named', async () => {
    expect(await diagnose({ 'pages/a/index.wxss': '.a {\n  color red;\n}' })).toEqual([
      expect.stringMatching(/^pages\/a\/index\.wxss:2:3 /),
    ])
  })

  test('when a wxs file does not parse then file and line are named', async () => {
    const found = await diagnose({ 'pages/a/index.wxml': '<wxs module="m" src="./m.wxs"/>', 'pages/a/m.wxs': 'var a = 1\nvar = 2' })
    expect(found).toEqual([expect.stringMatching(/^pages\/a\/m\.wxs:2:5 /)])
  })

  test.each([
    ['an arrow function', 'var f = function () { return 1 }\nvar g = () => 1', 'pages/a/m.wxs:2:9 WXS has no arrow functions'],
    ['let', '/* 中文 */ let a = 1', 'pages/a/m.wxs:1:10 WXS has no let'],
    ['a regular expression', 'var a = /x/', 'pages/a/m.wxs:1:9 WXS has no regular expression literals; use getRegExp()'],
  ])('when wxs has %s then it is refused as by WeChat', async (_, wxs, expected) => {
    expect(await diagnose({ 'pages/a/index.wxml': '<wxs module="m" src="./m.wxs"/>', 'pages/a/m.wxs': wxs })).toEqual([expected])
  })

  test('when inline wxs does not parse then the line is that of the WXML file', async () => {
    const found = await diagnose({ 'pages/a/index.wxml': '<view/>\n<wxs module="m">\nvar = 2\n</wxs>' })
    expect(found).toEqual([expect.stringMatching(/^pages\/a\/index\.wxml:3:5 /)])
  })
})

/** What a mini program says that WeChat runs: `severity file:line:column message`. */
const tolerate = async (files: Record<string, string | Buffer>) => {
  const { diagnostics, script } = await compileProject(writeProject({ ...PAGE, ...files }))
  return {
    told: diagnostics.map(({ severity, file, line, column, message }) => `${severity} ${file}:${line}:${column} ${message}`),
    starts: script !== '',
  }
}

describe('given something that WeChat lets pass', () => {
  test.each([
    ['an unknown attribute', '<view\n  colour="red"/>', '2:3 <view> has no attribute "colour"'],
    ['a built-in that the simulator lacks', '<video src="a.mp4"/>', '1:1 <video> is a built-in component that the simulator lacks'],
    ['a tag that nobody knows', '<div>a</div>', '1:1 <div> is neither a built-in component nor in usingComponents'],
    ['capital letters in data-', '<view data-itemId="1"/>', '1:7 avoid uppercase letters'],
    ['an expression as a key', '<view wx:for="{{a}}" wx:key="{{id}}"/>', '1:30 data bindings are not allowed for this attribute'],
    ['a class of a block', '<block class="a">b</block>', '1:8 invalid attribute'],
    ['an entity that nobody knows', '<view>&foo;</view>', '1:7 illegal entity'],
  ])('when there is %s then it is a warning with its place, and the app starts', async (_, wxml, expected) => {
    expect(await tolerate({ 'pages/a/index.wxml': wxml })).toEqual({ told: [`warning pages/a/index.wxml:${expected}`], starts: true })
  })

  test('when wx:for-items stands for wx:for then nothing is told', async () => {
    expect(await tolerate({ 'pages/a/index.wxml': '<view wx:for-items="{{a}}" class="x">{{item}}</view>' })).toEqual({
      told: [],
      starts: true,
    })
  })

  test('when a page or a module is missing then the rest starts', async () => {
    const { told, starts } = await tolerate({
      'app.json': '{ "pages": ["pages/a/index",\n"pages/lost/index"] }',
      'app.js': "App({})\nrequire('./lost')",
    })
    expect(told).toEqual([
      'warning app.json:2:1 page "pages/lost/index": pages/lost/index.ts (or .js) is not found',
      "warning app.js:2:10 module './lost' is not found",
    ])
    expect(starts).toBe(true)
  })

  test.each([
    ['a template', { 'pages/a/index.wxml': '<import src="./lost.wxml"/>' }, 'index.wxml:1:1 pages/a/lost.wxml is not found'],
    ['a script', { 'pages/a/index.wxml': '<wxs module="m" src="./lost.wxs"/>' }, 'index.wxml:1:1 pages/a/lost.wxs is not found'],
    ['a style', { 'pages/a/index.wxss': '@import "./lost.wxss";' }, 'index.wxss:1:1 @import "./lost.wxss" is not found'],
    [
      'a component',
      { 'pages/a/index.json': '{ "usingComponents": { "x-y": "./lost" } }' },
      'index.json:1:24 component "x-y": "./lost" is not found',
    ],
  ])('when %s is not there then its place is told and the rest starts', async (_, files, expected) => {
    expect(await tolerate(files)).toEqual({ told: [`warning pages/a/${expected}`], starts: true })
  })

  test('when a folder has 5,000 files then the one with a mistake is named and all others are there', async () => {
    const names = Array.from({ length: 1_250 }, (_, index) => `pages/p${index}`)
    const folder = writeProject({
      ...unit('pages/p0', '<view class="a">x</view>', 'Page({})', '{}', '.a { top: 1rpx; }'),
      'app.json': JSON.stringify({ pages: [...names, 'pages/a/index'] }),
      'pages/a/index.js': 'Page({})',
      'pages/a/index.wxml': '<view\n colour="red"/>',
    })
    // links to the first page: writing as many files would take longer than building them
    for (const name of names.slice(1))
      for (const ending of ['wxml', 'js', 'json', 'wxss']) linkSync(join(folder, `pages/p0.${ending}`), join(folder, `${name}.${ending}`))
    const { diagnostics, script } = await compileProject(folder)
    expect(diagnostics.map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual(['pages/a/index.wxml:2:2'])
    expect(script).toContain('pages/p1249')
  })

  test('when a first quote is forgotten then the app starts all the same, as in WeChat', async () => {
    const { told, starts } = await tolerate({ 'pages/a/index.wxml': '<image src=https://a.b/c?d=e&f"\n class="b"/>' })
    expect(told).toEqual(told.filter(line => line.startsWith('warning pages/a/index.wxml:1:')))
    expect(starts).toBe(true)
  })

  test('when a declaration of a style is none then its place is a warning and the rest holds', async () => {
    const { told, starts } = await tolerate({ 'pages/a/index.wxss': '.a {\n  left::1px;\n  color red;\n  // old\n  top: 0;\n}' })
    expect(told).toEqual([
      expect.stringMatching(/^warning pages\/a\/index\.wxss:2:\d+ Double colon$/),
      expect.stringMatching(/^warning pages\/a\/index\.wxss:3:\d+ Unknown word/),
      expect.stringMatching(/^warning pages\/a\/index\.wxss:4:\d+ Unknown word/),
    ])
    expect(starts).toBe(true)
  })

  test('when a file is not UTF-8 then the first place that is not is named', async () => {
    const gbk = Buffer.concat([Buffer.from('<view/>\n<view>'), Buffer.from([0xd6, 0xd0]), Buffer.from('</view>')])
    expect(await tolerate({ 'pages/a/index.wxml': gbk })).toEqual({
      told: ['warning pages/a/index.wxml:2:7 the file is not UTF-8: save it as UTF-8'],
      starts: true,
    })
  })

  test('when a file is UTF-16 then that is said', async () => {
    const { told } = await tolerate({ 'pages/a/index.wxml': Buffer.from('<view/>', 'utf16le') })
    expect(told).toContain('warning pages/a/index.wxml:1:2 the file is UTF-16, or no text: save it as UTF-8')
  })

  test('when tags are nested without end then that template stays empty, and the next build and the other pages stand', async () => {
    const nested = '<view/>\n' + '<view>'.repeat(3_000) + '</view>'.repeat(3_000)
    const files = { 'app.json': '{ "pages": ["pages/b/index", "pages/a/index"] }', ...unit('pages/b/index', '<view>{{ a }}</view>') }
    expect(await tolerate({ ...files, 'pages/a/index.wxml': nested })).toEqual({
      told: [
        'warning pages/a/index.wxml:2:721 <view> is nested more than 120 tags deep, which the simulator does not draw: this template stays empty',
      ],
      starts: true,
    })
    for (const long of [`{{ ${'('.repeat(2_000)}a${')'.repeat(2_000)} }}`, `{{ ${'a + '.repeat(9_000)}a }}`, '{{ a }}b'.repeat(9_000)])
      expect((await tolerate({ ...files, 'pages/a/index.wxml': `<view/>\n${long}` })).told).toEqual([
        'error pages/a/index.wxml:2:1 this template is too long in one place: look for an expression or a text of a thousand parts, and divide it',
      ])
    expect(await tolerate(files)).toEqual({ told: [], starts: true })
  })

  test('when links of a folder lead to nowhere or around then the app starts, with each picture once', async () => {
    const folder = writeProject({ ...PAGE, 'images/a.png': 'x' })
    symlinkSync('/nowhere', join(folder, 'lost.png'))
    symlinkSync('self.png', join(folder, 'self.png'))
    symlinkSync('.', join(folder, 'around'))
    const { diagnostics, script } = await compileProject(folder)
    expect(diagnostics).toEqual([])
    expect(script.match(/data:image/g)).toHaveLength(1)
  })

  test('when a component is of a plug-in or of the extended library then it is named', async () => {
    const json = '{ "usingComponents": { "a": "plugin://b/c",\n"d": "weui-miniprogram/dialog/dialog" } }'
    const { told, starts } = await tolerate({ 'pages/a/index.json': json })
    expect(told).toEqual([
      'warning pages/a/index.json:1:24 component "a": "plugin://b/c" is of a plug-in, which the simulator lacks',
      'warning pages/a/index.json:2:1 component "d": "weui-miniprogram/dialog/dialog" is of WeChat\'s extended libraries: name it in useExtendedLib of app.json, or install weui-miniprogram from npm',
    ])
    expect(starts).toBe(true)
  })

  test('when a template of a megabyte has a warning in each line then each is named', async () => {
    const wxml = '<view colour="red">一二三四五六七八九十</view>\n'.repeat(20_000)
    const { told, starts } = await tolerate({ 'pages/a/index.wxml': wxml })
    expect(told).toHaveLength(20_000)
    expect(told.at(-1)).toBe('warning pages/a/index.wxml:20000:7 <view> has no attribute "colour"')
    expect(starts).toBe(true)
  })
})

describe('given an app.json of another shape', () => {
  test.each([
    ['pages', '"pages/a/index"', 'a list of paths'],
    ['pages', '[1, null, "pages/a/index"]', 'a list of paths'],
    ['subPackages', '{ "root": "x" }', 'a list of objects with "root" and a list "pages"'],
    ['subpackages', '[null, { "root": "x" }]', 'a list of objects with "root" and a list "pages"'],
    ['tabBar', '{}', 'an object with "list", each of which has "pagePath"'],
    ['tabBar', '{ "list": [null, 5] }', 'an object with "list", each of which has "pagePath"'],
    ['window', '"x"', 'an object'],
    ['usingComponents', '[]', 'an object'],
    ['themeLocation', '5', 'a path'],
  ])('when %s is %s then it says what it has to be, at its place', async (name, value, wanted) => {
    const { told, starts } = await tolerate({
      'app.json': `{${name === 'pages' ? '' : ' "pages": ["pages/a/index"],'}\n"${name}": ${value} }`,
    })
    expect(told).toContain(`error app.json:2:1 "${name}" has to be ${wanted}`)
    expect(starts).toBe(false)
  })

  test('when a page begins with a slash, and what may be absent is null, then the app starts', async () => {
    expect(await tolerate({ 'app.json': '{ "pages": ["/pages/a/index"], "tabBar": null, "window": null }' })).toEqual({
      told: ['warning app.json:1:13 page "/pages/a/index": write "pages/a/index"'],
      starts: true,
    })
  })
})

describe('given something that WeChat refuses', () => {
  test.each([
    ['a missing end tag', { 'pages/a/index.wxml': '<view>\n<text>\n</view>' }],
    ['a broken expression', { 'pages/a/index.wxml': '<view>{{ a + }}</view>' }],
    ['a brace that nobody closes', { 'pages/a/index.wxss': '.a { top: 0;' }],
    ['no page at all', { 'app.json': '{ "pages": ["pages/lost/index"] }' }],
    ['a no-break space inside a tag', { 'pages/a/index.wxml': '<view\u00A0a="1"/>' }],
    ['a comment in JSON', { 'pages/a/index.json': '{ // no\n}' }],
  ])('when there is %s then the app does not start', async (_, files) => {
    const { told, starts } = await tolerate(files)
    expect(told).toContainEqual(expect.stringMatching(/^error [\w./]+:\d+:\d+ ./))
    expect(starts).toBe(false)
  })
})

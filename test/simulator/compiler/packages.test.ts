import { afterAll, describe, expect, test } from '@jest/globals'
import { compileProject, type ProjectBundle } from '../../../simulator/compiler/index.ts'
import { removeProjects, unit, writeProject } from '../support/project.ts'

afterAll(removeProjects)

const compile = async (files: Record<string, string>) => {
  const { script, diagnostics } = await compileProject(writeProject({ ...unit('pages/a/index', '<view/>'), ...files }))
  const bundle = script ? (JSON.parse(script.slice(script.indexOf('{'), -1)) as ProjectBundle) : undefined
  return {
    bundle,
    told: diagnostics.map(({ severity, file, line, column, message }) => `${severity} ${file}:${line}:${column} ${message}`),
  }
}
const using = (target: string) => ({
  'pages/a/index.json': `{ "usingComponents": { "x-y": "${target}" } }`,
  'pages/a/index.wxml': '<x-y/>',
})
const component = (path: string) => unit(path, '<view/>', 'Component({})', '{ "component": true }')

describe('given packages in miniprogram_npm', () => {
  test.each([
    ['beside the page', 'pages/a/miniprogram_npm/lib/card'],
    ['in a folder above the page', 'pages/miniprogram_npm/lib/card'],
    ['in the root', 'miniprogram_npm/lib/card'],
  ])('when a component is %s then it is found', async (_, path) => {
    const { bundle, told } = await compile({ ...using('lib/card'), ...component(path) })
    expect(told).toEqual([])
    expect(bundle!.components['pages/a/index']!.config.usingComponents).toEqual({ 'x-y': path })
  })

  test('when it is in two places then the nearer one is taken', async () => {
    const { bundle } = await compile({
      ...using('lib/card'),
      ...component('miniprogram_npm/lib/card'),
      ...component('pages/miniprogram_npm/lib/card'),
    })
    expect(bundle!.components['pages/a/index']!.config.usingComponents).toEqual({ 'x-y': 'pages/miniprogram_npm/lib/card' })
  })

  test('when a package has packages of its own then its modules find them first', async () => {
    const { bundle, told } = await compile({
      'pages/a/index.js': "require('lib'); Page({})",
      'miniprogram_npm/lib/index.js': "require('dep')",
      'miniprogram_npm/lib/miniprogram_npm/dep/index.js': 'module.exports = 1',
      'miniprogram_npm/dep/index.js': 'module.exports = 2',
    })
    expect(told).toEqual([])
    expect(bundle!.modules['miniprogram_npm/lib/index.js']!.requires).toEqual({ dep: 'miniprogram_npm/lib/miniprogram_npm/dep/index.js' })
  })
})

describe('given a component of a sub-package', () => {
  const files = {
    'app.json': '{ "pages": ["pages/a/index"], "subPackages": [{ "root": "far", "pages": [] }] }',
    ...component('far/card/index'),
  }

  test('when a page of another package uses it without a placeholder then it is warned of: WeChat draws it only once that package is there', async () => {
    const { told } = await compile({ ...files, ...using('../../far/card/index') })
    expect(told).toEqual([
      'warning pages/a/index.json:1:24 component "x-y": "../../far/card/index" is of the sub-package far: it needs a componentPlaceholder',
    ])
  })

  test('when it has a placeholder there then it may be used', async () => {
    const json = '{ "usingComponents": { "x-y": "../../far/card/index" }, "componentPlaceholder": { "x-y": "view" } }'
    const { told } = await compile({ ...files, ...using('../../far/card/index'), 'pages/a/index.json': json })
    expect(told).toEqual([])
  })
})

describe('given modules that are named when the app runs', () => {
  test('when a package as 构建 npm makes it hands a require of its own on then what it names is there', async () => {
    const { bundle } = await compile({
      'pages/a/index.js': "require('lib'); Page({})",
      'miniprogram_npm/lib/index.js':
        "var define = function (make) { make(function (name) { return require(name) }) }\ndefine(function (require) { require('dep') })",
      'miniprogram_npm/dep/index.js': 'module.exports = 1',
    })
    expect(bundle!.modules['miniprogram_npm/lib/index.js']!.requires).toEqual({ dep: 'miniprogram_npm/dep/index.js' })
    expect(Object.keys(bundle!.modules)).toContain('miniprogram_npm/dep/index.js')
  })

  test.each([
    ['an argument, as Taro minifies files', `!function (e, t) { t('./lib/taro.js'); t("../b/part") }(exports, require)`],
    ['a variable', "var t = require; t('./lib/taro.js'); t('../b/part')"],
  ])('when require itself is handed on as %s then what stands in the file is there', async (_, code) => {
    const { bundle, told } = await compile({
      'pages/a/index.js': `${code}; console.log('./lib/none', './lib/words.txt'); Page({})`,
      'pages/a/lib/taro.js': "module.exports = require('./deep')",
      'pages/a/lib/deep.js': '',
      'pages/a/lib/other.js': '',
      'pages/b/part.js': '',
    })
    expect(told).toEqual([])
    expect(bundle!.modules['pages/a/index.js']!.requires).toEqual({
      './lib/taro.js': 'pages/a/lib/taro.js',
      '../b/part': 'pages/b/part.js',
    })
    expect(Object.keys(bundle!.modules)).toContain('pages/a/lib/deep.js')
    expect(Object.keys(bundle!.modules)).not.toContain('pages/a/lib/other.js')
  })

  test.each([
    ['a template string', 'require(`./plugins/${name}`)'],
    ['a sum', "require('./plugins/' + name)"],
  ])('when a path is put together as %s then all that it may mean are there', async (_, call) => {
    const { bundle, told } = await compile({
      'pages/a/index.js': `const name = 'sub'; ${call}; Page({})`,
      'pages/a/plugins/sub.js': '',
      'pages/a/plugins/deep/sup.js': '',
      'pages/a/other.js': '',
    })
    expect(told).toEqual([])
    expect(Object.keys(bundle!.modules).sort()).toEqual([
      'app.js',
      'pages/a/index.js',
      'pages/a/plugins/deep/sup.js',
      'pages/a/plugins/sub.js',
    ])
    expect(bundle!.modules['pages/a/index.js']!.requires['./plugins/sub']).toBe('pages/a/plugins/sub.js')
  })
})

describe('given paths that app.json gives other names', () => {
  test('when scripts and components use them then they are found', async () => {
    const { bundle, told } = await compile({
      'app.json': '{ "pages": ["pages/a/index"], "resolveAlias": { "@utils/*": "/lib/utils/*", "kit": "lib/kit.js" } }',
      ...using('@utils/card'),
      ...component('lib/utils/card'),
      'pages/a/index.js': "require('@utils/time'); require('kit'); Page({})",
      'lib/utils/time.js': '',
      'lib/kit.js': '',
    })
    expect(told).toEqual([])
    expect(bundle!.components['pages/a/index']!.config.usingComponents).toEqual({ 'x-y': 'lib/utils/card' })
    expect(bundle!.modules['pages/a/index.js']!.requires).toEqual({ '@utils/time': 'lib/utils/time.js', kit: 'lib/kit.js' })
  })
})

describe('given a package that package.json names and nobody has installed', () => {
  test('when modules and components of it are used then each place says what to do, and the app starts', async () => {
    const { bundle, told } = await compile({
      'package.json': '{ "dependencies": { "lib": "1.0.0" } }',
      ...using('lib/card'),
      'pages/a/index.js': "const lib = require('lib')\nPage({})",
    })
    expect(told.map(line => line.replace(/ in \/.*/, ''))).toEqual([
      `warning pages/a/index.json:1:24 component "x-y": "lib/card" is of the package lib, which is not installed: run npm install`,
      `warning pages/a/index.wxml:1:1 <x-y> is neither a built-in component nor in usingComponents`,
      `warning pages/a/index.js:1:7 module 'lib' is of the package lib, which is not installed: run npm install`,
    ])
    expect(bundle).toBeDefined()
  })
})

describe('given a module that is JSON', () => {
  test('when a script requires it then the place says why it does not load, and the app starts', async () => {
    const { bundle, told } = await compile({
      'pages/a/index.js': "Page({})\nconst data = require('./data.json')",
      'pages/a/data.json': '{}',
    })
    expect(told).toEqual([
      "warning pages/a/index.js:2:23 module './data.json' is JSON, which WeChat's require does not read: write a .js file that exports it",
    ])
    expect(bundle).toBeDefined()
  })
})

const PLUGINS = { 'project.config.json': '{ "setting": { "useCompilerPlugins": ["typescript", "less", "sass"] } }' }
const cssOf = ({ bundle }: Awaited<ReturnType<typeof compile>>) => bundle!.components['pages/a/index']!.css.replaceAll(/\s+/g, ' ').trim()

describe('given styles in less and sass', () => {
  const without = Object.fromEntries(Object.entries(unit('pages/a/index', '<view/>')).filter(([path]) => !path.endsWith('.wxss')))
  const compileStyle = (files: Record<string, string>) =>
    compileProject(writeProject({ ...without, ...files })).then(({ script, diagnostics }) => ({
      bundle: script ? (JSON.parse(script.slice(script.indexOf('{'), -1)) as ProjectBundle) : undefined,
      told: diagnostics.map(({ severity, file, line, column, message }) => `${severity} ${file}:${line}:${column} ${message}`),
    }))

  test.each([
    ['less', { 'pages/a/index.less': '@import "./vars.less";\n.a { .b { width: @w; } }', 'pages/a/vars.less': '@w: 75rpx;' }],
    ['scss', { 'pages/a/index.scss': '@use "./vars" as v;\n.a { .b { width: v.$w; } }', 'pages/a/_vars.scss': '$w: 75rpx;' }],
    ['sass', { 'pages/a/index.sass': '$w: 75rpx\n.a\n  .b\n    width: $w\n' }],
  ])('when the project names the plugin then %s is compiled', async (_, files) => {
    const compiled = await compileStyle({ ...PLUGINS, ...files })
    expect(compiled.told).toEqual([])
    expect(cssOf(compiled)).toBe('.__scope__a .__scope__b { width: 10vw; }')
  })

  test.each([
    ['less', { 'pages/a/index.less': '.a {\n  width: @lost;\n}' }, /^error pages\/a\/index\.less:2:\d+ variable @lost is undefined$/],
    ['scss', { 'pages/a/index.scss': '.a {\n  width: $lost;\n}' }, /^error pages\/a\/index\.scss:2:\d+ Undefined variable\.$/],
  ])('when there is a mistake in %s then its place is told', async (_, files, expected) => {
    expect((await compileStyle({ ...PLUGINS, ...files })).told).toEqual([expect.stringMatching(expected)])
  })

  test.each([
    ['scss from the root', 'scss', '@import "/styles/base";'],
    ['wxss from the root', 'scss', '@import "/styles/plain.wxss";'],
    ['wxss beside it', 'scss', '@import "../../styles/plain.wxss";'],
    ['less from the root', 'less', '@import "/styles/base";'],
    ['wxss from the root', 'less', '@import "/styles/plain.wxss";'],
    ['wxss beside it', 'less', '@import "../../styles/plain.wxss";'],
  ])('when %s is imported by %s then it is found', async (_, language, source) => {
    const rule = '.a .b { width: 75rpx; }'
    const files = { 'styles/plain.wxss': rule, [`styles/base.${language}`]: rule }
    const compiled = await compileStyle({ ...PLUGINS, [`pages/a/index.${language}`]: source, ...files })
    expect([compiled.told, compiled.bundle && cssOf(compiled)]).toEqual([[], '.__scope__a .__scope__b { width: 10vw; }'])
  })

  test('when app.less stands for app.wxss then it holds for the app', async () => {
    const { bundle } = await compileStyle({ ...PLUGINS, 'app.less': '@c: red; .x { color: @c; }' })
    expect(bundle!.appCss).toContain('color: red')
  })
})

describe('given WeChat’s extended libraries', () => {
  test('when app.json asks for weui then its components and its style are there', async () => {
    const { bundle, told } = await compile({
      'app.json': '{ "pages": ["pages/a/index"], "useExtendedLib": { "weui": true } }',
      'pages/a/index.json':
        '{ "usingComponents": { "mp-cell": "weui-miniprogram/cell/cell", "mp-badge": "/weui-miniprogram/badge/badge" } }',
      'pages/a/index.wxml': '<mp-cell value="a"/><mp-badge content="1"/>',
    })
    expect(told).toEqual([])
    expect(Object.values(bundle!.components['pages/a/index']!.config.usingComponents)).toEqual([
      'miniprogram_npm/weui-miniprogram/cell/cell',
      'miniprogram_npm/weui-miniprogram/badge/badge',
    ])
    expect(bundle!.appCss).toContain('weui-')
  })

  test('when app.json asks for a library that WeChat has not then its place is told', async () => {
    const { told } = await compile({ 'app.json': '{ "pages": ["pages/a/index"],\n"useExtendedLib": { "antd": true } }' })
    expect(told).toEqual(['warning app.json:2:21 useExtendedLib "antd" is not one that WeChat has: weui, kbone'])
  })
})

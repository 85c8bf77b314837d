import { afterAll, describe, expect, test } from '@jest/globals'
import { compileProject } from '../../../simulator/compiler/index.ts'
import { removeProjects, unit, writeProject } from '../support/project.ts'

afterAll(removeProjects)

const compile = async (wxss: string, more: Record<string, string> = {}) => {
  const { script, diagnostics } = await compileProject(
    writeProject({ ...unit('pages/a/index', '<view/>', 'Page({})', '{}', wxss), ...more }),
  )
  expect(diagnostics).toEqual([])
  const bundle = JSON.parse(script.slice(script.indexOf('{'), -1)) as { components: Record<string, { css: string }> }
  return bundle.components['pages/a/index']!.css.replace(/\s+/g, ' ').trim()
}

describe('given WXSS', () => {
  test.each([
    ['rpx in a value', '.a { margin: 15rpx -7.5rpx; }', '.__scope__a { margin: 2vw -1vw; }'],
    ['rpx in a custom property', 'page { --s1: 30rpx; }', 'wx-page { --s1: 4vw; }'],
    ['rpx in calc', '.a { width: calc(100% - 750rpx); }', '.__scope__a { width: calc(100% - 100vw); }'],
    ['names that only look like rpx', '.a { background: url(data:x,1rpxy); }', '.__scope__a { background: url(data:x,1rpxy); }'],
    ['tags of built-ins', 'view > text, scroll-view::after { color: red; }', 'wx-view > wx-text, wx-scroll-view::after { color: red; }'],
    ['tags of components', 'my-card .a { color: red; }', 'my-card .__scope__a { color: red; }'],
    [
      'a font without Chinese',
      '.a { font-family: Helvetica, sans-serif; }',
      ".__scope__a { font-family: Helvetica, sans-serif, 'Noto Sans SC Variable'; }",
    ],
    [
      'a font in short',
      '.a { font: italic bold 12px/1.5 Arial; }',
      ".__scope__a { font: italic bold 12px/1.5 Arial, 'Noto Sans SC Variable'; }",
    ],
    ['a font in a variable', '.a { font-family: var(--f); }', ".__scope__a { font-family: var(--f), 'Noto Sans SC Variable'; }"],
    ['a font of the system', '.a { font: caption; }', '.__scope__a { font: caption; }'],
    ['a font that is inherited', '.a { font-family: inherit; }', '.__scope__a { font-family: inherit; }'],
    [':host', ':host { display: block; }', '[data-is="pages/a/index"] { display: block; }'],
    [
      'safe areas',
      '.a { padding-bottom: calc(10px + env(safe-area-inset-bottom, 0)); }',
      '.__scope__a { padding-bottom: calc(10px + var(--safe-area-inset-bottom, 0px)); }',
    ],
    ['keyframes', '@keyframes go { from { top: 0; } 50.5% { top: 75rpx; } }', '@keyframes go { from { top: 0; } 50.5% { top: 10vw; } }'],
    [
      'dotted numbers in selectors',
      '.a:not(.b):nth-child(2n + 1) { top: .75rpx; }',
      '.__scope__a:not(.__scope__b):nth-child(2n + 1) { top: 0.1vw; }',
    ],
  ])('when it has %s then the CSS is right', async (_, wxss, css) => {
    expect(await compile(wxss)).toBe(css)
  })

  test('when it imports another file, which imports one too, then all rules stand in order', async () => {
    const css = await compile("@import './one.wxss';\n.c { top: 0; }", {
      'pages/a/one.wxss': "@import '/two.wxss'; .b { top: 0; }",
      'two.wxss': '.a { top: 0; }',
    })
    expect(css.match(/__scope__\w/g)).toEqual(['__scope__a', '__scope__b', '__scope__c'])
  })

  test.each([
    ['imports no file', "@import './lost.wxss';", 'pages/a/index.wxss:1:1 @import "./lost.wxss" is not found'],
    [
      'uses a local image',
      '.a { background: url(/images/a.png); }',
      'pages/a/index.wxss:1:6 url(/images/a.png): WXSS cannot use local files; use an https address, a data URL or <image>',
    ],
  ])('when it %s then the build stops with the place', async (_, wxss, expected) => {
    const { diagnostics } = await compileProject(writeProject(unit('pages/a/index', '<view/>', 'Page({})', '{}', wxss)))
    expect(diagnostics.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`)).toEqual([expected])
  })
})

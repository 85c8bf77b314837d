import { describe, expect, test } from '@jest/globals'
import { Diagnostics } from '../../../simulator/compiler/diagnostics.ts'
import { compileWxs } from '../../../simulator/compiler/wxs.ts'
import { WXS_GLOBALS } from '../../../simulator/runtime/wxs-globals.ts'

/** What `module.exports` is after running compiled WXS. */
const run = (source: string): Record<string, (...args: unknown[]) => unknown> => {
  const diagnostics = new Diagnostics('/')
  const code = compileWxs(source, '/a.wxs', diagnostics)
  expect(diagnostics.list).toEqual([])
  const module = { exports: {} as Record<string, () => unknown> }
  new Function('module', ...Object.keys(WXS_GLOBALS), code)(module, ...Object.values(WXS_GLOBALS))
  return module.exports
}

describe('given WXS', () => {
  test('when it asks for a constructor then it gets the name of the type', () => {
    const { of } = run('/* 中文 é */ module.exports = { of: function (x) { return x.constructor } }')
    expect([[], {}, 'a', 1, true, () => 1, new Date(0), /a/].map(value => of!(value))).toEqual([
      'Array',
      'Object',
      'String',
      'Number',
      'Boolean',
      'Function',
      'Date',
      'RegExp',
    ])
  })

  test('when constructors are asked of one another then each is rewritten', () => {
    const { nested } = run('module.exports = { nested: function (x) { return x.a.constructor.constructor + x.constructor } }')
    expect(nested!({ a: 1 })).toBe('StringObject')
  })

  test('when a pattern has a class that JavaScript strings drop then the class works', () => {
    const { unit, words } = run(
      `module.exports = { unit: function (x) { return getRegExp('^-?\\d+(\\.\\d+)?$').test(x) }, words: function (x) { return x.replace(getRegExp("\\\\s+", 'g'), '_') } }`,
    )
    expect([unit!('12.5'), unit!('d'), unit!('1x5')]).toEqual([true, false, false])
    expect(words!('a  b c')).toBe('a_b_c')
  })

  test('when a parameter has a default then it holds, as in the packages of component libraries', () => {
    expect(run('module.exports = { sum: function (a, b = 2) { return a + b } }').sum!(1)).toBe(3)
  })

  test('when a member is asked for by a value then nothing is warned of; a computed name in an object is', () => {
    expect(run('module.exports = { pick: function (list, at) { return list[at] } }').pick!(['a', 'b'], 1)).toBe('b')
    const diagnostics = new Diagnostics('/')
    compileWxs('module.exports = { [name]: 1 }', '/a.wxs', diagnostics)
    expect(diagnostics.list).toMatchObject([{ severity: 'warning', line: 1, message: "WeChat's compiler refuses computed names in WXS" }])
  })

  test('when it asks for a date then it gets one', () => {
    expect(run('module.exports = { year: function () { return getDate(2024, 1, 29).getFullYear() } }').year!()).toBe(2024)
  })

  test('when variables have names that JavaScript has reserved then they hold, as WeChat takes them', () => {
    const { f } = run(
      "var class = 1, enum = 2; var o = { class: 4, super: 'class' }; module.exports = { f: function (extends) { return class + enum + extends + o.class + o.super } }",
    )
    expect(f!(3)).toBe('10class')
  })

  test('when something may fail then try … catch takes it', () => {
    expect(run("module.exports = { f: function (x) { try { return x.a.b } catch (e) { return 'none' } } }").f!({})).toBe('none')
  })

  test('when a loop has no end then it is cut and named by its line', () => {
    const { f } = run('module.exports = { f: function () {\n  var i = 0\n  while (true) i += 1\n} }')
    expect(() => f!()).toThrow('/a.wxs:3: this loop of WXS ran for 3 seconds without an end; it was cut')
  })

  test('when loops end then they do as ever', () => {
    expect(
      run(
        'module.exports = { f: function (n) { var s = 0; for (var i = 0; i < n; i++) for (var j = 0; j < 2; j++) s += j; do s++; while (s < 9) return s } }',
      ).f!(3),
    ).toBe(9)
  })

  test.each([
    ['classes', 'class A {}'],
    ['arrow functions', 'module.exports = { f: x => x }'],
    ['let', 'let a = 1'],
  ])('when it has %s then the place is warned of, as WeChat refuses it', (what, source) => {
    const diagnostics = new Diagnostics('/')
    compileWxs(`\n${source}`, '/a.wxs', diagnostics)
    expect(diagnostics.list).toEqual([expect.objectContaining({ severity: 'warning', line: 2, message: `WXS has no ${what}` })])
  })

  test('when it walks over names then that WeChat’s compiler refuses it is a warning', () => {
    const diagnostics = new Diagnostics('/')
    compileWxs('function f(x) { for (var k in x) {} }', '/a.wxs', diagnostics)
    expect(diagnostics.list).toEqual([expect.objectContaining({ severity: 'warning', line: 1, column: 17 })])
  })

  test('when it requires a file then the ending is dropped', () => {
    expect(compileWxs("var a = require('./b.wxs')", '/a.wxs', new Diagnostics('/'))).toBe("var a = require('./b')")
  })
})

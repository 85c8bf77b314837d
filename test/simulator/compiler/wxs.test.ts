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

  test('when it asks for a date then it gets one', () => {
    expect(run('module.exports = { year: function () { return getDate(2024, 1, 29).getFullYear() } }').year!()).toBe(2024)
  })

  test('when it requires a file then the ending is dropped', () => {
    expect(compileWxs("var a = require('./b.wxs')", '/a.wxs', new Diagnostics('/'))).toBe("var a = require('./b')")
  })
})

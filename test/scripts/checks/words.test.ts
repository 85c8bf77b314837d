// How sentences are written: what the check of the app's words refuses, and what it lets pass.
import { describe, expect, test } from '@jest/globals'
import { checkWords, faultsOf, notBrought } from '../../../scripts/checks/words.ts'

describe('the check of words', () => {
  test.each([
    ['zh-CN', '付完点『完成』'],
    ['zh-CN', '“商户单号”不对'],
    ['zh-CN', '商户号(8 到 10 位)'],
    ['zh-CN', '已收到,谢谢'],
    ['zh-CN', '请勿重复操作'],
    ['zh-CN', '提交成功！'],
    ['zh-CN', '点「完成'],
    ['en', 'receipt open'],
    ['en', 'Nothing found for "{query}"'],
    ['en', 'The merchant mends it'],
    ['en', 'A customer’s code'],
    ['en', 'The limitation was lifted'],
    ['en', 'Copy appid'],
    ['zh-CN', '复制 appid'],
  ] as const)('refuses %s: %s', (language, text) => {
    expect(faultsOf('some.key', text, language)).not.toEqual([])
  })

  test('refuses a title that the navigation bar cuts off', () => {
    expect(faultsOf('page.limitations', 'WeChat Pay restrictions', 'en')).not.toEqual([])
    expect(faultsOf('page.payments', 'Payments by district', 'en')).toEqual([])
  })

  test.each([
    ['zh-CN', 'a.b', '付完点「完成」，看到什么？'],
    ['zh-CN', 'a.b', '服务商功能 > 点金计划（{count}/{most}）'],
    ['en', 'a.b', 'Nothing found for “{query}”'],
    ['en', 'limitation.NO_REFUND', 'refunds stopped'],
    ['en', 'a.b', 'iPhones only'],
    ['zh-CN', 'a.b', 'AppID {appid} 没有登记'],
  ] as const)('lets pass %s %s: %s', (language, key, text) => {
    expect(faultsOf(key, text, language)).toEqual([])
  })

  test('the words of the app have none of it', async () => {
    expect(await checkWords()).toEqual([])
  })

  const own = [{ path: 'packages/a/words', file: 'packages/a/words.ts', language: 'zh-CN' as const, words: { 'a.title': '标题' } }]
  test.each([
    ['a script', [{ file: 'packages/a/index.ts', text: "say('a.title')\n" }]],
    [
      'the script beside a template',
      [
        { file: 'packages/a/index.ts', text: '' },
        { file: 'packages/a/index.wxml', text: '{{copy.a.title}}' },
      ],
    ],
  ])('given a word of a page that %s says without bringing it, then it is named', (_who, sources) => {
    expect(notBrought(sources, own)).toEqual([expect.stringContaining('packages/a/index.ts: says a.title')])
    const [script, ...rest] = sources
    expect(notBrought([{ ...script!, text: `import './words'\n${script!.text}` }, ...rest], own)).toEqual([])
  })
})

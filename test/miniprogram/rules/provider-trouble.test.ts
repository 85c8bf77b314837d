// What the app says of a provider that has several numbers, and that it says nothing of it where there is one.
import { describe, expect, test } from '@jest/globals'
import { troubleBanner } from '../../../miniprogram/rules/provider-trouble.ts'
import { translator } from '../../../miniprogram/words/index.ts'
import '../support/english.ts'
import { shopFacts } from '../../../miniprogram/packages/merchant/detail/view.ts'
import { merchantOf } from '../support/samples.ts'

const zh = translator('zh-CN')
const now = Date.parse('2026-11-23T10:00:00+08:00')
const trouble = { code: 'SP_PUNISHED' as const, since: '2026-11-23T09:00:00+08:00', told: ['运营 02', '运营 03'] }
const number = { sp_mchid: '1900000002', name: '示例服务商二号' }

describe('trouble with the provider', () => {
  test('given one number, then what it is, since when and who was told', () => {
    const banner = troubleBanner(trouble, now, zh, 'zh-CN')
    expect(banner?.fact).toBe(zh('error.SP_PUNISHED.title'))
    expect(banner?.text).toContain('已通知运营 02、运营 03')
  })
  test('given several, then which of them it is about', () => {
    expect(troubleBanner({ ...trouble, number }, now, zh, 'zh-CN')?.fact).toBe(
      `服务商号 1900000002（示例服务商二号）：${zh('error.SP_PUNISHED.title')}`,
    )
    expect(troubleBanner({ ...trouble, number }, now, translator('en'), 'en')?.fact).toMatch(/^Provider number 1900000002 /)
  })
  test('given none, then nothing', () => {
    expect(troubleBanner(null, now, zh, 'zh-CN')).toBeNull()
  })
})

describe('the facts of a shop', () => {
  const named = (over: Parameters<typeof merchantOf>[0]) => shopFacts(merchantOf(over), zh).filter(({ name }) => name === '服务商号')
  test('given several numbers, then whose it is', () => {
    expect(named({ provider: number })).toEqual([{ id: 'provider', name: '服务商号', value: '示例服务商二号 1900000002' }])
  })
  test('given one, then no line about it', () => {
    expect(named({})).toEqual([])
  })
})

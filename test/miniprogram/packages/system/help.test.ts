// 帮助 and 诊断 as they are drawn: every message in its own words, and nothing in 诊断 that names a shop.
import { expect, test } from '@jest/globals'
import { ERROR_RULES, problemView } from '../../../../miniprogram/rules/error-copy.ts'
import { noting, type RequestSeen } from '../../../../miniprogram/stores/last-requests.ts'
import { translator } from '../../../../miniprogram/words/index.ts'
import { asText, lines, requestLines } from '../../../../miniprogram/packages/system/diagnostics/view.ts'
import { errorViews, topicViews } from '../../../../miniprogram/packages/system/help/view.ts'

const say = translator('zh-CN')

test('given every message of the app, then help has it, in the words in which it is shown', () => {
  const all = errorViews('', say)
  expect(all.map(({ code }) => code)).toEqual(Object.keys(ERROR_RULES))
  for (const { code, title, sentence } of all) {
    const shown = problemView({ code, wx_message: '…' }, say)
    expect([title, sentence]).toEqual([shown.title, shown.sentence])
    expect(sentence).not.toMatch(/\{\w+\}/)
  }
})
test.each([
  ['处罚', 'SUB_MERCHANT_PUNISHED'],
  ['24 小时', 'REOPEN_LOCKED'],
  ['reopen_locked', 'REOPEN_LOCKED'],
  ['联系运营 链接', 'RECEIPT_LINK_MISSING'],
])('given %s is looked for, then %s is found and not everything is', (query, code) => {
  const found = errorViews(query, say).map(one => one.code)
  expect(found).toContain(code)
  expect(found.length).toBeLessThan(20)
})
test('given a topic is unfolded, then its words are there and those of no other', () => {
  const topics = topicViews('jsapi', say)
  expect(topics.filter(({ sentences, ways, steps }) => sentences.length + ways.length + steps.length > 0).map(({ id }) => id)).toEqual([
    'jsapi',
  ])
  expect(
    topics
      .find(({ id }) => id === 'jsapi')!
      .ways.filter(({ jsapi }) => jsapi)
      .map(({ id }) => id),
  ).toEqual(['web'])
})

test('given requests about a shop, then 诊断 has their numbers and answers, the last 20, and no path', async () => {
  const seen: RequestSeen[] = []
  let number = 0
  const send = noting(
    async () => ({ status: 200, headers: {}, body: '{}' }),
    seen,
    () => 1_000_000,
  )
  for (number = 1; number <= 25; number += 1)
    await send(
      {
        method: 'GET',
        url: 'https://a.example/v1/sub-merchants/1900000109',
        headers: { 'X-Request-Id': `request-${number}` },
        body: null,
        timeout: 1,
      },
      () => {},
    )
  expect(seen.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, index) => `request-${25 - index}`))
  const facts = { version: '1.0.0', base_library: '3.9.0', wechat: '8.0.50', system: 'iOS 18', model: 'iPhone', server: 'a.example' }
  const linesOf = (behind: number | null) =>
    lines(
      {
        ...facts,
        online: true,
        weak: false,
        wifi: true,
        behind,
        storage: 2_048,
        unsent: 2,
        failed: 1,
        held: null,
        role: '运营',
        requests: seen,
      },
      say,
    )
  const all = linesOf(2_400)
  const clockOf = (behind: number | null) => linesOf(behind).find(({ id }) => id === 'clock')!.value
  expect([-2_400, -90_000, -300, 0, null].map(clockOf)).toEqual(['快 2 秒', '快 90 秒', '相差不到 1 秒', '相差不到 1 秒', '不知道'])
  const text = asText(all, requestLines(seen, say), say)
  for (const part of ['基础库: 3.9.0', '手机时间比服务器: 慢 2 秒', '手机里存了: 2 KB', '待同步: 2 项、1 项没通过', 'GET 200 request-25'])
    expect(text).toContain(part)
  expect(text).not.toMatch(/1900000109|sub-merchants|https/)
})

import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { CATALOGUE } from '../../../backend/http/problems/catalogue.ts'
import { dictionaries } from '../../../scripts/checks/dictionaries.ts'
import { AFTER_PAGES } from '../../../miniprogram/shared/after-page.ts'
import { PAYMENT_ENTRIES } from '../../../miniprogram/packages/merchant/shared/entries.ts'
import { OWN } from '../../../miniprogram/packages/manage/staff-person/view.ts'
import { ERROR_RULES, problemView } from '../../../miniprogram/rules/error-copy.ts'
import { absoluteTime, duration, relativeTime, timeLeft } from '../../../miniprogram/rules/relative-time.ts'
import { STATE_ORDER } from '../../../miniprogram/rules/states.ts'
import { fill, grouped } from '../../../miniprogram/shared/fill.ts'
import { languageOfSystem, section, translator, words } from '../../../miniprogram/words/index.ts'
import '../support/english.ts'

const all = await dictionaries(fileURLToPath(new URL('../../../miniprogram', import.meta.url)))
const wordsIn = (language: 'zh-CN' | 'en'): Record<string, string> =>
  Object.assign({}, ...all.filter(dictionary => dictionary.language === language).map(({ words }) => words))
const zhCN = wordsIn('zh-CN')
const en = wordsIn('en')

const zh = translator('zh-CN')
const english = translator('en')
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)/g)].map(match => match[1]!.replace(/^month_name$/, 'month')).sort()

describe('words', () => {
  it('Chinese and English have the same keys and the same values to fill in', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zhCN).sort())
    for (const [key, text] of Object.entries(zhCN)) expect([key, placeholders(en[key]!)]).toEqual([key, placeholders(text)])
  })

  it('Chinese sentences use full-width marks, no exclamation, and call a colleague 你', () => {
    for (const [key, text] of Object.entries(zhCN)) {
      expect([key, /[\u4e00-\u9fff][,:;?!]|[!！]|您|抱歉|亲/.test(text)]).toEqual([key, false])
    }
  })

  it('English has no Chinese in it', () => {
    // A language is offered by its own name.
    const words = Object.entries(en).filter(([key]) => key !== 'settings.language_zh')
    for (const [key, text] of words) expect([key, /[\u3000-\u9fff\uff00-\uffef]/.test(text)]).toEqual([key, false])
  })

  it('there is a word for every state, entry, outcome and error', () => {
    const keys = [
      ...STATE_ORDER.flatMap(state => [`state.${state}`, `state.${state}.short`]),
      ...PAYMENT_ENTRIES.map(entry => `entry.${entry}`),
      ...AFTER_PAGES.map(page => `after_page.${page.code}`),
      ...Object.keys(ERROR_RULES).flatMap(code => [`error.${code}.title`, `error.${code}.sentence`]),
    ]
    expect(keys.filter(key => !(key in zhCN))).toEqual([])
  })

  it('fills in values, and English counts', () => {
    expect(zh('verdict.AWAITING_VERIFICATION', { age: '3 天' })).toBe('已开通 3 天，还没看到支付完成页。')
    expect([english('time.days', { n: 1 }), english('time.days', { n: 3 })]).toEqual(['1 day', '3 days'])
    expect(section('state', 'en')).toMatchObject({ verified: 'Migrated', verified_short: 'Migrated' })
  })

  it('groups whole numbers, and leaves parts, texts and years as they are', () => {
    expect(fill('{a} {b} {c} {d}', { a: 1_484_000, b: 999, c: 0.12345, d: '1900000109' })).toBe('1,484,000 999 0.12345 1900000109')
    expect([grouped(1_000), grouped('10000'), grouped('3/7'), grouped('')]).toEqual(['1,000', '10,000', '3/7', ''])
    expect(absoluteTime('2025-11-20T10:00:00+08:00', Date.parse('2026-11-23T10:00:00+08:00'), zh)).toBe('2025年11月20日 10:00')
  })

  it('given a value of Chinese characters beside Chinese characters, then no space stands between them', () => {
    expect(zh('time.updated', { time: '11月20日 10:00' })).toBe('离线 · 更新于 11月20日 10:00')
    expect(zh('time.updated', { time: '今天 10:00' })).toBe('离线 · 更新于今天 10:00')
    expect(zh('control.note.api', { time: '今天 10:00', by: '王芳' })).toBe('今天 10:00 由王芳操作')
    expect(zh('control.note.api', { time: '今天 10:00', by: '业务员 03' })).toBe('今天 10:00 由业务员 03 操作')
    expect(english('time.updated', { time: '10:00 today' })).toBe('Offline · updated 10:00 today')
  })

  it('gives a page whole sections and single words, by section', () => {
    expect(words(['hold', 'detail.step_missing', 'detail.offline_text'], 'en')).toEqual({
      hold: section('hold', 'en'),
      detail: { step_missing: english('detail.step_missing'), offline_text: english('detail.offline_text') },
    })
  })

  it.each([
    ['zh_CN', 'zh-CN'],
    ['zh_TW', 'zh-CN'],
    ['en', 'en'],
    ['ja', 'en'],
  ] as const)('a phone in %s reads %s', (system, language) => {
    expect(languageOfSystem(system)).toBe(language)
  })
})

describe('what an error says', () => {
  it('names whom to ask, unless that is the reader himself', () => {
    const contactFor = (role: string) => problemView({ code: 'SP_PUNISHED' }, zh, role).contact
    expect([contactFor('field_agent'), contactFor('operator')]).toEqual(['联系运营', null])
  })

  it('names the wait where the server knows it', () => {
    expect(problemView({ code: 'WX_RATE_LIMITED', retry_after: 12 }, zh).sentence).toBe('操作太频繁，12 秒后重试。')
    expect(problemView({ code: 'WX_RATE_LIMITED' }, zh).sentence).toBe('操作太频繁，请稍后重试。')
  })
  it('shows what WeChat said where nobody can classify it, and the server for a code newer than this version', () => {
    expect(problemView({ code: 'WX_UNCLASSIFIED', wx_message: '业务规则限制' }, zh).sentence).toBe('微信支付返回：业务规则限制')
    expect(problemView({ code: 'NEWER_THAN_US', detail: '服务端的说明。' }, zh)).toMatchObject({
      title: '没有成功',
      sentence: '服务端的说明。',
    })
  })
  it.each(['constructor', 'toString', '__proto__'])('takes %s for an unknown code', code => {
    expect(problemView({ code, detail: '' }, zh).title).toBe('没有成功')
  })
})

describe('times', () => {
  const now = Date.parse('2026-11-23T00:30:00+08:00')
  it('are those of Shanghai, whatever offset they come in', () => {
    expect(absoluteTime('2026-11-20T06:05:00Z', now, zh)).toBe('11月20日 14:05')
    expect(absoluteTime('2025-12-31T23:59:00+08:00', now, zh)).toBe('2025年12月31日 23:59')
    expect(absoluteTime('2026-11-22T16:10:00Z', now, zh, { today: true })).toBe('今天 00:10')
    expect(absoluteTime('2026-11-22T23:50:00+08:00', now, zh, { today: true })).toBe('11月22日 23:50')
    expect(absoluteTime('2026-11-20T06:05:00Z', now, english)).toBe('20 Nov 14:05')
  })
  it('an age is never overstated, a lock never promised too early', () => {
    expect(relativeTime(now - 59_000, now, zh)).toBe('刚刚')
    expect(relativeTime(now - (3 * 86_400_000 - 1), now, zh)).toBe('2 天前')
    expect(duration(59_999, zh)).toBeNull()
    expect([timeLeft(21 * 3_600_000 - 1, zh), timeLeft(20 * 3_600_000 + 1, zh), timeLeft(59 * 60_000, zh), timeLeft(1, zh)]).toEqual([
      '21小时',
      '21小时',
      '59分钟',
      '1分钟',
    ])
  })
})

describe('the error table', () => {
  it("has words for everything that stands in a person's way, as the server names it", () => {
    const ofClass = Object.entries(CATALOGUE).filter(([, entry]) => entry.class !== 'app')
    // one page alone meets them, and has their words
    const ofOnePage: readonly string[] = OWN
    expect(ofClass.map(([code]) => code).filter(code => !(code in ERROR_RULES) && !ofOnePage.includes(code))).toEqual([])
    // the app asks for nothing that ends so, or the server's own sentence says it all: a new code is decided on, and stands here or in the rules
    const saidByTheServer = [
      'ALREADY_WITHDRAWN',
      'BODY_TOO_LARGE',
      'EVIDENCE_EXISTS',
      'EXPORT_GONE',
      'HEADERS_TOO_LARGE',
      'IDEMPOTENCY_KEY_REQUIRED',
      'IDEMPOTENCY_KEY_REUSED',
      'INVALID_CURSOR',
      'MALFORMED_BODY',
      'MALFORMED_REQUEST',
      'METHOD_NOT_ALLOWED',
      'PATH_UNKNOWN',
      'PHOTO_LINK_INVALID',
      'REQUEST_TIMEOUT',
      'SELF_REVIEW',
      'UNSUPPORTED_MEDIA_TYPE',
      'VISIT_EXISTS',
    ]
    expect(
      Object.keys(CATALOGUE)
        .filter(code => !(code in ERROR_RULES) && !ofOnePage.includes(code))
        .sort(),
    ).toEqual(saidByTheServer)
    const ours = [
      'NETWORK_OFFLINE',
      'NETWORK_TIMEOUT',
      'NETWORK_FAILED',
      'DOMAIN_NOT_ALLOWED',
      'UPLOAD_DOMAIN_NOT_ALLOWED',
      'CERTIFICATE_REFUSED',
      'TOO_MANY_REDIRECTS',
      'REFUSED_TOO_LARGE',
      'REFUSED_ON_THE_WAY',
      'STORAGE_FULL',
      'PHOTO_GONE',
      'ABORTED',
      'UNKNOWN',
      'VISIT_RETURNED',
      'VISIT_OVERTAKEN',
      // why a request to close came to nothing: never an answer of its own
      'REQUEST_EXPIRED',
    ]
    expect(Object.keys(ERROR_RULES).filter(code => !(code in CATALOGUE) && !ours.includes(code))).toEqual([])
  })
})

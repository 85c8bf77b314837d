import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { decideConflict } from '../../../miniprogram/packages/merchant/rules/conflict.ts'
import { featureRow, type Circumstances } from '../../../miniprogram/packages/merchant/rules/controls.ts'
import { INDUSTRIES, industryLabel, isIndustryCode } from '../../../miniprogram/shared/industries.ts'
import { isPaymentCode } from '../../../miniprogram/shared/payment-code.ts'
import { nextPoll } from '../../../miniprogram/packages/merchant/rules/poll-plan.ts'
import { highlight } from '../../../miniprogram/rules/search-highlight.ts'
import { uuid } from '../../../miniprogram/rules/uuid.ts'
import { translator } from '../../../miniprogram/words/index.ts'
import { merchantOf } from '../support/samples.ts'

const say = translator('zh-CN')

describe('industries', () => {
  it("are WeChat Pay's 36, in its order and spelling, each with both labels", () => {
    expect(INDUSTRIES).toHaveLength(36)
    expect(new Set(INDUSTRIES.map(({ code }) => code)).size).toBe(36)
    expect([INDUSTRIES[0]!.code, INDUSTRIES[35]!.code]).toEqual(['E_COMMERCE', 'HOME_DIGITAL'])
    expect(['POTOGRAPHY', 'BUSSINESS', 'INDUSTY'].every(isIndustryCode)).toBe(true)
    expect(isIndustryCode('BUSINESS')).toBe(false)
    expect(INDUSTRIES.every(({ label_zh, label_en }) => /[\u4e00-\u9fff]/.test(label_zh) && /^[\x20-\x7e]+$/.test(label_en))).toBe(true)
    expect([industryLabel('CATERING', 'zh-CN'), industryLabel('CATERING', 'en'), industryLabel('NEW_ONE', 'en')]).toEqual([
      '餐饮美食',
      'Restaurants and catering',
      'NEW_ONE',
    ])
  })
})

describe('a payment code', () => {
  it('is 18 digits from 10 to 15, however it is written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 15 }),
        fc.stringMatching(/^\d{16}$/),
        fc.constantFrom('', ' ', '-', '\u3000', '\u200b'),
        (prefix, rest, gap) => {
          expect(isPaymentCode([...`${prefix}${rest}`].join(gap))).toBe(true)
        },
      ),
    )
  })
  it.each(['1900000109', '163456789012345678', '13456789012345678', '1345678901234567890', '科技面馆', ''])('is not %j', text => {
    expect(isPaymentCode(text)).toBe(false)
  })
})

describe('a conflict', () => {
  const mine = { kind: 'receipt.open' } as const
  it('is only one when my own field moved', () => {
    const seen = merchantOf()
    expect(decideConflict(mine, seen, merchantOf({ version: 8, gold_plan: { jsapi: { status: 'open' } } }))).toBe('retry')
    expect(
      decideConflict(mine, seen, merchantOf({ version: 9, receipt: { status: 'open', changed_at: '2026-11-23T09:00:00+08:00' } })),
    ).toBe('already')
    expect(decideConflict(mine, seen, merchantOf({ version: 9, receipt: { changed_at: '2026-11-23T09:00:00+08:00' } }))).toBe('ask')
    expect(decideConflict({ kind: 'gold_plan.open' }, seen, merchantOf({ version: 9, receipt: { status: 'open', changed_at: 'x' } }))).toBe(
      'retry',
    )
  })
})

describe('a switch', () => {
  const calm: Circumstances = {
    online: true,
    now: Date.parse('2026-11-23T10:00:00+08:00'),
    holding: null,
    operation: null,
    default_open_since: null,
  }
  const goldPlan = (over: Parameters<typeof merchantOf>[0], circumstances: Partial<Circumstances> = {}) =>
    featureRow('gold_plan', merchantOf(over), { ...calm, ...circumstances }, say)

  it('says who set it and when', () => {
    expect(goldPlan({}).note).toBe('11月20日 10:12 由业务员 05 操作')
    expect(goldPlan({ gold_plan: { jsapi: { source: 'none', status: 'unknown', changed_at: null } } })).toMatchObject({
      note: '本系统没有记录',
      word: '未知',
      on: false,
      tap: 'gold_plan.open',
    })
  })
  it('an open gold plan cannot be closed by a tap, and says why', () => {
    expect(goldPlan({ gold_plan: { jsapi: { status: 'open' } } })).toMatchObject({
      tap: null,
      locked: '关闭要两个人：一人申请，另一人批准',
    })
    expect(goldPlan({ gold_plan: { jsapi: { status: 'open' } } }, { default_open_since: '2026-01-01T00:00:00+08:00' }).locked).toBe(
      '服务商已设默认开通，不能单独关闭',
    )
  })
  it('an unresolved change of ads is no dead end: they are simply set again, and other switches may be used', () => {
    const operation = { kind: 'advertising.open', status: 'unresolved' as const }
    const merchant = merchantOf({ gold_plan: { jsapi: { status: 'open' } }, allowed_actions: ['advertising.open', 'receipt.open'] })
    const row = (feature: 'advertising' | 'receipt') => featureRow(feature, merchant, { ...calm, operation }, say)
    expect([row('advertising').tap, row('receipt').tap]).toEqual(['advertising.open', 'receipt.open'])
  })
  it('whatever the circumstances: never a tap together with a reason against it, never usable offline or during an operation', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('gold_plan' as const, 'receipt' as const),
        fc.constantFrom('open' as const, 'closed' as const, 'unknown' as const),
        fc.boolean(),
        fc.constantFrom(null, 'sending' as const, 'confirming' as const, 'unconfirmed' as const, 'unresolved' as const),
        fc.boolean(),
        (feature, status, online, operation, allowed) => {
          const merchant = merchantOf({
            gold_plan: { jsapi: { status } },
            receipt: { status },
            ...(allowed ? {} : { allowed_actions: ['merchant.read'] }),
          })
          const row = featureRow(
            feature,
            merchant,
            { ...calm, online, operation: operation && { kind: 'receipt.open', status: operation } },
            say,
          )
          expect(row.tap === null).toBe(row.locked !== null)
          // an unresolved write holds up its own switch only
          const waits = operation !== null && (operation !== 'unresolved' || feature === 'receipt')
          if (!online || waits || !allowed) expect(row.tap).toBeNull()
          expect(row.on).toBe(status === 'open')
        },
      ),
    )
  })
})

describe('small rules', () => {
  it('asks after 2, 4, 8, 15 and 30 s, then no more', () => {
    expect([0, 1, 2, 3, 4, 5].map(nextPoll)).toEqual([2_000, 4_000, 8_000, 15_000, 30_000, null])
  })
  it('marks the first place of what was typed and loses no character', () => {
    expect(highlight('KFC 科技面馆 kfc', 'kfc')[0]).toEqual({ text: 'KFC', hit: true })
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        (text, query) =>
          highlight(text, query)
            .map(part => part.text)
            .join('') === text,
      ),
    )
  })
  it('makes ids of version 4 that differ', () => {
    const ids = Array.from({ length: 1_000 }, () => uuid())
    expect(new Set(ids).size).toBe(1_000)
    expect(ids.every(id => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(true)
  })
})

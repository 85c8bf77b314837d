import { describe, expect, it } from '@jest/globals'
import type { Evidence, Verdict } from '../../../../../typings/api.ts'
import { hintBanner } from '../../../../../miniprogram/packages/merchant/detail/view.ts'
import { remedyFor } from '../../../../../miniprogram/packages/merchant/rules/remedy.ts'
import { proposesReceipt, verdictOf } from '../../../../../miniprogram/packages/merchant/rules/verdict.ts'
import { translator } from '../../../../../miniprogram/words/index.ts'
import { merchantOf } from '../../../support/samples.ts'

const say = translator('zh-CN')
const now = Date.parse('2026-11-23T14:05:00+08:00')
const steps = (over: Partial<Verdict['steps']> = {}): Verdict['steps'] => ({
  flow_confirmed: { at: '2026-11-01T10:00:00+08:00', kind: 'flow_conclusion' },
  gold_plan_opened: null,
  page_seen: null,
  ...over,
})
const opened = { at: '2026-11-20T14:00:00+08:00', kind: 'api_operation' }
const seen = { at: '2026-11-20T14:05:00+08:00', kind: 'test_payment' }
const verdict = (migration: Partial<Verdict>, receipt: 'open' | 'closed' = 'open') => {
  const merchant = merchantOf({ receipt: { status: receipt } })
  return verdictOf({ ...merchant, migration: { ...merchant.migration, steps: steps(), ...migration } }, now, say)
}

describe('verdict', () => {
  it('given no evidence: 待核实, 现场核实, no proof', () => {
    const view = verdict({
      state: 'unknown',
      reason: 'NO_EVIDENCE',
      since: null,
      steps: { flow_confirmed: null, gold_plan_opened: null, page_seen: null },
    })
    expect(view).toMatchObject({
      title: '待核实',
      proof: ['依据：暂无'],
      age: null,
      primary: { id: 'visit', label: '现场核实' },
      secondary: null,
    })
    expect(view.ladder.map(step => step.status)).toEqual(['here', 'ahead', 'ahead'])
  })

  it('given a role that records no evidence: the step says who takes it', () => {
    const migration = { state: 'unknown' as const, reason: 'NO_EVIDENCE', since: null }
    const primary = (allowed_actions: string[]) =>
      verdictOf(merchantOf({ migration, allowed_actions } as Parameters<typeof merchantOf>[0]), now, say).primary
    expect(primary(['merchant.read'])).toMatchObject({ id: 'visit', locked: '要业务员到店验证' })
    expect(primary(['merchant.read', 'evidence.write'])).toMatchObject({ id: 'visit', locked: null })
  })

  it('given opened and not seen: says for how many days, and asks for a test payment', () => {
    const view = verdict({
      state: 'enrolled',
      reason: 'AWAITING_VERIFICATION',
      since: opened.at,
      steps: steps({ gold_plan_opened: opened }),
    })
    expect(view).toMatchObject({
      title: '已开通·待验证',
      sentence: '已开通 3 天，还没看到支付完成页。',
      age: '3 天前',
      primary: { id: 'test_payment', label: '做一次验证支付' },
    })
    expect(view.ladder.map(({ status, date }) => `${status} ${date}`)).toEqual(['done 11月1日 10:00', 'done 11月20日 14:00', 'here null'])
  })

  it('given the console shows it open: does not claim that it was opened just then', () => {
    const looked = { at: '2026-11-23T14:04:00+08:00', kind: 'portal_check' }
    for (const reason of ['AWAITING_VERIFICATION', 'REOPENED']) {
      const view = verdict({ state: 'enrolled', reason, since: looked.at, steps: steps({ gold_plan_opened: looked }) })
      expect(view.sentence).toBe('服务商平台上已开通，还没看到支付完成页。')
    }
  })

  it('given opened a moment ago: 生效中', () => {
    expect(
      verdict({ state: 'enrolled', reason: 'AWAITING_VERIFICATION', since: '2026-11-23T14:04:50+08:00', attention: [] }).sentence,
    ).toBe('刚刚开通，还没看到支付完成页。')
    expect(
      verdict({ state: 'enrolled', reason: 'AWAITING_VERIFICATION', since: '2026-11-23T14:04:50+08:00', attention: ['SETTLING'] }).sentence,
    ).toContain('5 分钟内生效')
  })

  it('names the proof from the deciding evidence, with its time', () => {
    const evidence = {
      id: 'e1',
      sub_mchid: '1900000109',
      occurred_at: seen.at,
      recorded_at: seen.at,
      recorded_by: null,
      source: 'app',
      withdrawn: null,
      can_withdraw: false,
      kind: 'test_payment',
      detail: { entry: 'table_sticker', web_page_opened: true, payee_matches: 'yes', after_page: 'official_receipt' },
    } as Evidence
    const merchant = merchantOf({ receipt: { status: 'closed' } })
    const view = verdictOf(
      {
        ...merchant,
        recent_evidence: [evidence],
        migration: {
          state: 'verified',
          reason: 'PAGE_SEEN',
          since: seen.at,
          evidence_id: 'e1',
          attention: [],
          steps: steps({ gold_plan_opened: opened, page_seen: seen }),
        },
      },
      now,
      say,
    )
    expect(view).toMatchObject({
      proof: ['依据：验证支付看到官方小票页', '11月20日 14:05'],
      primary: null,
      secondary: { id: 'receipt.open' },
    })
    expect(view.ladder.every(step => step.status === 'done')).toBe(true)
  })

  it('given a proof of 91 days: still 已迁移, with the mark and 重新验证', () => {
    expect(verdict({ state: 'verified', reason: 'PAGE_SEEN', since: '2026-08-24T14:00:00+08:00', attention: ['STALE'] })).toMatchObject({
      title: '已迁移',
      sentence: '上次看到官方页面是 91 天前，需要重新验证。',
      marks: [{ code: 'STALE', label: '证据较旧' }],
      primary: { id: 'reverify' },
    })
  })

  it.each([
    ['not_migrated', 'NO_RECORD_OF_OPENING', [], 'test_payment', 'gold_plan.open'],
    ['not_migrated', 'CLOSED_BY_OPERATION', [], 'gold_plan.open', 'receipt.open'],
    ['not_migrated', 'SEEN_NOT_OFFICIAL', [], 'gold_plan.open', 'receipt.open'],
    ['enrolled', 'AWAITING_VERIFICATION', ['CHECK_FAILED'], 'troubleshoot', 'test_payment'],
    ['verified', 'PAGE_SEEN', ['RECEIPT_ERROR'], 'troubleshoot', null],
    ['regressed', 'NEGATIVE_AFTER_VERIFIED', [], 'review_regression', null],
    ['blocked', 'RELATION_INVALID', [], 'blocked_reason', null],
    ['not_applicable', 'NOT_JSAPI', [], null, null],
  ] as const)('%s %s %j leads to %s', (state, reason, attention, primary, secondary) => {
    const view = verdict({ state, reason, attention: [...attention] }, 'closed')
    expect([view.primary?.id ?? null, view.secondary?.id ?? null]).toEqual([primary, secondary])
  })

  it('tells a blocked merchant by its cause and a regressed one by its day', () => {
    expect(verdict({ state: 'blocked', reason: 'SUB_MERCHANT_PUNISHED' }).sentence).toBe(
      '开通被拒绝：请商户登录商户平台处理处罚，处理完再开通。',
    )
    expect(verdict({ state: 'blocked', reason: 'NO_TRANSACTION' }).sentence).toBe('微信支付限制了这家店：关闭收单。请商户在商户平台处理。')
    expect(verdict({ state: 'blocked', reason: 'NEWER_THAN_US' }).sentence).not.toContain('NEWER')
    const regressed = verdict({
      state: 'regressed',
      reason: 'NEGATIVE_AFTER_VERIFIED',
      since: '2026-11-22T09:30:00+08:00',
      steps: steps({ gold_plan_opened: opened, page_seen: seen }),
    })
    expect(regressed.sentence).toBe('之前看到过官方页面，11月22日 09:30 又看不到了。')
    expect(regressed.ladder.at(-1)?.status).toBe('broken')
  })

  it('given the shop itself is limited while its plan is open: the plan is done, the page is what is stopped, and the owner is told what to do', () => {
    const merchant = merchantOf({ gold_plan: { jsapi: { status: 'open' } } })
    const migration = {
      ...merchant.migration,
      state: 'blocked' as const,
      reason: 'NO_TRANSACTION',
      steps: steps({ gold_plan_opened: opened }),
    }
    const view = verdictOf({ ...merchant, migration }, now, say)
    expect(view.ladder.map(({ status, note }) => `${status} ${note}`)).toEqual(['done dated', 'done dated', 'broken limited'])
    expect(view.primary?.label).toBe('把处理办法发给商户')
    const remedy = remedyFor({ ...merchant, migration }, say)
    expect(remedy?.message).toMatch(
      /科技面馆\(科苑店\)（商户号 1900000109）\n微信支付限制了这个商户号：关闭收单。\n1\. .*pay\.weixin\.qq\.com/,
    )
  })

  it('given the opening was refused: the plan is what is stopped; a missing relation is ours to settle, not the owner’s', () => {
    const view = verdict({ state: 'blocked', reason: 'RELATION_INVALID' })
    expect(view.ladder.map(({ note }) => note)).toEqual(['dated', 'refused', 'ahead'])
    expect(view.primary).toMatchObject({ id: 'blocked_reason', label: '看怎么处理' })
    const merchant = merchantOf()
    expect(remedyFor({ ...merchant, migration: { ...merchant.migration, state: 'blocked', reason: 'RELATION_INVALID' } }, say)).toBeNull()
  })

  it('given 无需迁移: nothing to climb', () => {
    expect(verdict({ state: 'not_applicable', reason: 'NOT_JSAPI' }).ladder).toEqual([])
  })

  it('given the plan was changed 2 minutes ago: no payment is offered that would not count, but a countdown', () => {
    const changed_at = new Date(now - 2 * 60_000).toISOString()
    const merchant = merchantOf({
      gold_plan: { jsapi: { status: 'open', source: 'api', changed_at } },
      allowed_actions: ['evidence.write'],
    })
    const migration = {
      ...merchant.migration,
      state: 'enrolled' as const,
      reason: 'AWAITING_VERIFICATION',
      steps: steps({ gold_plan_opened: opened }),
    }
    const primary = (at: number) => verdictOf({ ...merchant, migration }, at, say).primary
    expect(primary(now)).toMatchObject({ id: 'test_payment', locked: '生效中，3分钟后再付：现在付的不算', waits: true })
    expect(primary(now + 3 * 60_000)).toMatchObject({ locked: null, waits: false })
  })
})

describe('a suspicion', () => {
  it('given days of this year: they are said as every day is', () => {
    const merchant = merchantOf({ suspected: { payments: 23, from: '2026-11-16', to: '2026-11-22' } })
    const shop = { ...merchant, migration: { ...merchant.migration, attention: ['SUSPECTED' as const] } }
    expect(hintBanner(shop, now, say)!.fact).toBe('疑似回退：11月16日–11月22日网页支付 23 笔，小票打开 0 次')
  })
})

describe('a receipt that is off', () => {
  const shop = (over: Partial<Verdict> = {}, receipt: object = {}, allowed_actions: string[] = ['receipt.open']) => {
    const merchant = merchantOf({ receipt: { status: 'closed', link: 'provider', ...receipt }, allowed_actions } as Parameters<
      typeof merchantOf
    >[0])
    return { ...merchant, migration: { ...merchant.migration, state: 'verified' as const, reason: 'PAGE_SEEN', attention: [], ...over } }
  }
  const proposal = (merchant: ReturnType<typeof shop>, changing = false) => hintBanner(merchant, now, say, changing)?.fact ?? null

  it('given a verified shop: opening it is proposed, and what is known of it is said', () => {
    expect(proposal(shop())).toBe('商家小票没有开')
    expect(proposal(shop({}, { status: 'unknown' }))).toBe('没有开通商家小票的记录')
    expect(hintBanner(shop(), now, say)!.actions).toEqual([{ id: 'open-receipt', label: '开通商家小票' }])
  })
  it('given it is on, on its way, cannot be opened, or something else comes first: it is not', () => {
    expect(proposal(shop({}, { status: 'open' }))).toBeNull()
    expect(proposal(shop(), true)).toBeNull()
    expect(proposal(shop({}, { link: 'none' }))).toBeNull()
    expect(proposal(shop({}, {}, ['merchant.read']))).toBeNull()
    expect(proposal(shop({ state: 'enrolled' }))).toBeNull()
    expect(proposesReceipt(shop({ attention: ['SUSPECTED'] }))).toBe(false)
    expect(proposesReceipt(shop({ attention: ['OPERATION_BLOCKED'] }))).toBe(false)
    expect(proposesReceipt(shop({ attention: ['STALE'] }))).toBe(true)
  })
})

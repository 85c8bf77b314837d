// Rules of choosing: filters of the list, tags of the ad filter, what the workbench shows first, links into the app.
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { INDUSTRY_GROUPS, findTags, saveRefusal, toggleTag } from '../../../miniprogram/packages/merchant/rules/ad-filter.ts'
import { decideConflict } from '../../../miniprogram/packages/merchant/rules/conflict.ts'
import { merchantOfLink } from '../../../miniprogram/rules/deep-link.ts'
import { activeChips, chosen, filterGroups, NO_FILTERS, regionAbove, type FilterChoice } from '../../../miniprogram/rules/filters.ts'
import { INDUSTRIES } from '../../../miniprogram/shared/industries.ts'
import { firstGroups, firstItems, todoOf } from '../../../miniprogram/pages/home/rules.ts'
import { translator } from '../../../miniprogram/words/index.ts'
import type { Summary } from '../../../typings/api.ts'
import { merchantOf, rowOf } from '../support/samples.ts'

const say = translator('zh-CN')
const regions = {
  items: [
    {
      code: '440000',
      name: '广东省',
      children: [
        {
          code: '440300',
          name: '深圳市',
          children: [
            { code: '440305', name: '南山区' },
            { code: '440304', name: '福田区' },
          ],
        },
      ],
    },
  ],
}

describe('the ad filter', () => {
  it('lays out each of the 36 tags once', () => {
    const laidOut = INDUSTRY_GROUPS.flatMap(({ codes }) => codes as readonly string[])
    expect([...laidOut].sort()).toEqual(INDUSTRIES.map(({ code }) => code).sort())
  })
  it('never holds more than 3 tags, nor one twice, whatever is tapped', () => {
    const codes = fc.constantFrom(...INDUSTRIES.map(({ code }) => code as string))
    fc.assert(
      fc.property(fc.array(codes, { maxLength: 40 }), taps => {
        let held: string[] = []
        for (const tap of taps) {
          const before = held
          const { chosen: after, full } = toggleTag(before, tap)
          expect(full).toBe(before.length === 3 && !before.includes(tap))
          if (full) expect(after).toEqual(before)
          held = after
        }
        expect(held.length).toBeLessThanOrEqual(3)
        expect(new Set(held).size).toBe(held.length)
      }),
    )
  })
  it('finds a tag by its Chinese name, its English name and its code', () => {
    for (const query of ['餐饮', 'restaurants', 'CATER', 'ｃａｔｅｒ', '餐\u200b饮\u3000'])
      expect(findTags(query).flatMap(({ codes }) => codes)).toEqual(['CATERING'])
    expect(findTags('不存在的行业')).toEqual([])
  })
  it('cannot be saved without a tag, nor when only the order differs', () => {
    expect(saveRefusal([], ['CAR'])).toBe('none')
    expect(saveRefusal(['GAME', 'CAR'], ['CAR', 'GAME'])).toBe('unchanged')
    expect(saveRefusal(['GAME'], ['CAR', 'GAME'])).toBeNull()
  })
  it.each([
    ['another field', merchantOf({ version: 8, receipt: { status: 'open' } }), 'retry'],
    [
      'the tags that I want',
      merchantOf({ version: 8, ad_filter: { industries: ['FOOD', 'CAR'], changed_at: '2026-11-23T09:00:00+08:00' } }),
      'already',
    ],
    ['other tags', merchantOf({ version: 8, ad_filter: { industries: ['GAME'], changed_at: '2026-11-23T09:00:00+08:00' } }), 'ask'],
  ] as const)('when somebody changed %s first', (_what, current, decision) => {
    expect(decideConflict({ kind: 'ad_filter.set', industries: ['CAR', 'FOOD'] }, merchantOf(), current)).toBe(decision)
  })
})

describe('filters', () => {
  it('every choice turns on what it says and off again', () => {
    for (const choice of filterGroups(NO_FILTERS, regions, say).flatMap(({ choices }) => choices)) {
      const on = { ...NO_FILTERS, ...chosen(NO_FILTERS, choice) }
      expect(on).not.toEqual(NO_FILTERS)
      const again = filterGroups(on, regions, say).flatMap(({ choices }) => choices)
      const same = again.find(({ id }) => id === choice.id) as FilterChoice
      expect([choice.id, same.on]).toEqual([choice.id, true])
      expect({ ...on, ...chosen(on, same) }).toEqual(NO_FILTERS)
    }
  })
  it('offers the first level of regions where there is a choice, and leads up again', () => {
    const offered = (filters = NO_FILTERS) =>
      filterGroups(filters, regions, say)
        .find(({ id }) => id === 'region')!
        .choices.map(({ label }) => label)
    expect(offered()).toEqual(['南山区', '福田区'])
    expect(offered({ ...NO_FILTERS, region: { code: '440305', name: '南山区' } })).toEqual(['南山区'])
    expect(regionAbove('440305', regions)?.code).toBe('440300')
    expect(regionAbove('440000', regions)).toBeNull()
  })
  it('shows a chip for each that is on, but for those with chips of their own', () => {
    const filters = {
      ...NO_FILTERS,
      state: ['regressed' as const],
      assigned_to: 'me' as const,
      receipt: 'open' as const,
      operation: 'unresolved' as const,
    }
    expect(activeChips(filters, say).map(({ label }) => label)).toEqual(['小票已开', '待人工确认'])
  })
})

describe('what comes first on the workbench', () => {
  const group = (...items: string[]) => ({
    count: items.length,
    items: items.map(id => ({ ...rowOf(id), what: 'test_payment:closed', at: '2026-11-22T18:40:00+08:00' })),
  })
  it('shows one of each kind before a second of any', () => {
    const summary = {
      as_of: '2026-11-23T10:00:00+08:00',
      handle_first: {
        returned: { count: 0, items: [] },
        regressed: group('1900000001', '1900000002', '1900000003'),
        receipt_error: group('1900000001'),
        unresolved: group('1900000009'),
        suspected: group(),
      },
    } as unknown as Summary
    const shown = firstItems(summary, action => action !== 'portal_check.write', Date.parse(summary.as_of), say)
    expect(shown.map(({ kind, tail }) => `${kind} 190000${tail}`)).toEqual([
      'regressed 1900000001',
      'regressed 1900000002',
      'receipt_error 1900000001',
      'unresolved 1900000009',
    ])
    expect(new Set(shown.map(({ id }) => id)).size).toBe(shown.length)
  })
  it('is for an operator what waits for a look at the console, with the lists from there', () => {
    const summary = {
      as_of: '2026-11-23T10:00:00+08:00',
      handle_first: {
        returned: { count: 0, items: [] },
        regressed: group('1900000001'),
        receipt_error: group(),
        unresolved: group('1900000009', '1900000010'),
        suspected: group(),
      },
    } as unknown as Summary
    const shown = firstItems(summary, () => true, Date.parse(summary.as_of), say)
    expect(shown.map(({ kind }) => kind)).toEqual(['unresolved', 'unresolved', 'regressed'])
    expect(firstGroups(summary, () => true, say).map(({ kind, count }) => [kind, count])).toEqual([
      ['unresolved', '2'],
      ['regressed', '1'],
      ['lists', ''],
    ])
    expect(firstGroups(summary, () => false, say).map(({ kind }) => kind)).toEqual(['regressed', 'unresolved'])
  })
})

describe('a row of what comes first', () => {
  const at = '2026-11-22T18:40:00+08:00'
  const shop = (what: string) => ({ count: 1, items: [{ ...rowOf('1900000128'), what, at }] })
  const summary = {
    handle_first: {
      returned: {
        count: 1,
        items: [
          {
            id: 'v1',
            sub_mchid: '1900000114',
            merchant: { name: '川渝小面' },
            review: { result: 'returned', comment: '门头照片看不清', by: { id: 's', display_name: '主管 02' }, at },
          },
        ],
      },
      regressed: shop('test_payment:closed'),
      receipt_error: shop('receipt_error'),
      unresolved: shop('gold_plan.open'),
      suspected: { count: 0, items: [] },
    },
  } as unknown as Summary
  const now = Date.parse('2026-11-23T10:00:00+08:00')

  it('says what was seen and when, and what comes next; a green tick stands beside nothing that is wrong', () => {
    const rows = firstItems(summary, action => action !== 'portal_check.write', now, say)
    expect(rows.map(({ seen, next }) => [seen, next])).toEqual([
      ['11月22日 18:40 主管 02 退回：门头照片看不清', '下一步：改好后再提交'],
      ['11月22日 18:40 付完看到页面直接关闭', '下一步：查看变化并重新开通'],
      ['11月22日 18:40 付完看到小票错误页', '下一步：排查'],
      ['11月22日 18:40 开通点金计划，没等到微信支付的结果', '下一步：等运营到服务商平台核对'],
    ])
    expect(rows.map(({ kind, state }) => [kind, state !== ''])).toEqual([
      ['returned', false],
      ['regressed', true],
      ['receipt_error', false],
      ['unresolved', false],
    ])
    expect(rows.map(({ url }) => url)[0]).toContain('visit_id=v1')
  })

  it('tells whoever may not take the step who does', () => {
    expect(firstItems(summary, () => false, now, say).map(({ next }) => next)).toEqual([
      '下一步：改好后再提交',
      '下一步：等业务员或主管处理',
      '下一步：等业务员或主管处理',
      '下一步：等运营到服务商平台核对',
    ])
  })
})

describe('a link into the app', () => {
  it.each([
    [{ sub_mchid: '1900000109' }, '1900000109'],
    [{ scene: 'm%3D1900000109' }, '1900000109'],
    [{ scene: 'm=1900000109' }, '1900000109'],
    [{ sub_mchid: '' }, null],
    [{ sub_mchid: '134567890123456789' }, null],
    [{ sub_mchid: '1900000109/../me' }, null],
    [{ other: '1900000109' }, null],
    [{}, null],
  ])('%j names %s', (options, sub_mchid) => expect(merchantOfLink(options)).toBe(sub_mchid))
})

describe('what waits, on the workbench', () => {
  const nothing = {
    total: 0,
    verified_gain: null,
    readiness: null,
    pending_approvals: 0,
    visits_to_review: 0,
    unread_notices: 0,
    unlisted_merchants: 0,
    planned_visits: 0,
    rollouts: [],
  } as unknown as Summary
  it('has a line for each thing that there is, and each opens its page', () => {
    const rollouts = [
      { id: 'r1', name: '第二批', status: 'stopped', left: 480 },
      { id: 'r2', name: '第三批', status: 'running', left: 3 },
    ]
    const rows = todoOf({ ...nothing, pending_approvals: 2, unread_notices: 1, rollouts } as Summary, 'region_lead', say)
    expect(rows.map(({ id, count, url }) => [id, count, url])).toEqual([
      ['to-decide', '2', '/packages/manage/approvals/index'],
      ['notices', '1', '/packages/manage/notices/index'],
      ['rollout-r1', '480', '/packages/manage/rollouts/index?id=r1'],
      ['rollout-r2', '3', '/packages/manage/rollouts/index?id=r2'],
    ])
    expect(rows[2]!.text).toBe('批量任务「第二批」自己停了')
    expect(todoOf(nothing, 'field_agent', say)).toEqual([])
  })
  it("begins with a person's own work: the trail for an auditor, who works here for an administrator; what is to be known comes last", () => {
    const some = { ...nothing, total: 5, pending_approvals: 1 } as Summary
    const ids = (role: Parameters<typeof todoOf>[1]) => todoOf(some, role, say).map(({ id }) => id)
    expect([ids('auditor'), ids('admin'), ids('region_lead')]).toEqual([
      ['audit', 'to-decide', 'dashboard'],
      ['staff', 'to-decide', 'dashboard'],
      ['to-decide', 'dashboard'],
    ])
  })
})

// The pure parts of 到店检查 and 待同步: what is drawn of answers, what is taken over without asking, what a refusal says.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { OutboxItem } from '../../../../../miniprogram/rules/field-work.ts'
import { translator } from '../../../../../miniprogram/words/index.ts'
import { outboxView } from '../../../../../miniprogram/packages/system/outbox/view.ts'
import { withKnown } from '../../../../../miniprogram/packages/visit/edit/beginnings.ts'
import { formView, type FormFacts } from '../../../../../miniprogram/packages/visit/edit/view.ts'
import { carriedOver, prefillOf, testOfToday, type KnownTest } from '../../../../../miniprogram/packages/visit/edit/prefill.ts'
import { notConcluded } from '../../../../../miniprogram/packages/visit/edit/sent.ts'
import type { ChecklistTemplate, Evidence, SubMerchant } from '../../../../../typings/api.ts'

const template = {
  ...(JSON.parse(
    readFileSync(new URL('../../../../../backend/field-work/checklists/onboarding-v1.json', import.meta.url), 'utf8'),
  ) as ChecklistTemplate),
  published_at: '2026-01-01T00:00:00+08:00',
}
const say = translator('zh-CN')
const facts = (answers: FormFacts['answers'], more: Partial<FormFacts> = {}): FormFacts => ({
  template,
  answers,
  origins: {},
  fixed: new Set(),
  photos: new Map(),
  refused: {},
  language: 'zh-CN',
  ...more,
})
const drawn = (answers: FormFacts['answers'], more: Partial<FormFacts> = {}) => {
  const view = formView(facts(answers, more), say)
  const items = view.sections.flatMap(section => section.items)
  return { ...view, items, item: (id: string) => items.find(one => one.id === id) }
}
const shop = (status: 'open' | 'closed') => ({ gold_plan: { jsapi: { status } } }) as SubMerchant
const paid: KnownTest = {
  occurred_at: '2026-11-20T10:05:00+08:00',
  detail: { entry: 'table_sticker', web_page_opened: true, payee_matches: 'yes', after_page: 'merchant_receipt', ready_seconds: 2 },
}

describe('the form of a visit', () => {
  it('given no answers, then only unconditional items are drawn, and the first required one is the gap', () => {
    const view = drawn({})
    expect(view.items.map(({ id }) => id)).not.toContain('A2')
    expect(view.items.map(({ id }) => id)).not.toContain('C3b')
    expect(view.gap).toEqual({ id: 'A1', section: 'A', label: '门店招牌名称与系统商户名称一致' })
    expect(view.answered).toBe(0)
  })

  it('given an answer that shows other items, then they are drawn and counted', () => {
    const before = drawn({ B2: 'no' })
    const after = drawn({ B2: 'yes', C2: 'done' })
    expect(after.item('C3b')?.options.map(({ page }) => page)).toContain('merchant_receipt')
    expect(after.asked).toBeGreaterThan(before.asked)
  })

  it('given a phone number as the name of a person, then it says so and blocks; given too slow a receipt, then it says so and does not', () => {
    const view = drawn({ F3: '李 13800138000', D3: 9 })
    expect(view.item('F3')).toMatchObject({ blocking: true, fault: expect.stringContaining('不写手机号') })
    expect(view.item('D3')).toMatchObject({ blocking: false, fault: expect.stringContaining('3 秒') })
  })

  it('given the server refused an item, then it is marked with words although the phone finds nothing wrong', () => {
    expect(drawn({ A3: ['p1'] }, { refused: { A3: 'PHOTO_MISSING' } }).item('A3')).toMatchObject({
      blocking: true,
      fault: say('visit.fault_PHOTO_MISSING'),
    })
  })

  it('given nine photos in the visit, then no item has room for one more', () => {
    const roomy = { ...template, items: template.items.map(item => (item.type === 'photo' ? { ...item, max: 9 } : item)) }
    const nine = Array.from({ length: 9 }, (_, index) => `p${index}`)
    const view = drawn({ A3: nine }, { template: roomy })
    expect(view.items.filter(({ type }) => type === 'photo').map(({ open }) => open)).toEqual([false, false])
  })

  it('sections add up to the whole, whatever is answered', () => {
    const values = (id: string) => template.items.find(item => item.id === id)!.options!.map(({ value }) => value)
    const some = fc.record(
      {
        A1: fc.constantFrom(...values('A1')),
        B2: fc.constantFrom(...values('B2')),
        B3: fc.boolean(),
        C2: fc.constantFrom(...values('C2')),
        C3b: fc.constantFrom(...values('C3b')),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(some, answers => {
        const view = drawn(answers)
        const counts = view.sections.map(({ count }) => count.split('/').map(Number)).filter(([, of]) => of !== undefined)
        expect(counts.reduce((sum, [n]) => sum + n!, 0)).toBe(view.answered)
        expect(counts.reduce((sum, [, of]) => sum + of!, 0)).toBe(view.asked)
        expect(view.left === 0).toBe(view.gap === null)
      }),
    )
  })
})

describe('what nobody has to answer twice', () => {
  it('given the record and a test payment of today, then C* and what they show are there with their origin', () => {
    const { answers, origins } = prefillOf(template, { merchant: shop('open'), test: paid, read_at: '2026-11-20T10:00:00+08:00' })
    expect(answers).toEqual({ C1: true, B1: ['table_sticker'], B2: 'yes', C2: 'done', C3: 'yes', C3b: 'merchant_receipt', D3: 2 })
    expect(origins.C1).toMatchObject({ from: 'record' })
    expect(origins.C3b).toEqual({ from: 'test', at: paid.occurred_at })
  })

  it('given a test payment of yesterday, of somebody else, or a withdrawn one, then it is not taken over', () => {
    const evidence = (more: object): Evidence =>
      ({
        kind: 'test_payment',
        withdrawn: null,
        recorded_by: { id: 'me' },
        occurred_at: paid.occurred_at,
        detail: paid.detail,
        ...more,
      }) as Evidence
    const now = Date.parse('2026-11-20T18:00:00+08:00')
    expect(testOfToday([evidence({})], 'me', now)).toBeDefined()
    expect(testOfToday([evidence({ occurred_at: '2026-11-19T23:59:00+08:00' })], 'me', now)).toBeUndefined()
    expect(testOfToday([evidence({ recorded_by: { id: 'other' } })], 'me', now)).toBeUndefined()
    expect(testOfToday([evidence({ withdrawn: { reason: '选错了' } })], 'me', now)).toBeUndefined()
  })

  it('given somebody answered already, then only what the record answered is brought up to date', () => {
    const known = prefillOf(template, { merchant: shop('open'), test: paid, read_at: '2026-11-20T10:00:00+08:00' })
    const { answers } = withKnown({ C1: false, C3b: 'closed' }, { C1: { from: 'record', at: '' } }, known)
    expect(answers).toMatchObject({ C1: true, C3b: 'closed', C2: 'done' })
  })

  it('given a newer checklist, then what it still knows is kept and an option that it no longer has is asked anew', () => {
    const newer = {
      ...template,
      items: template.items
        .filter(({ id }) => id !== 'F4')
        .map(item => (item.id === 'A1' ? { ...item, options: item.options!.filter(({ value }) => value !== 'renamed') } : item)),
    }
    expect(carriedOver(newer, { A1: 'renamed', A4: true, F4: '下周再来', A3: ['photo'] })).toEqual({ A4: true, A3: ['photo'] })
  })
})

describe('why it does not say 无需迁移', () => {
  const no = { B2: 'no', B3: true }
  it('given not all entries were looked at, or more stores, then that is the reason; else none', () => {
    expect(notConcluded({ template, answers: { B2: 'no', B3: false } }, 1)).toBe('NOT_ALL_CHECKED')
    expect(notConcluded({ template, answers: no }, 3)).toBe('MORE_STORES')
    expect(notConcluded({ template, answers: no }, 1)).toBeNull()
    expect(notConcluded({ template, answers: { B2: 'yes' } }, 3)).toBeNull()
  })
})

describe('what waits to be sent', () => {
  const item = (more: Partial<OutboxItem>): OutboxItem => ({
    id: 'v1',
    kind: 'visit',
    parcel_id: 'v1',
    shop: { sub_mchid: '1900000101', name: '科技面馆', region_name: '深圳市南山区' },
    status: 'waiting',
    depends_on: [],
    created_at: 0,
    tries: 0,
    next_at: null,
    error: null,
    path: '',
    ...more,
  })
  const photo = (id: string, status: OutboxItem['status'] = 'waiting') => item({ id, kind: 'photo', status })
  const view = (items: OutboxItem[], held: 'offline' | null = null) =>
    outboxView(
      {
        items,
        held,
        problemOf: () => ({
          code: 'VALIDATION_FAILED',
          title: '填写有误',
          sentence: '请检查填写的内容。',
          next: null,
          contact: null,
          request_id: 'r1',
        }),
        isFixed: () => false,
        photosOf: () => ({ count: 3, sent: 1 }),
        template,
        language: 'zh-CN',
        now: 0,
      },
      say,
    )

  it('given a visit with photos on their way, then the photos are one line before it and it waits for them', () => {
    const { automatic, mine } = view([photo('p1', 'sending'), photo('p2'), item({})])
    expect(mine).toEqual([])
    expect(automatic.map(({ status_label }) => status_label)).toEqual(['发送中', '等照片'])
    expect(automatic[0]).toMatchObject({ share: 33, title: '照片 3 张 · 科技面馆' })
  })

  it('given no network, then it says that it waits for one, and can be changed or deleted', () => {
    const { automatic } = view([item({})], 'offline')
    expect(automatic[0]).toMatchObject({ status_label: '等网络' })
    expect(automatic[0]!.actions.map(({ id }) => id)).toEqual(['edit', 'remove'])
  })

  it('given it was refused, then the item at fault is named in the words of the checklist, with the request number', () => {
    const error = { code: 'VALIDATION_FAILED', status: 422, request_id: 'r1', fields: [{ field: 'answers.F3', code: 'TOO_LONG' }] }
    const { mine } = view([item({ status: 'failed', error })])
    expect(mine[0]).toMatchObject({ reason: '「店内对接人称呼」没有通过', request_id: 'r1' })
    expect(mine[0]!.actions.map(({ id }) => id)).toEqual(['edit', 'retry', 'remove'])
  })

  it('given somebody reviewed it meanwhile, then the copy can be looked at beside theirs, not sent over it', () => {
    const { mine } = view([item({ status: 'conflict' })])
    expect(mine[0]!.actions.map(({ id }) => id)).toEqual(['see', 'remove'])
  })
})

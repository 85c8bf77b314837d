// Conditions, required items, values and progress of a checklist, the same on the phone and on the server.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  answerFault,
  askedAnswers,
  askedItems,
  faultsOf,
  firstGap,
  isUnusual,
  progressOf,
  type Answer,
  type Answers,
} from '../../../miniprogram/shared/checklist.ts'
import type { ChecklistItem, ChecklistTemplate } from '../../../typings/api.ts'

const checklist = JSON.parse(
  readFileSync(new URL('../../../backend/field-work/checklists/onboarding-v1.json', import.meta.url), 'utf8'),
) as ChecklistTemplate
const item = (id: string) => checklist.items.find(one => one.id === id)!
const asked = (answers: Answers) => askedItems(checklist, answers).map(({ id }) => id)

const photoIds = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 3 })
/** Mostly what may be answered, and what may not. */
const answerTo = ({ type, options = [] }: ChecklistItem): fc.Arbitrary<Answer | undefined> => {
  const values = options.map(({ value }) => value)
  const right: Record<ChecklistItem['type'], () => fc.Arbitrary<Answer>> = {
    bool: () => fc.boolean(),
    single: () => fc.constantFrom(...values),
    multi: () => fc.subarray(values, { minLength: 1 }),
    text: () => fc.string({ minLength: 2, maxLength: 18 }),
    number: () => fc.integer({ min: 0, max: 30 }),
    photo: () => photoIds,
  }
  const wrong = fc.constantFrom<Answer | undefined>(undefined, '', '  ', [], 'x', 99, -1, Number.NaN, true, ['a', 'a'], 'x'.repeat(300))
  return fc.oneof({ weight: 6, arbitrary: right[type]() }, { weight: 1, arbitrary: wrong })
}
const anyAnswers: fc.Arbitrary<Answers> = fc.record(Object.fromEntries(checklist.items.map(one => [one.id, answerTo(one)])))

describe('onboarding-v1', () => {
  it('is the checklist of the design: 24 items in 6 sections, those required and those conditional', () => {
    expect(checklist.items.map(({ id, required }) => id + (required ? '*' : '')).join(' ')).toBe(
      'A1* A2* A3* A4* B1* B2* B3* B4 C1* C2* C3* C3b* C4* C5 D1* D2* D3 D4 E1* E2* F1* F2* F3 F4',
    )
    expect(checklist.sections.map(({ title_zh }) => title_zh)).toEqual([
      '到店确认',
      '收款入口',
      '支付验证',
      '商家小票',
      '广告与过滤',
      '交代事项',
    ])
  })
  it.each([
    [{}, 'A1 A3 A4 B1 B2 B4 C1 D1 D3 E1 E2 F3 F4'],
    [{ A1: 'renamed' }, 'A1 A2 A3 A4 B1 B2 B4 C1 D1 D3 E1 E2 F3 F4'],
    [{ B2: 'no' }, 'A1 A3 A4 B1 B2 B3 B4 C1 D1 D3 E1 E2 F3 F4'],
    [
      { B2: 'yes', C1: true, C2: 'done', C3b: 'merchant_receipt', D2: true },
      'A1 A3 A4 B1 B2 B4 C1 C2 C3 C3b C4 C5 D1 D2 D3 D4 E1 E2 F1 F2 F3 F4',
    ],
    // B2 changed its mind: what hangs on C2 goes with it
    [{ B2: 'no', C2: 'done', C3b: 'merchant_receipt', D2: true }, 'A1 A3 A4 B1 B2 B3 B4 C1 D1 D3 E1 E2 F3 F4'],
  ] as const)('given %j, then it asks %s', (answers, ids) => {
    expect(asked(answers).join(' ')).toBe(ids)
  })
})

describe('an answer', () => {
  it.each([
    ['A2', '面', 'TOO_SHORT'],
    ['A2', '  面  ', 'TOO_SHORT'],
    ['A2', '𠮷野', null],
    ['A2', '长'.repeat(41), 'TOO_LONG'],
    ['A2', '   ', 'REQUIRED'],
    ['A2', '\u200e\u2060', 'REQUIRED'],
    ['A3', [], 'REQUIRED'],
    ['A3', ['a', 'b', 'c'], 'TOO_MANY'],
    ['A3', ['a', 'a'], 'NOT_ALLOWED'],
    ['A4', false, 'MUST_BE_TRUE'],
    ['A4', 'true', 'WRONG_TYPE'],
    ['B1', ['table_sticker', 'unknown'], 'NOT_ALLOWED'],
    ['B1', 'table_sticker', 'WRONG_TYPE'],
    ['B2', 'maybe', 'NOT_ALLOWED'],
    ['C1', false, null],
    ['D3', -0.5, 'TOO_SMALL'],
    ['D3', 31, 'TOO_LARGE'],
    ['D3', Number.NaN, 'WRONG_TYPE'],
    ['D3', undefined, null],
    ['F3', '王老板 １３８-0013-8000', 'PHONE_NUMBER'],
    ['F3', '二楼 8 号 13 桌', null],
    ['F4', '1345 6789 0123 4567 89', 'PAYMENT_CODE'],
  ] as const)('%s = %j is %s', (id, value, fault) => {
    expect(answerFault(item(id), value)).toBe(fault)
  })
  it('of more than 3 seconds is taken and deserves a word', () => {
    expect([isUnusual(item('D3'), 4), answerFault(item('D3'), 4), isUnusual(item('D3'), 3)]).toEqual([true, null, false])
  })
  it('is not what every object has', () => {
    const odd = JSON.parse('{"__proto__": "x", "constructor": "y"}') as Answers
    expect(asked(odd)).toEqual(asked({}))
    expect(faultsOf(checklist, odd).map(({ item_id }) => item_id)).toEqual(expect.arrayContaining(['__proto__', 'constructor']))
  })
})

describe('whatever is answered', () => {
  it('an item is asked only when what it depends on is asked and answered before it', () => {
    fc.assert(
      fc.property(anyAnswers, answers => {
        const ids = asked(answers)
        for (const [index, id] of ids.entries()) {
          const condition = item(id).if
          if (!condition) continue
          expect(ids.slice(0, index)).toContain(condition.item)
          expect(answers[condition.item]).toBeDefined()
        }
        for (const { id, if: condition } of checklist.items) if (!condition) expect(ids).toContain(id)
      }),
    )
  })
  it('what is sent holds no hidden or empty answer, asks the same, and sending it again changes nothing', () => {
    fc.assert(
      fc.property(anyAnswers, answers => {
        const sent = askedAnswers(checklist, answers)
        expect(asked(sent)).toEqual(asked(answers))
        expect(askedAnswers(checklist, sent)).toEqual(sent)
        expect(faultsOf(checklist, sent).map(({ code }) => code)).not.toContain('NOT_ASKED')
      }),
    )
  })
  it('it may be sent exactly when no gap is left, and then the progress is full', () => {
    fc.assert(
      fc.property(anyAnswers, answers => {
        const faults = faultsOf(checklist, askedAnswers(checklist, answers))
        const gap = firstGap(checklist, answers)
        const { answered, asked: of } = progressOf(checklist, answers)
        expect(gap === null).toBe(faults.length === 0)
        if (gap === null) expect(answered).toBe(of)
        else expect(asked(answers)).toContain(gap)
        expect(answered).toBeLessThanOrEqual(of)
      }),
    )
  })
  it('filling the first gap again and again ends with nothing missing', () => {
    const filling: Record<ChecklistItem['type'], (one: ChecklistItem) => Answer> = {
      bool: () => true,
      single: one => one.options![0]!.value,
      multi: one => [one.options![0]!.value],
      text: () => '店名',
      number: () => 1,
      photo: () => ['p1'],
    }
    fc.assert(
      fc.property(anyAnswers, given => {
        let answers = given
        for (let steps = 0; steps <= 2 * checklist.items.length; steps += 1) {
          const gap = firstGap(checklist, answers)
          if (gap === null) return
          answers = { ...answers, [gap]: filling[item(gap).type](item(gap)) }
        }
        throw new Error('there is always another gap')
      }),
    )
  })
})

// Changes of a checklist, one by one: where they go, what they leave alone, and what two who write at once keep of each other.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { applied, contradicts, freeId, type Edit } from '../../../../../miniprogram/packages/manage/checklist-template/edits.ts'
import { formFault, formOfItem, itemOf, newItemForm } from '../../../../../miniprogram/packages/manage/checklist-template/form.ts'
import type { ChecklistContent, ChecklistItem } from '../../../../../typings/api.ts'

const first = JSON.parse(
  readFileSync(new URL('../../../../../backend/field-work/checklists/onboarding-v1.json', import.meta.url), 'utf8'),
) as ChecklistContent
const idsOf = (content: ChecklistContent) => content.items.map(({ id }) => id)
const item = (id: string) => first.items.find(one => one.id === id)!
const put = (id: string, change: Partial<ChecklistItem>): Edit => ({ is: 'put', item: { ...item(id), ...change }, before: item(id) })

describe('one change', () => {
  test('given an item is moved, then it changes places with its neighbour of the same section, and stops at the ends', () => {
    expect(idsOf(applied(first, { is: 'move', id: 'A2', by: -1 })).slice(0, 2)).toEqual(['A2', 'A1'])
    expect(applied(first, { is: 'move', id: 'A1', by: -1 })).toBe(first)
    expect(applied(first, { is: 'move', id: 'A4', by: 1 })).toBe(first)
    expect(applied(first, { is: 'move', id: 'Z9', by: 1 })).toBe(first)
  })
  test('given an item is added, then it is the last of its section, with an id that none had', () => {
    const added: ChecklistItem = { ...item('A4'), id: 'A4' }
    const next = applied(first, { is: 'put', item: added, before: null }, ['A5', 'A6'])
    expect(idsOf(next).slice(3, 6)).toEqual(['A4', 'A7', 'B1'])
    expect(freeId('C', idsOf(first))).toBe('C6')
    expect(freeId('G', idsOf(first))).toBe('G1')
  })
  test('given an item goes into another section, then it is the last there', () => {
    const next = applied(first, put('A3', { section: 'B' }))
    expect(idsOf(next).slice(0, 8)).toEqual(['A1', 'A2', 'A4', 'B1', 'B2', 'B3', 'B4', 'A3'])
  })
  test('given any changes, then no item is there twice and none that was not removed is lost', () => {
    const id = fc.constantFrom(...idsOf(first))
    const anyEdit = fc.oneof(
      fc.record({ is: fc.constant('move' as const), id, by: fc.constantFrom(-1 as const, 1 as const) }),
      fc.record({ is: fc.constant('remove' as const), before: id.map(item) }),
      id.map(one => put(one, { label_zh: '改过' })),
      fc.constantFrom('A', 'C', 'F').map((section): Edit => ({ is: 'put', item: { ...item('A4'), id: 'A4', section }, before: null })),
    )
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 12 }), edits => {
        const removed = new Set(edits.flatMap(edit => (edit.is === 'remove' ? [edit.before.id] : [])))
        const after = idsOf(edits.reduce((content, edit) => applied(content, edit, idsOf(first)), first))
        expect(new Set(after).size).toBe(after.length)
        for (const one of idsOf(first)) if (!removed.has(one)) expect(after).toContain(one)
      }),
    )
  })
})

describe('two who write at once', () => {
  const both = (theirs: Edit, mine: Edit) => applied(applied(first, theirs), mine)
  test('given other items, then both changes stand', () => {
    const next = both(put('A1', { label_zh: '甲' }), put('B1', { label_zh: '乙' }))
    expect([next.items[0]!.label_zh, next.items.find(({ id }) => id === 'B1')!.label_zh]).toEqual(['甲', '乙'])
    expect(contradicts(put('B1', { label_zh: '乙' }), applied(first, put('A1', { label_zh: '甲' })))).toBe(false)
  })
  test('given both add one, then each is there under its own id', () => {
    const add = (label_zh: string): Edit => ({ is: 'put', item: { ...item('F4'), id: 'F5', label_zh }, before: null })
    const next = both(add('甲'), add('乙'))
    expect(next.items.slice(-2).map(({ id, label_zh }) => [id, label_zh])).toEqual([
      ['F5', '甲'],
      ['F6', '乙'],
    ])
  })
  test('given the same item was changed or removed, then mine contradicts it; moved it does not', () => {
    const mine = put('A1', { label_zh: '乙' })
    expect(contradicts(mine, applied(first, put('A1', { label_zh: '甲' })))).toBe(true)
    expect(contradicts(mine, applied(first, { is: 'remove', before: item('A1') }))).toBe(true)
    expect(contradicts(mine, applied(first, { is: 'move', id: 'A1', by: 1 }))).toBe(false)
    expect(contradicts({ is: 'move', id: 'A1', by: 1 }, applied(first, put('A1', { label_zh: '甲' })))).toBe(false)
  })
  test('given the server names the fields in another order, then that is no change', () => {
    const other = JSON.parse(
      JSON.stringify(first, (_, value: unknown) =>
        value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).reverse()) : value,
      ),
    ) as ChecklistContent
    expect(contradicts(put('A1', { label_zh: '乙' }), other)).toBe(false)
  })
})

describe('the form of one item', () => {
  test('given any item of the checklist, when its form is opened and kept, then it is the same item', () => {
    for (const one of first.items) {
      const on = one.if ? item(one.if.item).type : null
      expect(itemOf(formOfItem(one), one, on)).toEqual(one)
      expect(formFault(formOfItem(one))).toBeNull()
    }
  })
  test.each([
    [{}, 'LABEL'],
    [{ zh: '一', en: 'One', type: 'single' as const }, 'OPTIONS'],
    [
      {
        zh: '一',
        en: 'One',
        type: 'multi' as const,
        options: [
          { value: '', zh: '甲', en: 'A' },
          { value: '', zh: '乙', en: ' ' },
        ],
      },
      'OPTION_LABEL',
    ],
    [{ zh: '一', en: 'One', type: 'text' as const }, 'MAX_NEEDED'],
    [{ zh: '一', en: 'One', type: 'number' as const, min: '三' }, 'NUMBER'],
    [{ zh: '一', en: 'One', type: 'photo' as const, min: '3', max: '2' }, 'LIMITS'],
    [{ zh: '一', en: 'One', condition: { item: 'A1', is: true, value: '' } }, 'VALUE'],
  ])('given %j, then %s is named', (change, code) => {
    expect(formFault({ ...newItemForm('A5', 'A'), ...change })?.code).toBe(code)
  })
  test('given new answers, then each gets a value of its own, and a condition on a yes is a boolean', () => {
    const form = {
      ...newItemForm('A5', 'A'),
      type: 'single' as const,
      zh: '几层',
      en: 'Floor',
      options: [
        { value: 'option_1', zh: '一层', en: 'First' },
        { value: '', zh: '二层', en: 'Second' },
      ],
      condition: { item: 'A4', is: false, value: 'false' },
    }
    expect(itemOf(form, null, 'bool')).toEqual({
      id: 'A5',
      section: 'A',
      type: 'single',
      required: false,
      label_zh: '几层',
      label_en: 'Floor',
      options: [
        { value: 'option_1', label_zh: '一层', label_en: 'First' },
        { value: 'option_2', label_zh: '二层', label_en: 'Second' },
      ],
      if: { item: 'A4', is_not: false },
    })
  })
})

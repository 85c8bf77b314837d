// A checklist and its answers: what is asked, what is missing, what is wrong (product.md M17, §10). The phone and the server judge alike.
import type { ChecklistItem, ChecklistTemplate } from '../../typings/api'
import { characterCount } from './characters'
import { withoutInvisible } from './comparable'
import { holdsPaymentCode } from './payment-code'

/** bool: boolean · single, text: string · multi, photo: strings, in the order given · number: number */
export type Answer = boolean | number | string | readonly string[]
export type Answers = Readonly<Record<string, Answer | undefined>>
type Checklist = Pick<ChecklistTemplate, 'items'>

export type AnswerFault =
  | 'REQUIRED'
  | 'WRONG_TYPE'
  | 'NOT_ALLOWED'
  | 'TOO_SHORT'
  | 'TOO_LONG'
  | 'TOO_FEW'
  | 'TOO_MANY'
  | 'TOO_SMALL'
  | 'TOO_LARGE'
  | 'MUST_BE_TRUE'
  | 'PHONE_NUMBER'
  | 'PAYMENT_CODE'
  /** the item is hidden by its condition */
  | 'NOT_ASKED'
  /** the checklist has no such item */
  | 'UNKNOWN_FIELD'

/** Answers come from outside: what every object inherits is no answer. */
const answerOf = (answers: Answers, id: string): Answer | undefined =>
  Object.prototype.hasOwnProperty.call(answers, id) ? answers[id] : undefined

const isEmpty = (value: Answer | undefined): boolean =>
  value === undefined || (typeof value === 'string' ? withoutInvisible(value).trim() === '' : Array.isArray(value) && value.length === 0)

/** The items whose conditions hold, in order. An item that depends on a hidden or unanswered one is hidden. */
export function askedItems({ items }: Checklist, answers: Answers): ChecklistItem[] {
  const asked = new Set<string>()
  return items.filter(item => {
    if (item.if && !(asked.has(item.if.item) && holds(item.if, answerOf(answers, item.if.item)))) return false
    asked.add(item.id)
    return true
  })
}

function holds(condition: NonNullable<ChecklistItem['if']>, value: Answer | undefined): boolean {
  if (isEmpty(value)) return false
  const has = (wanted: boolean | string) => (Array.isArray(value) ? value.includes(wanted as string) : value === wanted)
  return 'is' in condition ? has(condition.is) : !has(condition.is_not)
}

/** What is wrong with one answer; null when nothing is. An empty one is wrong only where one is required. */
export function answerFault(item: ChecklistItem, value: Answer | undefined): AnswerFault | null {
  if (isEmpty(value)) return item.required ? 'REQUIRED' : typeof value === 'object' && !isListType(item) ? 'WRONG_TYPE' : null
  switch (item.type) {
    case 'bool':
      if (typeof value !== 'boolean') return 'WRONG_TYPE'
      return item.must_be_true && !value ? 'MUST_BE_TRUE' : null
    case 'single':
      if (typeof value !== 'string') return 'WRONG_TYPE'
      return isOption(item, value) ? null : 'NOT_ALLOWED'
    case 'multi':
      if (!isTextList(value)) return 'WRONG_TYPE'
      return value.every(one => isOption(item, one)) && allDifferent(value) ? null : 'NOT_ALLOWED'
    case 'text':
      return typeof value === 'string' ? textFault(item, value) : 'WRONG_TYPE'
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) return 'WRONG_TYPE'
      return value < (item.min ?? -Infinity) ? 'TOO_SMALL' : value > (item.max ?? Infinity) ? 'TOO_LARGE' : null
    case 'photo':
      if (!isTextList(value)) return 'WRONG_TYPE'
      if (!allDifferent(value)) return 'NOT_ALLOWED'
      return value.length < (item.min ?? 0) ? 'TOO_FEW' : value.length > (item.max ?? Infinity) ? 'TOO_MANY' : null
  }
}

const isListType = ({ type }: ChecklistItem): boolean => type === 'multi' || type === 'photo'
const isOption = ({ options }: ChecklistItem, value: string): boolean => (options ?? []).some(option => option.value === value)
const isTextList = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(one => typeof one === 'string')
const allDifferent = (values: readonly string[]): boolean => new Set(values).size === values.length

/** Length in characters as people count them, without the spaces around. */
function textFault({ min = 0, max = Infinity, no_phone_number }: ChecklistItem, value: string): AnswerFault | null {
  const length = characterCount(value.trim())
  if (length < min) return 'TOO_SHORT'
  if (length > max) return 'TOO_LONG'
  if (holdsPaymentCode(value)) return 'PAYMENT_CODE'
  return no_phone_number && holdsPhoneNumber(value) ? 'PHONE_NUMBER' : null
}

/** A mobile number of the mainland, also when typed in groups or with full-width digits. */
const holdsPhoneNumber = (text: string): boolean =>
  /(^|\D)1[3-9]\d{9}(?!\d)/.test(
    text.replace(/[０-９]/g, digit => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)).replace(/(\d)[\s-]+(?=\d)/g, '$1'),
  )

/** Everything that keeps the answers from being sent, in the order of asking; none: they may be sent. */
export function faultsOf(checklist: Checklist, answers: Answers): { item_id: string; code: AnswerFault }[] {
  const asked = askedItems(checklist, answers)
  const faults = asked.flatMap(item => {
    const code = answerFault(item, answerOf(answers, item.id))
    return code === null ? [] : [{ item_id: item.id, code }]
  })
  const known = new Set(checklist.items.map(item => item.id))
  const shown = new Set(asked.map(item => item.id))
  const unasked = Object.keys(answers).filter(id => answers[id] !== undefined && !shown.has(id))
  return [...faults, ...unasked.map(id => ({ item_id: id, code: known.has(id) ? ('NOT_ASKED' as const) : ('UNKNOWN_FIELD' as const) }))]
}

/** Where to go next: the first item that keeps the visit from being sent; null when there is none. */
export const firstGap = (checklist: Checklist, answers: Answers): string | null =>
  faultsOf(checklist, askedAnswers(checklist, answers))[0]?.item_id ?? null

/** n of m required items that are asked have an answer that may be sent: "12/16". Optional ones are not counted. */
export function progressOf(checklist: Checklist, answers: Answers): { answered: number; asked: number } {
  const required = askedItems(checklist, answers).filter(item => item.required)
  const answered = required.filter(item => answerFault(item, answerOf(answers, item.id)) === null).length
  return { answered, asked: required.length }
}

/** What is sent: without answers to items that a later answer hid, and without empty ones. The draft keeps them. */
export function askedAnswers(checklist: Checklist, answers: Answers): Record<string, Answer> {
  const sent: Record<string, Answer> = {}
  askedItems(checklist, answers).forEach(({ id }) => {
    const value = answerOf(answers, id)
    if (value !== undefined && !isEmpty(value)) sent[id] = value
  })
  return sent
}

/** Answers that may be sent and yet deserve a word: a number above what is usual. */
export const isUnusual = ({ type, warn_above }: ChecklistItem, value: Answer | undefined): boolean =>
  type === 'number' && warn_above !== undefined && typeof value === 'number' && value > warn_above

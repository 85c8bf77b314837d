// One item of the checklist as it is filled in. Pure.
import type { ChecklistItem } from '../../../../typings/api'

export const TYPES = ['bool', 'single', 'multi', 'text', 'number', 'photo'] as const
export type ItemType = (typeof TYPES)[number]

interface OptionForm {
  /** '' for a new one: it is given one when it is kept */
  value: string
  zh: string
  en: string
}
export interface ItemForm {
  id: string
  section: string
  type: ItemType
  required: boolean
  zh: string
  en: string
  help_zh: string
  help_en: string
  options: OptionForm[]
  /** as typed; '' for none */
  min: string
  max: string
  must_be_true: boolean
  no_phone_number: boolean
  condition: { item: string; is: boolean; value: string } | null
}

export type FormFault = {
  field: 'label' | 'options' | 'max' | 'min' | 'condition'
  code: 'LABEL' | 'OPTIONS' | 'OPTION_LABEL' | 'NUMBER' | 'MAX_NEEDED' | 'LIMITS' | 'VALUE'
}

const withOptions: readonly ItemType[] = ['single', 'multi']
const withLimits: readonly ItemType[] = ['text', 'number', 'photo']
export const hasOptions = (type: ItemType): boolean => withOptions.includes(type)
export const hasLimits = (type: ItemType): boolean => withLimits.includes(type)

export const newItemForm = (id: string, section: string): ItemForm => ({
  id,
  section,
  type: 'bool',
  required: false,
  zh: '',
  en: '',
  help_zh: '',
  help_en: '',
  options: [],
  min: '',
  max: '',
  must_be_true: false,
  no_phone_number: false,
  condition: null,
})

export const formOfItem = (item: ChecklistItem): ItemForm => ({
  id: item.id,
  section: item.section,
  type: item.type,
  required: item.required,
  zh: item.label_zh,
  en: item.label_en,
  help_zh: item.help_zh ?? '',
  help_en: item.help_en ?? '',
  options: (item.options ?? []).map(({ value, label_zh, label_en }) => ({ value, zh: label_zh, en: label_en })),
  min: item.min === undefined ? '' : String(item.min),
  max: item.max === undefined ? '' : String(item.max),
  must_be_true: item.must_be_true ?? false,
  no_phone_number: item.no_phone_number ?? false,
  condition: conditionOf(item),
})

function conditionOf({ if: condition }: ChecklistItem): ItemForm['condition'] {
  if (!condition) return null
  return 'is' in condition
    ? { item: condition.item, is: true, value: String(condition.is) }
    : { item: condition.item, is: false, value: String(condition.is_not) }
}

/** The first thing that is wrong with it by itself; what it does to others, the server says of the draft. */
export function formFault(form: ItemForm): FormFault | null {
  if (form.zh.trim() === '' || form.en.trim() === '') return { field: 'label', code: 'LABEL' }
  if (hasOptions(form.type)) {
    if (form.options.length < 2) return { field: 'options', code: 'OPTIONS' }
    if (form.options.some(({ zh, en }) => zh.trim() === '' || en.trim() === '')) return { field: 'options', code: 'OPTION_LABEL' }
  }
  if (hasLimits(form.type)) {
    for (const field of ['min', 'max'] as const) if (!/^\d{0,4}$/.test(form[field].trim())) return { field, code: 'NUMBER' }
    if (form.type !== 'number' && form.max.trim() === '') return { field: 'max', code: 'MAX_NEEDED' }
    if (form.min.trim() !== '' && form.max.trim() !== '' && Number(form.min) > Number(form.max)) return { field: 'max', code: 'LIMITS' }
  }
  return form.condition?.value === '' ? { field: 'condition', code: 'VALUE' } : null
}

/**
 * @param form without faults
 * @param before what it was: what the form does not show of it stays
 * @param on the type of the item that its condition looks at
 */
export function itemOf(form: ItemForm, before: ChecklistItem | null, on: ItemType | null): ChecklistItem {
  const {
    help_zh: _zh,
    help_en: _en,
    options: _o,
    min: _min,
    max: _max,
    must_be_true: _m,
    no_phone_number: _n,
    if: _if,
    ...kept
  } = before ?? ({} as ChecklistItem)
  const help = form.help_zh.trim() !== '' || form.help_en.trim() !== ''
  const limits = hasLimits(form.type)
  return {
    ...kept,
    id: form.id,
    section: form.section,
    type: form.type,
    required: form.required,
    label_zh: form.zh.trim(),
    label_en: form.en.trim(),
    ...(help ? { help_zh: form.help_zh.trim() || form.help_en.trim(), help_en: form.help_en.trim() || form.help_zh.trim() } : {}),
    ...(form.condition ? { if: conditionIn(form.condition, on) } : {}),
    ...(hasOptions(form.type) ? { options: optionsOf(form.options) } : {}),
    ...(form.type === 'bool' && form.must_be_true ? { must_be_true: true } : {}),
    ...(limits && form.min.trim() !== '' ? { min: Number(form.min) } : {}),
    ...(limits && form.max.trim() !== '' ? { max: Number(form.max) } : {}),
    ...(form.type === 'text' && form.no_phone_number ? { no_phone_number: true } : {}),
  }
}

function conditionIn({ item, is, value }: NonNullable<ItemForm['condition']>, on: ItemType | null): NonNullable<ChecklistItem['if']> {
  const answer = on === 'bool' ? value === 'true' : value
  return is ? { item, is: answer } : { item, is_not: answer }
}

/** A new answer gets a value that none has had: records hold values, not words. */
function optionsOf(options: readonly OptionForm[]): NonNullable<ChecklistItem['options']> {
  const taken = new Set(options.map(({ value }) => value))
  let next = 1
  const free = () => {
    while (taken.has(`option_${next}`)) next += 1
    taken.add(`option_${next}`)
    return `option_${next}`
  }
  return options.map(({ value, zh, en }) => ({ value: value === '' ? free() : value, label_zh: zh.trim(), label_en: en.trim() }))
}

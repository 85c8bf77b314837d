// Whether a checklist that an administrator wrote can be asked: the rules that its schema cannot say.
import { MOST_PHOTOS } from '../../../miniprogram/shared/photos.ts'
import { AFTER_PAGES } from '../../../miniprogram/shared/after-page.ts'
import { PAYMENT_ENTRIES } from '../../../miniprogram/packages/merchant/shared/entries.ts'
import type { FieldError } from '../../http/schema.ts'
import type { ChecklistContent, ChecklistFact, ChecklistItem, ItemType } from './schema.ts'

/** What an item must be so that its answer can be taken for the fact. */
const factShape: Readonly<Record<ChecklistFact, { type: ItemType; options?: readonly string[] }>> = {
  entries: { type: 'multi', options: PAYMENT_ENTRIES },
  web_page: { type: 'single', options: ['yes', 'no', 'no_entry'] },
  all_entries_checked: { type: 'bool' },
  gold_plan_open: { type: 'bool' },
  payment: { type: 'single', options: ['done', 'refused', 'failed'] },
  payee: { type: 'single', options: ['yes', 'no', 'not_checked'] },
  after_page: { type: 'single', options: AFTER_PAGES.map(page => page.code) },
  payment_photo: { type: 'photo' },
  refunded: { type: 'bool' },
  ready_seconds: { type: 'number' },
}
/** evidence takes no larger number */
const mostSeconds = 120
const options: readonly ItemType[] = ['single', 'multi']
const limits: readonly ItemType[] = ['text', 'number', 'photo']

/** @returns one entry for each thing that is wrong, by its path into the body */
export function templateFaults({ sections, items }: Pick<ChecklistContent, 'sections' | 'items'>): FieldError[] {
  const faults: FieldError[] = []
  const complain = (field: string, code: string, message: string) => void faults.push({ field, code, message })
  const known = new Set<string>()
  for (const [index, { id }] of sections.entries()) {
    if (known.has(id)) complain(`sections.${index}.id`, 'NOT_UNIQUE', `the section ${id} is there twice`)
    known.add(id)
  }
  const all = new Map(items.map(item => [item.id, item]))
  const earlier = new Map<string, ChecklistItem>()
  const facts = new Set<ChecklistFact>()
  for (const [index, item] of items.entries()) {
    const at = (field: string) => `items.${index}.${field}`
    if (earlier.has(item.id)) complain(at('id'), 'NOT_UNIQUE', `the item ${item.id} is there twice`)
    if (!known.has(item.section)) complain(at('section'), 'NOT_ALLOWED', `there is no section ${item.section}`)
    for (const [field, code, message] of [...typeFaults(item), ...conditionFaults(item, earlier, all), ...factFaults(item, facts)])
      complain(at(field), code, message)
    earlier.set(item.id, item)
    if (item.fact) facts.add(item.fact)
  }
  return faults
}

type Fault = [field: string, code: string, message: string]

function typeFaults(item: ChecklistItem): Fault[] {
  const { type, min, max, warn_above, must_be_true, no_phone_number } = item
  const faults: Fault[] = []
  const values = (item.options ?? []).map(option => option.value)
  if (options.includes(type) !== (item.options !== undefined))
    faults.push(['options', item.options ? 'NOT_ALLOWED' : 'REQUIRED', `an item of type ${type} has ${item.options ? 'none' : 'options'}`])
  if (new Set(values).size !== values.length) faults.push(['options', 'NOT_UNIQUE', 'an option is there twice'])
  if (!limits.includes(type) && (min !== undefined || max !== undefined))
    faults.push([min === undefined ? 'max' : 'min', 'NOT_ALLOWED', `an item of type ${type} has no limits`])
  if (min !== undefined && max !== undefined && min > max) faults.push(['max', 'TOO_SMALL', 'is below min'])
  if (type === 'text' && max === undefined) faults.push(['max', 'REQUIRED', 'a text needs its greatest length'])
  if (type === 'photo' && (max === undefined || max < 1 || max > MOST_PHOTOS))
    faults.push(['max', max === undefined ? 'REQUIRED' : 'NOT_ALLOWED', `photos: 1 to ${MOST_PHOTOS}`])
  if (must_be_true !== undefined && type !== 'bool') faults.push(['must_be_true', 'NOT_ALLOWED', 'is for bool'])
  if (warn_above !== undefined && type !== 'number') faults.push(['warn_above', 'NOT_ALLOWED', 'is for number'])
  if (no_phone_number !== undefined && type !== 'text') faults.push(['no_phone_number', 'NOT_ALLOWED', 'is for text'])
  return faults
}

type Items = ReadonlyMap<string, ChecklistItem>

function conditionFaults({ id, if: condition }: ChecklistItem, earlier: Items, all: Items): Fault[] {
  if (!condition) return []
  const on = earlier.get(condition.item)
  if (!on) return [orderFault(id, condition.item, all)]
  const [field, value] = 'is' in condition ? ['if.is', condition.is] : ['if.is_not', condition.is_not]
  if (on.type === 'bool') return typeof value === 'boolean' ? [] : [[field, 'WRONG_TYPE', `the answer to ${on.id} is true or false`]]
  if (!on.options) return [['if.item', 'NOT_ALLOWED', `${on.id} has no answers to choose from`]]
  return on.options.some(option => option.value === value) ? [] : [[field, 'NOT_ALLOWED', `${on.id} has no such answer`]]
}

/** Why an item that a condition refers to cannot have been answered before. */
function orderFault(id: string, on: string, all: Items): Fault {
  if (!all.has(on)) return ['if.item', 'NOT_THERE', `there is no item ${on}`]
  const chain = new Set<string>()
  for (let at: string | undefined = on; at !== undefined && !chain.has(at); at = all.get(at)?.if?.item) chain.add(at)
  if (chain.has(id)) return ['if.item', 'CYCLE', `whether ${on} is asked depends on ${id} itself`]
  return ['if.item', 'NOT_EARLIER', `the item ${on} is asked after this one`]
}

function factFaults(item: ChecklistItem, before: ReadonlySet<ChecklistFact>): Fault[] {
  const { fact, type, max } = item
  if (!fact) return []
  if (before.has(fact)) return [['fact', 'NOT_UNIQUE', `another item is taken for ${fact} already`]]
  const shape = factShape[fact]
  if (type !== shape.type) return [['type', 'NOT_ALLOWED', `what is taken for ${fact} is of type ${shape.type}`]]
  const strange = item.options?.find(option => !(shape.options ?? [option.value]).includes(option.value))
  if (strange) return [['options', 'NOT_ALLOWED', `${strange.value} is not known for ${fact}: ${shape.options?.join(', ') ?? ''}`]]
  if (fact === 'ready_seconds' && (max === undefined || max > mostSeconds)) return [['max', 'TOO_LARGE', `at most ${mostSeconds} seconds`]]
  return []
}

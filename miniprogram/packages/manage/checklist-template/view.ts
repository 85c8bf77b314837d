// The draft as it is drawn: items by section with what is said of each, and what stands in the way of publishing it. Pure.
import type { ChecklistChanges, ChecklistContent, ChecklistDraft, ChecklistItem, ChecklistVersionList } from '../../../../typings/api'
import { absoluteTime } from '../../../rules/relative-time'
import type { Language, MessageKey, Say } from '../../../words/say'
import './words'

export const labelOf = (of: { label_zh: string; label_en: string }, language: Language): string =>
  language === 'zh-CN' ? of.label_zh : of.label_en

interface ItemRow {
  id: string
  label: string
  facts: string[]
  /** 有条件时的一句话; '' for an item that is always asked */
  condition: string
  /** 新增, 改过; '' for as it is in force */
  mark: string
  faults: string[]
  first: boolean
  last: boolean
  up: string
  down: string
  spoken: string
}
export interface SectionRows {
  id: string
  title: string
  items: ItemRow[]
}

export function sectionRows(draft: ChecklistDraft, language: Language, say: Say): SectionRows[] {
  const { content, changes } = draft
  return content.sections.map(({ id, title_zh, title_en }) => {
    const items = content.items.filter(({ section }) => section === id)
    return {
      id,
      title: `${id} ${language === 'zh-CN' ? title_zh : title_en}`,
      items: items.map((item, index) => {
        const label = labelOf(item, language)
        const condition = conditionText(item, content, language, say)
        const faults = faultsOf(draft, item.id, say)
        const facts = [item.id, say(`checklist.type_${item.type}`), ...(item.required ? [say('checklist.required')] : [])]
        return {
          id: item.id,
          label,
          facts,
          condition,
          mark: changes.added.includes(item.id)
            ? say('checklist.added')
            : changes.changed.includes(item.id)
              ? say('checklist.changed')
              : '',
          faults,
          first: index === 0,
          last: index === items.length - 1,
          up: say('checklist.up', { label }),
          down: say('checklist.down', { label }),
          spoken: [label, ...facts, condition, ...faults].filter(part => part !== '').join(say('common.comma')),
        }
      }),
    }
  })
}

function conditionText({ if: condition }: Pick<ChecklistItem, 'if'>, { items }: ChecklistContent, language: Language, say: Say): string {
  if (!condition) return ''
  const on = items.find(({ id }) => id === condition.item)
  const value = 'is' in condition ? condition.is : condition.is_not
  return say('is' in condition ? 'checklist.asked_if' : 'checklist.asked_unless', {
    item: on ? `${on.id} ${labelOf(on, language)}` : condition.item,
    value: answerLabel(on, value, language, say),
  })
}

function answerLabel(on: ChecklistItem | undefined, value: boolean | string, language: Language, say: Say): string {
  if (typeof value === 'boolean') return say(value ? 'checklist.yes' : 'checklist.no')
  const option = on?.options?.find(one => one.value === value)
  return option ? labelOf(option, language) : value
}

const FAULTS = ['NOT_THERE', 'NOT_EARLIER', 'CYCLE']

function faultsOf({ content, faults }: ChecklistDraft, id: string, say: Say): string[] {
  const index = content.items.findIndex(item => item.id === id)
  return faults
    .filter(({ field }) => field.startsWith(`items.${index}.`))
    .map(({ field, code }) => faultText(field.split('.').slice(2).join('.'), code, content.items[index]!, say))
}

function faultText(field: string, code: string, { if: condition }: ChecklistItem, say: Say): string {
  if (FAULTS.includes(code)) return say(`checklist.fault_${code}` as MessageKey, { item: condition?.item ?? '' })
  const part = field.split('.')[0]!
  const known = ['if', 'options', 'fact', 'max', 'type']
  return say(`checklist.fault_${known.includes(part) ? part : 'other'}` as MessageKey)
}

/** "新增 1 项，改了 2 项，删了 1 项，顺序变了"; '' where nothing is different. */
export function changesText({ added, changed, removed, moved }: ChecklistChanges, say: Say): string {
  return [
    ...(added.length > 0 ? [say('checklist.n_added', { count: added.length })] : []),
    ...(changed.length > 0 ? [say('checklist.n_changed', { count: changed.length })] : []),
    ...(removed.length > 0 ? [say('checklist.n_removed', { count: removed.length, ids: removed.join(' ') })] : []),
    ...(moved ? [say('checklist.n_moved')] : []),
  ].join(say('common.comma'))
}

export interface DraftHead {
  title: string
  facts: string[]
  /** what the draft changes; '' for none */
  changes: string
  /** "2 项有问题，改好才能发布" */
  faults: string
  /** what visits would no longer say */
  lost: string
}

export function draftHead(draft: ChecklistDraft, language: Language, now: number, say: Say): DraftHead {
  const { content, begun, changes, current_version, updated_at, updated_by, facts_lost } = draft
  const faulty = new Set(draft.faults.map(({ field }) => field.split('.')[1])).size
  return {
    title: language === 'zh-CN' ? content.title_zh : content.title_en,
    facts: [
      say('checklist.in_force', { version: current_version }),
      say('checklist.items', { count: content.items.length }),
      ...(begun && updated_at
        ? [say('checklist.saved_by', { by: updated_by ?? '', time: absoluteTime(updated_at, now, say, { today: true }) })]
        : []),
    ],
    changes: begun ? changesText(changes, say) || say('checklist.n_none') : '',
    faults: faulty > 0 ? say('checklist.faulty', { count: faulty }) : '',
    lost:
      facts_lost.length > 0
        ? say('checklist.lost', { facts: facts_lost.map(fact => say(`checklist.fact_${fact}` as MessageKey)).join(say('common.comma')) })
        : '',
  }
}

export interface VersionRow {
  version: number
  title: string
  facts: string[]
  comment: string
  changes: string
}

export function versionRows(items: ChecklistVersionList['items'], now: number, say: Say): VersionRow[] {
  return items.map(({ version, published_at, published_by, comment, item_count, changes }, index) => ({
    version,
    title: say(index === 0 ? 'checklist.version_now' : 'checklist.version', { version }),
    facts: [
      published_by ?? say('checklist.with_the_program'),
      absoluteTime(published_at, now, say, { today: true }),
      say('checklist.items', { count: item_count }),
    ],
    comment: comment ?? '',
    changes: changes ? changesText(changes, say) || say('checklist.n_texts') : '',
  }))
}

/** What a condition may look at: earlier items that have answers to choose from. */
export function conditionChoices(content: ChecklistContent, id: string, language: Language): { id: string; label: string }[] {
  const at = content.items.findIndex(item => item.id === id)
  const earlier = at < 0 ? content.items : content.items.slice(0, at)
  return earlier
    .filter(({ type }) => type === 'bool' || type === 'single' || type === 'multi')
    .map(item => ({ id: item.id, label: `${item.id} ${labelOf(item, language)}` }))
}

export function answerChoices(on: ChecklistItem | undefined, language: Language, say: Say): { value: string; label: string }[] {
  if (!on) return []
  if (on.type === 'bool')
    return [
      { value: 'true', label: say('checklist.yes') },
      { value: 'false', label: say('checklist.no') },
    ]
  return (on.options ?? []).map(option => ({ value: option.value, label: labelOf(option, language) }))
}

// What the checklist page draws: sections with their progress, items with their answers in words. Pure.
import { MOST_PHOTOS } from '../../../shared/photos'
import type { ChecklistContent, ChecklistItem } from '../../../../typings/api'
import {
  answerFault,
  askedItems,
  faultsOf,
  askedAnswers,
  isUnusual,
  progressOf,
  type Answer,
  type AnswerFault,
  type Answers,
} from '../../../shared/checklist'
import { AFTER_PAGES } from '../../../shared/after-page'
import type { Language, MessageKey, Say } from '../../../words/say'
import './words'
import '../words/words'

export interface PhotoView {
  id: string
  /** what an image can show; '' while its link is awaited, and when the file is gone */
  src: string
}
interface OptionView {
  value: string
  label: string
  /** AfterPage drawn beside it; '' without a picture */
  page: string
  on: boolean
}
export interface ItemView {
  id: string
  type: ChecklistItem['type']
  label: string
  help: string
  required: boolean
  /** required, and what keeps it from being sent is that nothing was answered */
  missing: boolean
  /** it keeps the visit from being sent */
  blocking: boolean
  /** what is wrong with the answer, in words; '' when nothing is */
  fault: string
  /** where an answer came from that nobody typed here: 来自 14:12 的验证支付 */
  origin: string
  /** taken over from the record: it is drawn, not asked */
  fixed: boolean
  /** bool, single, multi */
  options: OptionView[]
  /** third: three beside each other · half · row */
  layout: 'third' | 'half' | 'row'
  /** text, number */
  value: string
  maxlength: number
  long: boolean
  /** photo */
  photos: PhotoView[]
  /** "1/2 张" */
  count: string
  /** room for one more photo */
  open: boolean
}
interface SectionView {
  id: string
  title: string
  /** "1/3"; '' where nothing is required */
  count: string
  spoken: string
  done: boolean
  /** percent of what is required */
  share: number
  /** required items: how wide its bar is beside the others */
  weight: number
  items: ItemView[]
}
export interface FormView {
  title: string
  sections: SectionView[]
  answered: number
  asked: number
  spoken: string
  /** items that keep it from being sent */
  left: number
  gap: { id: string; section: string; label: string } | null
}
export interface FormFacts {
  template: ChecklistContent
  answers: Answers
  origins: Readonly<Record<string, string>>
  /** items whose answer is the record's */
  fixed: ReadonlySet<string>
  photos: ReadonlyMap<string, PhotoView>
  /** by item: what the server said when the visit was sent */
  refused: Readonly<Record<string, string>>
  language: Language
}

const key = (text: string) => `visit.${text}` as MessageKey
const FAULTS_WITH_WORDS: readonly string[] = [
  'MUST_BE_TRUE',
  'TOO_SHORT',
  'TOO_LONG',
  'TOO_FEW',
  'TOO_MANY',
  'TOO_SMALL',
  'TOO_LARGE',
  'PHONE_NUMBER',
  'PAYMENT_CODE',
  'PHOTO_MISSING',
]

/** Words for what is wrong with an answer, whoever found it: the phone or the server. */
function faultText(item: Pick<ChecklistItem, 'min' | 'max'>, code: AnswerFault | string, say: Say): string {
  const { min = 0, max = 0 } = item
  return say(key(`fault_${FAULTS_WITH_WORDS.includes(code) ? code : 'other'}`), { min, max })
}

/** An item's or an option's words in the language of the app: they are data of the checklist, not of the dictionary. */
export const labelOf = (of: { label_zh: string; label_en: string }, language: Language): string =>
  language === 'zh-CN' ? of.label_zh : of.label_en

/** Photos of the asked items, each once. */
export function photoIds({ items }: Pick<ChecklistContent, 'items'>, answers: Answers): string[] {
  return [...new Set(items.filter(({ type }) => type === 'photo').flatMap(({ id }) => photosIn(answers[id])))]
}
const photosIn = (answer: Answer | undefined): string[] => (Array.isArray(answer) ? [...(answer as readonly string[])] : [])

export function formView(facts: FormFacts, say: Say): FormView {
  const { template, answers, language } = facts
  const asked = askedItems(template, answers)
  const faults = faultsOf(template, askedAnswers(template, answers))
  const full = photoIds(template, answers).length >= MOST_PHOTOS
  const sections = template.sections.flatMap(({ id, title_zh, title_en }): SectionView[] => {
    const items = asked.filter(({ section }) => section === id)
    if (items.length === 0) return []
    const required = items.filter(item => item.required)
    const answered = required.filter(item => answerFault(item, answers[item.id]) === null).length
    const title = language === 'zh-CN' ? title_zh : title_en
    return [
      {
        id,
        title,
        count: required.length > 0 ? `${answered}/${required.length}` : '',
        spoken: say('visit.section_progress', { title, answered, asked: required.length }),
        done: answered === required.length && !items.some(item => faults.some(fault => fault.item_id === item.id)),
        share: required.length > 0 ? Math.round((answered / required.length) * 100) : 100,
        weight: required.length,
        items: items.map(item => itemView(item, facts, full, say)),
      },
    ]
  })
  const { answered, asked: of } = progressOf(template, answers)
  const first = template.items.find(({ id }) => id === faults[0]?.item_id)
  return {
    title: language === 'zh-CN' ? template.title_zh : template.title_en,
    sections,
    answered,
    asked: of,
    spoken: say('visit.progress', { answered, asked: of }),
    left: faults.length,
    gap: first ? { id: first.id, section: first.section, label: labelOf(first, language) } : null,
  }
}

function itemView(item: ChecklistItem, facts: FormFacts, full: boolean, say: Say): ItemView {
  const { answers, language } = facts
  const answer = answers[item.id]
  const fault = answerFault(item, answer)
  const options = optionsOf(item, answer, language, say)
  const ids = photosIn(answer)
  const said = fault !== null && fault !== 'REQUIRED' ? faultText(item, fault, say) : ''
  const refused = facts.refused[item.id]
  return {
    id: item.id,
    type: item.type,
    label: labelOf(item, language),
    help: (language === 'zh-CN' ? item.help_zh : item.help_en) ?? '',
    required: item.required,
    missing: item.required && fault === 'REQUIRED',
    blocking: fault !== null || refused !== undefined,
    fault: said || (refused ? faultText(item, refused, say) : '') || (isUnusual(item, answer) ? unusual(item, say) : ''),
    origin: facts.origins[item.id] ?? '',
    fixed: facts.fixed.has(item.id),
    options,
    layout: layoutOf(item, options),
    value: item.type === 'text' || item.type === 'number' ? String(answer ?? '') : '',
    // the box counts UTF-16 units; the fault beside it counts characters
    maxlength: item.type === 'text' ? 2 * (item.max ?? 200) : 12,
    long: (item.max ?? 0) > 40,
    photos: ids.map(id => facts.photos.get(id) ?? { id, src: '' }),
    count: item.type === 'photo' && item.max !== undefined ? say('visit.count_of', { count: ids.length, max: item.max }) : '',
    open: item.type === 'photo' && !full && ids.length < (item.max ?? MOST_PHOTOS),
  }
}

const unusual = ({ warn_above }: ChecklistItem, say: Say) => say('visit.unusual', { limit: warn_above ?? 0 })

function optionsOf(item: ChecklistItem, answer: Answer | undefined, language: Language, say: Say): OptionView[] {
  const plain = { page: '' }
  if (item.type === 'bool')
    return [
      { value: 'true', label: say('visit.yes'), ...plain, on: answer === true },
      { value: 'false', label: say('visit.no'), ...plain, on: answer === false },
    ]
  return (item.options ?? []).map(option => ({
    value: option.value,
    label: labelOf(option, language),
    page:
      item.fact === 'after_page' && AFTER_PAGES.some(({ code, class: way }) => code === option.value && way !== 'none') ? option.value : '',
    on: Array.isArray(answer) ? (answer as readonly string[]).includes(option.value) : answer === option.value,
  }))
}

/** in the width of a Chinese character; English words are half as wide */
const widthOf = (text: string) => Array.from(text).reduce((sum, one) => sum + (one.charCodeAt(0) > 0xff ? 1 : 0.55), 0)
const FITS_THIRD = 5
const FITS_HALF = 9
/** one word beside a picture, in half of the width */
const FITS_BESIDE = 4
const longestWord = (text: string) => Math.max(0, ...(text.match(/[!-~]+/g) ?? []).map(widthOf))

function layoutOf({ type }: ChecklistItem, options: readonly OptionView[]): ItemView['layout'] {
  if (type === 'bool') return 'half'
  // what stands beside a picture wraps, but not within a word
  if (options.some(({ page }) => page)) return options.every(({ label }) => longestWord(label) <= FITS_BESIDE) ? 'half' : 'row'
  const widest = Math.max(0, ...options.map(({ label }) => widthOf(label)))
  if (options.length === 3 && widest <= FITS_THIRD) return 'third'
  return widest <= FITS_HALF ? 'half' : 'row'
}

/** One answer in words, for a visit that was sent; '' where nothing was answered. */
export function answerText(item: ChecklistItem, answer: Answer | undefined, language: Language, say: Say): string {
  if (answer === undefined || item.type === 'photo') return ''
  if (typeof answer === 'boolean') return say(answer ? 'visit.yes' : 'visit.no')
  const label = (value: string) => {
    const option = item.options?.find(one => one.value === value)
    return option ? labelOf(option, language) : value
  }
  if (Array.isArray(answer)) return (answer as readonly string[]).map(label).join(language === 'zh-CN' ? '、' : ', ')
  return item.options ? label(String(answer)) : String(answer)
}

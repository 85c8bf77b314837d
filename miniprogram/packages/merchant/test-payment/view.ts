// What the pages of 验证支付 show: question, choices, summary, and the result in words.
import type { AfterPage, SubMerchant, Verdict, VerdictState } from '../../../../typings/api'
import { AFTER_PAGES } from '../../../shared/after-page'
import { ENTRY_ICONS, PAYMENT_ENTRIES } from '../shared/entries'
import {
  asksReady,
  testPaymentSteps,
  followUpOf,
  hasPaid,
  READY_TIMES,
  settlesAt,
  type TestPaymentAnswers,
  type TestPaymentMeaning,
  type TestPaymentStep,
  type FollowUp,
} from './rules'
import { timeLeft } from '../../../rules/relative-time'
import type { MessageKey, Say } from '../../../words/say'
import { verdictOf } from '../rules/verdict'
import './words'
import '../words/words'

interface ChoiceView {
  code: string
  label: string
  note: string
  /** AfterPage drawn beside the label, empty without a picture */
  page: string
  icon: string
  on: boolean
}
interface ChoiceGroup {
  /** which answer is given */
  of: TestPaymentStep | 'ready' | 'refunded'
  title: string
  /** half: two beside each other · row: one below the other · chip */
  layout: 'half' | 'row' | 'chip'
  choices: ChoiceView[]
}
export interface TestPaymentStepView {
  id: TestPaymentStep
  /** from 1 */
  number: number
  total: number
  progress: string
  /** 科技面馆(科苑店), 桌贴 */
  facts: string[]
  question: string
  help: string
  groups: ChoiceGroup[]
  /** what was answered, on the last step */
  summary: { id: TestPaymentStep; label: string; value: string }[]
  answered: boolean
}

const PAGE_GROUPS = [
  { id: 'official', class: 'POS' },
  { id: 'other', class: 'NEG' },
  { id: 'none', class: 'none' },
]
const key = (text: string) => `test_payment.${text}` as MessageKey

export function stepView(id: TestPaymentStep, answers: TestPaymentAnswers, shop: Pick<SubMerchant, 'name'>, say: Say): TestPaymentStepView {
  const steps = testPaymentSteps(answers)
  const number = steps.indexOf(id) + 1
  return {
    id,
    number,
    total: steps.length,
    progress: say('test_payment.progress', { number, total: steps.length }),
    facts: [shop.name, ...(answers.entry && id !== 'entry' ? [say(`entry.${answers.entry}`)] : [])],
    question: say(key(`question_${id === 'details' && hasPaid(answers) ? 'photo' : id}`)),
    help: say(key(`help_${id}`)),
    groups: groupsOf(id, answers, say),
    summary: id === 'details' ? summaryOf(answers, say) : [],
    answered: id === 'details' || answers[id] !== undefined,
  }
}

function groupsOf(id: TestPaymentStep, answers: TestPaymentAnswers, say: Say): ChoiceGroup[] {
  const choice = (of: ChoiceGroup['of'], code: string, label: string, more: Partial<ChoiceView> = {}): ChoiceView => ({
    code,
    label,
    note: '',
    page: '',
    icon: '',
    on: answers[of as keyof TestPaymentAnswers] === code,
    ...more,
  })
  const rows = (of: TestPaymentStep, codes: string[]): ChoiceGroup => ({
    of,
    title: '',
    layout: 'row',
    choices: codes.map(code => choice(of, code, say(key(`${of}_${code}`)), { note: say(key(`${of}_${code}_note`)) })),
  })
  switch (id) {
    case 'entry': {
      const choices = PAYMENT_ENTRIES.map(entry => choice('entry', entry, say(`entry.${entry}`), { icon: ENTRY_ICONS[entry] ?? '' }))
      return [{ of: 'entry', title: '', layout: 'half', choices }]
    }
    case 'web_page':
      return [rows('web_page', ['yes', 'no', 'unsure'])]
    case 'pay':
      return [rows('pay', ['done', 'not_paid'])]
    case 'payee':
      return [rows('payee', ['yes', 'no', 'not_checked'])]
    case 'page':
      return PAGE_GROUPS.map(group => ({
        of: 'page',
        title: say(key(`group_${group.id}`)),
        layout: 'half',
        choices: AFTER_PAGES.filter(page => page.class === group.class).map(({ code, class: way }) =>
          choice(
            'page',
            code,
            say(`after_page.${code}`),
            way === 'none' ? { icon: code === 'unsure' ? 'question-o' : 'close' } : { page: code },
          ),
        ),
      }))
    case 'details': {
      const chips = (of: 'ready' | 'refunded', codes: readonly string[]): ChoiceGroup => ({
        of,
        title: say(key(of)),
        layout: 'chip',
        choices: codes.map(code => choice(of, code, say(key(`${of}_${code}`)))),
      })
      return [...(asksReady(answers) ? [chips('ready', READY_TIMES)] : []), ...(hasPaid(answers) ? [chips('refunded', ['yes', 'no'])] : [])]
    }
  }
}

function summaryOf(answers: TestPaymentAnswers, say: Say): TestPaymentStepView['summary'] {
  return testPaymentSteps(answers).flatMap(id => {
    const answer = id === 'details' ? undefined : answers[id]
    if (id === 'details' || answer === undefined) return []
    const value =
      id === 'entry'
        ? say(`entry.${answer}` as MessageKey)
        : id === 'page'
          ? say(`after_page.${answer as AfterPage}`)
          : say(key(`${id}_${answer}`))
    return [{ id, label: say(key(`summary_${id}`)), value }]
  })
}

/** "刚改过设置，4分钟后才完全生效…", null when nothing is settling */
export function settlingText(shop: SubMerchant, now: number, say: Say): string | null {
  const end = settlesAt(shop, now)
  return end === null ? null : say('test_payment.settling', { left: timeLeft(end - now, say) })
}

export interface TestPaymentResultView {
  meaning: TestPaymentMeaning
  /** what this payment proves */
  proves: string
  state: VerdictState
  title: string
  sentence: string
  primary: { id: FollowUp; label: string }
  /** 全部入口都核对过 */
  concludes: boolean
}

/** @param migration null: the shop left this person's scope since the payment was made */
export function resultView(
  { meaning, migration, shop, now }: { meaning: TestPaymentMeaning; migration: Verdict | null; shop: SubMerchant; now: number },
  say: Say,
): TestPaymentResultView {
  const proves = say(key(`proves_${meaning}`))
  if (!migration) {
    const [title, sentence] = [say('test_payment.left_scope'), say('test_payment.left_scope_text')]
    return {
      meaning,
      proves,
      state: 'unknown',
      title,
      sentence,
      primary: { id: 'done', label: say('test_payment.next_done') },
      concludes: false,
    }
  }
  const verdict = verdictOf({ ...shop, migration }, now, say)
  const id = followUpOf(meaning, shop.receipt.status === 'open')
  return {
    meaning,
    proves,
    state: migration.state,
    title: verdict.title,
    sentence: verdict.sentence,
    primary: { id, label: say(key(`next_${meaning === 'no_web_page' ? 'other_entry' : id}`)) },
    concludes: meaning === 'no_web_page' && migration.state !== 'not_applicable',
  }
}

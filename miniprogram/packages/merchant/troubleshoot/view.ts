// What the page of 排查 shows: a question with its choices, or the cause with who mends it and the step to take.
import type { SubMerchant } from '../../../../typings/api'
import { ENTRY_ICONS } from '../shared/entries'
import type { NoConclusion } from './flow-conclusion'
import { absoluteTime, timeLeft } from '../../../rules/relative-time'
import type { MessageKey, Say } from '../../../words/say'
import type { Answers, Cause, Mender, QuestionId, Remedy } from './rules'
import './words'
import '../words/words'
import '../rules/control-rows'

export interface QuestionView {
  id: QuestionId
  progress: string
  facts: string[]
  question: string
  choices: { code: string; label: string; page: string; icon: string }[]
}
export interface CauseView {
  id: Cause['id']
  title: string
  sentence: string
  mender: Mender
  mender_label: string
  /** what the gold button does; null: there is a reason instead */
  remedy: { id: Remedy | 'copy_operator' | 'copy_developer' | 'conclude'; label: string } | null
  reason: string
  /** the button copies the message that stands above it */
  copies: boolean
  /** a look at the receipt link from outside is offered */
  check_link: string
  /** 记录 is offered */
  record: string
  recorded: string
}

const PICTURES = new Set(['official_receipt', 'merchant_receipt', 'receipt_missing', 'receipt_error', 'legacy_page', 'closed'])

/** causes that lie in the receipt page or in the way to it */
const LINK_CAUSES: ReadonlySet<Cause['id']> = new Set([
  'LINK_MISSING',
  'PAGE_CHOSE_OFFICIAL',
  'READY_TOO_LATE',
  'LINK_UNREACHABLE',
  'IOS_HTTPS',
  'RECEIPT_BLANK',
])

const answerLabel = (question: QuestionId, code: string, say: Say): string => {
  if (question === 'entry') return say(`entry.${code}` as MessageKey)
  if (question === 'page' && code !== 'done_not_tapped') return say(`after_page.${code}` as MessageKey)
  return say(`troubleshoot.${question}_${code}` as MessageKey)
}

export function questionView(id: QuestionId, options: readonly string[], answered: number, shop: SubMerchant, say: Say): QuestionView {
  return {
    id,
    progress: say('troubleshoot.progress', { number: answered + 1 }),
    facts: [shop.name],
    question: say(`troubleshoot.question_${id}`),
    choices: options.map(code => ({
      code,
      label: answerLabel(id, code, say),
      page: PICTURES.has(code) ? code : '',
      icon: id === 'entry' ? (ENTRY_ICONS[code] ?? '') : '',
    })),
  }
}

/** "点金计划已开 · 11月20日 10:12", and so for the receipt and its link */
export function knownFacts({ gold_plan, receipt }: SubMerchant, now: number, say: Say): string[] {
  const line = (feature: 'gold_plan' | 'receipt', { status, changed_at }: SubMerchant['receipt'] | SubMerchant['gold_plan']['jsapi']) => {
    const values = { feature: say(`feature.${feature}`), word: say(`switch.${status}`) }
    if (status === 'unknown') return say('troubleshoot.known_nothing', values)
    return changed_at === null
      ? say('troubleshoot.known_undated', values)
      : say('troubleshoot.known', { ...values, time: absoluteTime(changed_at, now, say) })
  }
  const link = say(receipt.link === 'none' ? 'troubleshoot.link_none' : 'troubleshoot.link_there')
  return [line('gold_plan', gold_plan.jsapi), line('receipt', receipt), link]
}

interface CauseFacts {
  cause: Cause
  shop: SubMerchant
  /** ms until a change is surely in effect */
  wait: number
  conclude: NoConclusion | 'yes' | null
  recordable: boolean
  recorded: boolean
  /** 无需迁移 was recorded here */
  concluded: boolean
}

export function causeView(facts: CauseFacts, say: Say): CauseView {
  const { cause, conclude } = facts
  const remedy = remedyOf(facts)
  const remedyLabel = remedy && say(`troubleshoot.remedy_${remedy}`)
  const sentence = say(`troubleshoot.sentence_${cause.id}`)
  const barred = conclude !== null && conclude !== 'yes' && !facts.concluded ? conclude : null
  const waiting = cause.remedy === 'wait' && facts.wait > 0
  return {
    id: cause.id,
    title: say(`troubleshoot.cause_${cause.id}`),
    sentence: barred ? say('troubleshoot.barred', { sentence, why: say(`troubleshoot.conclude_${barred}`) }) : sentence,
    mender: cause.mender,
    mender_label: say(`troubleshoot.mender_${cause.mender}`),
    remedy: remedy && remedyLabel ? { id: remedy, label: remedyLabel } : null,
    reason: waiting ? say('troubleshoot.wait', { left: timeLeft(facts.wait, say) }) : '',
    copies: remedy === 'copy_operator' || remedy === 'copy_developer',
    check_link:
      LINK_CAUSES.has(cause.id) && facts.shop.allowed_actions.includes('evidence.write') ? say('troubleshoot.remedy_link_check') : '',
    record: facts.recordable ? say('troubleshoot.record') : '',
    recorded: facts.concluded ? say('troubleshoot.concluded') : facts.recorded ? say('troubleshoot.recorded') : '',
  }
}

function remedyOf({ cause, shop, wait, conclude, concluded }: CauseFacts): NonNullable<CauseView['remedy']>['id'] | null {
  switch (cause.remedy) {
    case 'wait':
      return wait > 0 ? null : 'test_payment'
    case 'portal_check':
    case 'tell_operator':
      return shop.allowed_actions.includes('portal_check.write') ? 'portal_check' : 'copy_operator'
    case 'tell_developer':
      return 'copy_developer'
    case 'flow_conclusion':
      return !concluded && conclude === 'yes' ? 'conclude' : 'none'
    default:
      return cause.remedy
  }
}

/** "付完看到：关闭" */
export const answerLines = (answered: readonly [QuestionId, string][], say: Say): string[] =>
  answered.map(([question, answer]) =>
    say('troubleshoot.message_line', { question: say(`troubleshoot.short_${question}`), answer: answerLabel(question, answer, say) }),
  )

interface MessageFacts {
  cause: Cause
  shop: SubMerchant
  answers: Answers
  asked: readonly QuestionId[]
  /** ms */
  at: number
}

export function messageText({ cause, shop, answers, asked, at }: MessageFacts, say: Say): string {
  const seen = answerLines(
    asked.flatMap((question): [QuestionId, string][] => {
      const answer = answers[question]
      return answer === undefined ? [] : [[question, answer]]
    }),
    say,
  )
  return [
    say('troubleshoot.message_head', { sub_mchid: shop.sub_mchid, name: shop.name }),
    say('troubleshoot.message_time', { time: absoluteTime(at, at, say) }),
    ...seen,
    say('troubleshoot.message_known', { facts: knownFacts(shop, at, say).join(say('troubleshoot.separator')) }),
    say('troubleshoot.message_cause', { cause: say(`troubleshoot.cause_${cause.id}`), sentence: say(`troubleshoot.sentence_${cause.id}`) }),
  ].join('\n')
}

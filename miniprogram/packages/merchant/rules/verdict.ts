// The first thing a merchant page says: state, reason, proof, age, next step (product.md §5.3, §12; look.md §4 Verdict).
import type { Attention, SubMerchant, Verdict, VerdictState } from '../../../../typings/api'
import { errorKey } from '../../../rules/error-copy'
import { receiptGoesFirst } from './controls'
import { evidenceTitle, kindTitle } from './evidence-title'
import { ladderOf, nextSteps, settlesIn, type NextStepId, type Rung } from './next-step'
import { absoluteTime, duration, relativeTime, timeLeft } from '../../../rules/relative-time'
import { isForOwner, limitationLabel } from './limitations'
import '../words/words'
import type { Say } from '../../../words/say'
import { STATE_GLYPHS, stateKey, stateShortKey, type StateGlyph } from '../../../rules/states'

interface NextStep {
  id: NextStepId
  label: string
  /** why the caller may not take it now; null when he may */
  locked: string | null
  /** locked, but only until a time that it names */
  waits: boolean
}
interface LadderStep extends Pick<Rung, 'id' | 'status' | 'note'> {
  label: string
  /** "11月20日 14:05" of a rung that is `dated`; else null */
  date: string | null
  /** what kind of evidence says so */
  source: string | null
}
export interface VerdictView {
  state: VerdictState
  glyph: StateGlyph
  /** 已开通·待验证 */
  title: string
  /** 待验证 */
  short: string
  /** one sentence: why */
  sentence: string
  /** "依据：验证支付看到官方小票页", "11月20日 14:05" */
  proof: string[]
  /** "3 天前", null without evidence */
  age: string | null
  marks: { code: Attention; label: string }[]
  primary: NextStep | null
  secondary: NextStep | null
  ladder: LadderStep[]
}

/** steps that end in evidence */
const RECORDS: ReadonlySet<NextStepId> = new Set(['visit', 'test_payment', 'reverify', 'verify_jsapi'])
/** steps whose payment says nothing while a change is settling */
const PAYS: ReadonlySet<NextStepId> = new Set(['test_payment', 'reverify', 'verify_jsapi', 'troubleshoot'])

/**
 * Whether the receipt is proposed for the sake of the proof: of a verified shop whose customers could load it, so that it proves itself and nobody has to go there
 * every 90 days (product.md §5.6). Not while it looks as if the plan were gone, or nobody can pay.
 */
export const proposesReceipt = (merchant: SubMerchant): boolean =>
  merchant.migration.state === 'verified' &&
  !merchant.migration.attention.some(mark => mark === 'SUSPECTED' || mark === 'OPERATION_BLOCKED') &&
  receiptGoesFirst(merchant)

/** The verdict as it is shown. `now` in milliseconds. */
export function verdictOf(merchant: SubMerchant, now: number, say: Say): VerdictView {
  const { migration } = merchant
  const { primary, secondary } = nextSteps(merchant)
  const mayRecord = merchant.allowed_actions.includes('evidence.write')
  const settling = settlesIn(merchant, now)
  const step = (id: NextStepId | null): NextStep | null => {
    if (id === null) return null
    const label = id === 'blocked_reason' && !isForOwner(migration.reason, say) ? say('next.blocked_reason.ours') : say(`next.${id}`)
    if (RECORDS.has(id) && !mayRecord) return { id, label, locked: say('next.locked'), waits: false }
    const waits = PAYS.has(id) && settling > 0
    return { id, label, locked: waits ? say('next.settling', { left: timeLeft(settling, say) }) : null, waits }
  }
  return {
    state: migration.state,
    glyph: STATE_GLYPHS[migration.state],
    title: say(stateKey(migration.state)),
    short: say(stateShortKey(migration.state)),
    sentence: verdictSentence(migration, now, say),
    proof: proof(merchant, now, say),
    age: migration.since === null ? null : relativeTime(migration.since, now, say),
    marks: migration.attention.map(code => ({ code, label: say(`attention.${code}`) })),
    primary: step(primary),
    secondary: step(secondary),
    ladder: ladder(merchant, now, say),
  }
}

export function verdictSentence(migration: Verdict, now: number, say: Say): string {
  const { state, reason, attention, since, steps } = migration
  if (attention.includes('SETTLING')) return say('verdict.SETTLING')
  if (state === 'enrolled' && attention.includes('CHECK_FAILED')) return say('verdict.CHECK_FAILED')
  if (state === 'blocked') return blockedSentence(reason, say)
  const age = (at: string | null) => (at === null ? null : duration(now - Date.parse(at), say))
  switch (reason) {
    case 'AWAITING_VERIFICATION':
    case 'REOPENED': {
      // the console shows that it is open, not since when
      if (steps.gold_plan_opened?.kind === 'portal_check') return say('verdict.AWAITING_VERIFICATION.portal')
      const open = age(steps.gold_plan_opened?.at ?? since)
      return open === null ? say(`verdict.${reason}.now`) : say(`verdict.${reason}`, { age: open })
    }
    case 'PAGE_SEEN': {
      if (attention.includes('RECEIPT_ERROR')) return say('verdict.PAGE_SEEN.RECEIPT_ERROR')
      if (attention.includes('STALE')) return say('verdict.PAGE_SEEN.STALE', { age: age(since) ?? '' })
      if (attention.includes('OPERATION_BLOCKED')) return say('verdict.PAGE_SEEN.OPERATION_BLOCKED')
      return say('verdict.PAGE_SEEN')
    }
    case 'NEGATIVE_AFTER_VERIFIED':
      return say('verdict.NEGATIVE_AFTER_VERIFIED', { time: since === null ? '' : absoluteTime(since, now, say) })
    case 'NO_EVIDENCE':
    case 'NOT_JSAPI':
    case 'NO_RECORD_OF_OPENING':
    case 'SEEN_NOT_OFFICIAL':
    case 'CLOSED_BY_OPERATION':
    case 'CLOSED_ON_PORTAL':
    case 'DEFAULT_OPEN':
      return say(`verdict.${reason}`)
    default:
      return say('verdict.other')
  }
}

function blockedSentence(reason: string, say: Say): string {
  const limitation = limitationLabel(reason, say)
  if (limitation !== null) return say('verdict.blocked.limitation', { cause: limitation })
  const key = errorKey(reason, 'sentence')
  return key ? say('verdict.blocked', { cause: say(key) }) : say('verdict.blocked.unknown')
}

/** The deciding evidence is among the newest three most of the time; else its step or the reason says what kind it was. */
function proof(merchant: SubMerchant, now: number, say: Say): string[] {
  const { migration } = merchant
  if (migration.since === null) return [say('verdict.proof.none')]
  const deciding = merchant.recent_evidence.find(evidence => evidence.id === migration.evidence_id)
  const what = deciding ? evidenceTitle(deciding, say) : kindTitle(kindOf(migration), say)
  return [say('verdict.proof', { what }), absoluteTime(migration.since, now, say)]
}

function kindOf({ since, steps, reason }: Verdict): string {
  const at = [steps.page_seen, steps.gold_plan_opened, steps.flow_confirmed].find(step => step?.at === since)
  if (at) return at.kind
  const byReason: Record<string, string> = {
    CLOSED_BY_OPERATION: 'gold_plan.close',
    CLOSED_ON_PORTAL: 'portal_check',
    DEFAULT_OPEN: 'default_open',
  }
  return byReason[reason] ?? 'test_payment'
}

const ladder = (merchant: SubMerchant, now: number, say: Say): LadderStep[] =>
  ladderOf(merchant).map(({ id, status, note, at, kind }) => ({
    id,
    status,
    note,
    label: say(`step.${id}`),
    date: at === null ? null : absoluteTime(at, now, say),
    source: kind === null ? null : kindTitle(kind, say),
  }))

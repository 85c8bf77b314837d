// What the merchant page shows besides verdict and switches, prepared from the merchant as the server gave it.
import type { SubMerchant } from '../../../../typings/api'
import { CONTROL_ROWS } from '../rules/control-rows'
import type { Feature, FeatureRow, OperationStatus } from '../rules/controls'
import { industryLabel } from '../../../shared/industries'
import { isPlanned, limitationLabel } from '../rules/limitations'
import { districtOf } from '../../../rules/region'
import { absoluteTime, dayOf } from '../../../rules/relative-time'
import type { Language, Say } from '../../../words/say'
import type { NextStepId } from '../rules/next-step'
import { proposesReceipt, type VerdictView } from '../rules/verdict'
import './more'
import './words'
import '../words/words'

export interface NextBar {
  label: string
  reason: string
  icon: string
  secondary: { id: string; icon: string; label: string }[]
}

/** What the card of the verdict draws. */
export function verdictCard({ state, title, sentence, proof, marks, ladder }: VerdictView, say: Say) {
  const steps = ladder.map(({ id, label, status, note, date }) => ({
    id,
    label,
    status,
    note: date ?? say(`detail.step_${note}` as 'detail.step_missing'),
  }))
  return { state, title, sentence, proof, marks, ladder: steps }
}

/** The reason that locks all switches alike, which then goes to the view once; else empty. */
export function lockedTogether(rows: Record<Feature, FeatureRow> | null): string {
  const [first, ...others] = Object.values(rows ?? {}).filter(({ id }) => !CONTROL_ROWS[id].page)
  return first?.locked && others.every(({ locked }) => locked === first.locked) ? first.locked : ''
}

/** The switch whose result is awaited, one at most: the view gets it once, for its row and for the bar. '' without one; the filter's own page says its own. */
export const busyRow = (rows: Record<Feature, FeatureRow> | null): string =>
  idOf(Object.values(rows ?? {}).find(({ id, loading }) => loading && !CONTROL_ROWS[id].page)?.id ?? '')
const idOf = (feature: string) => feature.replace(/_/g, '-')

/** What the rows of the switches draw; what a tap asks for stays in the store. `on`: null where nobody knows. @param unreached there is no fresh answer */
export const switchRows = (rows: Record<Feature, FeatureRow>, unreached: boolean) =>
  Object.values(rows).map(({ id, title, note, warning, word, on, unknown, locked }) => {
    const { icon, barred, page } = CONTROL_ROWS[id]
    return {
      // the filter's own page says why it cannot be changed
      ...(page ? { on: false, locked: null } : { on: unknown ? null : on, locked: locked === lockedTogether(rows) ? null : locked }),
      id: idOf(id),
      control: id,
      icon,
      name: title,
      note,
      warning,
      word,
      opens: page !== undefined,
      barred: barred === 'always' || (barred === 'unreached' && unreached),
    }
  })

/** A change whose result is awaited; `settles`: nobody is asked any more, and the caller may record what the console shows. */
type Waiting = { status: OperationStatus; title: string; settles: boolean } | null

/** The one gold button, or the reason why there is none now. */
export function nextBar(
  verdict: VerdictView,
  goldPlan: FeatureRow,
  operation: Waiting,
  { allowed_actions }: Pick<SubMerchant, 'allowed_actions'>,
  say: Say,
): NextBar {
  const { primary } = verdict
  const bar = { icon: '', secondary: sideActions(allowed_actions, primary?.id ?? null, say) }
  // of the guided opening the banner says which step: the bar has room for what is awaited
  if (operation && operation.status !== 'unresolved') {
    const reason = operation.status === 'sending' ? operation.title : say(`operation.${operation.status}.bar`)
    return { ...bar, label: '', reason, icon: 'clock-o' }
  }
  if (operation?.settles) return { ...bar, label: say('detail.more_portal_check'), reason: '' }
  if (!primary) return { ...bar, label: '', reason: say(verdict.state === 'verified' ? 'detail.no_step_verified' : 'detail.no_step') }
  if (primary.locked !== null) return { ...bar, label: '', reason: primary.locked, icon: primary.waits ? 'clock-o' : 'lock' }
  if (primary.id === 'gold_plan.open' && goldPlan.locked) return { ...bar, label: '', reason: goldPlan.locked, icon: 'lock' }
  return { ...bar, label: primary.label, reason: '' }
}

/** What is done at every counter, whatever the next step is: the visit and the talk with the owner. Ids are pages. */
function sideActions(allowed: SubMerchant['allowed_actions'], primary: NextStepId | null, say: Say): NextBar['secondary'] {
  return [
    ...(allowed.includes('visit.write') && primary !== 'visit' ? [{ id: 'visit', icon: 'notes-o', label: say('detail.side_visit') }] : []),
    { id: 'explain', icon: 'volume-o', label: say('detail.side_explain') },
  ]
}

/** 收款入口, as they were seen. */
export function entryRows(merchant: SubMerchant, now: number, say: Say) {
  return merchant.flow.entries.map(({ entry, web_page_opened, observed_at }, index) => {
    const what = say(web_page_opened === null ? 'detail.entry_unknown' : web_page_opened ? 'detail.entry_web' : 'detail.entry_no_web')
    return { id: `${entry}-${index}`, name: say(`entry.${entry}`), note: `${what} · ${absoluteTime(observed_at, now, say)}` }
  })
}

/** What tells this shop from others of its name: district and kind of business. */
export const identityFacts = ({ region_name, industry }: SubMerchant, language: Language) => [
  districtOf(region_name),
  ...(industry === null ? [] : [industryLabel(industry, language)]),
]

export function shopFacts(merchant: SubMerchant, say: Say) {
  return [
    { id: 'region', name: say('filter.region'), value: merchant.region_name },
    { id: 'address', name: say('detail.address'), value: merchant.address },
    { id: 'stores', name: say('detail.shop'), value: say('detail.stores', { count: merchant.store_count }) },
    { id: 'assigned', name: say('detail.assigned'), value: merchant.assigned_to?.display_name ?? say('detail.unassigned') },
    // only where the provider has several numbers
    ...(merchant.provider
      ? [{ id: 'provider', name: say('detail.provider'), value: `${merchant.provider.name} ${merchant.provider.sp_mchid}` }]
      : []),
  ]
}

/** Whether a look at the receipt link may say why customers do not see the receipt. */
export const checksLink = ({ allowed_actions, receipt, migration }: SubMerchant): boolean =>
  allowed_actions.includes('evidence.write') &&
  (receipt.hint === 'LINK_MISSING' || receipt.hint === 'RECEIPT_ERROR' || migration.attention.includes('RECEIPT_ERROR'))

/**
 * What is more than a switch: limited by WeChat Pay, suspected of having gone back, or a receipt that would spare visits. Pages or a step of the page that help,
 * one at most. @param now of the server, ms @param changing a switch is on its way
 */
export function hintBanner(merchant: SubMerchant, now: number, say: Say, changing = false) {
  const { suspected, recent_evidence, migration } = merchant
  const limitation = recent_evidence.find(({ kind }) => kind === 'limitation')
  const planned = limitation?.kind === 'limitation' && isPlanned(limitation.detail)
  if (limitation?.kind === 'limitation' && (limitation.detail.active || planned)) {
    const { code, reason } = limitation.detail
    return {
      id: 'limited',
      fact: say(planned ? 'detail.limited_soon' : 'detail.limited', { cause: limitationLabel(code, say) ?? code }),
      text: reason ?? '',
      actions: [{ id: 'limitations', label: say('operation.see_limitations') }],
    }
  }
  if (proposesReceipt(merchant) && !changing)
    return {
      id: 'receipt-proposal',
      fact: say(merchant.receipt.status === 'closed' ? 'detail.proposed_receipt' : 'detail.proposed_receipt_unknown'),
      text: say('detail.proposed_receipt_text'),
      actions: [{ id: 'open-receipt', label: say('next.receipt.open') }],
    }
  if (!suspected || !migration.attention.includes('SUSPECTED')) return null
  const day = (one: string) => dayOf(`${one}T12:00:00+08:00`, now, say)
  const { payments, from, to } = suspected
  return {
    id: 'suspected',
    fact: say('detail.suspected', { payments, from: day(from), to: day(to) }),
    text: say('detail.suspected_text'),
    actions: [],
  }
}

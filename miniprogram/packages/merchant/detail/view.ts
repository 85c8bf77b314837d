// What the merchant page shows besides verdict and switches, prepared from the merchant as the server gave it.
import type { SubMerchant } from '../../../../typings/api'
import type { FeatureRow } from '../../../domain/controls'
import { industryLabel, MAX_FILTER_INDUSTRIES } from '../../../domain/industries'
import { absoluteTime } from '../../../domain/relative-time'
import type { Language, Say } from '../../../domain/say'
import type { NextStepId, VerdictView } from '../../../domain/verdict'

export interface NextBar {
  label: string
  reason: string
  icon: string
  secondary: { id: string; icon: string; label: string }[]
}

const sideIcons: Partial<Record<NextStepId, string>> = { 'gold_plan.open': 'gold-coin-o', 'receipt.open': 'bill-o', test_payment: 'passed' }

/** The one gold button, or the reason why there is none now. */
export function nextBar(verdict: VerdictView, goldPlan: FeatureRow, receipt: FeatureRow, waiting: string, say: Say): NextBar {
  const { primary, secondary } = verdict
  const side = secondary && usable(secondary.id, goldPlan, receipt) ? [secondary.id] : []
  const bar = {
    icon: '',
    secondary: side.map(id => ({ id, icon: sideIcons[id] ?? 'notes-o', label: say(`detail.side_${id}` as 'detail.side_receipt.open') })),
  }
  if (waiting) return { ...bar, label: '', reason: waiting, icon: 'clock-o', secondary: [] }
  if (!primary) return { ...bar, label: '', reason: say(verdict.state === 'verified' ? 'detail.no_step_verified' : 'detail.no_step') }
  if (primary.id === 'gold_plan.open' && goldPlan.locked) return { ...bar, label: '', reason: goldPlan.locked, icon: 'lock' }
  return { ...bar, label: primary.label, reason: '' }
}

const usable = (id: NextStepId, goldPlan: FeatureRow, receipt: FeatureRow) =>
  id === 'gold_plan.open' ? goldPlan.tap === id : id === 'receipt.open' ? receipt.tap === id : true

/** 广告 and 同业过滤: facts, not switches. */
export function readOnlyRows(merchant: SubMerchant, now: number, language: Language, say: Say) {
  const { advertising, ad_filter } = merchant
  const labels = ad_filter.industries.map(code => industryLabel(code, language))
  return [
    {
      id: 'advertising',
      icon: 'bullhorn-o',
      name: say('detail.advertising'),
      note: setBy(advertising.changed_at, advertising.changed_by, now, say),
      word: say(`switch.${advertising.status}`),
    },
    {
      id: 'ad-filter',
      icon: 'shield-o',
      name: say('detail.ad_filter'),
      note: labels.length > 0 ? labels.join(say('common.comma')) : say('detail.ad_filter_none'),
      word: `${labels.length}/${MAX_FILTER_INDUSTRIES}`,
    },
  ]
}

function setBy(at: string | null, by: string | null, now: number, say: Say): string {
  if (at === null) return say('switch.note.none')
  const time = absoluteTime(at, now, say)
  return by === null ? say('switch.note.api.nobody', { time }) : say('switch.note.api', { time, by })
}

/** 收款入口, as they were seen. */
export function entryRows(merchant: SubMerchant, now: number, say: Say) {
  return merchant.flow.entries.map(({ entry, web_page_opened, observed_at }, index) => {
    const what = say(web_page_opened === null ? 'detail.entry_unknown' : web_page_opened ? 'detail.entry_web' : 'detail.entry_no_web')
    return { id: `${entry}-${index}`, name: say(`entry.${entry}`), note: `${what} · ${absoluteTime(observed_at, now, say)}` }
  })
}

export function shopFacts(merchant: SubMerchant, say: Say) {
  return [
    { name: say('detail.address'), value: merchant.address },
    { name: say('detail.shop'), value: say('detail.stores', { count: merchant.store_count }) },
    { name: say('detail.assigned'), value: merchant.assigned_to?.display_name ?? say('detail.unassigned') },
  ]
}

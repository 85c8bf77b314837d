// 接入向导 as it is drawn: each step with what the record says of it, and the one to do now.
import { tagList } from '../rules/ad-filter'
import { hasGoldPlan } from '../rules/control-rows'
import type { FeatureRow } from '../rules/controls'
import type { OnboardingProgress, OnboardingStatus, OnboardingStepId } from './rules'
import { sampleBlocks, blockName } from '../rules/payment-page'
import { absoluteTime } from '../../../rules/relative-time'
import type { Language, Say } from '../../../words/say'
import { kindTitle } from '../rules/evidence-title'
import type { ReceiptContent, SubMerchant } from '../../../../typings/api'
import '../words/words'
import './words'

export interface OnboardingRow {
  id: OnboardingStepId
  status: OnboardingStatus
  number: number
  name: string
  /** 已完成, 商户不需要 …: said in words, not by shape alone */
  word: string
  note: string
}
export interface OnboardingFacts {
  merchant: SubMerchant
  content: ReceiptContent | null
  gold_plan_note: string
  proof: string
  now: number
  language: Language
}

export const onboardingRows = ({ steps }: OnboardingProgress, facts: OnboardingFacts, say: Say): OnboardingRow[] =>
  steps.map(({ id, status }, index) => ({
    id,
    status,
    number: index + 1,
    name: say(`onboarding.step_${id}`),
    word: say(`onboarding.status_${status}`),
    note: noteOf(id, status, facts, say),
  }))

function noteOf(id: OnboardingStepId, status: OnboardingStatus, facts: OnboardingFacts, say: Say): string {
  if (status === 'next') return helpOf(id, facts, say)
  if (status === 'barred') return say('onboarding.barred_receipt')
  return status === 'done' ? recordOf(id, facts, say) : ''
}

function helpOf(id: OnboardingStepId, { merchant, content }: OnboardingFacts, say: Say): string {
  if (id === 'receipt' && content === null) return say('onboarding.not_read')
  if (id === 'opening' && hasGoldPlan(merchant)) return say('onboarding.help_opening_receipt')
  return say(`onboarding.help_${id}`)
}

/** What the record says of a step that is done; nothing where only a person said so. */
function recordOf(id: OnboardingStepId, { merchant, content, gold_plan_note, proof, now, language }: OnboardingFacts, say: Say): string {
  switch (id) {
    case 'jsapi': {
      const { flow_confirmed } = merchant.migration.steps
      return flow_confirmed === null ? '' : `${kindTitle(flow_confirmed.kind, say)} · ${absoluteTime(flow_confirmed.at, now, say)}`
    }
    case 'receipt':
      return sampleBlocks(content?.blocks ?? [], null)
        .map(block => (block.kind === 'link' ? block.text : blockName(block, say)))
        .join(say('common.comma'))
    case 'opening':
      return gold_plan_note
    case 'filter':
      return tagList(merchant.ad_filter.industries, language)
    case 'test_payment':
      return proof
    default:
      return ''
  }
}

export interface OnboardingBar {
  label: string
  reason: string
  icon: string
  secondary: { id: string; icon: string; label: string }[]
}

const sideIcons: Partial<Record<OnboardingStepId, string>> = {
  identify: 'passed',
  jsapi: 'search',
  receipt: 'cross',
  opening: 'cross',
  filter: 'cross',
  test_payment: 'search',
}

/** The gold button of the step to do now, or why it cannot be done; beside it the other way to settle the step. */
export function onboardingBar(
  next: OnboardingStepId | null,
  merchant: SubMerchant,
  { gold_plan, receipt, awaited }: { gold_plan: FeatureRow; receipt: FeatureRow; awaited: string | null },
  say: Say,
): OnboardingBar {
  if (next === null) return { label: say('onboarding.finish'), reason: '', icon: '', secondary: [] }
  if (awaited !== null) return { label: '', reason: awaited, icon: 'clock-o', secondary: [] }
  const plan = hasGoldPlan(merchant)
  const side =
    next === 'explain' || (next === 'opening' && !plan)
      ? []
      : [{ id: next, icon: sideIcons[next] ?? 'cross', label: say(`onboarding.side_${next}` as 'onboarding.side_filter') }]
  const bar = { reason: '', icon: '', secondary: side }
  if (next === 'opening') {
    const row = plan ? receipt : gold_plan
    if (row.tap === null) return { ...bar, label: '', reason: row.locked ?? row.word, icon: 'lock' }
    return { ...bar, label: say(plan ? 'onboarding.do_opening_receipt' : 'onboarding.do_opening') }
  }
  const records = next === 'jsapi' || next === 'test_payment'
  if (records && !merchant.allowed_actions.includes('evidence.write'))
    return { ...bar, label: '', reason: say('next.locked'), icon: 'lock' }
  return { ...bar, label: say(`onboarding.do_${next}`) }
}

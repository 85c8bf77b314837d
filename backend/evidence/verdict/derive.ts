// The state of a merchant as a pure function of its evidence (product.md §5.3). It depends on neither order nor anything outside.
import type { Attention, VerdictState } from './schema.ts'
import { changeSettles, ordersOutweigh } from './durations.ts'
import { byTime, counted, type EvidenceClass, type EvidenceFact, type EvidenceItem } from './facts.ts'

export interface DeriveOptions {
  now: Date
  /** since when the provider's default-open switch is on */
  defaultOpenSince?: Date | null
  /** days after which a proof is marked STALE */
  staleAfterDays?: number
}

interface Step {
  at: Date
  kind: string
}

export interface DerivedVerdict {
  state: VerdictState
  reason: string
  /** occurred_at of the evidence that decided */
  since: Date | null
  evidence_id: string | null
  /** kind of the evidence that decided, and its decisive value: `test_payment:official_receipt` */
  proof: string | null
  attention: Attention[]
  steps: { flow_confirmed: Step | null; gold_plan_opened: Step | null; page_seen: Step | null }
}

/** at equal times the first of these is the newer */
const precedence: readonly EvidenceClass[] = ['UNBLOCK', 'CLOSE', 'NEG', 'NOTUSE', 'BLOCK', 'OPEN', 'POS', 'USE']

interface Newest {
  at: Date
  /** null: the provider's default-open switch */
  fact: EvidenceFact | null
  rank: number
}

const day = 86_400_000

export function derive(evidence: readonly EvidenceItem[], options: DeriveOptions): DerivedVerdict {
  const facts = withoutContradictions(counted(evidence, options.now)).sort(byTime)
  const newest = newestOfEach(facts, options.defaultOpenSince ?? null)
  /** strictly newer than every one of these; what is absent is older than everything */
  const newer = (name: EvidenceClass, ...than: EvidenceClass[]) => {
    const one = newest.get(name)
    return one !== undefined && than.every(other => isNewer(one, newest.get(other)))
  }
  const steps = {
    flow_confirmed: stepOf(newestConfirmation(facts)),
    gold_plan_opened: newest.has('OPEN') && !newer('CLOSE', 'OPEN') ? stepOf(newest.get('OPEN')) : null,
    page_seen: newer('POS', 'NEG', 'CLOSE') ? stepOf(newest.get('POS')) : null,
  }
  const decided = (state: VerdictState, reason: string, by: EvidenceClass, attention: Attention[] = []): DerivedVerdict => {
    const proof = newest.get(by)!
    return { state, reason, since: proof.at, evidence_id: proof.fact?.id ?? null, proof: proofOf(proof.fact), attention, steps }
  }

  if (newer('POS', 'NEG', 'CLOSE', 'NOTUSE')) {
    const attention: Attention[] = []
    if (options.now.getTime() - newest.get('POS')!.at.getTime() > (options.staleAfterDays ?? 90) * day) attention.push('STALE')
    if (!newest.has('OPEN')) attention.push('OUT_OF_BAND')
    if (newer('BLOCK', 'POS', 'UNBLOCK')) attention.push('OPERATION_BLOCKED')
    return decided('verified', 'PAGE_SEEN', 'POS', attention)
  }
  if (newer('BLOCK', 'OPEN', 'POS', 'UNBLOCK', 'NOTUSE')) return decided('blocked', codeOf(newest.get('BLOCK')!.fact), 'BLOCK')
  if (newer('NOTUSE', 'USE', 'POS', 'NEG')) return decided('not_applicable', 'NOT_JSAPI', 'NOTUSE')
  if (newer('CLOSE', 'OPEN', 'POS')) {
    const onPortal = newest.get('CLOSE')!.fact?.kind === 'portal_check'
    return decided('not_migrated', onPortal ? 'CLOSED_ON_PORTAL' : 'CLOSED_BY_OPERATION', 'CLOSE')
  }
  if (newer('POS', 'CLOSE') && newer('NEG', 'POS')) {
    return newer('OPEN', 'NEG') ? decided('enrolled', 'REOPENED', 'OPEN') : decided('regressed', 'NEGATIVE_AFTER_VERIFIED', 'NEG')
  }
  if (newest.has('OPEN')) {
    const byDefault = newest.get('OPEN')!.fact === null
    return decided('enrolled', byDefault ? 'DEFAULT_OPEN' : 'AWAITING_VERIFICATION', 'OPEN', newer('NEG', 'OPEN') ? ['CHECK_FAILED'] : [])
  }
  if (newest.has('NEG')) return decided('not_migrated', 'SEEN_NOT_OFFICIAL', 'NEG')
  if (newest.has('USE')) return decided('not_migrated', 'NO_RECORD_OF_OPENING', 'USE')
  return { state: 'unknown', reason: 'NO_EVIDENCE', since: null, evidence_id: null, proof: null, attention: [], steps }
}

/** Drops what contradicts a change that is still settling, and "not JSAPI" that orders of the last 30 days refute. */
function withoutContradictions(facts: readonly EvidenceFact[]): EvidenceFact[] {
  const timesOf = (change: 'open' | 'close') => facts.filter(fact => fact.change === change).map(fact => fact.occurred_at.getTime())
  const closings = timesOf('close')
  const openings = timesOf('open')
  const ordersSayUse = facts.filter(isOrdersUse).map(fact => fact.occurred_at.getTime())
  const settlesAfter = (changes: number[], at: number) => changes.some(change => at >= change && at < change + changeSettles)
  return facts.map(fact => {
    const at = fact.occurred_at.getTime()
    const refuted = () =>
      fact.kind === 'flow_conclusion' && fact.detail.basis !== 'orders' && ordersSayUse.some(use => use <= at && at - use <= ordersOutweigh)
    const stands = (name: EvidenceClass) => {
      if (name === 'POS') return !settlesAfter(closings, at)
      if (name === 'NEG') return !settlesAfter(openings, at)
      return name !== 'NOTUSE' || !refuted()
    }
    return { ...fact, classes: fact.classes.filter(stands) }
  })
}

const isOrdersUse = (fact: EvidenceFact): boolean =>
  fact.classes.includes('USE') && (fact.kind === 'order_query' || (fact.kind === 'flow_conclusion' && fact.detail.basis === 'orders'))

/** @param facts oldest first */
function newestOfEach(facts: readonly EvidenceFact[], defaultOpenSince: Date | null): Map<EvidenceClass, Newest> {
  const newest = new Map<EvidenceClass, Newest>()
  for (const fact of facts)
    for (const name of fact.classes) newest.set(name, { at: fact.occurred_at, fact, rank: precedence.indexOf(name) })
  if (defaultOpenSince && (newest.has('USE') || newest.has('POS') || newest.has('NEG'))) {
    const open = newest.get('OPEN')
    if (!open || defaultOpenSince > open.at) newest.set('OPEN', { at: defaultOpenSince, fact: null, rank: precedence.indexOf('OPEN') })
  }
  return newest
}

function isNewer(one: Newest, other: Newest | undefined): boolean {
  if (!other) return true
  const difference = one.at.getTime() - other.at.getTime()
  return difference > 0 || (difference === 0 && one.rank < other.rank)
}

/** The rung 收款方式 of the ladder: the newest item that says JSAPI is used, unless a newer one says that it is not. */
function newestConfirmation(facts: readonly EvidenceFact[]): Newest | undefined {
  const last = facts.findLast(fact => fact.classes.some(name => name === 'USE' || name === 'NOTUSE' || name === 'POS' || name === 'NEG'))
  if (!last || last.classes.includes('NOTUSE')) return undefined
  return { at: last.occurred_at, fact: last, rank: 0 }
}

const stepOf = (newest: Newest | undefined): Step | null => (newest ? { at: newest.at, kind: newest.fact?.kind ?? 'default_open' } : null)

function codeOf(fact: EvidenceFact | null): string {
  return (fact?.kind === 'api_operation' || fact?.kind === 'limitation' ? fact.detail.code : undefined) ?? 'WX_REJECTED'
}

function proofOf(fact: EvidenceFact | null): string {
  if (!fact) return 'default_open'
  switch (fact.kind) {
    case 'api_operation':
      return `api_operation:${fact.detail.operation}`
    case 'portal_check':
      return `portal_check:${fact.detail.gold_plan_jsapi ?? 'unknown'}`
    case 'test_payment':
      return `test_payment:${fact.detail.after_page}`
    case 'flow_conclusion':
      return `flow_conclusion:${fact.detail.conclusion}`
    default:
      return fact.kind
  }
}

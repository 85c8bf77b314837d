// What WeChat believes about the demo merchants, so that the sandbox starts of one mind with the histories: its control `PUT /control/merchants` takes it.
import type { PastEvidence } from './history.ts'
import { demoMerchants } from './merchants.ts'
import type { Limitation } from '../sandbox/limitations.ts'

interface SceneState {
  status: 'open' | 'closed'
  /** ISO 8601, where the 24 h lock runs from */
  closed_at: string | null
}

export interface WechatSide {
  /** how calls are answered: normal, or a refusal with which the history ends */
  scenario: string
  gold_plan: { JSAPI: SceneState; MINIPROGRAM: SceneState }
  receipt: 'open' | 'closed'
  advertising: 'open' | 'closed'
  advertising_industry_filters: string[]
  /** what WeChat Pay says when it is asked about it every night */
  limitations: Limitation[]
}

const scenarioOfRefusal: Record<string, string> = {
  SUB_MERCHANT_PUNISHED: 'punished',
  RELATION_INVALID: 'unrelated',
  SUB_MERCHANT_NOT_FOUND: 'not_exists',
  RECEIPT_LINK_MISSING: 'receipt_link_missing',
  REOPEN_LOCKED: 'closed_on_console',
}

/** @param now when the histories ended */
export function wechatSideOfDemo(now: Date): Record<string, WechatSide> {
  return Object.fromEntries(demoMerchants().map(({ sub_mchid, evidence }) => [sub_mchid, sideOf(now, evidence)]))
}

function sideOf(now: Date, past: readonly PastEvidence[]): WechatSide {
  const side: WechatSide = {
    // said although it is the usual one: an earlier life of the sandbox may have left another
    scenario: 'normal',
    gold_plan: { JSAPI: { status: 'closed', closed_at: null }, MINIPROGRAM: { status: 'closed', closed_at: null } },
    receipt: 'closed',
    advertising: 'closed',
    advertising_industry_filters: [],
    limitations: [],
  }
  const oldestFirst = past.filter(item => item.withdrawn === undefined).toSorted((left, right) => right.ago - left.ago)
  // an official page is proof of an open plan where nobody here opened it: the merchant's own doing, or from before
  if (!oldestFirst.some(isChange) && oldestFirst.some(isProof)) side.gold_plan.JSAPI.status = 'open'
  for (const item of oldestFirst) {
    if (item.kind === 'portal_check') takeOver(side, item.detail)
    if (item.kind === 'limitation') side.limitations = limitationsOf(item.detail)
    if (item.kind === 'api_operation' && item.detail.result === 'succeeded') carryOut(side, item.detail, new Date(now.getTime() - item.ago))
  }
  const last = oldestFirst.at(-1)
  const code = last?.kind === 'api_operation' && last.detail.result === 'failed' ? last.detail.code : undefined
  const scenario = code === undefined ? undefined : scenarioOfRefusal[code]
  return scenario === undefined ? side : { ...side, scenario }
}

const official = new Set(['official_receipt', 'merchant_receipt', 'receipt_missing', 'receipt_error'])

const isProof = (item: PastEvidence): boolean => item.kind === 'test_payment' && official.has(item.detail.after_page)

const isChange = (item: PastEvidence): boolean =>
  (item.kind === 'portal_check' && item.detail.gold_plan_jsapi !== 'unknown') ||
  (item.kind === 'api_operation' && item.detail.result === 'succeeded' && item.detail.operation.startsWith('gold_plan'))

/** What somebody saw on the console. */
function takeOver(side: WechatSide, seen: Extract<PastEvidence, { kind: 'portal_check' }>['detail']): void {
  const known = (status: string | undefined): status is 'open' | 'closed' => status === 'open' || status === 'closed'
  if (known(seen.gold_plan_jsapi)) side.gold_plan.JSAPI.status = seen.gold_plan_jsapi
  if (known(seen.gold_plan_miniprogram)) side.gold_plan.MINIPROGRAM.status = seen.gold_plan_miniprogram
  if (known(seen.receipt)) side.receipt = seen.receipt
  if (known(seen.advertising)) side.advertising = seen.advertising
  if (seen.ad_filter) side.advertising_industry_filters = [...seen.ad_filter]
}

const limitationsOf = ({
  active,
  functions = [],
  reason,
  recover_way,
}: Extract<PastEvidence, { kind: 'limitation' }>['detail']): Limitation[] =>
  active && recover_way !== undefined ? [{ functions, ...(reason !== undefined && { reason }), recover_way, since: null }] : []

type Operation = Extract<PastEvidence, { kind: 'api_operation' }>['detail']

function carryOut(side: WechatSide, { operation, scene, industries }: Operation, at: Date): void {
  const [feature, change] = operation.split('.')
  const status = change === 'close' ? 'closed' : 'open'
  if (feature === 'receipt' || feature === 'advertising') side[feature] = status
  else if (feature === 'ad_filter') side.advertising_industry_filters = industries ?? []
  else {
    const plan = side.gold_plan[scene === 'miniprogram' ? 'MINIPROGRAM' : 'JSAPI']
    plan.status = status
    if (status === 'closed') plan.closed_at = at.toISOString()
  }
}

// What WeChat believes about the demo merchants, so that the sandbox starts of one mind with the histories: its control `PUT /control/merchants` takes it.
import { difficultMerchants } from './difficulties.ts'
import type { PastEvidence } from './history.ts'

interface SceneState {
  status: 'open' | 'closed'
  /** ISO 8601, where the 24 h lock runs from */
  closed_at: string | null
}

export interface WechatSide {
  /** only where the history ends with a refusal that is still in force */
  scenario?: string
  gold_plan: { JSAPI: SceneState; MINIPROGRAM: SceneState }
  receipt: 'open' | 'closed'
  advertising: 'open' | 'closed'
  advertising_industry_filters: string[]
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
  return Object.fromEntries(difficultMerchants.map(({ sub_mchid, evidence }) => [sub_mchid, sideOf(now, evidence)]))
}

function sideOf(now: Date, past: readonly PastEvidence[]): WechatSide {
  const side: WechatSide = {
    gold_plan: { JSAPI: { status: 'closed', closed_at: null }, MINIPROGRAM: { status: 'closed', closed_at: null } },
    receipt: 'closed',
    advertising: 'closed',
    advertising_industry_filters: [],
  }
  const oldestFirst = past.toSorted((left, right) => right.ago - left.ago)
  for (const item of oldestFirst) {
    if (item.kind === 'portal_check') {
      if (item.detail.gold_plan_jsapi === 'open') side.gold_plan.JSAPI.status = 'open'
      if (item.detail.gold_plan_jsapi === 'closed') side.gold_plan.JSAPI.status = 'closed'
      if (item.detail.receipt === 'open' || item.detail.receipt === 'closed') side.receipt = item.detail.receipt
    }
    if (item.kind === 'api_operation' && item.detail.result === 'succeeded') carryOut(side, item.detail, new Date(now.getTime() - item.ago))
  }
  const last = oldestFirst.at(-1)
  const code = last?.kind === 'api_operation' && last.detail.result === 'failed' ? last.detail.code : undefined
  const scenario = code === undefined ? undefined : scenarioOfRefusal[code]
  return scenario === undefined ? side : { ...side, scenario }
}

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

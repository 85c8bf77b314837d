// WeChat Pay's rules for the five gold plan endpoints, as a pure function: (call, what is believed, time) → refusal or new belief.
// facts.md §1; what is not documented is marked as an assumption.
import type { LedgerEntry, MerchantRecord, ProviderState, Scene } from './memory.ts'
import { REFUSALS, type Refusal } from './refusals.ts'
import { scenarioOf, type ScenarioName } from './scenarios.ts'

export type GoldPlanCall =
  | { endpoint: 'changegoldplanstatus'; sub_mchid: string; operation_type: 'OPEN' | 'CLOSE'; scenes: Scene[] }
  | { endpoint: 'changecustompagestatus'; sub_mchid: string; operation_type: 'OPEN' | 'CLOSE' }
  | { endpoint: 'set-advertising-industry-filter'; sub_mchid: string; filters: string[] }
  | { endpoint: 'open-advertising-show'; sub_mchid: string; filters?: string[] }
  | { endpoint: 'close-advertising-show'; sub_mchid: string }

export type Decision = { refusal: Refusal } | { entry: LedgerEntry }

export interface Circumstances {
  merchant: MerchantRecord
  provider: ProviderState
  scenario: ScenarioName
  now: Date
}

/** 再次开通需间隔 24 小时 */
const REOPEN_LOCK_MS = 24 * 3_600_000

export const decide = (call: GoldPlanCall, circumstances: Circumstances): Decision => {
  const refusal =
    providerRefusal(circumstances.provider) ?? arrangedRefusal(call, circumstances.scenario) ?? ruleRefusal(call, circumstances)
  return refusal ? { refusal } : { entry: changed(call, circumstances) }
}

const providerRefusal = ({ status }: ProviderState): Refusal | undefined => {
  switch (status) {
    case 'type_unsupported':
      return REFUSALS.sp_type_unsupported
    case 'not_enrolled':
      return REFUSALS.sp_not_enrolled
    case 'punished':
      return REFUSALS.sp_punished
    case 'normal':
      return undefined
  }
}

const occasionOf = (call: GoldPlanCall) => {
  if (call.endpoint === 'changegoldplanstatus') return call.operation_type === 'OPEN' ? 'gold_plan_open' : 'gold_plan_close'
  if (call.endpoint === 'changecustompagestatus') return call.operation_type === 'OPEN' ? 'receipt_open' : 'receipt_close'
  return 'advertising'
}

const arrangedRefusal = (call: GoldPlanCall, name: ScenarioName): Refusal | undefined => {
  const { refusal, when } = scenarioOf(name)
  return refusal && (when === undefined || when === occasionOf(call)) ? REFUSALS[refusal] : undefined
}

const ruleRefusal = (call: GoldPlanCall, { merchant, provider, now }: Circumstances): Refusal | undefined => {
  switch (occasionOf(call)) {
    case 'gold_plan_close':
      // Documented for the web console; that the API refuses too is an assumption.
      return provider.default_open ? REFUSALS.default_open : undefined
    case 'gold_plan_open':
      // Assumption: the 24 h run per scene, and opening both is refused while either is locked.
      return scenesOf(call).some(scene => isLocked(merchant, scene, now)) ? REFUSALS.reopen_locked : undefined
    case 'receipt_open':
      return provider.receipt_link_configured ? undefined : REFUSALS.receipt_link_missing
    case 'receipt_close':
      return undefined
    case 'advertising':
      return provider.default_open || Object.values(merchant.gold_plan).some(({ status }) => status === 'open')
        ? undefined
        : REFUSALS.gold_plan_needed
  }
}

const scenesOf = (call: GoldPlanCall): Scene[] => (call.endpoint === 'changegoldplanstatus' ? call.scenes : [])

const isLocked = ({ gold_plan }: LedgerEntry, scene: Scene, now: Date) => {
  const { status, closed_at } = gold_plan[scene]
  return status === 'closed' && closed_at !== null && now.getTime() < Date.parse(closed_at) + REOPEN_LOCK_MS
}

/** Assumptions: OPEN on open and CLOSE on closed succeed and change nothing, so a repeated CLOSE does not start the 24 h anew; nothing resets another switch. */
const changed = (call: GoldPlanCall, { merchant, scenario, now }: Circumstances): LedgerEntry => {
  const { sub_mchid, gold_plan, receipt, advertising, advertising_industry_filters } = merchant
  const entry: LedgerEntry = { sub_mchid, gold_plan: { ...gold_plan }, receipt, advertising, advertising_industry_filters }
  switch (call.endpoint) {
    case 'changegoldplanstatus':
      for (const scene of call.scenes) {
        const before = entry.gold_plan[scene]
        if (call.operation_type === 'OPEN') entry.gold_plan[scene] = { ...before, status: 'open' }
        else if (before.status === 'open') entry.gold_plan[scene] = { status: 'closed', closed_at: now.toISOString() }
      }
      // Whether opening a scene adds it or replaces the other is documented nowhere: this plays the worse of the two.
      if (scenario === 'scene_replaces' && call.operation_type === 'OPEN')
        for (const scene of ['JSAPI', 'MINIPROGRAM'] as const)
          if (!call.scenes.includes(scene)) entry.gold_plan[scene] = { ...entry.gold_plan[scene], status: 'closed' }
      return entry
    case 'changecustompagestatus':
      return { ...entry, receipt: call.operation_type === 'OPEN' ? 'open' : 'closed' }
    case 'set-advertising-industry-filter':
      return { ...entry, advertising_industry_filters: call.filters }
    case 'open-advertising-show':
      return { ...entry, advertising: 'open', ...(call.filters?.length && { advertising_industry_filters: call.filters }) }
    case 'close-advertising-show':
      return { ...entry, advertising: 'closed' }
  }
}

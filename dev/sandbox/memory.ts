// What WeChat remembers: each merchant's switches, what was arranged for it, the provider's standing. Kept in a file over restarts, so that WeChat's memory and
// the backend's database stay of one mind.
import { existsSync, readFileSync } from 'node:fs'
import { writeAtomically } from './atomic-file.ts'
import { changedBill, type BillChange, type BillRecord } from './bills.ts'
import type { Limitation } from './limitations.ts'
import { demoOrder, newOrder, REFUSALS_OF_QUERIES, type OrderChange, type OrderRecord } from './orders.ts'
import { isScenarioName, scenarioOf, type ScenarioName } from './scenarios.ts'

export type Scene = 'JSAPI' | 'MINIPROGRAM'
type Switch = 'open' | 'closed'
interface SceneState {
  status: Switch
  /** ISO 8601; the last time that an open gold plan was closed. WeChat Pay's 24 h run from here. */
  closed_at: string | null
}

/** What WeChat Pay believes about one merchant. */
export interface LedgerEntry {
  sub_mchid: string
  gold_plan: Record<Scene, SceneState>
  receipt: Switch
  advertising: Switch
  advertising_industry_filters: string[]
}

export interface MerchantRecord extends LedgerEntry {
  scenario: ScenarioName
  /** the scenario ends after this many calls; null = until changed */
  times: number | null
  /** of the scenarios `slow` and `late` */
  delay_seconds: number
  /** what WeChat Pay limits; absent in files of before there was any */
  limitations?: Limitation[]
}

const PROVIDER_STATUSES = ['normal', 'not_enrolled', 'punished', 'type_unsupported'] as const
const WECHAT_STATUSES = [
  'normal',
  'busy',
  'too_often',
  'wrong_appid',
  'wrong_secret',
  'no_secret',
  'user_at_risk',
  'user_limited',
  'app_banned',
  'lost',
] as const

export interface ProviderState {
  status: (typeof PROVIDER_STATUSES)[number]
  /** 默认开通: no merchant's gold plan can be closed alone */
  default_open: boolean
  receipt_link_configured: boolean
  /** which wording the refusals use */
  language: 'zh' | 'en'
}

export interface WechatState {
  status: (typeof WECHAT_STATUSES)[number]
}

export interface PanelState {
  role: string
  sub_mchid: string
}

/** Changes of a merchant's record; what is absent stays. Setting any makes the merchant one that this provider has. */
export interface MerchantChange {
  scenario?: ScenarioName
  times?: number | null
  delay_seconds?: number
  gold_plan?: Partial<Record<Scene, Switch | SceneState>>
  receipt?: Switch
  advertising?: Switch
  advertising_industry_filters?: string[]
  limitations?: Limitation[]
}

interface State {
  provider: ProviderState
  wechat: WechatState
  panel: PanelState
  merchants: Record<string, MerchantRecord>
  /** by 商户单号; absent in files of before there were any */
  orders?: Record<string, OrderRecord>
  /** by day; absent in files of before there were any */
  bills?: Record<string, BillRecord>
}

const initialState = (): State => ({
  provider: { status: 'normal', default_open: false, receipt_link_configured: true, language: 'zh' },
  wechat: { status: 'normal' },
  panel: { role: 'demo-field_agent', sub_mchid: '1900000109' },
  merchants: {},
})

/** Numbers beginning with 19 and of 10 digits are this provider's merchants unless told otherwise: the demo range. */
const isDemoMerchant = (sub_mchid: string) => /^19\d{8}$/.test(sub_mchid)

const newMerchant = (sub_mchid: string): MerchantRecord => ({
  sub_mchid,
  gold_plan: { JSAPI: { status: 'closed', closed_at: null }, MINIPROGRAM: { status: 'closed', closed_at: null } },
  receipt: 'closed',
  advertising: 'closed',
  advertising_industry_filters: [],
  scenario: isDemoMerchant(sub_mchid) ? 'normal' : 'unrelated',
  times: null,
  delay_seconds: 10,
})

export type Memory = ReturnType<typeof openMemory>

export const openMemory = (file?: string) => {
  const state = file !== undefined && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as State) : initialState()
  const keep = () => {
    if (file !== undefined) writeAtomically(file, JSON.stringify(state))
  }
  const merchant = (sub_mchid: string): MerchantRecord => (state.merchants[sub_mchid] ??= newMerchant(sub_mchid))
  return {
    provider: () => state.provider,
    wechat: () => state.wechat,
    panel: () => state.panel,
    merchant,
    /** @throws RangeError for a status that does not exist */
    setProvider(change: Partial<ProviderState>) {
      assertOneOf(PROVIDER_STATUSES, change.status)
      Object.assign(state.provider, change)
      keep()
    },
    /** @throws RangeError for a status that does not exist */
    setWechat(change: Partial<WechatState>) {
      assertOneOf(WECHAT_STATUSES, change.status)
      Object.assign(state.wechat, change)
      keep()
    },
    setPanel(change: Partial<PanelState>) {
      Object.assign(state.panel, change)
      keep()
    },
    /** @throws RangeError for a scenario that does not exist */
    setMerchants(changes: Record<string, MerchantChange>) {
      for (const change of Object.values(changes)) {
        if (change.scenario !== undefined && !isScenarioName(change.scenario))
          throw new RangeError(`no scenario ${String(change.scenario)}`)
      }
      for (const [sub_mchid, change] of Object.entries(changes)) applyChange(merchant(sub_mchid), change)
      keep()
    },
    order: (out_trade_no: string, now: Date): OrderRecord | undefined =>
      Object.hasOwn(state.orders ?? {}, out_trade_no) ? state.orders![out_trade_no] : demoOrder(out_trade_no, now),
    /** @throws RangeError for a type or state that does not exist */
    setOrder(out_trade_no: string, change: OrderChange, now: Date) {
      state.orders = { ...state.orders, [out_trade_no]: newOrder(out_trade_no, change, now) }
      keep()
    },
    bill: (day: string): BillRecord | undefined => (Object.hasOwn(state.bills ?? {}, day) ? state.bills![day] : undefined),
    /** @throws RangeError for a fault that does not exist */
    setBill(day: string, change: BillChange) {
      const bills = state.bills ?? {}
      state.bills = { ...bills, [day]: changedBill(day, bills[day], change) }
      keep()
    },
    /** The scenario for the next call of this merchant; counts it down. */
    takeScenario(sub_mchid: string): ScenarioName {
      const record = merchant(sub_mchid)
      const { scenario } = record
      if (record.times !== null) {
        record.times -= 1
        if (record.times <= 0) Object.assign(record, { scenario: 'normal', times: null })
        keep()
      }
      return scenario
    },
    /** As takeScenario, but one that speaks of the gold plan is left for the next call about it. */
    takeScenarioOfQuery(sub_mchid: string): ScenarioName {
      const { refusal } = scenarioOf(merchant(sub_mchid).scenario)
      return refusal && !REFUSALS_OF_QUERIES.includes(refusal) ? 'normal' : this.takeScenario(sub_mchid)
    },
    /** Replaces what WeChat Pay believes about a merchant, by a rule's result. */
    learn(entry: LedgerEntry) {
      Object.assign(merchant(entry.sub_mchid), entry)
      keep()
    },
  }
}

const assertOneOf = (known: readonly string[], status: string | undefined) => {
  if (status !== undefined && !known.includes(status)) throw new RangeError(`no status ${status}: one of ${known.join(', ')}`)
}

const applyChange = (record: MerchantRecord, change: MerchantChange) => {
  const { gold_plan, ...rest } = change
  // A change that names no scenario speaks of a merchant that exists here, whatever its number.
  if (rest.scenario === undefined && record.scenario === 'unrelated') record.scenario = 'normal'
  if (rest.scenario !== undefined && rest.times === undefined) record.times = null
  Object.assign(record, rest)
  for (const [scene, value] of Object.entries(gold_plan ?? {}) as [Scene, Switch | SceneState][]) {
    record.gold_plan[scene] = typeof value === 'string' ? { ...record.gold_plan[scene], status: value } : value
  }
}

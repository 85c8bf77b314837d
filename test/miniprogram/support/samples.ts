import type { Me, SubMerchant, SubMerchantRow } from '../../../typings/api.ts'

export const staff: Me['staff'] = {
  id: 'staff-03',
  display_name: '业务员 03',
  role: 'field_agent',
  region_codes: ['440305'],
  region_names: ['南山区'],
  assigned_only: false,
  status: 'active',
}
export const me = (server_time: string): Me => ({
  staff,
  provider: {
    sp_mchid: '1900000001',
    name: '示例服务商',
    default_open_since: null,
    receipt_link_configured: true,
    stale_after_days: 90,
    trouble: null,
  },
  actions: ['merchant.read', 'gold_plan.open', 'receipt.open', 'receipt.close'],
  server_time,
  min_client_version: '0.1.0',
})

type Deep<T> = { [K in keyof T]?: T[K] extends unknown[] ? T[K] : T[K] extends object | null ? Deep<NonNullable<T[K]>> | null : T[K] }
function merge<T>(base: T, over: Deep<T>): T {
  const merged = { ...base } as Record<string, unknown>
  for (const [key, value] of Object.entries(over as Record<string, unknown>)) {
    const before = merged[key]
    const nested = typeof value === 'object' && value !== null && !Array.isArray(value) && typeof before === 'object' && before !== null
    merged[key] = nested ? merge(before as Record<string, unknown>, value as Deep<Record<string, unknown>>) : value
  }
  return merged as T
}

const closed = { status: 'closed' as const, source: 'api' as const, changed_at: '2026-11-20T10:12:00+08:00', changed_by: '业务员 05' }

/** 科技面馆: closed gold plan, closed receipt with a link, everything allowed to a field agent. */
export const merchantOf = (over: Deep<SubMerchant> = {}): SubMerchant =>
  merge<SubMerchant>(
    {
      sub_mchid: '1900000109',
      name: '科技面馆(科苑店)',
      short_name: '科技面馆',
      industry: 'CATERING',
      region_code: '440305',
      region_name: '南山区',
      address: '科苑路 1 号',
      store_count: 1,
      assigned_to: null,
      status: 'active',
      gold_plan: {
        jsapi: { ...closed, reopen_available_at: null },
        miniprogram: {
          ...closed,
          status: 'unknown',
          source: 'none',
          changed_at: null,
          changed_by: null,
          reopen_available_at: null,
          verify_jsapi: false,
        },
      },
      receipt: { ...closed, link: 'provider', effective: 'unknown', effective_at: null, hint: null },
      advertising: { ...closed },
      ad_filter: { industries: [], changed_at: null, changed_by: null },
      flow: { conclusion: 'jsapi', basis: 'visit', concluded_at: '2026-11-01T10:00:00+08:00', entries: [] },
      migration: {
        state: 'not_migrated',
        reason: 'CLOSED_BY_OPERATION',
        since: '2026-11-20T10:12:00+08:00',
        evidence_id: null,
        attention: [],
        steps: { flow_confirmed: { at: '2026-11-01T10:00:00+08:00', kind: 'flow_conclusion' }, gold_plan_opened: null, page_seen: null },
      },
      open_operation: null,
      open_request_id: null,
      recent_evidence: [],
      evidence_count: 0,
      allowed_actions: ['merchant.read', 'gold_plan.open', 'receipt.open', 'receipt.close'],
      version: 7,
      updated_at: '2026-11-20T10:12:00+08:00',
    },
    over,
  )

export const rowOf = (sub_mchid: string, name = `商户 ${sub_mchid.slice(-2)}`): SubMerchantRow => ({
  sub_mchid,
  name,
  short_name: name,
  region_code: '440305',
  region_name: '南山区',
  address: '',
  industry: 'CATERING',
  migration: {
    state: 'enrolled',
    reason: 'AWAITING_VERIFICATION',
    since: '2026-11-20T10:12:00+08:00',
    proof: 'api_operation',
    attention: [],
  },
  receipt_status: 'open',
  advertising_status: 'closed',
  assigned_to: null,
})

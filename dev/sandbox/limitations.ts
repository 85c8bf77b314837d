// What WeChat Pay limits of a merchant (doc/v3/partner/4012803072; facts.md §9).
export const LIMITED_FUNCTIONS = [
  'NO_TRANSACTION_AND_RECHARGE',
  'NO_PAYMENT',
  'NO_WITHDRAWAL',
  'NO_REFUND',
  'NO_TRANSACTION',
  'NO_PROFIT_SHARING',
  'NO_PAYMENT_POINT_COMPLETE_ORDER',
] as const

/** The 19 ways in which a limitation ends. */
export const RECOVER_WAYS = [
  'IRRECOVERABLE',
  'MODIFY_SUBJECT_INFORMATION',
  'MODIFY_SETTLE_ACCOUNT_INFORMATION',
  'VERIFY_INACTIVE_MERCHANT_IDENTITY',
  'SUBMIT_OFFLINE_BUSINESS_SCENARIO_INFORMATION',
  'SUBMIT_INFORMATION_FOR_APPEAL',
  'RESOLVE_TRANSACTION_DISPUTES',
  'MODIFY_ADMINISTRATOR_INFORMATION',
  'CALL_CUSTOMER_SERVICE_AT_95017',
  'UPDATE_BUSINESS_SCENARIO_INFORMATION',
  'SUBMIT_CDD_INFORMATION',
  'WAITING_FOR_PLATFORM_REVIEW',
  'SUBMIT_UBO_INFORMATION',
  'SIGN_ANTI_FRAUD_PLEDGE_AND_VERIFY_FACE',
  'CONTACT_APPROPRIATE_AUTHORITY_FOR_CONSULTATION',
  'MODIFY_ABBREVIATION_INFORMATION',
  'CONFIRM_BUSINESS_TYPE',
  'SUBMIT_ONLINE_BUSINESS_SCENARIO_INFORMATION',
  'CONTACT_SERVICE_PROVIDER',
] as const

/** One reason of a limitation; words that WeChat Pay does not have may be given, too: it has new ones. */
export interface Limitation {
  functions: string[]
  reason_type?: string
  reason?: string
  recover_way: string
  /** ISO 8601; null: not said */
  since?: string | null
  /** announced: `since` is when it begins, and nothing is limited yet */
  planned?: boolean
}

const PATH = /^\/v3\/mch-operation-manage\/merchant-limitations\/sub-mchid\/(\d{8,10})$/

export interface LimitationCall {
  sub_mchid: string
}

/** @returns undefined for another path */
export function readLimitationCall(method: string, url: string): { call: LimitationCall } | 'method' | undefined {
  const sub_mchid = PATH.exec(url.split('?')[0] ?? '')?.[1]
  if (sub_mchid === undefined) return undefined
  return method === 'GET' ? { call: { sub_mchid } } : 'method'
}

export const LIMITATION_REASON_TYPE = 'RISK_ABNORMAL'
/** what stands beside the reason, for a person */
export const limitationWords = (reason: string): string => `${reason}，请按提示处理`
export const helpUrlOf = (recover_way: string): string => `https://kf.qq.com/faq/${recover_way.toLowerCase()}.html`

export const limitationsBody = (sub_mchid: string, limitations: readonly Limitation[]): object => ({
  mchid: sub_mchid,
  limited_functions: [...new Set(limitations.filter(({ planned }) => planned !== true).flatMap(({ functions }) => functions))],
  recovery_specifications: limitations.map((limitation, index) => {
    const {
      functions,
      reason_type = LIMITATION_REASON_TYPE,
      reason = '交易异常',
      recover_way,
      since = '2026-11-20T10:00:00+08:00',
      planned = false,
    } = limitation
    return {
      limitation_case_id: `${sub_mchid}-${index + 1}`,
      limitation_reason_type: reason_type,
      limitation_reason: reason,
      limitation_reason_describe: limitationWords(reason),
      relate_limitations: functions,
      recover_way,
      recover_help_url: helpUrlOf(recover_way),
      limitation_action_type: planned ? 'LIMIT_ACTION_TYPE_DELAY_CONTROL' : 'LIMIT_ACTION_TYPE_IMMEDIATE_CONTROL',
      ...(since !== null && { [planned ? 'limitation_date' : 'limitation_start_date']: since }),
    }
  }),
})

// limited_functions of WeChat Pay's merchant-limitations (https://pay.weixin.qq.com/doc/v3/partner/4012803072): what a restricted merchant cannot do.
import type { Evidence } from '../../../../typings/api'
import type { Say } from '../../../words/say'
import '../words/words'

const LIMITED_FUNCTIONS = [
  'NO_TRANSACTION_AND_RECHARGE',
  'NO_PAYMENT',
  'NO_WITHDRAWAL',
  'NO_REFUND',
  'NO_TRANSACTION',
  'NO_PROFIT_SHARING',
  'NO_PAYMENT_POINT_COMPLETE_ORDER',
] as const

/** "关闭收单"; null for a code that is no limitation known to this version. */
export function limitationLabel(code: string, say: Say): string | null {
  const known = LIMITED_FUNCTIONS.find(candidate => candidate === code)
  return known ? say(`limitation.${known}`) : null
}

/** Announced by WeChat Pay: nothing is limited yet. */
export const isPlanned = ({ active, cases = [] }: Extract<Evidence, { kind: 'limitation' }>['detail']): boolean =>
  !active && cases.length > 0

/** Whether the cause is the merchant's own to settle; what concerns the relation to the provider is not. */
export const isForOwner = (reason: string, say: Say): boolean => reason === 'SUB_MERCHANT_PUNISHED' || limitationLabel(reason, say) !== null

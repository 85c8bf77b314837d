// What a merchant has to do so that a limitation ends (recover_way, https://pay.weixin.qq.com/doc/v3/partner/4012803072): the 19 ways that are published.
import type { Say } from '../../../words/say'
import '../words/words'

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

/** In the language of the moment; one that is newer than this version is shown as it is. @returns null where WeChat Pay named none */
export function wayText(way: string | undefined, say: Say): string | null {
  if (way === undefined) return null
  const known = RECOVER_WAYS.find(one => one === way)
  return known ? say(`recover_way.${known}`) : say('recover_way.unknown', { way })
}

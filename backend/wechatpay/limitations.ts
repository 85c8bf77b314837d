// What a sub-merchant may not do at present, and how that ends: GET /v3/mch-operation-manage/merchant-limitations/sub-mchid/{sub_mchid}
// (doc/v3/partner/4012803072, facts.md §9).
import { firstCharacters } from '../../miniprogram/shared/characters.ts'
import { isMchid } from '../../miniprogram/shared/mchid.ts'
import { WechatPayError } from './errors.ts'
import type { Call, Transport } from './transport.ts'

/** Every word as WeChat Pay says it, also one that is newer than this program. */
interface LimitationCase {
  case_id: string | null
  reason_type: string | null
  reason: string | null
  describe: string | null
  /** NO_TRANSACTION, NO_REFUND … */
  functions: string[]
  recover_way: string | null
  help_url: string | null
  /** announced (LIMIT_ACTION_TYPE_DELAY_CONTROL), and none of its functions is limited yet */
  planned: boolean
  /** when it began; of a planned one, when it begins */
  since: string | null
}

export interface Limitations {
  /** NO_TRANSACTION, NO_REFUND …; empty: nothing is limited */
  functions: string[]
  /** in words, what no code says */
  other: string | null
  cases: LimitationCase[]
}

export interface MerchantLimitations {
  /** @throws WechatPayError */
  ask(sub_mchid: string, signal?: AbortSignal): Promise<Limitations>
}

const path = '/v3/mch-operation-manage/merchant-limitations/sub-mchid'
const mostCases = 50
const longestText = 1_000

export const createLimitations = (transport: Transport): MerchantLimitations => ({
  async ask(sub_mchid, signal) {
    if (!isMchid(sub_mchid)) throw new RangeError('sub_mchid is not well formed')
    const call: Call = { method: 'GET', path: `${path}/${sub_mchid}` }
    const { body, http_status, wx_request_id } = await transport.send(call, signal)
    const said = (body ?? {}) as Record<string, unknown>
    // signed by WeChat Pay, yet not about the merchant that was asked for
    if (said.mchid !== undefined && said.mchid !== sub_mchid) {
      const id = wx_request_id === null ? {} : { wx_request_id }
      throw new WechatPayError({ ...call, ...id, phase: 'unknown', reason: 'UNEXPECTED_ANSWER', http_status })
    }
    const functions = textsIn(said.limited_functions)
    return {
      functions,
      other: proseIn(said.other_limited_functions),
      cases: listIn(said.recovery_specifications)
        .slice(0, mostCases)
        .map(one => caseIn(one, functions)),
    }
  },
})

function caseIn(given: unknown, limited: readonly string[]): LimitationCase {
  const one = (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>
  const url = textIn(one.recover_help_url)
  const functions = textsIn(one.relate_limitations)
  const planned = one.limitation_action_type === 'LIMIT_ACTION_TYPE_DELAY_CONTROL' && !functions.some(name => limited.includes(name))
  const [began, begins] = [textIn(one.limitation_start_date), textIn(one.limitation_date)]
  return {
    case_id: textIn(one.limitation_case_id),
    reason_type: textIn(one.limitation_reason_type),
    reason: proseIn(one.limitation_reason),
    describe: proseIn(one.limitation_reason_describe),
    functions,
    recover_way: textIn(one.recover_way),
    help_url: url?.startsWith('https://') ? url : null,
    planned,
    since: planned ? (begins ?? began) : (began ?? begins),
  }
}

const listIn = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
/** A code or an address: of one that is too long nothing is left. */
const textIn = (value: unknown): string | null => (typeof value === 'string' && value !== '' && value.length <= longestText ? value : null)
/** What people read: of one that is too long its beginning says why. */
const proseIn = (value: unknown): string | null =>
  typeof value === 'string' && value.length > longestText ? `${firstCharacters(value, longestText - 1)}…` : textIn(value)
const textsIn = (value: unknown): string[] => listIn(value).flatMap(one => textIn(one) ?? [])

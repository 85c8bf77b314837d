// The five endpoints of 点金计划. All of them write; WeChat Pay has none that reads (facts.md §1.0).
// Pages: pay.weixin.qq.com/doc/v3/partner/4012473796, …473788, …473784, …473794, …473781.
import { isMchid } from '../../miniprogram/shared/mchid.ts'
import { MAX_FILTER_INDUSTRIES, isIndustryCode, type IndustryCode } from '../../miniprogram/shared/industries.ts'
import { WechatPayError } from './errors.ts'
import type { Call, Transport, VerifiedAnswer } from './transport.ts'

type OperationType = 'OPEN' | 'CLOSE'
type OperationPayScene = 'JSAPI_AND_MINIPROGRAM' | 'JSAPI' | 'MINIPROGRAM'

/** What is kept of an answer that says "done". */
interface Confirmation {
  wx_request_id: string | null
  http_status: number
}

export interface GoldPlan {
  /**
   * 点金计划管理, POST changegoldplanstatus (4012473796). The scene is required here although WeChat Pay has a default: its page says JSAPI, its SDKs say all scenes.
   * After a CLOSE, WeChat Pay refuses OPEN for 24 h.
   */
  changeStatus(
    request: { sub_mchid: string; operation_type: OperationType; operation_pay_scene: OperationPayScene },
    signal?: AbortSignal,
  ): Promise<Confirmation>
  /** 商家小票管理, POST changecustompagestatus (4012473788). OPEN needs a receipt link, which exists only on the web console. */
  changeCustomPageStatus(request: { sub_mchid: string; operation_type: OperationType }, signal?: AbortSignal): Promise<Confirmation>
  /** 同业过滤标签管理, POST set-advertising-industry-filter (4012473784): 1 to 3 tags, overwriting the earlier ones. They cannot be emptied by this API. */
  setAdvertisingIndustryFilter(
    request: { sub_mchid: string; advertising_industry_filters: IndustryCode[] },
    signal?: AbortSignal,
  ): Promise<Confirmation>
  /** 开通广告展示, PATCH open-advertising-show (4012473794): 0 to 3 tags; tags given overwrite the earlier ones. */
  openAdvertisingShow(
    request: { sub_mchid: string; advertising_industry_filters?: IndustryCode[] },
    signal?: AbortSignal,
  ): Promise<Confirmation>
  /** 关闭广告展示, POST close-advertising-show (4012473781). */
  closeAdvertisingShow(request: { sub_mchid: string }, signal?: AbortSignal): Promise<Confirmation>
}

/** The request itself is wrong; nothing was sent. `field` names the parameter. A caller that validates never meets it. */
export class InvalidGoldPlanRequest extends RangeError {
  override readonly name = 'InvalidGoldPlanRequest'
  constructor(
    readonly field: string,
    problem: string,
  ) {
    super(`${field} ${problem}`)
  }
}

const MERCHANTS = '/v3/goldplan/merchants'

export const createGoldPlan = (transport: Transport): GoldPlan => {
  /** Endpoints 1 and 2 answer 200 with the merchant's number; another number is not the answer to this question. */
  const sendEchoed = async (call: Call, sub_mchid: string, signal?: AbortSignal): Promise<Confirmation> => {
    const answer = await transport.send(call, signal)
    const echoed = (answer.body as { sub_mchid?: unknown } | null | undefined)?.sub_mchid
    if (answer.http_status !== 200 || echoed !== sub_mchid) throw unexpected(call, answer)
    return { wx_request_id: answer.wx_request_id, http_status: answer.http_status }
  }
  /** Endpoints 3 to 5 answer 204 without a body. */
  const sendEmpty = async (call: Call, signal?: AbortSignal): Promise<Confirmation> => {
    const answer = await transport.send(call, signal)
    if (answer.http_status !== 204) throw unexpected(call, answer)
    return { wx_request_id: answer.wx_request_id, http_status: answer.http_status }
  }

  // Bodies are built field by field so that nothing else of a caller's object goes out: operation_type does not belong into 3 to 5.
  return {
    async changeStatus({ sub_mchid, operation_type, operation_pay_scene }, signal) {
      checkSubMchid(sub_mchid)
      checkOneOf('operation_type', operation_type, ['OPEN', 'CLOSE'])
      checkOneOf('operation_pay_scene', operation_pay_scene, ['JSAPI_AND_MINIPROGRAM', 'JSAPI', 'MINIPROGRAM'])
      const body = { sub_mchid, operation_type, operation_pay_scene }
      return sendEchoed({ method: 'POST', path: `${MERCHANTS}/changegoldplanstatus`, body }, sub_mchid, signal)
    },
    async changeCustomPageStatus({ sub_mchid, operation_type }, signal) {
      checkSubMchid(sub_mchid)
      checkOneOf('operation_type', operation_type, ['OPEN', 'CLOSE'])
      const body = { sub_mchid, operation_type }
      return sendEchoed({ method: 'POST', path: `${MERCHANTS}/changecustompagestatus`, body }, sub_mchid, signal)
    },
    async setAdvertisingIndustryFilter({ sub_mchid, advertising_industry_filters }, signal) {
      checkSubMchid(sub_mchid)
      checkFilters(advertising_industry_filters, 1)
      const body = { sub_mchid, advertising_industry_filters }
      return sendEmpty({ method: 'POST', path: `${MERCHANTS}/set-advertising-industry-filter`, body }, signal)
    },
    async openAdvertisingShow({ sub_mchid, advertising_industry_filters }, signal) {
      checkSubMchid(sub_mchid)
      if (advertising_industry_filters !== undefined) checkFilters(advertising_industry_filters, 0)
      const body = { sub_mchid, ...(advertising_industry_filters !== undefined && { advertising_industry_filters }) }
      return sendEmpty({ method: 'PATCH', path: `${MERCHANTS}/open-advertising-show`, body }, signal)
    },
    async closeAdvertisingShow({ sub_mchid }, signal) {
      checkSubMchid(sub_mchid)
      return sendEmpty({ method: 'POST', path: `${MERCHANTS}/close-advertising-show`, body: { sub_mchid } }, signal)
    },
  }
}

/** Signed by WeChat Pay, yet not what its page promises: nothing may be concluded about the change. */
const unexpected = (call: Call, answer: VerifiedAnswer) =>
  new WechatPayError({
    phase: 'unknown',
    reason: 'UNEXPECTED_ANSWER',
    method: call.method,
    path: call.path,
    http_status: answer.http_status,
    ...(answer.wx_request_id !== null && { wx_request_id: answer.wx_request_id }),
  })

const checkSubMchid = (sub_mchid: string) => {
  if (!isMchid(sub_mchid)) throw new InvalidGoldPlanRequest('sub_mchid', 'is not 8 to 10 digits')
}

const checkOneOf = (field: string, value: string, allowed: string[]) => {
  if (!allowed.includes(value)) throw new InvalidGoldPlanRequest(field, `is none of ${allowed.join(', ')}`)
}

const checkFilters = (filters: readonly string[], least: 0 | 1) => {
  const field = 'advertising_industry_filters'
  if (!Array.isArray(filters) || filters.length < least || filters.length > MAX_FILTER_INDUSTRIES) {
    throw new InvalidGoldPlanRequest(field, `has not ${least} to ${MAX_FILTER_INDUSTRIES} tags`)
  }
  const unknown = filters.find(filter => !isIndustryCode(filter))
  if (unknown !== undefined) throw new InvalidGoldPlanRequest(field, `has a tag that WeChat Pay does not know: ${unknown}`)
  if (new Set(filters).size !== filters.length) throw new InvalidGoldPlanRequest(field, 'names a tag twice')
}

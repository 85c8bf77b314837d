// Reads the body of a gold plan call as WeChat Pay would: wrong parameters are PARAM_ERROR with the place in `detail`.
import { isMchid } from '../../miniprogram/shared/mchid.ts'
import { isIndustryCode } from '../../miniprogram/shared/industries.ts'
import type { Scene } from './memory.ts'
import { paramError, type Refusal } from './refusals.ts'
import type { GoldPlanCall } from './rules.ts'

type Endpoint = GoldPlanCall['endpoint']

const ENDPOINTS: Record<Endpoint, { method: 'POST' | 'PATCH'; parameters: string[] }> = {
  changegoldplanstatus: { method: 'POST', parameters: ['sub_mchid', 'operation_type', 'operation_pay_scene'] },
  changecustompagestatus: { method: 'POST', parameters: ['sub_mchid', 'operation_type'] },
  'set-advertising-industry-filter': { method: 'POST', parameters: ['sub_mchid', 'advertising_industry_filters'] },
  'open-advertising-show': { method: 'PATCH', parameters: ['sub_mchid', 'advertising_industry_filters'] },
  'close-advertising-show': { method: 'POST', parameters: ['sub_mchid'] },
}

const PREFIX = '/v3/goldplan/merchants/'

/** @returns undefined for another path, `method` false for the right path with the wrong method */
export const findEndpoint = (method: string, path: string): { endpoint: Endpoint; method: boolean } | undefined => {
  if (!path.startsWith(PREFIX)) return undefined
  const name = path.slice(PREFIX.length)
  if (!Object.hasOwn(ENDPOINTS, name)) return undefined
  const endpoint = name as Endpoint
  return { endpoint, method: ENDPOINTS[endpoint].method === method }
}

export const readParameters = (endpoint: Endpoint, body: string): { call: GoldPlanCall } | { refusal: Refusal } => {
  const given = parseObject(body)
  if (!given) return { refusal: paramError('/', body.slice(0, 50), '请求体不是 JSON 对象') }
  // Assumption: parameters that an endpoint does not have are refused (WeChat Pay has the number 270924358 for it).
  const extra = Object.keys(given).find(name => !ENDPOINTS[endpoint].parameters.includes(name))
  if (extra !== undefined) return { refusal: paramError(`/${extra}`, given[extra], '参数中含有非法的额外参数', '270924358') }
  const wrong = (field: string, issue: string) => ({ refusal: paramError(`/${field}`, given[field], issue) })

  const { sub_mchid, operation_type, operation_pay_scene: scene, advertising_industry_filters: filters } = given
  if (typeof sub_mchid !== 'string' || !isMchid(sub_mchid)) return wrong('sub_mchid', '商户号不合法')
  if (endpoint === 'close-advertising-show') return { call: { endpoint, sub_mchid } }
  if (endpoint === 'open-advertising-show' && filters === undefined) return { call: { endpoint, sub_mchid } }
  if (endpoint === 'open-advertising-show' || endpoint === 'set-advertising-industry-filter') {
    const least = endpoint === 'open-advertising-show' ? 0 : 1
    if (!Array.isArray(filters) || filters.length < least || filters.length > 3) {
      return wrong('advertising_industry_filters', `同业过滤标签值最少传${least}个，最多传3个`)
    }
    if (!filters.every(isKnownFilter)) return wrong('advertising_industry_filters', '同业过滤标签值不在枚举范围内')
    return { call: { endpoint, sub_mchid, filters } }
  }
  if (operation_type !== 'OPEN' && operation_type !== 'CLOSE') return wrong('operation_type', '操作类型不在枚举范围内')
  if (endpoint === 'changecustompagestatus') return { call: { endpoint, sub_mchid, operation_type } }
  // The page gives JSAPI as the default, the SDKs say all scenes: the page is followed here.
  const scenes = scenesNamed(scene ?? 'JSAPI')
  return scenes ? { call: { endpoint, sub_mchid, operation_type, scenes } } : wrong('operation_pay_scene', '操作支付场景不在枚举范围内')
}

const isKnownFilter = (value: unknown): value is string => typeof value === 'string' && isIndustryCode(value)

const scenesNamed = (scene: unknown): Scene[] | undefined => {
  if (scene === 'JSAPI' || scene === 'MINIPROGRAM') return [scene]
  return scene === 'JSAPI_AND_MINIPROGRAM' ? ['JSAPI', 'MINIPROGRAM'] : undefined
}

const parseObject = (body: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined // told to the caller as PARAM_ERROR
  }
}

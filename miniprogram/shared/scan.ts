// What a scanned or typed text is, decided on the phone before anything is sent (product.md §6.4, in its order). The same rules guard the
// search box and manual entry, so that a customer's 付款码 never leaves the phone.
import { isMchid } from './mchid'
import { characterCount } from './characters'
import { comparable } from './comparable'
import { holdsPaymentCode, isPaymentCode } from './payment-code'

export type ScanResult =
  /** a customer's 付款码: refused here, never sent, stored or shown again */
  | { type: 'payment_code' }
  /** wxp://…: a personal or 经营 collection code, outside the provider's JSAPI */
  | { type: 'personal_code' }
  | { type: 'sub_merchant'; sub_mchid: string }
  /** a link of somebody: the backend looks it up among the imported store codes; it never fetches it */
  | { type: 'ask'; content: string }
  /** Alipay or UnionPay */
  | { type: 'foreign' }
  | { type: 'unknown' }

/**
 * consent: the privacy guideline has to be agreed to before the camera opens · manual: entry by hand · error: the backend could not be asked (problem
 * says why) · the others say what the code was, or why there is none
 */
export type ScanPanel =
  | 'consent'
  | 'manual'
  | 'error'
  | 'payment_code'
  | 'personal_code'
  | 'foreign'
  | 'unknown'
  | 'consent_refused'
  | 'camera_refused'
  | 'no_memory'
  | 'not_supported'
  | 'failed'

export interface ScanInput {
  /** scanCode's `result`, or what a person typed */
  result?: string
  /** of a mini program code: scanCode's `path` */
  path?: string
}

/** most characters that POST /scan-resolutions takes */
const SCAN_CONTENT_LIMIT = 512

/** Hosts of other wallets, own and below. */
const FOREIGN_HOSTS = [
  'alipay.com',
  'alipayobjects.com',
  'alipay.cn',
  '95516.com',
  'unionpay.com',
  'unionpayintl.com',
  'cloudpay.95516.com',
]

/** A URL taken apart without the URL class, which WeChat's runtime does not have. */
interface Address {
  scheme: string
  host: string
  query: Record<string, string>
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '))
  } catch {
    return text
  }
}

function queryOf(text: string): Record<string, string> {
  const query: Record<string, string> = {}
  text.split('&').forEach(pair => {
    const at = pair.indexOf('=')
    if (at > 0) query[decode(pair.slice(0, at))] = decode(pair.slice(at + 1))
  })
  return query
}

function addressOf(text: string): Address | undefined {
  const match = /^([a-z][a-z0-9+.-]*):\/\/(?:[^/?#@]*@)?([^/?#:]*)(?::\d+)?[^?#]*(?:\?([^#]*))?/i.exec(text)
  if (!match) return undefined
  return { scheme: match[1]!.toLowerCase(), host: match[2]!.toLowerCase().replace(/\.$/, ''), query: queryOf(match[3] ?? '') }
}

const under = (host: string, parents: readonly string[]) => parents.some(parent => host === parent || host.endsWith(`.${parent}`))

/** 商户号 in a query: `sub_mchid`, `m`, or `scene=m=…` of a 小程序码. */
function subMchidIn(query: Record<string, string>): string | undefined {
  const scene = query.scene === undefined ? {} : queryOf(query.scene)
  return [query.sub_mchid, query.m, scene.m, scene.sub_mchid].find(value => value !== undefined && isMchid(value))
}

/**
 * @param allowedHosts hosts of the provider whose links carry a 商户号 themselves
 */
export function resolveScan({ result = '', path = '' }: ScanInput, allowedHosts: readonly string[] = []): ScanResult {
  const text = comparable(result)
  if (isPaymentCode(text)) return { type: 'payment_code' }
  const address = addressOf(text)
  if (address?.scheme === 'wxp') return { type: 'personal_code' }
  const digits = text.replace(/[\s-]/g, '')
  if (isMchid(digits)) return { type: 'sub_merchant', sub_mchid: digits }
  const web = address !== undefined && (address.scheme === 'https' || address.scheme === 'http')
  if (web && under(address.host, allowedHosts)) {
    const sub_mchid = subMchidIn(address.query)
    if (sub_mchid) return { type: 'sub_merchant', sub_mchid }
  }
  const ownPath = path || (/^\/?(pages|packages)\//.test(text) ? text : '')
  if (ownPath.includes('?')) {
    const sub_mchid = subMchidIn(queryOf(ownPath.slice(ownPath.indexOf('?') + 1)))
    if (sub_mchid) return { type: 'sub_merchant', sub_mchid }
  }
  if (web && under(address.host, FOREIGN_HOSTS)) return { type: 'foreign' }
  if (/^(alipays?|uppaywallet|upwallet|upwrp):/i.test(text)) return { type: 'foreign' }
  // a payment code may also hide inside a link: such a text stays on the phone
  if (web && characterCount(text) <= SCAN_CONTENT_LIMIT && !holdsPaymentCode(text)) return { type: 'ask', content: text }
  if (holdsPaymentCode(text)) return { type: 'payment_code' }
  return { type: 'unknown' }
}

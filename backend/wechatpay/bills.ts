// The provider's trade bill of one day, all sub-merchants in one file: GET /v3/bill/tradebill (doc/v3/partner/4012759683, facts.md §8).
import { normaliseCode } from './classification.ts'
import { WechatPayError } from './errors.ts'
import type { Call, Transport, VerifiedAnswer } from './transport.ts'

/** Where a bill is fetched from, once and soon; it holds a token and goes into no log. */
interface BillLink {
  /** of the unzipped file, 40 lower-case hex digits */
  sha1: string
  /** path and query */
  path: string
}

/**
 * - `ready`: it can be fetched
 * - `creating`: WeChat Pay is still making it (STATEMENT_CREATING)
 * - `none`: there was nothing that day (NO_STATEMENT_EXIST)
 */
type BillAnswer = { state: 'ready'; link: BillLink } | { state: 'creating' } | { state: 'none' }

export interface Bills {
  /**
   * @param day 2026-11-28, in Asia/Shanghai; yesterday's is made after 10:00, three months back are kept
   * @throws WechatPayError; reason BILL_LINK_ELSEWHERE when the link does not lead to WeChat Pay
   */
  ask(day: string, signal?: AbortSignal): Promise<BillAnswer>
  /** The file as it comes, zipped. Its answer carries no signature: only the SHA1 says whether it is the one. @throws WechatPayError */
  download(link: BillLink, signal?: AbortSignal): Promise<AsyncIterable<Buffer>>
}

const askPath = '/v3/bill/tradebill'
const filePath = '/v3/billdownload/file'
/** One service under two names (facts.md §1.0). */
const official = new Set(['https://api.mch.weixin.qq.com', 'https://api2.mch.weixin.qq.com'])

export const createBills = (transport: Transport, baseUrl: string): Bills => {
  const origin = new URL(baseUrl).origin
  const isOurs = (url: URL) => url.origin === origin || (official.has(origin) && official.has(url.origin))
  const linkIn = (call: Call, answer: VerifiedAnswer): BillLink => {
    const { hash_type, hash_value, download_url } = (answer.body ?? {}) as Record<string, unknown>
    if (
      typeof hash_type !== 'string' ||
      !/^sha-?1$/i.test(hash_type) ||
      typeof hash_value !== 'string' ||
      !/^[0-9a-f]{40}$/i.test(hash_value)
    )
      throw unexpected(call, answer, 'UNEXPECTED_ANSWER')
    const url = typeof download_url === 'string' && URL.canParse(download_url) ? new URL(download_url) : null
    // what is signed with our key is sent nowhere else
    if (!url || !isOurs(url) || url.pathname !== filePath || url.username !== '' || url.password !== '')
      throw unexpected(call, answer, 'BILL_LINK_ELSEWHERE')
    return { sha1: hash_value.toLowerCase(), path: `${url.pathname}${url.search}` }
  }
  return {
    async ask(day, signal) {
      if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new RangeError('day is not of the form 2026-11-28')
      const call: Call = { method: 'GET', path: `${askPath}?bill_date=${day}&bill_type=ALL&tar_type=GZIP`, route: askPath }
      try {
        return { state: 'ready', link: linkIn(call, await transport.send(call, signal)) }
      } catch (error) {
        const code = error instanceof WechatPayError && error.phase === 'refused' ? normaliseCode(error.wx_code ?? '') : ''
        if (code === 'NOSTATEMENTEXIST') return { state: 'none' }
        if (code === 'STATEMENTCREATING') return { state: 'creating' }
        throw error
      }
    },
    download: ({ path }, signal) => transport.open({ method: 'GET', path, route: filePath }, signal),
  }
}

const unexpected = (call: Call, { http_status, wx_request_id }: VerifiedAnswer, reason: string) =>
  new WechatPayError({
    phase: 'unknown',
    reason,
    method: call.method,
    path: call.route ?? call.path,
    http_status,
    ...(wx_request_id !== null && { wx_request_id }),
  })

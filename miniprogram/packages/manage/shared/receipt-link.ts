// A receipt link as it stands on WeChat's console: a host name and a path, always https. One rule on both sides: the hosts of a provider's links are those that
// customers' receipts may link to and that the link check may visit, so nothing may stand there that means more than one name.
import { withoutInvisible } from '../../../shared/comparable'

export interface ReceiptLinkParts {
  host: string
  path: string
  note: string
}
export type ReceiptLinkFaultCode =
  | 'REQUIRED'
  | 'TOO_LONG'
  | 'HAS_SCHEME'
  | 'HAS_PORT'
  | 'WILDCARD'
  | 'IS_ADDRESS'
  | 'NOT_ASCII'
  | 'INNER_NAME'
  | 'WRONG_FORMAT'
  | 'DUPLICATE'
export interface ReceiptLinkFault {
  /** receipt_links.0.host */
  field: string
  code: ReceiptLinkFaultCode
}

export const mostReceiptLinks = 20
export const longestNote = 60
const longestPath = 256

/** As it is compared and visited: lower case, without the dot that ends an absolute name. */
export const plainHost = (text: string): string => withoutInvisible(text).trim().toLowerCase().replace(/\.$/, '')

/** @param host as plainHost gives it @returns null for a name of the public internet, written in full */
export function hostFault(host: string): ReceiptLinkFaultCode | null {
  if (host === '') return 'REQUIRED'
  if (/^[a-z][a-z0-9+.-]*:\/\//.test(host)) return 'HAS_SCHEME'
  if (host.includes('*')) return 'WILDCARD'
  // 0x7f.1, 017700000001 and 2130706433 are addresses, too: no name ends in a number
  if (/^\[.*\](:\d+)?$/.test(host) || (host.match(/:/g) ?? []).length > 1) return 'IS_ADDRESS'
  if (/:\d*$/.test(host)) return 'HAS_PORT'
  // a name that reads like another one; also where it was spelt out (RFC 3492)
  if (/[^\u0021-\u007e]/.test(host) || /(^|\.)xn--/.test(host)) return 'NOT_ASCII'
  if (/(^|\.)(0x[0-9a-f]*|\d+)$/.test(host)) return 'IS_ADDRESS'
  if (/\.(local|internal|localhost|home\.arpa)$/.test(host)) return 'INNER_NAME'
  if (host.length > 253) return 'TOO_LONG'
  return /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(host) ? null : 'WRONG_FORMAT'
}

/** What follows the host, a query included; a fragment never reaches a server. */
export function pathFault(path: string): ReceiptLinkFaultCode | null {
  if (path.length > longestPath) return 'TOO_LONG'
  return /^\/[\u0021-\u007e]*$/.test(path) && !/[#\\<>"`]/.test(path) ? null : 'WRONG_FORMAT'
}

/** @param links with hosts as plainHost gives them */
export function receiptLinkFaults(links: readonly ReceiptLinkParts[]): ReceiptLinkFault[] {
  const known = new Set<string>()
  return links.flatMap(({ host, path }, index) => {
    const of = (part: string, code: ReceiptLinkFaultCode | null) =>
      code === null ? [] : [{ field: `receipt_links.${index}.${part}`, code }]
    const faults = [...of('host', hostFault(host)), ...of('path', pathFault(path))]
    const whole = `${host}${path}`
    if (faults.length === 0 && known.has(whole)) faults.push({ field: `receipt_links.${index}.host`, code: 'DUPLICATE' })
    known.add(whole)
    return faults
  })
}

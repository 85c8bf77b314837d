// Follows redirects from the link to the page; each target is judged before it is requested.
import { VisitFailed } from './failed.ts'
import type { Findings } from './findings.ts'
import type { Inspection } from './inspection.ts'
import { hostOf, isAddress, isRegistered } from './link.ts'
import { leadsToLogin } from './page.ts'
import type { LinkCheckPart, LinkFindingCode } from './schema.ts'
import type { Page, Visit } from './visit.ts'

const mostHops = 5

/** The number of an order that does not exist: the page must open with it all the same. */
const order = { out_trade_no: 'LINKCHECK0000000000', check_code: '0'.repeat(32) }

/** As WeChat asks for the receipt (facts.md §2.2). @param sub_mchid null: without an order */
export function withOrder(link: URL, sub_mchid: string | null): URL {
  const url = new URL(link)
  url.hash = ''
  for (const name of ['sub_mch_id', 'out_trade_no', 'check_code']) url.searchParams.delete(name)
  if (sub_mchid === null) return url
  for (const [name, value] of Object.entries({ sub_mch_id: sub_mchid, ...order })) url.searchParams.append(name, value)
  return url
}

const partOf = (code: LinkFindingCode): LinkCheckPart => {
  if (code === 'TIMED_OUT') return 'time'
  if (code === 'ANSWER_BROKEN') return 'answer'
  return code === 'TLS_FAILED' || code.startsWith('CERTIFICATE_') ? 'certificate' : 'address'
}

/** @returns the page at the end; undefined when the way ends before, which the findings say */
export async function follow(visit: Visit, link: URL, inspection: Inspection, findings: Findings): Promise<Page | undefined> {
  let url = withOrder(link, inspection.sub_mchid)
  const seen = new Set<string>()
  for (;;) {
    seen.add(url.href)
    const page = await fetchOr(visit, url, findings)
    if (!page) return undefined
    findings.fine('address')
    findings.fine('certificate')
    const next = nextOf(page)
    if (!next) {
      findings.fine('redirect')
      return page
    }
    const end = seen.has(next.href) || seen.size > mostHops ? 'REDIRECT_LOOP' : refusalOf(next, inspection)
    if (end) {
      findings.add('redirect', end, 'error', { host: hostOf(next), status: page.status })
      return undefined
    }
    findings.add('redirect', 'REDIRECTED', 'warning', { host: hostOf(next), status: page.status })
    if (url.searchParams.has('out_trade_no') && !next.searchParams.has('out_trade_no'))
      findings.add('redirect', 'REDIRECT_LOSES_ORDER', 'error', { status: page.status })
    url = next
  }
}

async function fetchOr(visit: Visit, url: URL, findings: Findings): Promise<Page | undefined> {
  try {
    return await visit.get(url)
  } catch (error) {
    if (!(error instanceof VisitFailed)) throw error
    const part = partOf(error.code)
    if (part !== 'address') findings.fine('address')
    findings.add(part, error.code, 'error', error.values)
    return undefined
  }
}

function nextOf({ status, headers, url }: Page): URL | undefined {
  const { location } = headers
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined || !URL.canParse(location, url)) return undefined
  const next = new URL(location, url)
  next.hash = ''
  return next
}

/** Why a redirect is not followed. Only the host of its target is answered. */
function refusalOf(next: URL, { hosts, reach }: Inspection): LinkFindingCode | undefined {
  if (leadsToLogin(next)) return 'REDIRECT_TO_LOGIN'
  if (next.protocol !== 'https:') return 'REDIRECT_NOT_HTTPS'
  if (isAddress(next) && !reach.mayVisit(next.hostname.replace(/^\[|\]$/g, ''))) return 'ADDRESS_NOT_PUBLIC'
  return isRegistered(next, hosts, reach.ports) ? undefined : 'REDIRECT_LEAVES_HOSTS'
}

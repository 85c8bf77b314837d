// The receipt links of a number looked at from outside (link-check/), and the file that the console gave for their directory.
import { hostsWith, urlOf } from '../company/provider-settings/receipt-hosts.ts'
import type { ReceiptLink } from '../company/provider-settings/schema.ts'
import { inspectLink, type Seen } from '../link-check/inspect.ts'
import { realReach } from '../link-check/reach.ts'
import type { Context } from '../platform/context.ts'
import type { OutsideFinding } from './findings.ts'

/** @param links of the number's settings; without any the link of the server's own settings */
export async function checkLinks(context: Context, sp_mchid: string, links: readonly ReceiptLink[]): Promise<OutsideFinding[]> {
  const { linkCheck, clock } = context
  const reach = { ...realReach, ...linkCheck.reach }
  const urls = links.length > 0 ? links.map(link => urlOf(link, reach.ports[0])) : [linkCheck.link ?? []].flat()
  if (urls.length === 0) return [unknown('link', 'NO_LINK'), unknown('verification_file', 'NO_LINK')]
  const inspection = {
    // of no shop: the page must open all the same
    sub_mchid: sp_mchid,
    verification_file: linkCheck.verificationFile,
    hosts: hostsWith(linkCheck.hosts, links),
    reach,
    now: clock.now(),
  }
  const seen = await Promise.all(urls.map(async url => ({ host: new URL(url).hostname, ...(await inspectLink(new URL(url), inspection)) })))
  return [
    linkFinding(seen),
    linkCheck.verificationFile === null ? unknown('verification_file', 'NO_FILE_NAMED') : fileFinding(seen, linkCheck.verificationFile),
  ]
}

const unknown = (check: 'link' | 'verification_file', code: string): OutsideFinding => ({ check, result: 'unknown', code, values: {} })

type SeenLink = Seen & { host: string }

const partsAt = ({ findings }: Seen, severity: 'error' | 'warning') => [
  ...new Set(findings.filter(one => one.severity === severity && one.part !== 'verification_file').map(({ part }) => part)),
]

/** The first link that has an error, or else a warning; its parts are words of the app. */
function linkFinding(seen: readonly SeenLink[]): OutsideFinding {
  for (const severity of ['error', 'warning'] as const) {
    const one = seen.find(link => partsAt(link, severity).length > 0)
    if (!one) continue
    const values = { host: one.host, parts: partsAt(one, severity).join(','), links: seen.length }
    return severity === 'error'
      ? { check: 'link', result: 'failed', code: 'LINK_AT_FAULT', values }
      : { check: 'link', result: 'passed', code: 'LINK_REMARKS', values }
  }
  return { check: 'link', result: 'passed', code: 'LINK_FINE', values: { host: seen[0]!.host, links: seen.length } }
}

/** It has to be beside each link. */
function fileFinding(seen: readonly SeenLink[], file: string): OutsideFinding {
  const missing = seen.find(({ findings }) => findings.some(one => one.part === 'verification_file' && one.severity === 'error'))
  if (missing) return { check: 'verification_file', result: 'failed', code: 'FILE_NOT_THERE', values: { host: missing.host, file } }
  const reached = seen.every(({ findings }) => findings.some(one => one.part === 'verification_file' && one.severity === 'fine'))
  return {
    check: 'verification_file',
    result: reached ? 'passed' : 'unknown',
    code: reached ? 'FILE_THERE' : 'NOT_REACHED',
    values: { file },
  }
}

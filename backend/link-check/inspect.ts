// The look at one link, part by part: the way there, the answer, what the page lets WeChat do, what it holds.
import { certificateRemarks } from './certificate.ts'
import { VisitFailed } from './failed.ts'
import { Findings } from './findings.ts'
import { framingOf } from './framing.ts'
import { follow, withOrder } from './follow.ts'
import type { Inspection } from './inspection.ts'
import { isRegistered } from './link.ts'
import { holdsScript, jumpSeemsAutomatic, looksLikePage, saysReady, scriptsOf, withoutComments } from './page.ts'
import type { LinkCheckResult } from './schema.ts'
import { toInstant } from '../platform/instants.ts'
import { beginVisit, type Page, type Visit } from './visit.ts'

export type Seen = Omit<LinkCheckResult, 'sub_mchid' | 'host' | 'checked_at'>

/** WeChat gives the receipt 3 s from load to onIframeReady (facts.md §2.4); half of it leaves little for the page's own scripts. */
const limitMs = 3_000
const slowMs = 1_500

export async function inspectLink(link: URL, inspection: Inspection): Promise<Seen> {
  const { hosts, reach, now } = inspection
  const findings = new Findings()
  const visit = beginVisit(hosts, reach)
  try {
    if (link.hash) findings.add('answer', 'FRAGMENT_IN_LINK', 'warning')
    if (link.search) findings.add('answer', 'QUERY_IN_LINK', 'note')
    const page = await follow(visit, link, inspection, findings)
    if (page) {
      await Promise.all([judgePage(visit, page, inspection, findings), judgeVerificationFile(visit, link, inspection, findings)])
      if (page.total_ms > limitMs) findings.add('time', 'TOO_SLOW', 'error', { milliseconds: page.total_ms })
      else if (page.total_ms > slowMs) findings.add('time', 'SLOW', 'warning', { milliseconds: page.total_ms })
      else findings.fine('time')
      for (const { code, values } of certificateRemarks(page.certificate, now)) findings.add('certificate', code, 'warning', values)
    }
    return {
      ...findings.result(),
      first_byte_ms: page?.first_byte_ms ?? null,
      total_ms: page?.total_ms ?? null,
      certificate_valid_to: page ? toInstant(page.certificate.validTo) : null,
    }
  } finally {
    visit.end()
  }
}

async function judgePage(visit: Visit, page: Page, inspection: Inspection, findings: Findings): Promise<void> {
  await judgeAnswer(visit, page, inspection, findings)
  const { x_frame_options, frame_ancestors, overridden } = framingOf(page.headers)
  if (x_frame_options) {
    findings.add('framing', 'FRAMING_FORBIDDEN_X_FRAME_OPTIONS', overridden ? 'warning' : 'error', { header: x_frame_options })
  }
  if (frame_ancestors !== null) findings.add('framing', 'FRAMING_FORBIDDEN_CSP', 'error', { header: frame_ancestors.slice(0, 200) })
  findings.fine('framing')
  if (page.status !== 200) return
  const html = withoutComments(page.text)
  const text = [html, ...(await ownScripts(visit, page, html, inspection))].join('\n')
  if (!holdsScript(text)) findings.add('script', 'SCRIPT_MISSING', 'error')
  if (!saysReady(text)) findings.add('ready', 'READY_MISSING', 'error')
  if (jumpSeemsAutomatic(text)) findings.add('jump', 'JUMP_SEEMS_AUTOMATIC', 'warning')
  for (const part of ['script', 'ready', 'jump'] as const) findings.fine(part)
}

async function judgeAnswer(visit: Visit, page: Page, { sub_mchid }: Inspection, findings: Findings): Promise<void> {
  if (page.cut) findings.add('answer', 'TOO_LARGE', 'error')
  if (page.status !== 200) {
    const bare = page.status >= 400 ? await visit.get(withOrder(page.url, null)).catch(() => undefined) : undefined
    const code = bare?.status === 200 ? 'ORDER_QUERY_NOT_TOLERATED' : 'STATUS_NOT_200'
    findings.add('answer', code, 'error', { status: page.status, sub_mchid })
  } else if (!/^\s*(text\/html|application\/xhtml\+xml)\b/i.test(page.headers['content-type'] ?? '')) {
    findings.add('answer', 'NOT_HTML', 'error', { type: (page.headers['content-type'] ?? '').slice(0, 80) })
  }
  findings.fine('answer')
}

/** A page that is built at run time may have onIframeReady in one of its own scripts: a few of these are read, never those of another host. */
async function ownScripts(visit: Visit, page: Page, html: string, { hosts, reach }: Inspection): Promise<string[]> {
  if (holdsScript(html) && saysReady(html)) return []
  const own = scriptsOf(html)
    .flatMap(src => (URL.canParse(src, page.url) ? [new URL(src, page.url)] : []))
    .filter(url => url.protocol === 'https:' && isRegistered(url, hosts, reach.ports))
    .slice(0, 4)
  const texts: string[] = []
  for (const url of own) {
    const script = await visit.get(url).catch(() => undefined)
    if (script?.status === 200) texts.push(script.text)
  }
  return texts
}

/** In the directory of the link, as the console asks for it. */
async function judgeVerificationFile(visit: Visit, link: URL, { verification_file }: Inspection, findings: Findings): Promise<void> {
  if (verification_file === null) return
  const url = new URL(verification_file, new URL('.', `${link.origin}${link.pathname}`))
  const values = { file: verification_file }
  const part = 'verification_file'
  try {
    const { status, text, cut } = await visit.get(url)
    if (status >= 300 && status < 400) findings.add(part, 'VERIFICATION_FILE_REDIRECTED', 'error', { ...values, status })
    else if (status !== 200) findings.add(part, 'VERIFICATION_FILE_MISSING', 'error', { ...values, status })
    else if (cut || looksLikePage(text)) findings.add(part, 'VERIFICATION_FILE_IS_PAGE', 'error', values)
    else findings.fine(part)
  } catch (error) {
    if (!(error instanceof VisitFailed)) throw error
    findings.add(part, error.code, 'error', { ...values, ...error.values })
  }
}

// What the page of a link check shows: the gravest first, what is fine in one line.
import type { LinkCheckResult, LinkSeverity, SubMerchant } from '../../../../typings/api'
import { absoluteTime, dayOf } from '../../../rules/relative-time'
import type { Say } from '../../../words/say'
import { linkFindingView, linkVerdict, type LinkFindingView } from './finding'
import './words'
import '../words/words'

/** what somebody has to look at, gravest first */
const AGAINST: readonly LinkSeverity[] = ['error', 'warning', 'note']
const ICONS: Record<LinkSeverity, string> = { error: 'fail', warning: 'warning-o', note: 'info-o', fine: 'passed' }

export interface LinkCheckView {
  verdict: LinkSeverity
  icon: string
  title: string
  /** host, when it was looked at, how long it took, until when its certificate is valid */
  facts: string[]
  groups: { severity: LinkSeverity; icon: string; title: string; findings: (LinkFindingView & { id: string })[] }[]
  /** "正常：域名和网络、HTTPS 证书"; empty when nothing is */
  fine: string
  /** parts that were not looked at, in one line */
  not_reached: string
}

export function linkCheckView(seen: LinkCheckResult, now: number, say: Say): LinkCheckView {
  const { verdict, host, checked_at, total_ms, certificate_valid_to } = seen
  const listed = (codes: (finding: LinkCheckResult['findings'][number]) => boolean) =>
    seen.findings.filter(codes).map(({ part }) => say(`link_part.${part}`))
  const fine = listed(({ severity }) => severity === 'fine')
  const skipped = listed(({ code }) => code === 'NOT_REACHED')
  const joined = (parts: string[]) => parts.join(say('common.comma'))
  return {
    verdict,
    // a note beside nothing else is no fault
    icon: ICONS[verdict === 'note' ? 'fine' : verdict],
    title: linkVerdict(seen, say),
    facts: [
      host,
      say('link_check.checked_at', { time: absoluteTime(checked_at, now, say, { today: true }) }),
      ...(total_ms === null ? [] : [say('link_check.took', { milliseconds: total_ms })]),
      ...(certificate_valid_to === null ? [] : [say('link_check.certificate', { day: dayOf(certificate_valid_to, now, say) })]),
    ],
    groups: AGAINST.map(severity => ({
      severity,
      icon: ICONS[severity],
      title: say(`link_check.group_${severity as 'error' | 'warning' | 'note'}`),
      findings: seen.findings
        .filter(finding => finding.severity === severity && finding.code !== 'NOT_REACHED')
        .map(finding => ({ ...linkFindingView(finding, say), id: `${finding.part}-${finding.code}` })),
    })).filter(({ findings }) => findings.length > 0),
    fine: fine.length === 0 ? '' : say('link_check.fine', { parts: joined(fine) }),
    not_reached: skipped.length === 0 ? '' : say('link_check.not_reached', { parts: joined(skipped) }),
  }
}

/** Plain text for the developer: shop, host, time, and each finding with its remedy. No person is named. */
export function linkCheckText(seen: LinkCheckResult, shop: Pick<SubMerchant, 'sub_mchid' | 'name'>, now: number, say: Say): string {
  const view = linkCheckView(seen, now, say)
  return [
    say('troubleshoot.message_head', shop),
    view.facts.join(say('troubleshoot.separator')),
    ...view.groups.flatMap(({ title, findings }) => findings.map(one => say('link_check.line', { ...one, group: title }))),
  ].join('\n')
}

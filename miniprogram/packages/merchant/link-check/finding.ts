// One finding of a link check in words: what was seen and what to do. Codes are the backend's; every one of them has words, which the types hold.
import type { LinkCheckResult, LinkFinding } from '../../../../typings/api'
import type { Say } from '../../../words/say'
import './words'

export interface LinkFindingView {
  code: LinkFinding['code']
  /** "HTTPS 证书" */
  part: string
  severity: LinkFinding['severity']
  /** "证书快到期" */
  title: string
  /** "还有 10 天到期。请尽快续期。" */
  remedy: string
}

export function linkFindingView({ part, code, severity, values }: LinkFinding, say: Say): LinkFindingView {
  return { code, severity, part: say(`link_part.${part}`), title: say(`link.${code}.title`), remedy: say(`link.${code}.remedy`, values) }
}

/** "有问题要改，顾客可能看不到商家小票" */
export const linkVerdict = ({ verdict }: Pick<LinkCheckResult, 'verdict'>, say: Say): string => say(`link_verdict.${verdict}`)

// One line for one item of evidence: what happened, where from, who, when.
import type { Evidence } from '../../../../typings/api'
import { evidenceTitle, isKnown } from './evidence-title'
import { absoluteTime, relativeTime } from '../../../rules/relative-time'
import type { Say } from '../../../words/say'
import '../words/words'

export interface EvidenceLine {
  id: string
  kind: Evidence['kind']
  /** an operation that WeChat Pay refused */
  failed: boolean
  /** what happened */
  title: string
  /** "3 天前" */
  relative: string
  /** "11月20日 14:05" */
  absolute: string
  /** 现场, 系统, 服务商平台 */
  source: string
  /** "业务员 03记录" */
  by: string
  /** of photos on the server */
  photo_ids: string[]
  photo_count: number
  /** "2 张照片"; null without */
  photos_text: string | null
  /** what somebody saw beside the plan and wrote beside it, or why it was done; null where nothing was */
  note: string | null
  withdrawn: boolean
  /** "已撤回：付错店了（业务员 03 11月20日 14:05）" */
  withdrawn_text: string | null
  can_withdraw: boolean
}

type Seen = Extract<Evidence, { kind: 'portal_check' }>['detail']

/** What a look at the console showed besides the plan, which its title says; null for nothing. */
function seenBeside({ receipt, advertising, ad_filter, default_open }: Seen, say: Say): string | null {
  const parts = [
    ...(isKnown(receipt) ? [say(`evidence_line.seen.receipt.${receipt}`)] : []),
    ...(isKnown(advertising) ? [say(`evidence_line.seen.advertising.${advertising}`)] : []),
    ...(ad_filter ? [say('evidence_line.seen.ad_filter', { count: ad_filter.length })] : []),
    ...(default_open === undefined ? [] : [say(default_open ? 'evidence_line.seen.default_open' : 'evidence_line.seen.default_open.not')]),
  ]
  return parts.length === 0 ? null : say('evidence_line.seen', { what: parts.join(say('evidence.and')) })
}

/** People's own words: a note, or the reason for a change and for a limitation. */
function noteOf(evidence: Evidence, say: Say): string | null {
  const { kind, detail } = evidence
  const note =
    kind === 'test_payment' || kind === 'portal_check' || kind === 'flow_conclusion' || kind === 'unblock' ? detail.note : undefined
  if (note) return say('evidence_line.note', { note })
  if (kind === 'flow_conclusion' && detail.basis === 'orders') return say('evidence_line.orders')
  const reason = kind === 'api_operation' || kind === 'limitation' ? detail.reason : undefined
  return reason ? say('evidence_line.reason', { reason }) : null
}

const besideOf = (evidence: Evidence, say: Say): string | null =>
  [evidence.kind === 'portal_check' ? seenBeside(evidence.detail, say) : null, noteOf(evidence, say)].filter(Boolean).join(' · ') || null

/** Everything that a row of the timeline shows. `now` in milliseconds. */
export function evidenceLine(evidence: Evidence, now: number, say: Say): EvidenceLine {
  const { withdrawn, recorded_by } = evidence
  const photo_ids = evidence.kind === 'test_payment' ? (evidence.detail.photo_ids ?? []) : []
  return {
    id: evidence.id,
    kind: evidence.kind,
    failed: evidence.kind === 'api_operation' && evidence.detail.result === 'failed',
    title: evidenceTitle(evidence, say),
    relative: relativeTime(evidence.occurred_at, now, say),
    absolute: absoluteTime(evidence.occurred_at, now, say),
    source: say(`evidence_line.source.${evidence.source}`),
    by: recorded_by ? say('evidence_line.by', { by: recorded_by.display_name }) : say('evidence_line.by.system'),
    photo_ids,
    photo_count: photo_ids.length,
    photos_text: photo_ids.length === 0 ? null : say('evidence_line.photos', { count: photo_ids.length }),
    note: besideOf(evidence, say),
    withdrawn: withdrawn !== null,
    withdrawn_text: withdrawn
      ? say('evidence_line.withdrawn', {
          reason: withdrawn.reason,
          by: withdrawn.by.display_name,
          time: absoluteTime(withdrawn.at, now, say),
        })
      : null,
    can_withdraw: evidence.can_withdraw,
  }
}

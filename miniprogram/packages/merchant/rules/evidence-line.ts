// One line for one item of evidence: what happened, where from, who, when.
import type { Evidence } from '../../../../typings/api'
import { evidenceTitle } from './evidence-title'
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
  /** what somebody wrote beside it, or why it was done; null where nothing was */
  note: string | null
  withdrawn: boolean
  /** "已撤回：付错店了（业务员 03 11月20日 14:05）" */
  withdrawn_text: string | null
  can_withdraw: boolean
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
    note: noteOf(evidence, say),
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

// What the approvals page draws of a request to close a gold plan, and what it asks before a decision. Pure.
import type { ChangeRequest, ChangeRequestStatus } from '../../../../typings/api'
import type { SheetView } from '../../visit/components/confirm-sheet/view'
import { problemView } from '../../../rules/error-copy'
import { absoluteTime, timeLeft } from '../../../rules/relative-time'
import type { MessageKey, Say } from '../../../words/say'
import './words'

export interface RequestRow {
  id: string
  name: string
  /** last four digits, who asked, when */
  facts: string[]
  status: ChangeRequestStatus
  /** of one that waits: how long it still does */
  status_label: string
  reason: string
  /** who may decide, or what became of it */
  who: string
}
export interface RequestDetail extends Omit<RequestRow, 'who'> {
  sub_mchid: string
  asked: string
  expires: string
  /** who may decide, or who did; value '' for nobody */
  who: { name: string; value: string }
  /** what was said with the decision; '' for nothing */
  comment: string
  /** what is true of it now, and what follows; '' for nothing beyond the lines */
  note: string
  /** no decision is offered to who asked: why */
  own: string
  can_decide: boolean
  can_cancel: boolean
}

const ICONS: Record<ChangeRequestStatus, string> = {
  pending: 'clock-o',
  approved: 'clock-o',
  executed: 'passed',
  failed: 'warning-o',
  rejected: 'revoke',
  cancelled: 'revoke',
  expired: 'clock-o',
}
export const iconOf = (status: ChangeRequestStatus): string => ICONS[status]

/** Its time may have come to an end since it was read. */
function statusNow({ status, expires_at }: ChangeRequest, now: number): ChangeRequestStatus {
  return status === 'pending' && Date.parse(expires_at) <= now ? 'expired' : status
}

/** @param now of the server (ms) */
export function rowOf(request: ChangeRequest, now: number, say: Say): RequestRow {
  const status = statusNow(request, now)
  return {
    id: request.id,
    name: request.merchant.name,
    facts: [
      say('approvals.tail', { tail: request.sub_mchid.slice(-4) }),
      request.requested_by.display_name,
      absoluteTime(request.requested_at, now, say, { today: true }),
    ],
    status,
    status_label:
      status === 'pending'
        ? say('approvals.left', { left: timeLeft(Date.parse(request.expires_at) - now, say) })
        : say(`approvals.status_${status}` as MessageKey),
    reason: request.reason,
    who: status === 'pending' ? whoDecides(request, say) : decidedBy(request, now, say),
  }
}

/** Where no lead is responsible operators decide; where nobody is left, an admin has to see to it (product.md M22). */
export function whoDecides({ deciders }: Pick<ChangeRequest, 'deciders'>, say: Say): string {
  if (deciders === null) return ''
  if (deciders.names.length === 0) return say('approvals.nobody')
  const names = deciders.names.join(say('common.comma'))
  return say(deciders.role === 'region_lead' ? 'approvals.by_lead' : 'approvals.by_operator', { names })
}

function decidedBy({ decided_by, decided_at, status }: ChangeRequest, now: number, say: Say): string {
  if (!decided_by || !decided_at) return ''
  const values = { by: decided_by.display_name, time: absoluteTime(decided_at, now, say, { today: true }) }
  return say(status === 'rejected' ? 'approvals.rejected_by' : 'approvals.approved_by', values)
}

/** @param staff_id who looks @param now of the server (ms) */
export function detailOf(request: ChangeRequest, staff_id: string | null, now: number, say: Say): RequestDetail {
  const { who, ...row } = rowOf(request, now, say)
  const waits = row.status === 'pending'
  const at = (instant: string) => absoluteTime(instant, now, say, { today: true })
  const { region_name } = request.merchant
  const { display_name, role } = request.requested_by
  return {
    ...row,
    sub_mchid: request.sub_mchid,
    facts: [say('approvals.sub_mchid', { sub_mchid: request.sub_mchid }), region_name],
    asked: `${display_name} · ${say(`role.${role}`)} · ${at(request.requested_at)}`,
    expires: at(request.expires_at),
    who: { name: say(waits ? 'approvals.line_deciders' : 'approvals.line_decided'), value: who },
    comment: request.comment ?? '',
    note: noteOf(request, row.status, say),
    own: waits && request.requested_by.id === staff_id ? say('approvals.own') : '',
    can_decide: waits && request.can_decide,
    can_cancel: waits && request.can_cancel,
  }
}

function noteOf({ code }: ChangeRequest, status: ChangeRequestStatus, say: Say): string {
  switch (status) {
    case 'approved':
      return say('approvals.note_approved')
    case 'executed':
      return say('approvals.note_executed')
    case 'failed':
    case 'expired':
      return code === null ? say(`approvals.note_${status}`) : say('approvals.not_closed', { why: problemView({ code }, say).sentence })
    case 'pending':
    case 'rejected':
    case 'cancelled':
      return ''
  }
}

const who = ({ merchant, sub_mchid }: ChangeRequest, say: Say) => [merchant.name, say('approvals.sub_mchid', { sub_mchid })]
const asked = ({ requested_by, reason }: ChangeRequest, say: Say) => ({
  icon: 'user-o',
  text: say('approvals.asked_because', { by: requested_by.display_name, reason }),
})

/** 批准: once more what its customers see then, and what cannot be taken back for 24 h. */
export const approveSheet = (request: ChangeRequest, say: Say): SheetView => ({
  title: say('approvals.approve_title'),
  facts: who(request, say),
  before: { page: 'official_receipt', when: say('approvals.now'), text: say('approvals.before') },
  after: { page: 'closed', when: say('approvals.once_closed'), text: say('approvals.after') },
  points: [asked(request, say), { icon: 'eye-o', text: say('approvals.point_page') }, { icon: 'lock', text: say('approvals.point_lock') }],
  reason: null,
  cancel: say('common.cancel'),
  confirm: say('approvals.approve_confirm'),
  danger: true,
})

/** 拒绝 says why, at least 2 characters (the backend's rule). */
export const rejectSheet = (request: ChangeRequest, say: Say): SheetView => ({
  title: say('approvals.reject_title'),
  facts: who(request, say),
  before: null,
  after: null,
  points: [asked(request, say)],
  reason: {
    label: say('approvals.reject_reason'),
    choices: [say('approvals.reject_1'), say('approvals.reject_2'), say('approvals.reject_3')],
    placeholder: say('approvals.reject_hint'),
    payment_code: say('payment_code.text'),
  },
  cancel: say('common.cancel'),
  confirm: say('approvals.reject'),
})

/** 取消申请 */
export const cancelSheet = (request: ChangeRequest, say: Say): SheetView => ({
  title: say('approvals.cancel_title'),
  facts: who(request, say),
  before: null,
  after: null,
  points: [{ icon: 'info-o', text: say('approvals.cancel_point') }],
  reason: null,
  cancel: say('approvals.keep'),
  confirm: say('approvals.cancel'),
  danger: true,
})

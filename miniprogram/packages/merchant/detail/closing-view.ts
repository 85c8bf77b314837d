// What the merchant page draws of a closing that is asked for. Pure.
import type { ChangeRequest, SubMerchant } from '../../../../typings/api'
import { absoluteTime } from '../../../rules/relative-time'
import type { Say } from '../../../words/say'
import type { ClosingSheetView } from '../components/closing-sheet/view'
import '../rules/control-rows'
import './words'

export interface RequestBanner {
  fact: string
  text: string
  actions: { id: string; label: string }[]
}

/** @param request null: it is not read yet @param now of the server (ms) */
export function requestBanner(request: ChangeRequest | null, now: number, say: Say): RequestBanner {
  const time = (at: string) => absoluteTime(at, now, say, { today: true })
  return {
    fact: say(request?.status === 'approved' ? 'closing.approved' : 'closing.pending'),
    text:
      request === null
        ? ''
        : request.status === 'approved'
          ? say('closing.approved_text', { by: request.decided_by?.display_name ?? '' })
          : say('closing.pending_text', {
              by: request.requested_by.display_name,
              time: time(request.requested_at),
              until: time(request.expires_at),
            }),
    actions: request === null ? [] : [{ id: 'request', label: say('closing.see') }],
  }
}

export const closingSheet = (merchant: SubMerchant, say: Say): ClosingSheetView => ({
  title: say('closing.title'),
  facts: [merchant.name, say('confirm.gold_plan.sub_mchid', { sub_mchid: merchant.sub_mchid })],
  before: { page: 'official_receipt', when: say('detail.sheet_now'), text: say('detail.sheet_official') },
  after: { page: 'closed', when: say('closing.once_closed'), text: say('detail.sheet_before_closed') },
  points: [
    { icon: 'user-o', text: say('closing.point_other') },
    { icon: 'eye-o', text: say('closing.point_page') },
    { icon: 'lock', text: say('closing.point_lock') },
  ],
  reason: { label: say('closing.reason'), placeholder: say('closing.reason_hint'), payment_code: say('payment_code.text') },
  tail: {
    is: merchant.sub_mchid.slice(-4),
    label: say('closing.tail'),
    placeholder: say('closing.tail_hint'),
    wrong: say('closing.tail_wrong'),
  },
  lost: say('closing.lost'),
  cancel: say('common.cancel'),
  confirm: say('closing.confirm'),
})

// The sheets of the merchant page: what is asked before a change, and what is explained where there is nothing to switch.
import type { SubMerchant } from '../../../../typings/api'
import type { SheetView } from '../../visit/components/confirm-sheet/view'
import { CONTROL_ROWS, type ControlRow } from '../rules/control-rows'
import { featureOfIntent, receiptGoesFirst, type ChangeKind } from '../rules/controls'
import type { Remedy } from '../rules/remedy'
import type { MessageKey, Say } from '../../../words/say'
import { newestSeen } from './change'
import './words'

const empty: SheetView = {
  title: '',
  facts: [],
  before: null,
  after: null,
  points: [],
  reason: null,
  option: null,
  cancel: '',
  confirm: '',
}
const who = (merchant: SubMerchant, say: Say) => [merchant.name, say('confirm.gold_plan.sub_mchid', { sub_mchid: merchant.sub_mchid })]

/**
 * 开通点金计划: which shop, what its customers see now and then, what cannot be taken back for 24 h (product.md §6.2). Where the receipt is closed
 * and can be opened, it goes first unless the person says otherwise (F4b): `receiptFirst` is where that switch stands.
 */
export function goldPlanSheet(merchant: SubMerchant, say: Say, receiptFirst = true): SheetView {
  const legacy = newestSeen(merchant, 'NEG')?.page === 'legacy_page'
  const offered = receiptGoesFirst(merchant)
  const receipt = merchant.receipt.status === 'open' || (offered && receiptFirst)
  const points: SheetView['points'] = [
    { icon: 'eye-o', text: say('detail.sheet_point_page') },
    { icon: 'clock-o', text: say('detail.sheet_point_minutes') },
    { icon: 'lock', text: say('detail.sheet_point_lock') },
  ]
  if (!receipt) points.push({ icon: 'bill-o', text: say('detail.sheet_point_receipt') })
  return {
    ...empty,
    title: say('detail.sheet_title'),
    facts: who(merchant, say),
    before: {
      page: legacy ? 'legacy_page' : 'closed',
      when: say('detail.sheet_now'),
      text: say(legacy ? 'detail.sheet_before_legacy' : 'detail.sheet_before_closed'),
    },
    after: {
      page: receipt ? 'merchant_receipt' : 'official_receipt',
      when: say('detail.sheet_after'),
      text: say(receipt ? 'detail.sheet_receipt' : 'detail.sheet_official'),
    },
    points,
    option: offered ? { label: say('detail.guided'), note: say('detail.guided_note'), on: receiptFirst } : null,
    cancel: say('common.cancel'),
    confirm: say('confirm.gold_plan.ok'),
  }
}

/** 重新开通 of a shop that went back: what was seen before and after, then the same opening (what a repeated OPEN does is for WeChat to say). */
export function reopenSheet(merchant: SubMerchant, say: Say, change: Pick<SheetView, 'before' | 'after'>): SheetView {
  const opening = goldPlanSheet(merchant, say)
  return { ...opening, ...(change.after ? change : {}), title: say('detail.reopen_title'), confirm: say('detail.reopen') }
}

/** The mini program scene: what is known of it, and that nobody knows what it does to jsapi (facts.md §1.1, §5.2). */
function miniprogramSheet(merchant: SubMerchant, say: Say): SheetView {
  return {
    ...empty,
    title: say('detail.miniprogram_title'),
    facts: who(merchant, say),
    points: [
      { icon: 'warning-o', text: say('detail.miniprogram_point_jsapi') },
      { icon: 'eye-o', text: say('detail.miniprogram_point_page') },
      { icon: 'chat-o', text: say('detail.miniprogram_point_subscribe') },
      { icon: 'clock-o', text: say('detail.miniprogram_point_minutes') },
    ],
    cancel: say('common.cancel'),
    confirm: say('confirm.gold_plan.ok'),
  }
}

/** Why it is closed (at least 2 characters, the backend's rule), and what that does: control-rows.ts says it of each switch. */
const closingSheet =
  ({ title, pictures, points, reasons, danger }: NonNullable<ControlRow['closing']>) =>
  (merchant: SubMerchant, say: Say): SheetView => ({
    ...empty,
    title: say(title),
    facts: who(merchant, say),
    ...pictures?.(say),
    points: points.map(([icon, text]) => ({ icon, text: say(text) })),
    reason: {
      label: say('confirm.receipt_close.reason'),
      choices: reasons.map(reason => say(reason)),
      placeholder: say('confirm.receipt_close.hint'),
      payment_code: say('payment_code.text'),
    },
    cancel: say('common.cancel'),
    confirm: say('confirm.receipt_close.ok'),
    ...(danger && { danger }),
  })

/** What is asked before this change; null: nothing, it is held and can be taken back. */
export function sheetOf(kind: ChangeKind): ((merchant: SubMerchant, say: Say) => SheetView) | null {
  if (kind === 'gold_plan.open') return goldPlanSheet
  if (kind === 'gold_plan_miniprogram.open') return miniprogramSheet
  const { closing } = CONTROL_ROWS[featureOfIntent({ kind })]
  return closing && kind.endsWith('.close') ? closingSheet(closing) : null
}

/** 把处理办法发给商户: what is copied, as the owner will read it. */
export function remedySheet({ cause, steps }: Remedy, merchant: SubMerchant, say: Say): SheetView {
  const icons = ['eye-o', 'passed', 'chat-o']
  return {
    ...empty,
    title: say('detail.remedy_title'),
    facts: who(merchant, say),
    points: [{ icon: 'warning-o', text: cause }, ...steps.map((text, index) => ({ icon: icons[index] ?? 'passed', text }))],
    cancel: say('common.cancel'),
    confirm: say('detail.remedy_copy'),
  }
}

const guides = {
  regression: ['guide.regression', ['guide.regression_1', 'guide.regression_2']],
} as const satisfies Record<string, readonly [MessageKey, readonly MessageKey[]]>
export type Guide = keyof typeof guides

/** What to do at the counter, step by step. Asks nothing. */
export function guideSheet(guide: Guide, merchant: SubMerchant, say: Say): SheetView {
  const [title, steps] = guides[guide]
  const icons = ['eye-o', 'scan', 'passed', 'bill-o']
  return {
    ...empty,
    title: say(title),
    facts: who(merchant, say),
    points: steps.map((step, index) => ({ icon: icons[index] ?? 'passed', text: say(step) })),
    confirm: say('common.ok'),
  }
}

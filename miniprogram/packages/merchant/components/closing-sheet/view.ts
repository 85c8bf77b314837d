import type { SheetPicture } from '../../../visit/components/confirm-sheet/view'

/** 申请关闭, in the language of the app: what it is about, what follows from it, and what has to be typed. */
export interface ClosingSheetView {
  title: string
  /** shop, 商户号 */
  facts: string[]
  before: SheetPicture
  after: SheetPicture
  points: { icon: string; text: string }[]
  reason: { label: string; placeholder: string; payment_code: string }
  /** `is`: the digits that have to be typed */
  tail: { is: string; label: string; placeholder: string; wrong: string }
  /** said when the answer did not come */
  lost: string
  cancel: string
  confirm: string
}

/** One page before or after the change. */
export interface SheetPicture {
  page: string
  when: string
  text: string
}

/** A question about one change, in the language of the app: what it is about, what follows from it, and the two ways out. */
export interface SheetView {
  title: string
  /** shop, 商户号 */
  facts: string[]
  before: SheetPicture | null
  after: SheetPicture | null
  points: { icon: string; text: string }[]
  /** asked when the change needs a reason */
  reason: { label: string; choices: string[]; placeholder: string; payment_code: string } | null
  /** a switch about how it is done; a tap on it is reported as `option` and its user gives the sheet anew */
  option?: { label: string; note: string; on: boolean } | null
  /** empty: an explanation that asks nothing */
  cancel: string
  confirm: string
  /** another way out, above the two: an end that is not undone */
  third?: string
  /** what was confirmed is under way */
  busy?: boolean
  /** what is confirmed is no next step but an end */
  danger?: boolean
}

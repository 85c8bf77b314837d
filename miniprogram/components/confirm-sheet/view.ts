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
  /** a second thing that may be done in the same step */
  option: { label: string; note: string; on: boolean } | null
  /** asked when the change needs a reason */
  reason: { label: string; choices: string[]; placeholder: string; minLength: number } | null
  cancel: string
  confirm: string
}

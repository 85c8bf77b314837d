/** What one merchant shows in a list, in the language of the app. */
export interface MerchantRowView {
  sub_mchid: string
  name: string
  /** the name cut at what the search matched */
  nameParts: { text: string; hit: boolean }[]
  /** 尾号, district, trade */
  facts: string[]
  state: string
  label: string
  /** what the state rests on, and its age */
  proof: string
  marks: { icon: string; text: string; attention: boolean }[]
}

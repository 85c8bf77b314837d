/** What a row needs of a merchant, in the language of the app (stores/merchants prepares it). */
export interface MerchantRow {
  sub_mchid: string
  name: string
  /** the name cut at what the search matched */
  name_parts: { text: string; hit: boolean }[]
  /** last 4 digits */
  tail: string
  /** district, street or both: what the list leaves open */
  place: string
  state: string
  state_label: string
  /** 看到官方小票页: what the state rests on; '' without evidence */
  proof: string
  /** "3 天前", null without evidence */
  proof_age: string | null
  marks: string[]
  receipt_open: boolean
  advertising_open: boolean
}

// One shop as a row of a list draws it.
import type { SubMerchantRow, VerdictState } from '../../typings/api'
import { proofLabel } from '../rules/evidence-copy'
import { relativeTime } from '../rules/relative-time'
import { highlight, type TextPart } from '../rules/search-highlight'
import { stateKey } from '../rules/states'
import type { StoreContext } from './context'

export interface MerchantRowView {
  sub_mchid: string
  name: string
  /** the name split at what was typed */
  name_parts: TextPart[]
  /** last 4 digits */
  tail: string
  /** its district; its street where the rows are by district */
  place: string
  state: VerdictState
  state_label: string
  /** 看到官方小票页: what the state rests on; '' without evidence */
  proof: string
  /** "3 天前", null without evidence */
  proof_age: string | null
  marks: string[]
  receipt_open: boolean
  advertising_open: boolean
}

/** One row, and nothing that is not drawn: a page has 20 of them. */
export function rowView(
  row: SubMerchantRow,
  place: string,
  query: string,
  now: number,
  { preferences: { say } }: Pick<StoreContext, 'preferences'>,
): MerchantRowView {
  const { state, since, proof, attention } = row.migration
  return {
    sub_mchid: row.sub_mchid,
    name: row.name,
    name_parts: highlight(row.name, query),
    tail: row.sub_mchid.slice(-4),
    place,
    state,
    state_label: say(stateKey(state)),
    proof: since === null || proof === null ? '' : proofLabel(proof, say),
    proof_age: since === null ? null : relativeTime(since, now, say),
    marks: attention.map(code =>
      say(code === 'SUSPECTED' && row.suspected ? 'attention.suspected_of' : `attention.${code}`, row.suspected),
    ),
    receipt_open: row.receipt_status === 'open',
    advertising_open: row.advertising_status === 'open',
  }
}

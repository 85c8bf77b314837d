// What the phone knows of a shop whose page it does not have: its row of a list or of the offline pack, and as of when.
import type { OfflinePackRow, SubMerchantRow } from '../../typings/api'

export interface KeptRow {
  row: OfflinePackRow
  /** of the server (ms) */
  as_of: number
}

export const isAddressKnown = ({ address }: OfflinePackRow): boolean => address !== ''

/** A row of a list among those of the pack: it says nothing of how its name is read. */
export const asPackRow = (row: SubMerchantRow, mine: boolean): OfflinePackRow => ({
  ...row,
  assigned_to_me: mine,
  pinyin: '',
  pinyin_initials: '',
  other_pinyin: [],
  other_initials: [],
})

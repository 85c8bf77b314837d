// 收款入口: where a customer of the shop can start a payment (product.md §5.1), in the order of the checklist.
import type { PaymentEntry } from '../../../../typings/api'

export const PAYMENT_ENTRIES = [
  'table_sticker',
  'counter_stand',
  'official_account',
  'h5_link',
  'mini_program',
  'payment_code',
  'native_qr',
  'other',
] as const satisfies readonly PaymentEntry[]

/** of app-icon */
export const ENTRY_ICONS: Record<string, string> = {
  table_sticker: 'qr',
  counter_stand: 'qr',
  official_account: 'chat-o',
  h5_link: 'share-o',
  mini_program: 'wap-home-o',
  payment_code: 'scan',
  native_qr: 'qr',
  other: 'ellipsis',
}

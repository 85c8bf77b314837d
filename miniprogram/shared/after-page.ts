// 支付完成后看到的页面: what the payer saw after tapping 完成 (product.md §5.2), in the order of the choices on screen.
import type { AfterPage } from '../../typings/api'

/** Which way an observation points: POS the official page was seen, NEG it was seen that it is not, none says nothing on migration. */
export type AfterPageClass = 'POS' | 'NEG' | 'none'

export const AFTER_PAGES = [
  { code: 'official_receipt', class: 'POS' },
  { code: 'merchant_receipt', class: 'POS' },
  { code: 'receipt_missing', class: 'POS' },
  { code: 'receipt_error', class: 'POS' },
  { code: 'legacy_page', class: 'NEG' },
  { code: 'closed', class: 'NEG' },
  { code: 'not_paid', class: 'none' },
  { code: 'unsure', class: 'none' },
] as const satisfies readonly { code: AfterPage; class: AfterPageClass }[]

export const afterPageClass = (code: AfterPage): AfterPageClass => AFTER_PAGES.find(page => page.code === code)?.class ?? 'none'

// English: same keys as words.zh-CN.ts.
import type { zhCN } from './words.zh-CN'

export const en: Record<keyof typeof zhCN, string> = {
  'page.mine': 'Me',

  'mine.regions': 'Area',
  'mine.all_regions': 'All regions',
  'mine.assigned_only': 'Only merchants assigned to me',
  'mine.provider': 'Provider',
  'mine.receipt_link': 'Merchant receipt link',
  'mine.receipt_link_ready': 'Configured',
  'mine.receipt_link_missing': 'Not configured',
  'mine.settings': 'Settings',
  'mine.settings_note': 'Language, appearance, text size',
}

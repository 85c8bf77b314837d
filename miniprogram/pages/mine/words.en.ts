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
  'mine.requests': 'Closing requests',
  'mine.requests_note': 'What I asked to close, and what came of it',
  'mine.desk': 'Manage',
  'mine.desk_note': 'Requests, records, and settings of the provider',
  'mine.settings': 'Settings',
  'mine.settings_note': 'Language, appearance, text size',
  'mine.help': 'Help and diagnostics',
  'mine.help_note': 'Gold Plan, JSAPI, every message',
}

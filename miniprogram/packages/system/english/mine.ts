// English: same keys as pages/mine/words.ts.
import type { zhCN } from '../../../pages/mine/words'
import type { SameKeys } from '../../../words/table'

export const mine: SameKeys<typeof zhCN> = {
  page: {
    mine: 'Me',
  },
  mine: {
    regions: 'Area',
    all_regions: 'All regions',
    assigned_only: 'Only merchants assigned to me',
    provider: 'Provider',
    receipt_link: 'Merchant receipt link',
    receipt_link_ready: 'Configured',
    receipt_link_missing: 'Not configured',
    desk: 'Manage',
    desk_note: 'Requests, records, and settings of the provider',
    desk_own: 'Requests to close, notices, changes, exports',
    settings: 'Settings',
    settings_note: 'Language, appearance, text size',
    help: 'Help and diagnostics',
    help_note: 'Gold Plan, JSAPI, every message',
  },
}

// English: same keys as words.zh-CN.ts.
import type { zhCN } from './words.zh-CN'

export const en: Record<keyof typeof zhCN, string> = {
  'page.staff': 'Staff',

  'staff.field': 'Name or staff number',
  'staff.new': 'New person',
  'staff.region': 'By region',
  'staff.clear': 'Show all',
  'staff.count': 'People: {count}',
  'staff.name': 'Name',
  'staff.role': 'Role',
  'staff.regions': 'Regions',
  'staff.state': 'State',
  'staff.shops': 'Merchants',
  'staff.work': 'To deal with',
  'staff.last': 'Last login',
  'staff.regions_more': '{named} and more, {count} regions',
  'staff.seen': 'Logged in {time}',
  'staff.never': 'Never logged in',
  'staff.stale': 'Old evidence: {count}',
  'staff.submitted': 'Visits to review: {count}',
  'staff.returned': 'Visits returned: {count}',
  'staff.none': 'No staff yet',
  'staff.none_sentence': 'Tap “New person”, fill it in, and send an invite.',
  'staff.none_filtered': 'Nobody matches',
  'staff.none_filtered_sentence': 'Try another name, role, state or region.',
}

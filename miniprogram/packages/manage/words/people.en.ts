// English: same keys as people.zh-CN.ts.
import type { zhCN } from './people.zh-CN'

export const en: Record<keyof typeof zhCN, string> = {
  'people.status_invited': 'Not bound yet',
  'people.status_active': 'Active',
  'people.status_disabled': 'Disabled',
  'people.everywhere': 'Everywhere',
  'people.shops': 'Merchants: {count}',
  'people.no_shops': 'No merchants',
  'people.search': 'Find a colleague',
  'people.nobody': 'Nobody responsible',
  'people.nobody_note': 'Found later under “Assigned to nobody”',
  'people.none': 'Nobody fits',
  'people.none_sentence': 'They have to be active, work at merchants, and in the right region.',
}

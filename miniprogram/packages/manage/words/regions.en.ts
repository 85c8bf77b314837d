// English: same keys as regions.zh-CN.ts.
import type { zhCN } from './regions.zh-CN'

export const en: Record<keyof typeof zhCN, string> = {
  'regions.title': 'Choose a region',
  'regions.up': 'One level up',
  'regions.take': 'Choose {name}',
  'regions.choose_first': 'Tap a region first',
  'regions.failed': 'Regions did not load, tap to try again',
}

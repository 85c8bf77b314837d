// English: same keys as words.zh-CN.ts.
import type { zhCN } from './words.zh-CN'

export const en: Record<keyof typeof zhCN, string> = {
  'page.visit_detail': 'Visit',

  'network.offline': 'No network',
}

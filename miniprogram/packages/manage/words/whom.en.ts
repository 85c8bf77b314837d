// English: same keys as whom.zh-CN.ts.
import type { zhCN } from './whom.zh-CN'

export const en: Record<keyof typeof zhCN, string> = {
  'whom.sentence': 'This page is for those who manage. Tell an administrator what you need done.',
  'whom.contact': 'Ask an administrator',
}

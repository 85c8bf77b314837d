// English: same keys as words.zh-CN.ts.
import type { zhCN } from './words.zh-CN'

export const en: Record<keyof typeof zhCN, string> = {
  'page.checklist_preview': 'Checklist preview',

  'preview.banner': 'As an agent sees it',
  'preview.banner_text': 'Try answers to see the conditions follow. Nothing here is kept.',
  'preview.no_photo': 'No photos in the preview',
}

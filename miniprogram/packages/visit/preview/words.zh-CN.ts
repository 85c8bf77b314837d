// 简体中文: the words of this page.
import { addWords } from '../../../words/index'
import { en } from './words.en'

export const zhCN = {
  'page.checklist_preview': '检查表预览',

  'preview.banner': '业务员看到的样子',
  'preview.banner_text': '可以点一点，看条件怎么变。这里的回答不保存。',
  'preview.no_photo': '预览里不拍照',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}

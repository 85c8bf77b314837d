// 简体中文: whom to ask about a page of the desk that one's role does not open.
import { addWords } from '../../../words/index'
import { en } from './whom.en'

export const zhCN = {
  'whom.sentence': '这一页给管理的同事用。有事要办，把要办的事告诉管理员。',
  'whom.contact': '联系管理员',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}

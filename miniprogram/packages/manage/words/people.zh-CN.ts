// 简体中文: what the pages about staff and about who has which shops say alike.
import { addWords } from '../../../words/index'
import { en } from './people.en'

export const zhCN = {
  'people.status_invited': '待绑定',
  'people.status_active': '在用',
  'people.status_disabled': '已停用',
  'people.everywhere': '全部地区',
  'people.shops': '{count} 家商户',
  'people.no_shops': '没有商户',
  'people.search': '找同事',
  'people.nobody': '不指定负责人',
  'people.nobody_note': '之后在商户列表按「没人负责」找到',
  'people.none': '没有合适的同事',
  'people.none_sentence': '要在用、负责商户，并且地区合适。',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}

// 简体中文: choosing a region.
import { addWords } from '../../../words/index'
import { en } from './regions.en'

export const zhCN = {
  'regions.title': '选一个地区',
  'regions.up': '上一级',
  'regions.take': '选{name}',
  'regions.choose_first': '先点一个地区',
  'regions.failed': '地区没有加载出来，点此重试',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}

// 简体中文: the words of this page.
import { addWords } from '../../../words/index'
import { en } from './words.en'

export const zhCN = {
  'page.settings': '设置',

  'pack.title': '离线包',
  'pack.remove': '删除',
  'pack.remove_title': '删除离线包？',
  'pack.remove_text': '没有网络时就不能找商户了，可以随时再下载。',

  'settings.photos': '照片只用 Wi-Fi 上传',
  'settings.photos_note': '没有 Wi-Fi 时照片留在手机里，其他内容照常发出',
  'settings.cache': '清除缓存',
  'settings.cache_note': '最近查看、缓存的商户和数字。离线包、草稿和没发出的内容不动',
  'settings.cache_done': '已清除',
  'settings.language': '语言',
  'settings.language_system': '跟随系统',
  'settings.language_zh': '简体中文',
  'settings.language_en': 'English',
  'settings.theme': '外观',
  'settings.theme_system': '跟随系统',
  'settings.theme_light': '浅色',
  'settings.theme_dark': '深色',
  'settings.text': '文字大小',
  'settings.text_system': '跟随系统',
  'settings.text_standard': '标准',
  'settings.text_large': '大字',
  'settings.version': '版本',
  'settings.version_develop': '开发版',
  'settings.version_trial': '体验版',
  'settings.version_release': '正式版',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}

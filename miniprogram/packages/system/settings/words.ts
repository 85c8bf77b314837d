// The words of this page, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    settings: ['设置', 'Settings'],
  },
  pack: {
    title: ['离线包', 'Offline pack'],
    remove: ['删除', 'Delete'],
    remove_title: ['删除离线包？', 'Delete the offline pack?'],
    remove_text: [
      '没有网络时就不能找商户了，可以随时再下载。',
      'Without a network you will not be able to find merchants. You can download it again at any time.',
    ],
  },
  settings: {
    photos: ['照片只用 Wi-Fi 上传', 'Upload photos on Wi-Fi only'],
    photos_note: [
      '没有 Wi-Fi 时照片留在手机里，其他内容照常发出',
      'Without Wi-Fi photos stay on the phone. Everything else is sent as usual',
    ],
    cache: ['清除缓存', 'Clear cache'],
    cache_note: [
      '最近查看、缓存的商户和数字。离线包、草稿和没发出的内容不动',
      'Recent views, saved merchants and numbers. The offline pack, drafts and unsent items stay',
    ],
    cache_done: ['已清除', 'Cleared'],
    language: ['语言', 'Language'],
    language_system: ['跟随系统', 'Follow system'],
    language_zh: ['简体中文', '简体中文'],
    language_en: ['English', 'English'],
    theme: ['外观', 'Appearance'],
    theme_system: ['跟随系统', 'Follow system'],
    theme_light: ['浅色', 'Light'],
    theme_dark: ['深色', 'Dark'],
    text: ['文字大小', 'Text size'],
    text_system: ['跟随系统', 'Follow system'],
    text_standard: ['标准', 'Normal'],
    text_large: ['大字', 'Large'],
    version: ['版本', 'Version'],
    version_develop: ['开发版', 'Development'],
    version_trial: ['体验版', 'Trial'],
    version_release: ['正式版', 'Release'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}

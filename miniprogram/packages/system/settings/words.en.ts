// English: same keys as words.zh-CN.ts.
import type { zhCN } from './words.zh-CN'

export const en: Record<keyof typeof zhCN, string> = {
  'page.settings': 'Settings',

  'pack.title': 'Offline pack',
  'pack.remove': 'Delete',
  'pack.remove_title': 'Delete the offline pack?',
  'pack.remove_text': 'Without a network you will not be able to find merchants. You can download it again at any time.',

  'settings.photos': 'Upload photos on Wi-Fi only',
  'settings.photos_note': 'Without Wi-Fi photos stay on the phone. Everything else is sent as usual',
  'settings.cache': 'Clear cache',
  'settings.cache_note': 'Recent views, saved merchants and numbers. The offline pack, drafts and unsent items stay',
  'settings.cache_done': 'Cleared',
  'settings.language': 'Language',
  'settings.language_system': 'Follow system',
  'settings.language_zh': '简体中文',
  'settings.language_en': 'English',
  'settings.theme': 'Appearance',
  'settings.theme_system': 'Follow system',
  'settings.theme_light': 'Light',
  'settings.theme_dark': 'Dark',
  'settings.text': 'Text size',
  'settings.text_system': 'Follow system',
  'settings.text_standard': 'Normal',
  'settings.text_large': 'Large',
  'settings.version': 'Version',
  'settings.version_develop': 'Development',
  'settings.version_trial': 'Trial',
  'settings.version_release': 'Release',
}

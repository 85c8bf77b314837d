// The four looks in which every scene is drawn.
import type { PhoneSettings } from '../../simulator/phone/settings.ts'

export const MODES = {
  light: { label: '浅色', settings: { dark: false, fontScale: 1, locale: 'zh_CN' } },
  dark: { label: '深色', settings: { dark: true, fontScale: 1, locale: 'zh_CN' } },
  large: { label: '大字', settings: { dark: false, fontScale: 1.4, locale: 'zh_CN' } },
  english: { label: 'English', settings: { dark: false, fontScale: 1, locale: 'en' } },
} as const satisfies Record<string, { label: string; settings: Pick<PhoneSettings, 'dark' | 'fontScale' | 'locale'> }>

export type Mode = keyof typeof MODES
export const MODE_NAMES = Object.keys(MODES) as Mode[]

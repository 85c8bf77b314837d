// The five looks in which every scene is drawn; what is drawn in a computer's window has no small one.
import type { PhoneSettings } from '../../simulator/phone/settings.ts'

export const MODES = {
  light: { label: '浅色', settings: { device: 'iphone-x', dark: false, fontScale: 1, locale: 'zh_CN' } },
  dark: { label: '深色', settings: { device: 'iphone-x', dark: true, fontScale: 1, locale: 'zh_CN' } },
  large: { label: '大字', settings: { device: 'iphone-x', dark: false, fontScale: 1.4, locale: 'zh_CN' } },
  small: { label: '小屏', settings: { device: 'iphone-se', dark: false, fontScale: 1, locale: 'zh_CN' } },
  english: { label: 'English', settings: { device: 'iphone-x', dark: false, fontScale: 1, locale: 'en' } },
} as const satisfies Record<string, { label: string; settings: Pick<PhoneSettings, 'device' | 'dark' | 'fontScale' | 'locale'> }>

export type Mode = keyof typeof MODES
export const MODE_NAMES = Object.keys(MODES) as Mode[]

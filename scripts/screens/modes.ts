// The three looks in which every scene is drawn.
import type { PhoneSettings } from '../../simulator/phone/settings.ts'

export const MODES = {
  light: { label: '浅色', settings: { dark: false, fontScale: 1 } },
  dark: { label: '深色', settings: { dark: true, fontScale: 1 } },
  large: { label: '大字', settings: { dark: false, fontScale: 1.4 } },
} as const satisfies Record<string, { label: string; settings: Pick<PhoneSettings, 'dark' | 'fontScale'> }>

export type Mode = keyof typeof MODES
export const MODE_NAMES = Object.keys(MODES) as Mode[]

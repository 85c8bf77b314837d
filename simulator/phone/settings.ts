// What a person (or a test) can set on the phone while the app runs. The server keeps them, the frame obeys them.

export interface PhoneSettings {
  /** no network: every request fails */
  offline: boolean
  /** weak network: every request waits `SLOW_NETWORK_MS` first */
  slow: boolean
  dark: boolean
  /** WeChat's fontSizeScaleFactor: 1 is standard, 1.3 and more is large text */
  fontScale: number
  /** what the next wx.scanCode reads; empty: the phone asks */
  scanText: string
  /** what wx.login answers, made one-time by a `#<n>` suffix */
  loginCode: string
  /** the app's clock runs this many milliseconds ahead of the machine's */
  clockOffsetMs: number
  locale: string
}

export const SLOW_NETWORK_MS = 3_000

export const defaultSettings: PhoneSettings = {
  offline: false,
  slow: false,
  dark: false,
  fontScale: 1,
  scanText: '',
  loginCode: 'simulator',
  clockOffsetMs: 0,
  locale: 'zh_CN',
}

/**
 * Takes the known settings out of what a client sent.
 * @throws Error that names the setting and the type it needs
 */
export function readSettings(input: unknown): Partial<PhoneSettings> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw new Error('settings: give a JSON object')
  const settings: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(input)) {
    if (!(name in defaultSettings)) throw new Error(`${name}: no such setting; there are ${Object.keys(defaultSettings).join(', ')}`)
    const needed = typeof defaultSettings[name as keyof PhoneSettings]
    if (typeof value !== needed || (needed === 'number' && !Number.isFinite(value))) throw new Error(`${name}: give a ${needed}`)
    settings[name] = value
  }
  return settings as Partial<PhoneSettings>
}

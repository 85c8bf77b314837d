// What a person (or a test) can set on the phone while the app runs. The server keeps them, the frame obeys them.

import { DEVICE_NAMES, type DeviceName } from './devices.ts'
import { readFaults } from './faults.ts'
import { checkLocation } from './location.ts'

/** The zone of the phone's clock: WeChat apps show China's time, and a clock of another zone beside them says that one of the two is wrong. */
export const PHONE_ZONE = 'Asia/Shanghai'

/** hh:mm:ss in the phone's zone */
export const clockTime = (at: number): string => new Date(at).toLocaleTimeString('zh-CN', { hour12: false, timeZone: PHONE_ZONE })

export interface PhoneSettings {
  /** which machine it is (devices.ts); another one brings its own pixelRatio */
  device: DeviceName
  /** an iPad turns where app.json says `"resizable": true`, a phone where the page's `pageOrientation` is `auto` */
  landscape: boolean
  /** CSS px of a computer's window, its bar included; without `"resizable": true` it stays 414 × 736 */
  windowWidth: number
  windowHeight: number
  /** a box that is typed in raises a keyboard on the screen, which covers the page or pushes it up */
  keyboard: boolean
  /** 1: the machine's own speed; 4: everything the app does takes four times as long */
  cpuSlowdown: number
  /** old: the app's scripts run with what iOS 12 and Android WebView 67 have (engine-floor.ts). Read when the app starts */
  engine: 'new' | 'old'
  /** KB that wx.setStorage may keep in all; WeChat gives 10240. 0: nothing more can be kept */
  storageLimit: number
  /** no network: every request fails */
  offline: boolean
  /** weak network: every request waits `SLOW_NETWORK_MS` first */
  slow: boolean
  /** going offline and coming back is told to nobody (wx.onNetworkStatusChange), as phones do now and then; wx.getNetworkType tells the truth */
  lostNetworkEvents: boolean
  /** here: every sub-package is on the phone · asNeeded: each is downloaded when it is first opened or preloaded, and not without a network */
  packages: 'here' | 'asNeeded'
  dark: boolean
  /** WeChat's fontSizeScaleFactor: 1 is standard, 1.3 and more is large text */
  fontScale: number
  /** what the next wx.scanCode reads; empty: the phone asks */
  scanText: string
  /** where the phone is, `latitude,longitude`; `deny`: the person refuses to tell; empty: they are asked */
  location: string
  /** the file that lies in the chat of wx.chooseMessageFile: its name, a line end, what it holds; empty: the machine's own files are asked for */
  chatFile: string
  /** what wx.login answers, made one-time by a `#<n>` suffix */
  loginCode: string
  /** the app's clock runs this many milliseconds ahead of the machine's */
  clockOffsetMs: number
  locale: string
  /** pixels of the screen for one of CSS: what a canvas is exported with unless the app says otherwise */
  pixelRatio: number
  /**
   * works: everything · fixed: an offscreen canvas keeps the size that it was made with · page: an offscreen canvas cannot be exported ·
   * none: nor can one of the page
   */
  canvas: 'works' | 'fixed' | 'page' | 'none'
  /** a box tells what was typed only at blur and confirm, as after pinyin or dictation on some phones */
  quietInput: boolean
  /** APIs that go wrong (faults.ts), e.g. `chooseMedia=never; scanCode=fail auth deny`; empty: none */
  faults: string
  /** x.y.z of the app as WeChat names it; empty: not released, as in DevTools. Read when the app starts */
  appVersion: string
  /** what wx.getUpdateManager finds: none · ready: a new version, downloaded · failed: a new version that cannot be downloaded */
  update: 'none' | 'ready' | 'failed'
}

export const SLOW_NETWORK_MS = 3_000

export const defaultSettings: PhoneSettings = {
  device: 'iphone-x',
  landscape: false,
  windowWidth: 1_024,
  windowHeight: 720,
  keyboard: false,
  cpuSlowdown: 1,
  engine: 'new',
  storageLimit: 10_240,
  offline: false,
  slow: false,
  lostNetworkEvents: false,
  packages: 'here',
  dark: false,
  fontScale: 1,
  scanText: '',
  location: '',
  chatFile: '',
  loginCode: 'simulator',
  clockOffsetMs: 0,
  locale: 'zh_CN',
  pixelRatio: 3,
  canvas: 'works',
  quietInput: false,
  faults: '',
  appVersion: '',
  update: 'none',
}

const CHOICES: Partial<Record<keyof PhoneSettings, readonly string[]>> = {
  device: DEVICE_NAMES,
  engine: ['new', 'old'],
  canvas: ['works', 'fixed', 'page', 'none'],
  update: ['none', 'ready', 'failed'],
  packages: ['here', 'asNeeded'],
}

/** the least and the most of numbers that have such */
const RANGES: Partial<Record<keyof PhoneSettings, readonly [number, number]>> = {
  windowWidth: [280, 3_840],
  windowHeight: [320, 2_160],
  cpuSlowdown: [1, 20],
  storageLimit: [0, 1_048_576],
  pixelRatio: [0.5, 8],
  fontScale: [0.5, 4],
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
    const choices = CHOICES[name as keyof PhoneSettings]
    if (choices && !choices.includes(value as string)) throw new Error(`${name}: give one of ${choices.join(', ')}`)
    const range = RANGES[name as keyof PhoneSettings]
    if (range && !((value as number) >= range[0] && (value as number) <= range[1]))
      throw new Error(`${name}: give a number from ${range[0]} to ${range[1]}`)
    if (name === 'faults') readFaults(value as string)
    if (name === 'location') checkLocation(value as string)
    settings[name] = value
  }
  return settings as Partial<PhoneSettings>
}

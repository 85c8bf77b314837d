// The machines that the phone page can be: sizes, bars and what wx.getDeviceInfo tells of them. All lengths are CSS px.
// Bars of phones: as WeChat draws them on the models named; the computer's window: 414 × 736 unless app.json says "resizable": true.

import type { Runtime } from '../runtime/contract.ts'

export const DEVICE_NAMES = ['iphone-x', 'iphone-notch', 'iphone-se', 'android-small', 'ipad', 'computer'] as const
export type DeviceName = (typeof DEVICE_NAMES)[number]

interface Device {
  width: number
  height: number
  statusBar: number
  navigationBar: number
  /** from the top of the screen to that of the capsule */
  menuTop: number
  homeIndicator: number
  /** of the on-screen keyboard, home indicator included; a computer has none */
  keyboard: number
  /** pixels of the screen for one of CSS */
  pixelRatio: number
  told: { platform: string; brand: string; model: string; system: string }
}

const DEVICES: Record<DeviceName, Device> = {
  // what DevTools shows at first, and calls itself
  'iphone-x': {
    width: 375,
    height: 812,
    statusBar: 44,
    navigationBar: 44,
    menuTop: 48,
    homeIndicator: 34,
    keyboard: 335,
    pixelRatio: 3,
    told: { platform: 'devtools', brand: 'devtools', model: 'iPhone X', system: 'iOS 10.0.1' },
  },
  'iphone-notch': {
    width: 390,
    height: 844,
    statusBar: 47,
    navigationBar: 44,
    menuTop: 51,
    homeIndicator: 34,
    keyboard: 336,
    pixelRatio: 3,
    told: { platform: 'ios', brand: 'iPhone', model: 'iPhone 14<iPhone14,7>', system: 'iOS 16.6' },
  },
  // the narrowest that is still in use
  'iphone-se': {
    width: 320,
    height: 568,
    statusBar: 20,
    navigationBar: 44,
    menuTop: 24,
    homeIndicator: 0,
    keyboard: 253,
    pixelRatio: 2,
    told: { platform: 'ios', brand: 'iPhone', model: 'iPhone SE<iPhone8,4>', system: 'iOS 15.8' },
  },
  'android-small': {
    width: 360,
    height: 640,
    statusBar: 24,
    navigationBar: 48,
    menuTop: 32,
    homeIndicator: 0,
    keyboard: 260,
    pixelRatio: 2,
    told: { platform: 'android', brand: 'Android', model: 'Android', system: 'Android 8.1.0' },
  },
  ipad: {
    width: 810,
    height: 1_080,
    statusBar: 20,
    navigationBar: 50,
    menuTop: 29,
    homeIndicator: 0,
    keyboard: 313,
    pixelRatio: 2,
    told: { platform: 'ios', brand: 'iPad', model: 'iPad (9th generation)<iPad12,1>', system: 'iOS 16.6' },
  },
  computer: {
    width: 414,
    height: 736,
    statusBar: 0,
    navigationBar: 44,
    menuTop: 6,
    homeIndicator: 0,
    keyboard: 0,
    pixelRatio: 1,
    told: { platform: 'windows', brand: 'microsoft', model: 'microsoft', system: 'Windows 10 x64' },
  },
}

const TAB_BAR = 49
/** a keyboard beside a screen that lies on its side takes less of it */
const LANDSCAPE_KEYBOARD = 0.75
export const MENU_BUTTON = { width: 87, height: 32, right: 7 }

/** What decides on the screen beside the machine itself. */
export interface ScreenChoice {
  device: DeviceName
  /** turned on its side, where the app or the page allows it */
  landscape: boolean
  /** of the computer's window, its bar included */
  windowWidth: number
  windowHeight: number
}

export interface ScreenLook extends Omit<Device, 'told' | 'pixelRatio'> {
  name: DeviceName
  /** home indicator included */
  tabBar: number
  /** room of the camera beside a phone on its side */
  side: number
  turned: boolean
  /** the person can drag the window larger and smaller */
  resizable: boolean
}

/** app.json's `"resizable": true` lets an iPad turn and a computer's window change; `pageOrientation` of a page lets a phone turn. */
export interface Allowance {
  resizable: boolean
  pageOrientation: unknown
}

export const allowanceOf = (runtime: Pick<Runtime, 'appJson' | 'pageStack'> | undefined): Allowance => ({
  resizable: runtime?.appJson['resizable'] === true,
  pageOrientation: runtime?.pageStack().at(-1)?.config['pageOrientation'],
})

export function screenLook(choice: ScreenChoice, { resizable, pageOrientation }: Allowance): ScreenLook {
  const { device: name } = choice
  const { told: _told, pixelRatio: _ratio, ...device } = DEVICES[name]
  const look = { ...device, name, tabBar: TAB_BAR + device.homeIndicator, side: 0, turned: false, resizable: false }
  if (name === 'computer') return resizable ? { ...look, width: choice.windowWidth, height: choice.windowHeight, resizable: true } : look
  const free = name === 'ipad' ? resizable : pageOrientation === 'auto'
  const turned = (choice.landscape && free) || (name !== 'ipad' && pageOrientation === 'landscape')
  if (!turned) return look
  const phone = name !== 'ipad'
  return {
    ...look,
    turned,
    width: device.height,
    height: device.width,
    keyboard: Math.round(device.keyboard * LANDSCAPE_KEYBOARD),
    // a phone on its side shows no status bar, and its camera takes room at the sides
    ...(phone ? { statusBar: 0, menuTop: device.menuTop - device.statusBar, side: device.homeIndicator > 0 ? device.statusBar : 0 } : {}),
  }
}

export const toldOf = (name: DeviceName): Device['told'] => DEVICES[name].told
export const pixelRatioOf = (name: DeviceName): number => DEVICES[name].pixelRatio

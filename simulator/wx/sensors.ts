// What a phone feels: how it is moved, turned and charged. A browser on a phone tells it too; a computer has nothing to tell, and nobody hears anything.
import { Listeners, methods, WxFailure, type Phone, type WxMethods } from './core.ts'

const EARTH = 9.806_65
const interval = { game: 20, ui: 60, normal: 200 }

/** One sensor: `start` and `stop` switch a listener of the browser on and off. Axes and units are WeChat's. */
function sensor<Browser extends Event>(
  names: { start: string; stop: string; change: string },
  source: string,
  read: (event: Browser) => object | undefined,
): WxMethods {
  const listeners = new Listeners<object>()
  let hear: ((event: Event) => void) | undefined
  const stop = () => {
    if (hear) window.removeEventListener(source, hear)
    hear = undefined
  }
  return {
    ...listeners.pair(names.change),
    ...methods({
      [names.start]: options => {
        stop()
        const pause = interval[options.interval as keyof typeof interval] ?? interval.normal
        let toldAt = -pause
        hear = event => {
          const felt = read(event as Browser)
          if (!felt || event.timeStamp - toldAt < pause) return
          toldAt = event.timeStamp
          listeners.emit(felt)
        }
        window.addEventListener(source, hear)
      },
      [names.stop]: stop,
    }),
  }
}

interface Battery extends EventTarget {
  level: number
  charging: boolean
}

function battery(): WxMethods {
  let known: Battery | undefined
  const changed = new Listeners<object>()
  const state = () => ({ level: Math.round((known?.level ?? 1) * 100), isCharging: known?.charging ?? true, isLowPowerModeEnabled: false })
  void (navigator as { getBattery?: () => Promise<Battery> }).getBattery?.().then(
    found => {
      known = found
      for (const name of ['levelchange', 'chargingchange']) found.addEventListener(name, () => changed.emit(state()))
    },
    () => {},
  )
  return { getBatteryInfoSync: state, ...changed.pair('BatteryInfoChange'), ...methods({ getBatteryInfo: state }) }
}

export function sensors(phone: Phone): WxMethods {
  let brightness = 0.5
  return {
    ...sensor<DeviceMotionEvent>(
      { start: 'startAccelerometer', stop: 'stopAccelerometer', change: 'AccelerometerChange' },
      'devicemotion',
      ({ accelerationIncludingGravity: felt }) =>
        felt?.x == null ? undefined : { x: felt.x / EARTH, y: (felt.y ?? 0) / EARTH, z: (felt.z ?? 0) / EARTH },
    ),
    ...sensor<DeviceMotionEvent>(
      { start: 'startGyroscope', stop: 'stopGyroscope', change: 'GyroscopeChange' },
      'devicemotion',
      ({ rotationRate: felt }) => (felt?.alpha == null ? undefined : { x: felt.beta ?? 0, y: felt.gamma ?? 0, z: felt.alpha }),
    ),
    ...sensor<DeviceOrientationEvent>(
      { start: 'startDeviceMotionListening', stop: 'stopDeviceMotionListening', change: 'DeviceMotionChange' },
      'deviceorientation',
      ({ alpha, beta, gamma }) => (alpha == null ? undefined : { alpha, beta: beta ?? 0, gamma: gamma ?? 0 }),
    ),
    ...sensor<DeviceOrientationEvent>(
      { start: 'startCompass', stop: 'stopCompass', change: 'CompassChange' },
      'deviceorientation',
      ({ alpha, absolute }) => (alpha == null || !absolute ? undefined : { direction: (360 - alpha) % 360, accuracy: 'medium' }),
    ),
    ...battery(),
    ...methods({
      getScreenBrightness: () => ({ value: brightness }),
      setScreenBrightness: ({ value }) => {
        if (typeof value !== 'number' || value < 0 || value > 1)
          throw new WxFailure('parameter error: parameter.value should be from 0 to 1;')
        brightness = value
        phone.log({ kind: 'console', text: `wx.setScreenBrightness ${value}` })
      },
    }),
  }
}

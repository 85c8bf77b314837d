// What a browser has of a phone, and what it lacks.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startPhone, type MiniProgram, type RunningPhone } from './running-phone.ts'

/** global of the app, in functions that are sent there as text */
declare const wx: {
  env: { USER_DATA_PATH: string }
  getFileSystemManager(): { writeFileSync(path: string, data: ArrayBuffer): void }
  canIUse(name: string): boolean
} & Record<'getBLEDeviceServices' | 'inventedByNobody', (...values: unknown[]) => unknown>

let phone: RunningPhone
let app: MiniProgram
beforeAll(async () => {
  phone = await startPhone()
  app = phone.app
})
afterAll(() => phone?.close())

describe('what is lacking', () => {
  it('fails by name when WeChat has it, and is absent when nobody has', async () => {
    await expect(
      app.evaluate(function () {
        return wx.getBLEDeviceServices({})
      }),
    ).rejects.toThrow('wx.getBLEDeviceServices is not supported by the simulator')
    expect(
      await app.evaluate(function () {
        return [
          typeof wx['inventedByNobody'],
          wx.canIUse('getBLEDeviceServices'),
          wx.canIUse('request'),
          wx.canIUse('showToast.object.icon'),
          wx.canIUse('button.open-type.share'),
          wx.canIUse('movable-view.scale'),
          wx.canIUse('video'),
        ]
      }),
    ).toEqual(['undefined', false, true, true, true, false, false])
  })

  it('never throws where WeChat answers later: callbacks, listeners, managers, the cloud', async () => {
    const told = await app.evaluate(function () {
      const lacking = wx as unknown as Record<string, (options?: unknown) => Record<string, (options?: unknown) => unknown>>
      if (lacking['onBeaconUpdate']) lacking['onBeaconUpdate'](() => {})
      lacking['offBeaconUpdate']!()
      const recorder = lacking['getRecorderManager']!() as unknown as Record<string, unknown> & {
        onStop(f: unknown): void
        onError(f: (failure: object) => void): void
        start(options: object): void
        stop(): void
      }
      recorder['name'] = 'a.mp3'
      recorder.onStop(() => {})
      let inTime = true
      const error = new Promise(heard => recorder.onError(failure => heard([inTime, failure])))
      recorder.start({ duration: 1000 })
      inTime = false
      recorder.stop()
      const easing = (wx as unknown as { worklet: { Easing: { bezier(...at: number[]): unknown } } }).worklet.Easing
      easing.bezier(0, 0, 1, 1)
      const plugin = (globalThis as unknown as { requirePlugin(name: string): { speak(): void } }).requirePlugin('voice')
      plugin.speak()
      const cloud = (wx as unknown as { cloud: Record<string, (options?: unknown) => unknown> }).cloud
      cloud['init']!({ env: 'x' })
      const list = cloud['database']!() as { collection(name: string): { where(query: object): { get(): Promise<unknown> } } }
      return new Promise<unknown>(done => {
        lacking['startBeaconDiscovery']!({ success: () => done('it succeeded'), fail: done })
      }).then(async failure => {
        const asked = await Promise.allSettled([list.collection('a').where({}).get()])
        return [recorder['name'], await error, failure, ...asked]
      })
    })
    expect(told).toEqual([
      'a.mp3',
      [false, { errMsg: 'start:fail wx.getRecorderManager.start is not supported by the simulator', errCode: -1 }],
      { errMsg: 'startBeaconDiscovery:fail wx.startBeaconDiscovery is not supported by the simulator' },
      {
        status: 'rejected',
        reason: { errMsg: 'get:fail wx.cloud.database.collection.where.get is not supported by the simulator' },
      },
    ])
    expect(phone.simulator.phone.log().map(({ text }) => text)).toContain('wx.getRecorderManager is not supported by the simulator')
  })

  it('takes a mock, and is lacking again when the mock goes', async () => {
    const beacons = { beacons: [] }
    const ask = () =>
      app.evaluate(function () {
        return Promise.all([wx.canIUse('getBeacons'), (wx as unknown as { getBeacons(): Promise<unknown> }).getBeacons()])
      })
    await app.mockWxMethod('getBeacons', beacons)
    expect(await ask()).toEqual([true, beacons])
    await app.restoreWxMethod('getBeacons')
    await expect(ask()).rejects.toThrow('wx.getBeacons is not supported by the simulator')
  })
})

describe('what a browser has of a phone', () => {
  it('plays a sound of the app to its end, and says what is none', async () => {
    const told = await app.evaluate(function () {
      // 0.2 s of silence, 8 bits, 8000 a second
      const sound = new Uint8Array(44 + 1_600).fill(128)
      const written = new DataView(sound.buffer)
      const put = (at: number, text: string) => [...text].forEach((letter, index) => written.setUint8(at + index, letter.charCodeAt(0)))
      put(0, 'RIFF')
      written.setUint32(4, sound.length - 8, true)
      put(8, 'WAVEfmt ')
      written.setUint32(16, 16, true)
      written.setUint16(20, 1, true)
      written.setUint16(22, 1, true)
      written.setUint32(24, 8_000, true)
      written.setUint32(28, 8_000, true)
      written.setUint16(32, 1, true)
      written.setUint16(34, 8, true)
      put(36, 'data')
      written.setUint32(40, 1_600, true)
      const path = wx.env.USER_DATA_PATH + '/beep.wav'
      wx.getFileSystemManager().writeFileSync(path, sound.buffer)
      type Player = Record<'onPlay' | 'onEnded' | 'onError' | 'onPause', (listener: (event: unknown) => void) => void> & {
        src: string
        paused: boolean
        duration: number
        play(): void
      }
      const player = (wx as unknown as { createInnerAudioContext(): Player }).createInnerAudioContext()
      return new Promise(function (done) {
        const heard: unknown[] = [player.src, player.paused, player.duration]
        player.onPlay(() => heard.push('play', player.paused))
        player.onPause(() => heard.push('pause'))
        player.onEnded(() => {
          heard.push('ended', player.duration)
          player.onError(failure => done([...heard, failure]))
          player.src = 'sounds/absent.mp3'
        })
        player.src = path
        player.play()
      })
    })
    expect(told).toEqual([
      '',
      true,
      0,
      'play',
      false,
      'ended',
      0.2,
      { errCode: 10_003, errMsg: expect.stringContaining('cannot be played') },
    ])
  })

  it('tells where the app goes before, when and after it is there', async () => {
    await app.evaluate(function () {
      const routes: string[] = []
      Object.assign(wx, { routes })
      const tell = wx as unknown as Record<string, (listener: (event: { path: string; openType: string }) => void) => void>
      for (const name of ['onBeforeAppRoute', 'onAppRoute', 'onAppRouteDone'])
        tell[name]!(({ path, openType }) => routes.push(`${name} ${openType} ${path}`))
    })
    await app.navigateTo('/pages/other/other?a=1')
    await app.navigateBack()
    const [there, back] = [`navigateTo pages/other/other`, `navigateBack pages/home/home`]
    expect(
      await app.evaluate(function () {
        return (wx as unknown as { routes: string[] }).routes
      }),
    ).toEqual([there, back].flatMap(where => ['onBeforeAppRoute', 'onAppRoute', 'onAppRouteDone'].map(name => `${name} ${where}`)))
  })

  it('answers at once what apps ask while they start: battery, engine, idle time, sensors that have nothing to tell', async () => {
    const told = await app.evaluate(function () {
      const ask = wx as unknown as Record<string, (option?: unknown) => unknown>
      ask['onAccelerometerChange']!(() => {})
      return Promise.all([
        ask['getBatteryInfoSync']!(),
        ask['getSkylineInfoSync']!(),
        ask['getExptInfoSync']!(),
        new Promise(done => ask['requestIdleCallback']!((deadline: { timeRemaining(): number }) => done(typeof deadline.timeRemaining()))),
        ask['startAccelerometer']!({}),
        ask['stopAccelerometer']!({}),
        ask['getLocalIPAddress']!({}),
        ask['setScreenBrightness']!({ value: 0.25 }),
        ask['getScreenBrightness']!({}),
      ])
    })
    expect(told).toMatchObject([
      { level: expect.any(Number), isCharging: expect.any(Boolean) },
      { isSupported: false },
      {},
      'number',
      { errMsg: 'startAccelerometer:ok' },
      { errMsg: 'stopAccelerometer:ok' },
      { localip: '127.0.0.1' },
      {},
      { value: 0.25 },
    ])
  })
})

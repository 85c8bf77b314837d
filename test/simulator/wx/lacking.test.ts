import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startPhone, type MiniProgram, type RunningPhone } from './running-phone.ts'

/** global of the app, in functions that are sent there as text */
declare const wx: {
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

// What a desktop browser hides of a phone, one switch each: missed network events, callbacks that never come, sub-packages that are not there.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { defaultSettings } from '../../../simulator/phone/settings.ts'
import { removeProjects, unit, writeProject } from '../support/project.ts'
import { startPhone, type RunningPhone } from '../wx/running-phone.ts'

/** globals of the app, in functions that are sent there as text */
declare const wx: {
  onNetworkStatusChange(listener: (state: { isConnected: boolean }) => void): void
  getStorageSync(key: string): unknown
  scanCode(options: object): void
}
declare const getApp: () => { heard: unknown[]; far(): Promise<unknown> }

let phone: RunningPhone
beforeAll(async () => {
  const project = writeProject({
    'app.json': JSON.stringify({
      pages: ['pages/a/index', 'pages/b/index'],
      subPackages: [
        { root: 'near', pages: ['one/index'] },
        { root: 'far', pages: ['two/index'] },
      ],
      preloadRule: { 'pages/b/index': { network: 'all', packages: ['near'] } },
    }),
    'app.js': "App({ heard: [], far: () => require.async('./far/two/script').then(it => it.n, error => error.message) })",
    'far/two/script.js': 'exports.n = 7',
    ...unit('pages/a/index', '<view>甲</view>'),
    ...unit('pages/b/index', '<view>乙</view>'),
    ...unit('near/one/index', '<view>一</view>'),
    ...unit('far/two/index', '<view>二</view>'),
  })
  phone = await startPhone({ project })
})
afterAll(async () => {
  await phone?.close()
  removeProjects()
})
afterEach(() => phone.simulator.phone.set(defaultSettings))

const open = (url: string, how = 'reLaunch') => phone.app.callWxMethod(how, { url })
/** of the app's own calls: faults do not concern the automation port */
const outcome = (api: string) =>
  phone.app.evaluate(function (name: string) {
    return new Promise(function (done) {
      const told = (what: string) => (result: { errMsg: string }) => done(what + ' ' + result.errMsg)
      try {
        ;(wx as unknown as Record<string, (options: object) => void>)[name]!({ success: told('success'), fail: told('fail') })
      } catch (error) {
        done('thrown ' + (error as Error).message)
      }
      setTimeout(function () {
        done('nothing')
      }, 3_000)
    })
  }, api)

describe('network events', () => {
  const heard = async (offline: boolean, lostNetworkEvents: boolean) => {
    await phone.simulator.phone.set({ offline, lostNetworkEvents })
    return phone.app.evaluate(() => getApp().heard.splice(0))
  }

  it('are told, and with lostNetworkEvents they are not: only who asks finds out', async () => {
    await phone.app.evaluate(function () {
      wx.onNetworkStatusChange(function (state) {
        getApp().heard.push(state.isConnected)
      })
    })
    expect(await heard(true, false)).toEqual([false])
    expect(await heard(false, false)).toEqual([true])
    expect(await heard(true, true)).toEqual([])
    expect(await phone.app.callWxMethod('getNetworkType', {})).toMatchObject({ networkType: 'none' })
    expect(await heard(false, true)).toEqual([])
  })
})

describe('an API', () => {
  it('never calls back, fails with a reason, or throws, as it is set', async () => {
    await phone.simulator.phone.set({ faults: 'getNetworkType=never; getLocation=fail auth deny; getImageInfo=throw broken' })
    expect(await outcome('getNetworkType')).toBe('nothing')
    expect(await outcome('getLocation')).toBe('fail getLocation:fail auth deny')
    expect(await outcome('getImageInfo')).toBe('thrown getImageInfo:fail broken')
    await phone.simulator.phone.set({ faults: '' })
    expect(await outcome('getNetworkType')).toBe('success getNetworkType:ok')
  })

  it('that gives a task gives one all the same', async () => {
    await phone.simulator.phone.set({ faults: 'connectSocket=never; request=fail timeout' })
    const told = await phone.app.evaluate(function () {
      const give = wx as unknown as Record<string, (options: object) => Record<string, (value?: unknown) => void>>
      give['connectSocket']!({ url: 'wss://example.com' })['onOpen']!(() => {})
      return new Promise(function (done) {
        give['request']!({ url: 'https://example.com', fail: done })['abort']!()
      })
    })
    expect(told).toEqual({ errMsg: 'request:fail timeout' })
  })

  it('has its fault refused when it is written wrongly', () => {
    expect(() => phone.simulator.phone.set({ faults: 'scanCode fails' })).toThrow('"scanCode fails" is none; write api=never')
  })
})

describe('sub-packages', () => {
  it('that are not on the phone cannot be opened without a network; those preloaded or opened before can', async () => {
    await open('/pages/a/index')
    await phone.simulator.phone.set({ packages: 'asNeeded' })
    await open('/pages/b/index')
    await phone.simulator.phone.set({ offline: true })
    await open('/near/one/index', 'navigateTo')
    await expect(open('/far/two/index', 'navigateTo')).rejects.toThrow('loadSubpackage timeout: far')
    await phone.simulator.phone.set({ offline: false })
    await open('/far/two/index', 'navigateTo')
    await phone.simulator.phone.set({ offline: true })
    await open('/far/two/index')
    expect((await phone.app.currentPage())!.path).toBe('far/two/index')
  })

  it('whose script is required asynchronously are downloaded with a network, and refuse it without one', async () => {
    const far = () => phone.app.evaluate(() => getApp().far())
    await open('/pages/a/index')
    await phone.simulator.phone.set({ packages: 'asNeeded', offline: true })
    expect(await far()).toContain('loadSubpackage timeout: far')
    await phone.simulator.phone.set({ offline: false })
    expect(await far()).toBe(7)
    await phone.simulator.phone.set({ offline: true })
    expect(await far()).toBe(7)
  })
})

// What apps ask of the phone they run on: storage, files, network, theme, clock, scanner, chat, place.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { eventually } from '../../support/eventually.ts'
import { startPhone, type MiniProgram, type RunningPhone } from './running-phone.ts'

interface Files {
  [method: string]: (...values: unknown[]) => { size: number }
}

/** globals of the app, in functions that are sent there as text */
declare const wx: {
  env: { USER_DATA_PATH: string }
  getFileSystemManager(): Files
  getStorageSync(key: string): Date
  onNetworkStatusChange(listener: (change: unknown) => void): void
  onThemeChange(listener: (change: unknown) => void): void
  getSystemInfo(options: { success: (info: { windowWidth: number }) => void }): void
  getExtConfigSync(): object
} & Record<'setStorageSync' | 'getStorage', (...values: unknown[]) => unknown>
declare const getApp: () => { heard: unknown[] }

let phone: RunningPhone
let app: MiniProgram

beforeAll(async () => {
  phone = await startPhone()
  app = phone.app
})
afterAll(() => phone?.close())
beforeEach(() => phone.untouched())

async function reload(): Promise<void> {
  const id = async () => ((await app.currentPage()) as unknown as { id: number }).id
  const before = await id()
  await phone.reload()
  await eventually('another page', async () => (await id()) !== before)
}

describe('wx storage', () => {
  it('keeps the type of what is stored, also over a reload of the frame', async () => {
    await app.callWxMethod('setStorageSync', 'kept', { list: [1, '二'], none: null })
    await app.evaluate(function () {
      wx.setStorageSync('date', new Date(5))
    })
    await app.evaluate(function () {
      return wx.getStorage({ key: 'kept' })
    })
    await reload()
    expect(await app.callWxMethod('getStorageSync', 'kept')).toEqual({ list: [1, '二'], none: null })
    expect(
      await app.evaluate(function () {
        return wx.getStorageSync('date').getTime()
      }),
    ).toBe(5)
  })

  it('answers an absent key with nothing (sync) and a failure (async)', async () => {
    expect(await app.callWxMethod('getStorageSync', 'absent')).toBe('')
    await expect(app.callWxMethod('getStorage', { key: 'absent' })).rejects.toThrow('data not found')
  })

  it('refuses more than 1 MB under one key', async () => {
    await expect(
      app.evaluate(function () {
        wx.setStorageSync('big', 'x'.repeat(1048577))
      }),
    ).rejects.toThrow('setStorageSync:fail entry size limit reached')
    expect((await app.callWxMethod('getStorageInfoSync')) as unknown as object).toMatchObject({ limitSize: 10_240 })
  })

  it('knows how much it keeps, as values come, change and go, and measures none of them again for another one', async () => {
    const size = async () => ((await app.callWxMethod('getStorageInfoSync')) as unknown as { currentSize: number }).currentSize
    const before = await size()
    await app.callWxMethod('setStorageSync', 'large', '面'.repeat(100_000))
    const after = await size()
    expect(after - before).toBeGreaterThanOrEqual(292)
    await reload()
    expect(await size()).toBe(after)
    const frame = phone.simulator.browserPage!.frames().find(candidate => candidate.url().includes('/frame/'))!
    await frame.evaluate(() => {
      const own = TextEncoder.prototype.encode
      const seen = ((globalThis as { __encoded?: number[] }).__encoded = [] as number[])
      TextEncoder.prototype.encode = function (text?: string) {
        seen.push(text?.length ?? 0)
        return own.call(this, text)
      }
    })
    await app.callWxMethod('setStorageSync', 'small', 'x')
    const measured = await frame.evaluate(() => (globalThis as { __encoded?: number[] }).__encoded!)
    expect(Math.max(...measured)).toBeLessThan(1_000)
    await app.callWxMethod('setStorageSync', 'large', 'x')
    expect((await size()) - before).toBeLessThanOrEqual(1)
    await app.callWxMethod('removeStorageSync', 'large')
    await app.callWxMethod('removeStorageSync', 'small')
    expect(await size()).toBe(before)
  })
})

describe('the phone', () => {
  it('answers getSystemInfo before the call returns, and has no settings of a third-party platform', async () => {
    const [inTime, ext] = await app.evaluate(function () {
      let width = 0
      wx.getSystemInfo({
        success: function (info) {
          width = info.windowWidth
        },
      })
      return [width > 0, wx.getExtConfigSync()]
    })
    expect([inTime, ext]).toEqual([true, {}])
  })

  it('tells the app of network, theme and text size as they change', async () => {
    await app.evaluate(function () {
      getApp().heard = []
      wx.onNetworkStatusChange(function (change) {
        getApp().heard.push(change)
      })
      wx.onThemeChange(function (change) {
        getApp().heard.push(change)
      })
    })
    await phone.simulator.phone.set({ offline: true, dark: true, fontScale: 1.4 })
    expect(
      await app.evaluate(function () {
        return getApp().heard
      }),
    ).toEqual(expect.arrayContaining([{ isConnected: false, networkType: 'none' }, { theme: 'dark' }]))
    expect(await app.callWxMethod('getAppBaseInfo')).toMatchObject({
      fontSizeScaleFactor: 1.4,
      theme: 'dark',
      language: 'zh_CN',
      SDKVersion: '3.8.0',
    })
  })

  it("moves the app's clock and nobody else's", async () => {
    const day = 86_400_000
    await phone.simulator.phone.set({ clockOffsetMs: day })
    const [now, made] = (await app.evaluate(function () {
      return [Date.now(), new Date().getTime(), new Date(5) instanceof Date]
    })) as unknown as [number, number]
    expect(now - Date.now()).toBeGreaterThan(day - 60_000)
    expect(made - now).toBeLessThan(1_000)
  })

  it('gives each login a code of its own, made of the code that was set', async () => {
    const [first, second] = [await app.callWxMethod('login', {}), await app.callWxMethod('login', {})] as unknown as { code: string }[]
    expect(first!.code).toMatch(/^tester#/)
    expect(second!.code).toMatch(/^tester#/)
    expect(first!.code).not.toBe(second!.code)
  })

  it('scans the text that was set', async () => {
    await phone.simulator.phone.set({ scanText: 'https://pay.example.com/商户' })
    expect(await app.callWxMethod('scanCode', {})).toMatchObject({ result: 'https://pay.example.com/商户', scanType: 'QR_CODE' })
  })

  it('gives the file that was put into the chat, with its own name, and not one of another kind', async () => {
    await phone.simulator.phone.set({ chatFile: '名单.csv\n商户号\n1900000109\n' })
    const { tempFiles } = (await app.callWxMethod('chooseMessageFile', { count: 1, type: 'file', extension: ['csv'] })) as unknown as {
      tempFiles: { name: string; size: number; path: string }[]
    }
    expect(tempFiles).toMatchObject([{ name: '名单.csv', size: 21 }])
    const read = await app.evaluate(function (path: string) {
      return wx.getFileSystemManager().readFileSync!(path, 'utf8')
    }, tempFiles[0]!.path)
    expect(read).toBe('商户号\n1900000109\n')
    await expect(app.callWxMethod('chooseMessageFile', { extension: ['xlsx'] })).rejects.toThrow(/^cancel$/)
  })

  it('asks what to scan when nothing was set; declining is a failure', async () => {
    const scanning = app.callWxMethod('scanCode', {})
    const failed = expect(scanning).rejects.toThrow(/^cancel$/)
    await eventually('the question', async () => {
      await app.native().cancelModal()
      return true
    })
    await failed
  })
})

it('asks about subscription messages in a tap only, for three templates at most', async () => {
  const subscribe = (tmplIds: string[]) => app.callWxMethod('requestSubscribeMessage', { tmplIds })
  await expect(subscribe(['a', 'b', 'c', 'd'])).rejects.toThrow('Templates count out of max bounds')
  await expect(subscribe([])).rejects.toThrow("TmplIds can't be empty")
  await expect(subscribe(['a'])).rejects.toThrow('can only be invoked by user TAP gesture')
})

describe('where the phone is', () => {
  const ask = () => app.callWxMethod('getLocation', {})

  it('tells a place that was set, and a person who refuses is a failure', async () => {
    await phone.simulator.phone.set({ location: '39.9088,116.3974' })
    expect(await ask()).toMatchObject({ latitude: 39.9088, longitude: 116.3974, accuracy: 30 })
    await phone.simulator.phone.set({ location: 'deny' })
    await expect(ask()).rejects.toThrow(/^auth deny$/)
    expect(() => phone.simulator.phone.set({ location: 'Beijing' })).toThrow('location: "Beijing" is none; give "latitude,longitude"')
  })

  it('asks the person once, who types where they are; what is no place is asked again', async () => {
    const asking = ask()
    const dialog = phone.simulator.browserPage!.frameLocator('#frame').getByRole('dialog')
    await dialog.getByRole('textbox').fill('somewhere')
    await dialog.getByText('允许').click()
    await dialog.getByText('“somewhere”不是位置').waitFor()
    await dialog.getByRole('textbox').fill('31.2397，121.4997')
    await dialog.getByText('允许').click()
    expect(await asking).toMatchObject({ latitude: 31.2397, longitude: 121.4997 })
    expect(await ask()).toMatchObject({ latitude: 31.2397 })
    expect(await app.callWxMethod('getSetting', {})).toMatchObject({ authSetting: { 'scope.userLocation': true } })
  })

  it('lets the person choose a place, and shows one', async () => {
    const choosing = app.callWxMethod('chooseLocation', {})
    const dialogs = phone.simulator.browserPage!.frameLocator('#frame').getByRole('dialog')
    await dialogs.getByText('外滩').click()
    expect(await choosing).toMatchObject({ name: '外滩', address: '上海市黄浦区中山东一路', latitude: 31.239703 })
    await app.callWxMethod('openLocation', { latitude: 31.2, longitude: 121.4, name: '面馆', address: '中山东一路' })
    await dialogs.getByText('31.2,121.4').waitFor()
    await dialogs.getByText('知道了').click()
  })

  it('follows the phone while it is asked to', async () => {
    await phone.simulator.phone.set({ location: '30,120' })
    await app.evaluate(function () {
      const told: number[] = []
      Object.assign(wx, { told })
      const follower = wx as unknown as Record<'onLocationChange' | 'startLocationUpdate', (value: unknown) => unknown>
      follower.onLocationChange((place: { latitude: number }) => told.push(place.latitude))
      return follower.startLocationUpdate({})
    })
    await phone.simulator.phone.set({ location: '31,120' })
    await eventually('both places', async () => {
      const told = await app.evaluate(function () {
        return (wx as unknown as { told: number[] }).told
      })
      return JSON.stringify(told) === '[30,31]'
    })
  })
})

describe('who holds the phone', () => {
  it('is nobody in particular, as WeChat has told apps since 2022', async () => {
    expect(await app.callWxMethod('getUserInfo', {})).toMatchObject({ userInfo: { nickName: '微信用户', gender: 0 } })
    expect(await app.callWxMethod('getUserProfile', { desc: '用于展示' })).toMatchObject({ userInfo: { nickName: '微信用户' } })
    await expect(app.callWxMethod('getUserProfile', {})).rejects.toThrow('parameter.desc should be String')
  })
})

describe('files', () => {
  it('keeps files, folders and their sizes, and refuses what is not there', async () => {
    expect(
      await app.evaluate(function () {
        const files = wx.getFileSystemManager()
        const root = wx.env.USER_DATA_PATH
        files.mkdirSync!(root + '/a/b', true)
        files.writeFileSync!(root + '/a/b/c.txt', '店', 'utf8')
        const size = files.statSync!(root + '/a/b/c.txt').size
        const listed = files.readdirSync!(root + '/a/b')
        files.unlinkSync!(root + '/a/b/c.txt')
        let refusal = ''
        try {
          files.readFileSync!(root + '/a/b/c.txt')
        } catch (error) {
          refusal = (error as Error).message
        }
        return { size, listed, refusal }
      }),
    ).toEqual({ size: 3, listed: ['c.txt'], refusal: expect.stringContaining('readFileSync:fail no such file or directory') })
  })
})

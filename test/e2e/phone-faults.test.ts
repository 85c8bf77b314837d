// What a real phone does and a desktop browser hides, gone through as a person goes through it.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { answerWechat, photograph, photosOf, wechatSays } from '../support/camera.ts'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

/** globals of the app, in functions that are sent there as text */
declare const wx: {
  env: { USER_DATA_PATH: string }
  getFileSystemManager(): { readdirSync(path: string): string[]; statSync(path: string): { lastModifiedTime: number } }
  getImageInfo(options: { src: string }): Promise<{ width: number; height: number }>
}

let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.loginAs('field_agent')
  await world.phone.logIn()
})
afterAll(() => world?.close())
beforeEach(() =>
  world.simulator.phone.set({ pixelRatio: 3, canvas: 'works', quietInput: false, faults: '', update: 'none', offline: false }),
)

const A3 = ['#ask-A3', '#photos-A3']
const beginVisit = async (sub_mchid: string) => {
  await world.phone.open('/pages/home/index', 'switchTab')
  await world.phone.open(`/packages/visit/edit/index?sub_mchid=${sub_mchid}`, 'navigateTo')
  await world.phone.find('#progress')
}
/** sides of all photos that are kept on the phone */
const keptPhotos = () =>
  world.phone.miniProgram.evaluate(function () {
    const folder = wx.env.USER_DATA_PATH + '/photos'
    return Promise.all(
      wx
        .getFileSystemManager()
        .readdirSync(folder)
        .map(function (name) {
          return wx.getImageInfo({ src: folder + '/' + name })
        }),
    ).then(function (photos) {
      return photos.map(function (photo) {
        return [photo.width, photo.height]
      })
    })
  }) as unknown as Promise<[number, number][]>

describe('a photo', () => {
  test.each(['works', 'fixed', 'page'] as const)(
    'given a screen of four pixels for one and canvases that are "%s", then the photo is as large as asked for and stamped',
    async canvas => {
      await beginVisit('1900000109')
      await world.simulator.phone.set({ pixelRatio: 4, canvas })
      await photograph(world, ...A3)
      const kept = await keptPhotos()
      expect(kept.length).toBeGreaterThan(0)
      expect(kept).toEqual(kept.map(() => [1_200, 900]))
      await world.phone.gone('#photo-trouble')
      await world.phone.tap(...A3, '.remove')
      await eventually('no photo', async () => (await photosOf(world, ...A3)) === 0)
    },
  )

  test('given a phone that can export no canvas, then the photo is kept without its stamp, and the page says so', async () => {
    await beginVisit('1900000109')
    await world.simulator.phone.set({ canvas: 'none' })
    await photograph(world, ...A3)
    await world.phone.reads('没有水印', '#photo-trouble')
    await world.phone.tap(...A3, '.remove')
    await eventually('no photo', async () => (await photosOf(world, ...A3)) === 0)
  })

  test('given a storage that cannot be read at a start, then the photo of a draft is still there at the next', async () => {
    await beginVisit('1900000161')
    await photograph(world, ...A3)
    const kept = await keptPhotos()
    expect(kept.length).toBeGreaterThan(0)
    await world.simulator.phone.set({ faults: 'getStorageInfoSync=throw;getStorageSync=throw' })
    await world.simulator.restart()
    // files that nobody needs go 2 s after a start, by a timer of the same clock
    await world.phone.miniProgram.evaluate(function () {
      return new Promise<void>(function (done) {
        setTimeout(done, 2_500)
      })
    })
    await world.simulator.phone.set({ faults: '' })
    await world.simulator.restart()
    await beginVisit('1900000161')
    expect(await keptPhotos()).toEqual(kept)
    await world.phone.tap(...A3, '.remove')
  })
})

/** What the keyboard does last: the box is left, or its own key is pressed. */
const endTyping = async (how: 'blur' | 'confirm') => {
  const frame = world.simulator.browserPage!.frames().find(one => new URL(one.url()).pathname === '/frame/')!
  await frame.evaluate(last => {
    const field = document.activeElement as HTMLElement
    if (last === 'blur') field.blur()
    else field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  }, how)
}

describe('a keyboard that ends without an input event', () => {
  test('given text and a number of a visit, then they are kept when the box is left', async () => {
    await beginVisit('1900000109')
    await world.simulator.phone.set({ quietInput: true })
    await world.phone.type('李姐', '#ask-F3', '#text-F3')
    await endTyping('blur')
    await world.phone.type('２.5秒', '#ask-D3', '#number-D3')
    await endTyping('blur')
    await beginVisit('1900000109')
    await world.phone.holds('李姐', '#ask-F3', '#text-F3')
    await world.phone.holds('2.5', '#ask-D3', '#number-D3')
  })

  test('given the search key, then its own value is searched', async () => {
    await world.phone.open('/pages/merchants/index', 'switchTab')
    await world.simulator.phone.set({ quietInput: true })
    await world.phone.type('kjmg', '#search', 'van-search', 'van-field', 'input')
    world.forgetRequests()
    await endTyping('confirm')
    await eventually('the search', () => world.requests(/^GET \/v1\/sub-merchants\?.*q=kjmg/).length > 0)
  })

  test('given what is no number, then the box keeps it and says so beside it; given one on its way, then its point stays', async () => {
    await beginVisit('1900000109')
    await world.phone.type('很快', '#ask-D3', '#number-D3')
    await world.phone.reads('看不懂这个数', '#ask-D3', '#fault-D3')
    await world.phone.holds('很快', '#ask-D3', '#number-D3')
    await world.phone.type('3.', '#ask-D3', '#number-D3')
    await world.phone.gone('#ask-D3', '#fault-D3')
    await world.phone.holds('3.', '#ask-D3', '#number-D3')
  })
})

describe('a camera that does not answer', () => {
  test('given chooseMedia that never calls back, then nothing spins, and the next tap takes the photo', async () => {
    await beginVisit('1900000109')
    const before = await photosOf(world, ...A3)
    await world.simulator.phone.set({ faults: 'chooseMedia=never' })
    await world.phone.tap(...A3, '#add')
    await eventually('the camera was asked', () => world.simulator.phone.log().some(({ text }) => text === 'wx.chooseMedia: never'))
    expect(await (await world.phone.find('#bar', '#primary')).property('loading')).toBe(false)
    await world.simulator.phone.set({ faults: '' })
    await eventually('the camera opens again', async () => {
      await world.phone.tap(...A3, '#add')
      return answerWechat(world, '1 张照片')
    })
    await eventually('one more photo', async () => (await photosOf(world, ...A3)) === before + 1)
  })

  test.each([
    ['auth deny', '手机设置'],
    ['out of memory', '内存不够'],
    ['not support', '不能拍照'],
    ['system error', '再点一次'],
  ])('given chooseMedia that fails with "%s", then the page says %s', async (why, said) => {
    await beginVisit('1900000109')
    await world.simulator.phone.set({ faults: `chooseMedia=fail ${why}` })
    await world.phone.tap(...A3, '#add')
    await world.phone.reads(said, '#photo-trouble')
  })
})

describe('from page to page', () => {
  const shop = '/packages/merchant/detail/index?sub_mchid=1900000109'
  const depth = async () => (await world.phone.miniProgram.pageStack()).length

  test('given a page that does not open, then it is said, and the next tap opens it', async () => {
    await world.phone.open('/pages/mine/index', 'switchTab')
    await world.simulator.phone.set({ faults: 'navigateTo=fail timeout' })
    await world.phone.tap('#settings')
    await eventually('what is said', () => wechatSays(world, /还没有下载好/))
    await world.simulator.phone.set({ faults: '' })
    await world.phone.tap('#settings')
    await world.phone.at('packages/system/settings/index')
  })

  test('given ten pages, then the eleventh takes the place of the last', async () => {
    await world.phone.open('/pages/home/index', 'switchTab')
    while ((await depth()) < 10) await world.phone.open(shop, 'navigateTo')
    await world.phone.find('#verdict')
    await world.phone.tap('#all-evidence')
    await world.phone.at('packages/merchant/evidence/index')
    expect(await depth()).toBe(10)
  })

  test('given a clipboard that refuses, then the text is shown to be copied by hand', async () => {
    await world.phone.open(shop)
    await world.simulator.phone.set({ faults: 'setClipboardData=fail auth deny' })
    await world.phone.tap('#verdict', '#copy-number')
    await eventually('the text', () => wechatSays(world, /没有复制成功[^]*1900000109/))
    await answerWechat(world, '知道了')
  })
})

describe('a version', () => {
  test('given a new one that WeChat has downloaded, then a tab page asks, and a form in progress is there after the restart', async () => {
    await beginVisit('1900000109')
    await world.phone.type('王姐', '#ask-F3', '#text-F3')
    await world.simulator.phone.set({ update: 'ready' })
    await expect(wechatSays(world, /新版本已下载/)).rejects.toThrow()
    await world.phone.open('/pages/home/index', 'switchTab')
    await eventually('the question', () => wechatSays(world, /新版本已下载/))
    const before = world.simulator.phone.log().length
    await answerWechat(world, '好')
    await eventually('the app starts anew', () =>
      world.simulator.phone
        .log()
        .slice(before)
        .some(({ text }) => text.includes('GET /v1/me')),
    )
    await world.phone.at('pages/home/index')
    await beginVisit('1900000109')
    await world.phone.holds('王姐', '#ask-F3', '#text-F3')
  })

  test('given one that is older than the server takes, then every call is refused by name and the app says what to do', async () => {
    await world.simulator.phone.set({ appVersion: '1.3.9' })
    world.gate.minClientVersion = '1.4.0'
    try {
      const refused = await world.request('field_agent', 'GET', '/v1/me', undefined, { 'x-client-version': '1.3.9' })
      expect(refused.status).toBe(426)
      expect(await refused.json()).toMatchObject({ code: 'CLIENT_OUTDATED', min_client_version: '1.4.0' })
      await world.simulator.restart()
      await eventually('what to do', () => wechatSays(world, /重新进入小程序/))
      await answerWechat(world, '知道了')
    } finally {
      world.gate.minClientVersion = '0.1.0'
      await world.simulator.phone.set({ appVersion: '' })
      await world.simulator.restart()
    }
  })
})

describe('a maintenance', () => {
  test('given ten minutes or a night of it, then the app says how long, and works when it is over', async () => {
    await world.phone.open('/pages/home/index')
    world.gate.maintenanceUntil = new Date(world.clock.now().getTime() + 600_000)
    const refused = await world.request('field_agent', 'GET', '/v1/me')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '600'])
    await world.phone.open('/packages/merchant/detail/index?sub_mchid=1900000128')
    await world.phone.reads(/大约 10 分钟后恢复/, '#state-error')
    world.gate.maintenanceUntil = new Date(world.clock.now().getTime() + 8 * 3_600_000)
    await world.phone.tap('#state-error', '#action')
    await world.phone.reads(/大约 8 小时后恢复/, '#state-error')
    world.gate.maintenanceUntil = null
    await world.phone.tap('#state-error', '#action')
    await world.phone.find('#verdict')
  })
})

import { once } from 'node:events'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { eventually } from '../../support/eventually.ts'
import { WebSocket } from '../support/ws.ts'
import { startPhone, type MiniProgram, type RunningPhone } from '../wx/running-phone.ts'

/** globals of the app, in functions that are sent there as text */
declare const getApp: () => { globalData: { launched: boolean } }
declare const getCurrentPages: () => unknown[]

type Page = NonNullable<Awaited<ReturnType<MiniProgram['currentPage']>>>
type Element = NonNullable<Awaited<ReturnType<Page['$']>>>

let phone: RunningPhone
let app: MiniProgram
let page: Page

beforeAll(async () => {
  phone = await startPhone()
  app = phone.app
})
afterAll(() => phone?.close())

beforeEach(async () => {
  await app.callWxMethod('reLaunch', { url: '/pages/home/home' })
  page = (await app.currentPage())!
})

const found = async (selector: string, within: Page | Element = page): Promise<Element> => {
  const element: Element | null = await (within as Page).$(selector)
  if (!element) throw new Error(`${selector} was not found`)
  return element
}

describe('the port', () => {
  it('drops what is no request, and goes on answering', async () => {
    const stranger = new WebSocket(phone.simulator.automationUrl)
    await once(stranger, 'open')
    for (const said of ['null', '5', '[]', '{}', '{"id":1}', 'no JSON', '{"id":"7","method":"Tool.getInfo"}']) stranger.send(said)
    const [answer] = (await once(stranger, 'message')) as [Buffer]
    expect(JSON.parse(String(answer))).toMatchObject({ id: '7', result: { SDKVersion: expect.any(String) } })
    stranger.close()
    expect((await app.currentPage())!.path).toBe('pages/home/home')
  })
})

describe('App', () => {
  it('gives the stack from bottom to top with paths and queries', async () => {
    await app.callWxMethod('navigateTo', { url: '/pages/other/other?a=1&b=%E5%BA%97' })
    const stack = await app.pageStack()
    expect(stack.map(({ path }) => path)).toEqual(['pages/home/home', 'pages/other/other'])
    expect(stack[1]!.query).toMatchObject({ a: '1' })
  })

  it('never uses a page id twice', async () => {
    const before = (page as unknown as { id: number }).id
    await app.callWxMethod('reLaunch', { url: '/pages/home/home' })
    const after = (await app.currentPage()) as unknown as { id: number }
    expect(after.id).not.toBe(before)
  })

  it("fails a navigation with WeChat's words but without the method's prefix", async () => {
    await expect(app.callWxMethod('navigateTo', { url: '/pages/nowhere/nowhere' })).rejects.toThrow(
      /^page "pages\/nowhere\/nowhere" is not found/,
    )
    await expect(app.callWxMethod('navigateTo', { url: '/pages/tab/tab' })).rejects.toThrow('can not navigateTo a tabbar page')
  })

  it('calls synchronous wx methods with all arguments', async () => {
    await app.callWxMethod('setStorageSync', 'key', { deep: [1] })
    expect(await app.callWxMethod('getStorageSync', 'key')).toEqual({ deep: [1] })
  })

  it('says which wx method does not exist', async () => {
    await expect(app.callWxMethod('noSuchThing')).rejects.toThrow('wx.noSuchThing not exists')
  })

  it('runs functions with the globals of the app and without those of the browser', async () => {
    expect(await app.evaluate(() => getApp().globalData.launched)).toBe(true)
    expect(
      await app.evaluate(
        function (a: number, b: number) {
          return { sum: a + b, window: typeof window, pages: getCurrentPages().length }
        },
        1,
        2,
      ),
    ).toEqual({ sum: 3, window: 'undefined', pages: 1 })
    expect(await app.evaluate('async function () { return await Promise.resolve(7) }')).toBe(7)
  })

  it('takes functions apart as DevTools does: default parameters do not work', async () => {
    await expect(app.evaluate('function (a = () => 1) { return a }')).rejects.toThrow()
  })

  it('replaces a wx method by a value, by a function, and gives it back', async () => {
    await app.mockWxMethod('showModal', { confirm: true, cancel: false })
    expect(await app.callWxMethod('showModal', { title: 'a' })).toMatchObject({ confirm: true })
    await app.mockWxMethod(
      'login',
      function (options: { marked: string }, extra: string) {
        return { code: options.marked + extra }
      },
      '-x',
    )
    expect(await app.callWxMethod('login', { marked: 'a' })).toMatchObject({ code: 'a-x' })
    await app.mockWxMethod('scanCode', { errMsg: 'scanCode:fail cancel' })
    await expect(app.callWxMethod('scanCode', {})).rejects.toThrow(/^cancel$/)
    for (const name of ['showModal', 'login', 'scanCode']) await app.restoreWxMethod(name)
    expect(await app.callWxMethod('login', {})).toMatchObject({ errMsg: 'login:ok' })
  })

  it('answers a method that nobody knows as DevTools does', async () => {
    const { send } = app as unknown as { send(method: string, params: object): Promise<unknown> }
    for (const name of ['App.nothing', 'toString', 'constructor', '__proto__'])
      await expect(send.call(app, name, {})).rejects.toThrow(`appservice ${name} unimplemented`)
  })

  it('refuses to replace listeners and what does not exist', async () => {
    await expect(app.mockWxMethod('onAppShow', 1)).rejects.toThrow("You can't mock wx.onAppShow")
    await expect(app.mockWxMethod('noSuchThing', 1)).rejects.toThrow('wx.noSuchThing not exists')
  })

  it('tells what the app logs, what it throws and what it sends through a binding', async () => {
    const seen: { logged: unknown[]; thrown: unknown[]; bound: unknown[] } = { logged: [], thrown: [], bound: [] }
    app.on('console', (message: unknown) => seen.logged.push(message))
    app.on('exception', (error: unknown) => seen.thrown.push(error))
    await app.exposeFunction('told', (...values: unknown[]) => seen.bound.push(values))
    await app.evaluate(() => console.info('hello', { a: 1 }))
    await app.evaluate("function () { told(1, 'two') }")
    await app.evaluate("function () { setTimeout(function () { throw new Error('later') }, 0) }")
    await eventually('all three', () => seen.logged.length > 0 && seen.bound.length > 0 && seen.thrown.length > 0)
    expect(seen.logged).toContainEqual({ type: 'info', args: ['hello', { a: 1 }] })
    expect(seen.bound).toEqual([[1, 'two']])
    expect(seen.thrown).toContainEqual(expect.objectContaining({ message: 'later' }))
  })

  it('takes a picture of the screen', async () => {
    const picture = Buffer.from((await app.screenshot()) as unknown as string, 'base64')
    // width and height in the header chunk of a PNG, at two device pixels each
    expect([picture.toString('latin1', 1, 4), picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual(['PNG', 750, 1_624])
  })

  it('presses the buttons of a dialog', async () => {
    const answer = app.callWxMethod('showModal', { title: '删除', content: '确定删除？' })
    await eventually('the dialog', async () => {
      await app.native().confirmModal()
      return true
    })
    expect(await answer).toMatchObject({ confirm: true, cancel: false })
  })
})

describe('Tool', () => {
  it('gives the base library and says what is lacking by name', async () => {
    await expect(app.checkVersion()).resolves.not.toThrow()
    expect(await app.testAccounts()).toEqual([])
    await expect(app.stopAudits()).rejects.toThrow('Tool.stopAudits is not supported by the simulator')
  })
})

describe('Page', () => {
  it('finds by id, class, tag, descendant and child, but not inside components', async () => {
    expect((await page.$$('.label')).length).toBe(2)
    expect(await (await found('#top .inner .deep')).text()).toBe('里面')
    expect(await page.$('#top > .deep')).toBeNull()
    expect((await found('#top > .inner')).tagName).toBe('view')
    expect((await page.$$('switch')).length).toBe(1)
    expect(await page.$('.face')).toBeNull()
    expect(await page.$('#sometimes')).toBeNull()
  })

  it('finds by xpath', async () => {
    expect(await (await page.xpath("//view[@id='top']//text"))!.text()).toBe('点了 0 次')
  })

  it('reads and sets data by path, and shows it', async () => {
    expect(await page.data('list[1].name')).toBe('b')
    await page.setData({ shown: true, 'list[0].name': 'c' })
    expect(await page.data('list')).toEqual([{ name: 'c' }, { name: 'b' }])
    expect(await (await found('#sometimes')).text()).toBe('有时')
  })

  it('calls methods, waits for their promises and passes their errors on', async () => {
    expect(await page.callMethod('double', 21)).toBe(42)
    await expect(page.callMethod('fail')).rejects.toThrow('page method broke')
    await expect(page.callMethod('nothing')).rejects.toThrow('page.nothing not exists')
  })

  it('knows its size and how far it is scrolled', async () => {
    expect((await page.size()).height).toBeGreaterThan(1_500)
    await app.pageScrollTo(200)
    await eventually('the scrolling', async () => Number(await page.scrollTop()) === 200)
  })

  it('says that a page is gone', async () => {
    await app.callWxMethod('reLaunch', { url: '/pages/home/home' })
    await expect(page.data()).rejects.toThrow('page destroyed')
  })
})

describe('Element', () => {
  it('tells text, size, place, attributes, styles and markup', async () => {
    const top = await found('#top')
    expect((await top.text()).replaceAll(/\s+/g, ' ')).toBe('点了 0 次 里面')
    expect(await top.size()).toMatchObject({ width: 375 })
    expect(await top.offset()).toEqual({ left: 0, top: 0 })
    expect(await top.attribute('class')).toBe('top box')
    expect(await top.attribute('data-kind')).toBe('main')
    expect(await top.attribute('nothing')).toBeNull()
    expect(await top.style('display')).toBe('block')
    expect(await top.outerWxml()).toContain('<view id="top" class="top box" data-kind="main">')
    expect(await (await found('.inner')).wxml()).toBe('<text class="label deep">里面</text>')
  })

  it('taps and presses long, as a finger would', async () => {
    const top = await found('#top')
    await top.tap()
    await eventually('the tap', async () => (await page.data('taps')) === 1)
    await top.longpress()
    await eventually('the long press', async () => (await page.data('longpresses')) === 1)
    expect(await page.data('taps')).toBe(1)
  })

  it('types into an input and reads what was typed', async () => {
    const input = (await found('#name')) as Element & { input(value: string): Promise<void> }
    await input.input('科技面馆')
    await eventually('the typing', async () => (await page.data('name')) === '科技面馆')
    expect(await input.value()).toBe('科技面馆')
    await expect(input.property('nonsense')).rejects.toThrow('input.nonsense not exists')
  })

  it('turns a switch', async () => {
    await (await found('#switch')).tap()
    await eventually('the switch', async () => (await page.data('on')) === true)
  })

  it('scrolls a scroll-view', async () => {
    const list = (await found('#list')) as Element & { scrollTo(x: number, y: number): Promise<void>; scrollHeight(): Promise<number> }
    await list.scrollTo(0, 60)
    expect(await list.property('scrollTop')).toBe(60)
    expect(await list.scrollHeight()).toBe(200)
  })

  it('reaches into a custom component: data, methods, elements', async () => {
    const counter = (await found('#counter')) as Element & {
      data(path?: string): Promise<unknown>
      setData(change: object): Promise<void>
      callMethod(name: string): Promise<unknown>
    }
    expect(await (await found('.face', counter)).text()).toBe('0')
    await counter.setData({ count: 5 })
    expect(await counter.callMethod('count')).toBe(6)
    expect(await counter.data('count')).toBe(6)
    await eventually('the event', async () => (await page.data('counted')) === 6)
    await expect(counter.callMethod('nothing')).rejects.toThrow('component.nothing not exists')
  })

  it("runs a component's bound handler by trigger", async () => {
    await (await found('#counter')).trigger('counted', { count: 9 })
    await eventually('the handler', async () => (await page.data('counted')) === 9)
  })

  it('gives a re-created node a new handle', async () => {
    await page.setData({ shown: true })
    const first = (await found('#sometimes')) as unknown as { id: string; text(): Promise<string> }
    await page.setData({ shown: false })
    await page.setData({ shown: true })
    const second = (await found('#sometimes')) as unknown as { id: string }
    expect(second.id).not.toBe(first.id)
    await expect(first.text()).rejects.toThrow()
  })
})

// What the panel shows of the running app: requests with their bodies, setData, storage, pages, the log; and that a saved file keeps the page.
import { cp, mkdtemp, rm, readFile, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Browser, FrameLocator, Page } from 'playwright-core'
import { launchBrowser } from '../../../simulator/browser.ts'
import type { FrameHandle } from '../../../simulator/phone/frame.ts'
import { startSimulator, type Simulator } from '../../../simulator/server.ts'
import { becomes, eventually } from '../../support/eventually.ts'
import { FIXTURE } from '../wx/running-phone.ts'

let folder: string
let server: Server
let api: string
let simulator: Simulator
let browser: Browser
let page: Page
let frame: FrameLocator

beforeAll(async () => {
  server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    response.setHeader('set-cookie', 'session=abc')
    response.statusCode = request.url!.startsWith('/wrong') ? 409 : 200
    response.end(JSON.stringify({ code: 'FINE', access_token: 'open-sesame', name: '面馆' }))
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  folder = await mkdtemp(join(tmpdir(), 'panel-views-'))
  await cp(FIXTURE, folder, { recursive: true })
  simulator = await startSimulator({ project: folder, port: 0, automationPort: 0 })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await simulator?.close()
  server?.close()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  await page?.close()
  page = await browser.newPage({ viewport: { width: 1_280, height: 900 }, locale: 'zh-CN' })
  frame = page.frameLocator('#frame')
  await page.goto(simulator.url)
  await frame.locator('#top').waitFor()
})

/** Calls wx in the app and waits for its answer. */
const call = (method: string, options: object) =>
  page.locator('#frame').evaluate(
    (element, [name, given]) => {
      const { runtime } = ((element as HTMLIFrameElement).contentWindow as unknown as { __simulator: FrameHandle }).__simulator
      const { wx } = runtime.globals as { wx: Record<string, (options: object) => void> }
      return new Promise(complete => wx[name]!({ ...given, complete }))
    },
    [method, options] as const,
  )
const view = (name: string) => page.getByRole('tab', { name }).click()
const lines = (list: string) => page.locator(`${list} > *`)

describe('requests', () => {
  it('are lines of time, method, path, status and duration; a press shows headers and bodies, and secrets are hidden', async () => {
    await call('request', { url: `${api}/shops?name=面馆&token=t-1` })
    await call('request', {
      url: `${api}/wrong`,
      method: 'POST',
      header: { authorization: 'Bearer b-1', 'idempotency-key': 'k-1' },
      data: { name: '新店', password: 'p-1', code: 'wx-1' },
    })
    await view('请求')
    await becomes('2 次请求，失败 1 次', () => page.textContent('#requests-count'))
    await becomes(true, async () =>
      /GET\s+\/shops\?name=面馆&token=•••\s+200\s+\d+ ms/.test(await lines('#request-list').nth(1).innerText()),
    )
    const wrong = lines('#request-list').first()
    expect(await wrong.locator('.status').getAttribute('class')).toBe('status error')
    // Enter opens it as well as a click
    await wrong.locator('summary').focus()
    await page.keyboard.press('Enter')
    await wrong.getByText('"access_token"').waitFor()
    const shown = await wrong.innerText()
    for (const part of [
      'authorization: •••',
      'idempotency-key: k-1',
      '"password": "•••"',
      '"code": "•••"',
      '"name": "新店"',
      '"code": "FINE"',
      '"access_token": "•••"',
    ])
      expect(shown).toContain(part)
    expect(JSON.stringify(simulator.phone.log())).not.toMatch(/open-sesame|b-1|p-1|wx-1|t-1|session=abc/)
    await page.getByRole('button', { name: '清空' }).click()
    expect(await lines('#request-list').count()).toBe(0)
  })

  it('that found no answer say why', async () => {
    await simulator.phone.set({ offline: true })
    await call('request', { url: `${api}/shops` })
    await view('请求')
    await lines('#request-list').first().getByText('net::ERR_INTERNET_DISCONNECTED').first().waitFor()
    await simulator.phone.set({ offline: false })
  })
})

describe('setData', () => {
  it('is listed with keys and bytes of each call and the sum of each page, once the view is open', async () => {
    await frame.locator('#top').click()
    await view('setData')
    expect(await lines('#set-data-list').count()).toBe(0)
    await frame.locator('#name input').fill('面')
    await eventually('the line', async () => (await lines('#set-data-list').count()) === 1)
    await becomes(true, async () => /pages\/home\/home\s+14 B\s+name/.test(await lines('#set-data-list').first().innerText()))
    await frame.locator('#top').click()
    await eventually('the sum', async () =>
      /^pages\/home\/home\s+2\s+24 B\s+14 B$/.test(await page.locator('#set-data-pages tbody tr').innerText()),
    )
    // the view is the one that is open after a reload
    await page.reload()
    await page.locator('#view-set-data').waitFor()
  })
})

describe('storage', () => {
  it('lists keys with bytes; a person changes, adds and deletes them, and the app reads what they wrote', async () => {
    await call('setStorage', { key: 'cart', data: [1, 2] })
    await view('存储')
    await lines('#storage-list').getByText('cart').click()
    await page.getByRole('button', { name: '编辑 cart' }).click()
    await page.getByLabel('值（JSON）').fill('[1, 2, ')
    await page.getByRole('button', { name: '保存' }).click()
    await becomes(true, async () => (await page.textContent('#notice'))!.includes('不是 JSON'))
    await page.getByLabel('值（JSON）').fill('[1, 2, 3]')
    await page.getByRole('button', { name: '保存' }).click()
    expect(await call('getStorage', { key: 'cart' })).toMatchObject({ data: [1, 2, 3] })
    await page.getByRole('button', { name: '添加一项' }).click()
    await page.keyboard.type('mine')
    await page.keyboard.press('Tab')
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('{"a":true}')
    await page.getByRole('button', { name: '保存' }).click()
    expect(await call('getStorage', { key: 'mine' })).toMatchObject({ data: { a: true } })
    // what the app writes meanwhile comes by itself
    await call('setStorage', { key: 'later', data: 1 })
    await eventually('three lines', async () => (await lines('#storage-list').count()) === 3)
    await lines('#storage-list').getByText('cart').click()
    await page.getByRole('button', { name: '删除 cart' }).click()
    expect(await call('getStorage', { key: 'cart' })).toMatchObject({ errMsg: 'getStorage:fail data not found' })
    await call('clearStorage', {})
  })
})

describe('pages', () => {
  it('are the stack, the top first, with the data that each has now', async () => {
    await call('navigateTo', { url: '/pages/other/other?a=1' })
    await view('页面')
    expect(await lines('#page-list').allInnerTexts()).toEqual(['pages/other/other?a=1', 'pages/home/home'])
    await call('navigateBack', {})
    await lines('#page-list').first().click()
    await page.locator('#page-list pre').getByText('"taps": 0').waitFor()
    await frame.locator('#top').click()
    await page.locator('#page-list pre').getByText('"taps": 1').waitFor()
  })
})

describe('the log', () => {
  it('has pages, what the app writes to its console, and its errors, counted on the tab', async () => {
    await page.locator('#frame').evaluate(element => {
      const { runtime } = ((element as HTMLIFrameElement).contentWindow as unknown as { __simulator: FrameHandle }).__simulator
      ;(runtime.globals['console'] as Console).warn('hello', { a: 1 })
      runtime.events.emit('error', { message: 'it broke', stack: '', place: 'pages/home/home' })
    })
    expect(await page.getByRole('tab', { name: '记录' }).getAttribute('data-errors')).toBe('1')
    await view('记录')
    const texts = await lines('#log').allInnerTexts()
    expect(texts[0]).toContain('pages/home/home: it broke')
    expect(texts[1]).toContain('warn hello {"a":1}')
    expect(texts[2]).toContain('appLaunch pages/home/home')
  })
})

describe('the views', () => {
  it('are gone through with the arrow keys, and only the one in sight is a stop of Tab', async () => {
    await page.getByRole('tab', { name: '操作' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await becomes('setData', () => page.locator(':focus').textContent())
    await becomes(true, () => page.locator('#view-set-data').isVisible())
    await page.keyboard.press('End')
    await becomes('记录', () => page.getByRole('tab', { selected: true }).textContent())
    await page.keyboard.press('ArrowRight')
    await becomes('操作', () => page.getByRole('tab', { selected: true }).textContent())
    expect(await page.locator('[role=tab][tabindex="0"]').count()).toBe(1)
  })
})

describe('a file that is saved', () => {
  it('is built, and the page that was on top is opened again with its query', async () => {
    await call('navigateTo', { url: '/pages/other/other?a=7' })
    const file = join(folder, 'pages/other/other.wxml')
    await writeFile(file, `${await readFile(file, 'utf8')}<view id="saved">已保存</view>`)
    await frame.locator('#saved').waitFor()
    await becomes('other {"a":"7"}', () => frame.locator('#other').textContent())
    await becomes('pages/other/other?a=7', () => page.textContent('#route'))
  })
})

describe('the page', () => {
  it('speaks the language of the browser and is dark with it; the phone keeps its own', async () => {
    const other = await browser.newPage({ viewport: { width: 1_280, height: 900 }, locale: 'en-GB', colorScheme: 'dark' })
    await other.goto(simulator.url)
    await other.getByRole('tab', { name: 'Requests' }).waitFor()
    const paper = () => other.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect(await paper()).toBe('rgb(17, 16, 13)')
    await other.emulateMedia({ colorScheme: 'light' })
    expect(await paper()).toBe('rgb(245, 244, 240)')
    expect(simulator.phone.get()).toMatchObject({ locale: 'zh_CN', dark: false })
    await other.close()
  })

  it('counts the faults that are on', async () => {
    await simulator.phone.set({ lostNetworkEvents: true, storageLimit: 0 })
    await page.getByText('开了 2 项').waitFor()
    await simulator.phone.set({ lostNetworkEvents: false, storageLimit: 10_240 })
    await eventually('none', async () => (await page.textContent('#faults-count')) === '')
  })

  it('sets each fault from the panel', async () => {
    await page.getByText('真机的毛病').click()
    await page.getByLabel('机型').selectOption('ipad')
    await page.getByLabel('弹出软键盘').check()
    await page.getByLabel('处理器').selectOption('4')
    await page.getByLabel('存储空间').selectOption('0')
    await page.getByLabel('分包').selectOption('asNeeded')
    await page.getByLabel('接口故障').fill('scanCode=never')
    await page.getByLabel('网络变了不通知小程序').check()
    await eventually('the settings', () => {
      const { device, keyboard, cpuSlowdown, storageLimit, packages, faults, lostNetworkEvents } = simulator.phone.get()
      return (
        JSON.stringify([device, keyboard, cpuSlowdown, storageLimit, packages, faults, lostNetworkEvents]) ===
        '["ipad",true,4,0,"asNeeded","scanCode=never",true]'
      )
    })
  })
})

// Product scenarios 7, 26 and 30, and opening the app where there is no network.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { eventually } from '../support/eventually.ts'
import { searchAndOpen } from '../support/person.ts'
import { keptBy, keysOf, leaveWaiting } from '../support/waiting-work.ts'
import { createWorld, type World } from '../support/world.ts'

const HOUR = 3_600_000
const home = '/pages/home/index'
const list = '/pages/merchants/index'
const mine = '/pages/mine/index'
const settings = '/packages/system/settings/index'
/** rows that the list asks for at a time */
const PAGE_ROWS = 20
const field = ['#search', 'van-search', 'van-field', 'input'] as const

let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.loginAs('field_agent')
  await world.phone.logIn()
})
afterAll(() => world?.close())
beforeEach(() => world.forgetRequests())

const offline = (is: boolean) => world.simulator.phone.set({ offline: is })
const tab = async (url: string) => {
  await world.phone.open(url, 'switchTab')
}
const restart = async () => {
  await world.simulator.restart()
  await world.phone.at('pages/home/index')
}
const numbers = async () =>
  ((await (await world.phone.page()).data('groups')) as { sub_mchid: string }[][]).flat().map(row => row.sub_mchid)
/** Waits until the list is drawn, which it is a portion after the other: as many shops as it counts, or the first page of them. */
const allNumbers = async () =>
  eventually('the whole list', async () => {
    const total = Number(/\d+/.exec((await world.phone.text('#count')).replaceAll(',', ''))![0])
    const drawn = await numbers()
    if (drawn.length === Math.min(PAGE_ROWS, total)) return drawn
    throw new Error(`${drawn.length} of ${total} are drawn`)
  })
/** Of the workbench: it is offered there as long as it is not on the phone. */
const havePack = async () => {
  await eventually('the pack on the phone', async () => {
    if ((await keysOf(world.phone)).some(key => key.endsWith(':pack'))) return true
    if (await world.phone.shows('#pack-download')) await world.phone.tap('#pack-download')
    return false
  })
  await world.phone.gone('#pack')
}
const logOut = async () => {
  await tab(mine)
  await world.phone.tap('#log-out')
}

describe('the offline pack', () => {
  test('given the first day, when 下载离线包 is tapped, then it comes, and the settings say how much and how old', async () => {
    const { phone } = world
    await phone.reads('下载离线包', '#pack')
    await phone.tap('#pack-download')
    await phone.gone('#pack')
    expect(world.requests(/^GET \/v1\/offline-pack/)).toHaveLength(1)
    await phone.open(settings, 'navigateTo')
    await phone.reads(/^\d+ 家 · \d+ KB · 刚刚更新$/, '#pack-line')
  })

  test('7: given no network, when I search 面, then the matches come from the pack with 离线结果, and no request arrives', async () => {
    const { phone } = world
    await tab(list)
    await phone.type('面', ...field)
    await eventually('the answer', () => world.requests(/q=%E9%9D%A2/).length > 0)
    await phone.reads(/^共 \d+ 家$/, '#count')
    const live = await allNumbers()
    await phone.type('', ...field)
    await offline(true)
    world.forgetRequests()
    await phone.type('面', ...field)
    await phone.reads('离线结果', '#state-offline')
    await phone.reads(/^离线包里 \d+ 家$/, '#count')
    // the whole pack is shown, and counted, until the letters are searched for
    await eventually('the same shops', async () => (await numbers()).join() === live.join())
    expect(world.requests()).toEqual([])
    await offline(false)
    await phone.gone('#state-offline')
    await phone.reads(/^共 \d+ 家$/, '#count')
  })

  test('given a filter that only the server can answer, then that is said and nothing is shown', async () => {
    const { phone } = world
    await restart()
    await tab(list)
    await offline(true)
    await phone.tap('#filter')
    await phone.tap('#filters', '#filter-gold_plan-closed')
    await phone.reads('按点金计划筛选需要联网', '#state-empty')
    await offline(false)
    await phone.reads(/^共 \d+ 家$/, '#count')
    await restart()
  })
})

describe('opening the app without a network', () => {
  test('given it was used before, then numbers, list and a merchant are there with their age', async () => {
    const { phone } = world
    await phone.find('#counts')
    await havePack()
    const total = await phone.text('#count-total')
    await phone.openMerchant('1900000109')
    await phone.reads('科技面馆', '#verdict')
    await offline(true)
    await world.advance(26 * HOUR)
    await restart()
    await phone.reads('离线 · 没有网络', '#state-offline')
    expect(await phone.text('#count-total')).toBe(total)
    await tab(list)
    await phone.reads('离线结果 · 11月23日', '#state-offline')
    expect(await allNumbers()).not.toEqual([])
    await phone.openMerchant('1900000109')
    await phone.reads(/离线 · 更新于 11月23日 \d\d:\d\d/, '#state-offline')
  })

  test('26: given no network, then all controls say 需要联网, and nothing of them is kept for later', async () => {
    const { phone } = world
    await phone.reads('需要联网', '#receipt')
    for (const control of ['#gold-plan', '#receipt', '#advertising']) await phone.tap(control)
    await phone.gone('#sheet', '#sheet-confirm')
    expect((await keysOf(phone)).filter(key => key.includes(':parcel:'))).toEqual([])
    world.forgetRequests()
    await offline(false)
    await phone.gone('#state-offline')
    await eventually('the merchant as it is', () => world.requests(/^GET \/v1\/sub-merchants\/1900000109$/).length > 0)
    // the session of yesterday is renewed, nothing else is written
    expect(world.requests(/^(PUT|POST|DELETE) (?!\/v1\/sessions$)/)).toEqual([])
  })

  test('given a shop of the pack that was never opened here, then its page says what is known, and test payment, explain and visit begin there', async () => {
    const { phone } = world
    await tab(home)
    await havePack()
    await offline(true)
    await searchAndOpen(phone, '1900000112', '0112')
    await phone.reads(/离线 · 更新于/, '#state-offline')
    await phone.gone('#gold-plan')
    await phone.tap('#more-explain')
    await phone.at('packages/merchant/explain/index')
    await phone.find('#cards')
    await phone.tap('#end')
    await phone.at('packages/merchant/detail/index')
    await phone.tap('#more-test-payment')
    await phone.at('packages/merchant/test-payment/index')
    await phone.find('#step-entry')
    await phone.back()
    await phone.at('packages/merchant/detail/index')
    await phone.tap('#more-visit')
    await phone.at('packages/visit/edit/index')
    await phone.tap('#ask-A1', '#option-A1-same')
    await phone.reads(/^1/, '#progress')
    // the app is closed over it
    await restart()
    await tab('/pages/visits/index')
    await phone.reads('已填 1/', '#begun')
    await phone.looks('new', '#new-visit')
    await phone.tap('#begun', 'visit-row')
    await phone.at('packages/visit/edit/index')
    await phone.reads(/^1/, '#progress')
    await phone.tap('#delete')
    await phone.tap('#sheet', '#sheet-confirm')
    await offline(false)
    await tab('/pages/visits/index')
    await phone.tap('#new-visit')
    await phone.at('pages/merchants/index')
    await eventually('the draft to be gone for good', async () => !(await keysOf(phone)).some(key => key.includes(':draft:')))
  })

  test('given no pack, then each tab shows what the phone has, nothing calls for a network in gold, and a search finds what was seen', async () => {
    const { phone } = world
    await phone.open(settings, 'navigateTo')
    await phone.tap('#pack-remove')
    await phone.tap('#remove-sheet', '#sheet-confirm')
    await phone.back()
    await tab(list)
    await phone.type('', ...field)
    await phone.reads(/^共 \d+ 家$/, '#count')
    const seen = await allNumbers()
    await tab('/pages/visits/index')
    await eventually('my shops on the phone', async () => {
      const { staff } = await keptBy<{ staff: { id: string } }>(phone, 'session')
      const rows = await keptBy<{ mine: boolean }[]>(phone, `staff:${staff.id}:rows`)
      return rows.some(({ mine }) => mine)
    })
    await offline(true)
    await restart()
    await phone.find('#counts')
    await tab(list)
    await phone.reads(/^离线结果 · 今天 \d\d:\d\d 前看过的商户/, '#state-offline')
    expect((await allNumbers()).length).toBeGreaterThanOrEqual(Math.min(PAGE_ROWS, seen.length))
    await phone.type(seen[3]!, ...field)
    await eventually('that shop alone', async () => JSON.stringify(await numbers()) === JSON.stringify([seen[3]]))
    await phone.type('', ...field)
    await eventually('the others again', async () => (await numbers()).length > 1)
    await tab('/pages/visits/index')
    await phone.find('#to-area')
    await phone.reads('离线 · 今天', '#state-offline-bar')
    await tab(mine)
    await phone.find('#who')
    await offline(false)
    await tab(home)
    await havePack()
  })
})

describe('what phones get wrong', () => {
  test('given the network comes back and the phone tells nobody, then pulling down asks, and everything goes on', async () => {
    const { phone } = world
    await tab(home)
    await offline(true)
    await phone.find('#state-offline')
    await world.simulator.phone.set({ lostNetworkEvents: true })
    await offline(false)
    await phone.find('#state-offline')
    world.forgetRequests()
    await phone.miniProgram.callWxMethod('startPullDownRefresh', {})
    await phone.gone('#state-offline')
    await eventually('the numbers', () => world.requests(/^GET \/v1\/summary/).length > 0)
    await world.simulator.phone.set({ lostNetworkEvents: false })
  })

  test('given a package that was not downloaded, then it cannot be opened without a network; those of preloadRule come with the first page', async () => {
    const { phone } = world
    await offline(true)
    await world.simulator.phone.set({ packages: 'asNeeded' })
    await expect(phone.miniProgram.callWxMethod('navigateTo', { url: '/packages/system/outbox/index' })).rejects.toThrow('loadSubpackage')
    await offline(false)
    await restart()
    await phone.find('#counts')
    await offline(true)
    for (const url of [settings, '/packages/merchant/explain/index?sub_mchid=1900000109', '/packages/visit/detail/index?visit_id=none']) {
      await phone.open(url, 'navigateTo')
      await phone.back()
      await phone.at('pages/home/index')
    }
    // sheets of a page of the main package come from there, too
    await tab(list)
    await phone.tap('#filter')
    await phone.find('#filters', '#filter-clear')
    await phone.tap('#filters', '#filter-see')
    await offline(false)
    await world.simulator.phone.set({ packages: 'here' })
    await restart()
  })
})

describe('a sheet of a package that was never on the phone', () => {
  test('given no network, when it is asked for, then 加载失败 is said with 重试; when the network is back and 重试 is tapped, then it stands there', async () => {
    const { phone } = world
    await offline(true)
    await world.simulator.phone.set({ packages: 'asNeeded' })
    // as after an update: nothing of a sub-package is on the phone, or in the app's memory
    await restart()
    await logOut()
    await phone.reads('加载失败', '#sheet')
    await phone.reads('请联网后重试', '#sheet')
    await phone.tap('#sheet', '#absent-close')
    await tab(list)
    await phone.tap('#filter')
    await phone.reads('加载失败', '#filters')
    await phone.tap('#filters', '#absent-retry')
    await phone.reads('加载失败', '#filters')
    await offline(false)
    await phone.tap('#filters', '#absent-retry')
    await phone.tap('#filters', '#filter-see')
    await logOut()
    await phone.tap('#sheet', '#sheet-cancel')
    await world.simulator.phone.set({ packages: 'here' })
    await restart()
  })
})

describe('conditions that last', () => {
  test('given a slow network, or a clock that is 12 minutes off, then every tab says so', async () => {
    const { phone } = world
    await world.simulator.phone.set({ slow: true })
    await tab(mine)
    await phone.reads('网络较慢', '#state-weak')
    await world.simulator.phone.set({ slow: false, clockOffsetMs: world.clock.now().getTime() - Date.now() - 12.5 * 60_000 })
    await restart()
    await phone.reads('手机时间慢了 12 分钟', '#state-clock')
    for (const page of [list, mine]) {
      await tab(page)
      await phone.reads('手机时间慢了', '#state-clock')
    }
    await world.advance(0)
    await restart()
    await phone.gone('#state-clock')
  })

  test('given work that waits, then the banner says how much of it there is', async () => {
    const { phone } = world
    await offline(true)
    await leaveWaiting(phone, 2)
    await restart()
    await phone.reads('2 项等待同步', '#state-offline')
    for (const page of [mine, '/pages/visits/index']) {
      await tab(page)
      await phone.reads('2 项等待同步', '#state-offline')
    }
  })
})

describe('who holds the phone', () => {
  test('30: given two unsent items, when I log out choosing 先同步 without a network, then 放弃并退出 and 取消 are offered', async () => {
    const { phone } = world
    await logOut()
    await phone.reads('还有 2 项没有同步', '#sheet')
    await phone.reads('放弃并退出', '#sheet', '#sheet-third')
    await phone.tap('#sheet', '#sheet-confirm')
    await phone.reads('2 项发不出去', '#sheet')
    await phone.reads('现在没有网络', '#sheet')
    await phone.reads('放弃并退出', '#sheet', '#sheet-confirm')
    await phone.tap('#sheet', '#sheet-cancel')
    expect(await phone.path()).toBe('pages/mine/index')
    expect((await keysOf(phone)).filter(key => key.includes(':parcel:'))).toHaveLength(2)
  })

  test('given 先同步 is under way, when I leave the page, then I am not logged out when it is done', async () => {
    const { phone } = world
    await restart()
    await phone.open(settings, 'navigateTo')
    await phone.tap('#log-out')
    const release = world.hold(/^POST \/v1\/sub-merchants\/\d+\/evidence/)
    await offline(false)
    await phone.tap('#sheet', '#sheet-confirm')
    await phone.back()
    await phone.at('pages/home/index')
    release()
    await eventually('both sent', async () => !(await keysOf(phone)).some(key => key.includes(':parcel:')))
    await tab(mine)
    await phone.reads('都已收到', '#outbox-note')
    expect(await phone.path()).toBe('pages/mine/index')
  })

  test('30: given the network is back, when I choose 先同步, then both are sent and I am logged out', async () => {
    const { phone } = world
    await restart()
    await offline(true)
    await leaveWaiting(phone, 1)
    await restart()
    world.forgetRequests()
    await logOut()
    const release = world.hold(/^POST \/v1\/sub-merchants\/\d+\/evidence/)
    await offline(false)
    await phone.tap('#sheet', '#sheet-confirm')
    release()
    await phone.at('pages/login/index')
    await eventually('all of them', () => world.requests(/^POST .*\/evidence$/).length >= 1)
    expect((await keysOf(phone)).filter(key => key.startsWith('staff:') && !key.includes('sent'))).toEqual([])
  })

  test('30: given somebody else logs in on the same phone, then nothing of mine is there: no pack, no merchant, no search, nothing to send', async () => {
    const { phone } = world
    await phone.logIn()
    await phone.tap('#pack-download')
    await phone.gone('#pack')
    await phone.openMerchant('1900000109')
    await tab(list)
    await phone.type('面馆', ...field)
    await offline(true)
    const a = await leaveWaiting(phone, 2)
    await restart()
    await logOut()
    await phone.tap('#sheet', '#sheet-third')
    await phone.at('pages/login/index')
    expect((await keysOf(phone)).filter(key => key.startsWith(`staff:${a}`))).toEqual([])
    await offline(false)
    await world.loginAs('region_lead')
    world.forgetRequests()
    await phone.logIn()
    await phone.find('#counts')
    await phone.gone('#clear-recents')
    await phone.find('#pack-download')
    expect(world.requests(/^(POST .*\/evidence|PUT )/)).toEqual([])
  })
})

// Product scenarios 1, 2, 6 and 8: a member of staff looks a shop up by text.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { eventually } from '../support/eventually.ts'
import { pagesOf } from '../support/overlay.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.loginAs('field_agent')
  await world.phone.logIn()
})
afterAll(() => world?.close())

const searchField = ['#search', 'van-search', 'van-field', 'input'] as const
const lists = /^GET \/v1\/sub-merchants\?/
const rows = async () => {
  const found = await (await world.phone.page()).$$('.merchant-row')
  return Promise.all(found.map((row: { text(): Promise<string> }) => row.text()))
}

/** The keyboard of the person: it types wherever the keys belong. */
const keys = () => world.simulator.browserPage!.keyboard
const openFind = async () => {
  await world.phone.open('/pages/home/index', 'switchTab')
  await world.phone.tap('#find')
  await world.phone.at('pages/merchants/index')
  await eventually('the keys in the box', () =>
    pagesOf(world).evaluate(() => document.activeElement?.closest('#search') !== null && document.activeElement?.tagName === 'INPUT'),
  )
}

describe('looking a shop up by text', () => {
  test('given the workbench, when its search field is tapped once, then the keys are in the box, the second time too', async () => {
    await openFind()
    await keys().type('kjmg')
    await eventually('科技面馆 as the first row', async () => (await rows())[0]?.includes('科技面馆'))
    await openFind()
    await world.phone.type('', ...searchField)
    await eventually('every shop', async () => (await rows()).length > 1)
  })

  test('given a search that led to a shop, then it is offered while the box is empty, searches again, and can be cleared', async () => {
    await world.phone.type('kjmg', ...searchField)
    // it is the first of all shops too: what is tapped is what the search found
    await eventually('科技面馆 alone', async () => (await rows()).length === 1 && (await rows())[0]!.includes('科技面馆'))
    await world.phone.tap('.merchant-row')
    await world.phone.at('packages/merchant/detail/index')
    await world.phone.back()
    await world.phone.at('pages/merchants/index')
    await world.phone.type('', ...searchField)
    await eventually('every shop', async () => (await rows()).length > 1)
    await openFind()
    await world.phone.reads('kjmg', '#searches')
    await world.phone.tap('.search-again')
    await eventually('科技面馆 alone', async () => (await rows()).length === 1 && (await rows())[0]!.includes('科技面馆'))
    await world.phone.type('', ...searchField)
    await eventually('every shop', async () => (await rows()).length > 1)
    await world.phone.tap('#clear-searches')
    await world.phone.gone('#searches')
  })

  test('1: given 科技面馆 in my scope, when I type kjmg, then one request is sent and it is the first row', async () => {
    await world.phone.open('/pages/merchants/index', 'switchTab')
    await eventually('the list', async () => (await rows()).length > 0)
    world.forgetRequests()
    // no pause between two keys is as long as the one after which is searched, however slow the machine is
    const box = (await world.phone.find(...searchField)) as unknown as { input(text: string): Promise<void> }
    await world.whileTimeStands(async () => {
      for (const text of ['k', 'kj', 'kjm', 'kjmg']) {
        await box.input(text)
        await world.pass(200)
      }
      expect(world.requests(lists)).toEqual([])
    }, 300)
    await eventually('科技面馆 as the first row', async () => (await rows())[0]?.includes('科技面馆'))
    const asked = world.requests(lists).map(({ line }) => new URLSearchParams(line.split('?')[1]).get('q'))
    expect(asked).toEqual(['kjmg'])
  })

  test('given one character, then the name that was made to break a page is found and is not the first', async () => {
    await world.phone.type('面', ...searchField)
    const found = await eventually('noodle shops', async () => {
      const shown: string[] = await rows()
      return shown.length > 1 && shown.every(text => text.includes('面')) ? shown : undefined
    })
    expect(found[0]).not.toContain('<')
    expect(found.some(text => text.includes('<b>'))).toBe(true)
  })

  test('2: given the first answer is slower than the second, then the list shows the second', async () => {
    const first = /q=%E9%9D%A2(&|$)/
    const only = (name: string) =>
      eventually(`only ${name}`, async () => {
        const shown = await rows()
        return shown.length > 0 && shown.every(text => text.includes(name))
      })
    await world.phone.type('馆', ...searchField)
    await only('馆')
    world.forgetRequests()
    const arrive = world.holdAnswers(first)
    await world.phone.type('面', ...searchField)
    await eventually('the first question', () => world.requests(first).length > 0)
    await world.phone.type('面馆', ...searchField)
    await only('面馆')
    arrive()
    await world.pass(1_000)
    await only('面馆')
  })

  test('6: given more than two pages, when I scroll to the end, then every row comes once and the footer says so', async () => {
    world.forgetRequests()
    await world.phone.type('馆', ...searchField)
    // the count of the search before it goes when this one begins
    await eventually('the question', () => world.requests(/q=%E9%A6%86(&|$)/).length > 0)
    const count = Number(/\d+/.exec(await world.phone.reads(/\d{2,}/, '#count'))![0])
    expect(count).toBeGreaterThan(40)
    expect(count).toBeLessThan(1_000)
    world.forgetRequests()
    await eventually(
      'the end of the list',
      async () => {
        await world.phone.miniProgram.pageScrollTo(1_000_000)
        const page = await world.phone.page()
        if (!(await world.phone.shows('#footer'))) return false
        return (await (await page.$('#footer'))!.text()).includes('没有更多了')
      },
      { every: 100 },
    )
    const numbers = await eventually('every row', async () => {
      const data = (await (await world.phone.page()).data('groups')) as { sub_mchid: string }[][]
      const drawn = data.flat().map(row => row.sub_mchid)
      if (drawn.length >= count) return drawn
      throw new Error(`${drawn.length} of ${count} are drawn`)
    })
    expect(numbers).toHaveLength(count)
    expect(new Set(numbers).size).toBe(count)
    const cursors = world.requests(lists).map(({ line }) => new URLSearchParams(line.split('?')[1]).get('cursor'))
    expect(cursors).toHaveLength(Math.ceil(count / 20) - 1)
    expect(new Set(cursors).size).toBe(cursors.length)
  })

  test('8: given a shop without evidence, then its verdict is 待核实 and the next step 现场核实', async () => {
    await world.phone.openMerchant('1900000101')
    await world.phone.looks('state-unknown', '#verdict')
    await world.phone.reads('待核实', '#verdict')
    await world.phone.reads('现场核实', '#next-step')
  })

  test('given a customer payment code in the search box, then it is refused on the phone and nothing is sent', async () => {
    await world.phone.open('/pages/merchants/index', 'switchTab')
    world.forgetRequests()
    await world.phone.type('134567890123456789', ...searchField)
    await world.phone.reads('付款码', '#payment-code')
    await world.phone.holds('', ...searchField)
    await world.pass(600)
    expect(world.requests(lists)).toEqual([])
    const stored = await world.phone.miniProgram.callWxMethod('getStorageInfoSync')
    for (const key of (stored as unknown as { keys: string[] }).keys)
      expect(JSON.stringify(await world.phone.miniProgram.callWxMethod('getStorageSync', key))).not.toContain('134567890123456789')
  })
})

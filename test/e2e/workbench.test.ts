// The workbench (product.md M06, M21): every number opens the list with the same count. And links into the app (M26).
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import type { Summary } from '../../typings/api.ts'
import { eventually } from '../support/eventually.ts'
import { chooseFromMenu, pagesOf } from '../support/overlay.ts'
import { createWorld, type World } from '../support/world.ts'

const home = '/pages/home/index'
const list = 'pages/merchants/index'
const detail = 'packages/merchant/detail/index'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.close())

/** of a text in which it is grouped: 共 1,246 家 */
const numberIn = (text: string) => Number(/\d[\d,]*/.exec(text)?.[0].replaceAll(',', ''))
const goHome = async () => {
  await world.phone.open(home, 'switchTab')
  await world.phone.find('#count-total')
}
const logOut = async () => {
  if ((await world.phone.path()) === 'pages/login/index') return
  await world.phone.open('/pages/mine/index', 'switchTab')
  await world.phone.tap('#log-out')
  await world.phone.tap('#sheet', '#sheet-confirm')
  await world.phone.at('pages/login/index')
}

describe('links into the app', () => {
  test('given nobody is logged in, when a shared link is opened, then its merchant opens after the login', async () => {
    await world.loginAs('field_agent')
    await world.phone.open('/pages/login/index')
    await world.phone.miniProgram.callWxMethod('reLaunch', { url: `/${detail}?sub_mchid=1900000109` })
    await world.phone.at('pages/login/index')
    await world.phone.tap('#consent')
    await world.phone.tap('#login')
    await world.phone.at(detail)
    await world.phone.reads('科技面馆', '#verdict')
  })

  test('given a 小程序码 with scene=m=…, then its merchant opens, from its own page and from the first page of the app', async () => {
    await world.phone.open(`/${detail}?scene=m%3D1900000120`)
    await world.phone.reads('1900000120', '#verdict')
    await world.phone.miniProgram.callWxMethod('reLaunch', { url: `${home}?scene=m%3D1900000109` })
    await world.phone.at(detail)
    await world.phone.reads('科技面馆', '#verdict')
  })

  test('given a merchant outside my scope, then the page says so and names no shop', async () => {
    await world.phone.open(`/${detail}?sub_mchid=1900000149`)
    await world.phone.reads('不在你的负责范围', '#state-forbidden')
    expect(await world.phone.text('.page')).not.toMatch(/科技面馆|福田/)
  })

  test("given a link that carries a customer's 付款码, then nothing of it is sent", async () => {
    world.forgetRequests()
    await world.phone.open(`/${detail}?sub_mchid=134567890123456789`)
    await world.phone.reads('不在你的负责范围', '#state-forbidden')
    expect(JSON.stringify(world.requests().map(({ line }) => line))).not.toContain('1345678')
  })

  test('when a merchant is shared, then the card carries its number only: no name, no state, no picture of the page', async () => {
    await world.phone.open(`/${detail}?sub_mchid=1900000128`)
    await world.phone.reads('已回退', '#verdict')
    const card = await (await world.phone.page()).callMethod('onShareAppMessage', { from: 'menu' })
    expect(card).toEqual({
      title: '商户 · 尾号0128',
      path: '/packages/merchant/detail/index?sub_mchid=1900000128',
      imageUrl: '/packages/merchant/images/share-card.png',
    })
  })
})

describe('the numbers', () => {
  test.each([
    ['field_agent', '我负责的'],
    ['region_lead', '负责范围'],
  ] as const)('given a %s, then every number opens 商户 with the same count', async (role, heading) => {
    await logOut()
    await world.loginAs(role)
    await world.phone.logIn()
    const query = role === 'field_agent' ? '?assigned_to=me' : ''
    const summary = (await (await world.request(role, 'GET', `/v1/summary${query}`)).json()) as Summary
    expect(await world.phone.text('#count-total')).toContain(heading)
    const numbers: [string, number][] = [
      ['#count-total', summary.total],
      ['#count-stale', summary.attention.stale],
      ['#count-check-failed', summary.attention.check_failed],
      ['#count-receipt-error', summary.attention.receipt_error],
      ['#count-receipt-open', summary.receipts_open],
      ...Object.entries(summary.by_state).map(([state, count]): [string, number] => [`#count-state-${state}`, count]),
      ['#all-regressed', summary.handle_first.regressed.count],
      ['#all-receipt_error', summary.handle_first.receipt_error.count],
      ['#all-unresolved', summary.handle_first.unresolved.count],
    ]
    for (const [id, count] of numbers) {
      await goHome()
      const shown = numberIn(await world.phone.text(id))
      expect([id, shown]).toEqual([id, count])
      await world.phone.tap(id)
      await world.phone.at(list)
      const expected = count >= 1000 ? '共 1,000+ 家' : `共 ${count} 家`
      await eventually(`${id} to open a list of ${count}`, async () => {
        if (count === 0) return world.phone.shows('#state-empty')
        return (await world.phone.text('#count')) === expected
      })
    }
  })

  test('when I switch between mine and my whole area, then the numbers follow', async () => {
    await logOut()
    await world.loginAs('field_agent')
    await world.phone.logIn()
    const mine = numberIn(await world.phone.reads('我负责的', '#count-total'))
    await world.phone.tap('#mine-toggle')
    const all = numberIn(await world.phone.reads('负责范围', '#count-total'))
    expect(all).toBeGreaterThan(mine)
  })
})

describe('what comes first', () => {
  test('given something went wrong somewhere, then each row says what was seen, when, and what is next, without a green tick', async () => {
    await goHome()
    await world.phone.counts(4, '.first-item')
    const rows = await (await world.phone.page()).$$('.first-item')
    const texts = await Promise.all(rows.map(async (row: { text(): Promise<string> }) => (await row.text()).replaceAll(/\s+/g, ' ')))
    expect(texts).toHaveLength(4)
    for (const text of texts) expect(text).toMatch(/(\d+月\d+日|今天) \d\d:\d\d .*下一步：/)
    expect(texts.join('\n')).toMatch(/退回：门头照片看不清.*改好后再提交/)
    expect(texts.join('\n')).toMatch(/付完看到小票错误页.*排查/)
    expect(await (await world.phone.page()).$$('#first .verified')).toHaveLength(0)
    await world.phone.tap('.first-item')
    await world.phone.at('packages/visit/detail/index')
    await world.phone.reads('门头照片看不清', '#reviews')
    await world.phone.back()
  })

  test('given the page is scrolled, then nothing of it shows through the clock and beside the capsule', async () => {
    await goHome()
    await world.phone.miniProgram.pageScrollTo(400)
    const topOf = (selector: string) =>
      pagesOf(world).evaluate(wanted => document.querySelector(wanted)?.getBoundingClientRect().top ?? 0, selector)
    await eventually('the page scrolled', async () => (await topOf('.first-item')) < 0)
    const covered = await pagesOf(world).evaluate(() => {
      const head = document.querySelector<HTMLElement>('.head')!
      const { width, height } = head.getBoundingClientRect()
      const opaque = getComputedStyle(head).backgroundColor.startsWith('rgb(')
      const points = [4, width / 2, width - 4].flatMap(x => [2, height / 2, height - 2].map(y => [x, y] as const))
      return { opaque, met: points.map(([x, y]) => head.contains(document.elementFromPoint(x, y))), height }
    })
    const capsule = (await world.phone.miniProgram.callWxMethod('getMenuButtonBoundingClientRect')) as unknown as { bottom: number }
    expect(covered).toMatchObject({ opaque: true, met: Array.from({ length: 9 }, () => true) })
    expect(covered.height).toBeGreaterThanOrEqual(capsule.bottom)
  })
})

describe('the filters', () => {
  test('given a number of a state whose chip is beyond the edge, when it is opened, then its chip is in sight', async () => {
    await goHome()
    await world.phone.tap('#count-state-not_applicable')
    await world.phone.at(list)
    await eventually('the chip in sight', async () => {
      const [left, right] = await pagesOf(world).evaluate(() => {
        const chip = document.querySelector('#chip-not_applicable')!.getBoundingClientRect()
        return [chip.left, innerWidth - chip.right]
      })
      return left! >= 0 && right! >= 0
    })
  })

  test('when conditions are chosen, then chips show them, the button counts the shops, and a chip takes its condition away', async () => {
    await goHome()
    await world.phone.tap('#count-total')
    await world.phone.at(list)
    const before = numberIn(await world.phone.reads(/共 \d+ 家/, '#count'))
    await world.phone.tap('#filter')
    await world.phone.tap('#filters', '#filter-receipt-open')
    const see = numberIn(
      await eventually('a smaller count', async () => {
        const text = await world.phone.text('#filters', '#filter-see')
        return /\d/.test(text) && numberIn(text) < before ? text : undefined
      }),
    )
    await world.phone.tap('#filters', '#filter-see')
    await world.phone.reads(`共 ${see} 家`, '#count')
    await world.phone.reads('小票已开', '#active-receipt-open')
    await world.phone.tap('#active-receipt-open')
    await world.phone.reads(`共 ${before} 家`, '#count')
    await world.phone.gone('#active-receipt-open')
  })

  test('the list begins with what went back, and 最近变化 is one tap away', async () => {
    await world.phone.tap('#filter')
    await world.phone.tap('#filters', '#filter-clear')
    await world.phone.tap('#filters', '#filter-see')
    await world.phone.reads('回退优先', '#sort')
    const first = async () => (await (await world.phone.page()).$('.merchant-row'))?.text()
    await eventually('已回退 first', async () => (await first())?.includes('已回退'))
    world.forgetRequests()
    await world.phone.tap('#sort')
    await chooseFromMenu(world, '最近变化')
    await world.phone.reads('最近变化', '#sort')
    await eventually('the list in the other order', () => world.requests(/sort=since/).length > 0)
  })
})

describe('trouble with the provider itself', () => {
  test('given WeChat says that the provider is not enrolled, then a banner says who has been told, and the merchant keeps its state', async () => {
    world.sandbox.control.setProvider({ status: 'not_enrolled' })
    const { version, migration } = (await (await world.request('operator', 'GET', '/v1/sub-merchants/1900000106')).json()) as {
      version: number
      migration: { state: string }
    }
    const answer = await world.request(
      'operator',
      'PUT',
      '/v1/sub-merchants/1900000106/gold-plan/jsapi',
      { status: 'open' },
      {
        'if-match': `"${version}"`,
        'idempotency-key': randomUUID(),
      },
    )
    expect(((await answer.json()) as { code: string }).code).toBe('SP_NOT_ENROLLED')
    await logOut()
    await world.phone.logIn()
    await world.phone.reads('服务商尚未开通点金计划', '#provider-trouble')
    await world.phone.reads('已通知运营 02', '#provider-trouble')
    const after = (await (await world.request('operator', 'GET', '/v1/sub-merchants/1900000106')).json()) as {
      migration: { state: string }
    }
    expect(after.migration.state).toBe(migration.state)
  })
})

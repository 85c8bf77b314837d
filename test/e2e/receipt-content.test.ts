// 小票内容: choosing what a shop's receipt shows, with the page as customers will see it (product.md F8, M15, §8).
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { eventually } from '../support/eventually.ts'
import { createWorld, type World } from '../support/world.ts'

const SHOP = '1900000104'
const page = 'packages/merchant/receipt-content/index'
const field = (id: string) => [`#field-${id}`, 'van-field', 'input'] as const

let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.loginAs('field_agent')
  await world.phone.logIn()
})
afterAll(() => world?.close())
beforeEach(() => world.forgetRequests())

interface Content {
  version: number
  blocks: { kind: string; title?: string }[]
  waiting_hosts: string[]
}
const contentOf = async (sub_mchid = SHOP) =>
  (await (await world.request('operator', 'GET', `/v1/sub-merchants/${sub_mchid}/receipt-content`)).json()) as Content
const change = async (blocks: object[], sub_mchid = SHOP) => {
  const { version } = await contentOf(sub_mchid)
  const headers = { 'if-match': `"${version}"`, 'idempotency-key': randomUUID() }
  expect((await world.request('operator', 'PUT', `/v1/sub-merchants/${sub_mchid}/receipt-content`, { blocks }, headers)).status).toBe(200)
}
const puts = () => world.requests(/^PUT .*\/receipt-content$/)
const kinds = async () => (await contentOf()).blocks.map(({ kind }) => kind)
const open = async (sub_mchid = SHOP) => {
  await world.phone.open('/pages/home/index', 'switchTab')
  await world.phone.openMerchant(sub_mchid)
  await world.phone.tap('#more-receipt-content')
  await world.phone.at(page)
  await world.phone.find('#count')
}

describe('choosing the receipt', () => {
  test('given nothing was chosen, when I take the template of the trade, then it is drawn at once, and saved it is what GET returns', async () => {
    await open()
    await world.phone.reads('还没有内容', '#none')
    await world.phone.reads('微信支付的付款凭证', '#preview')
    await world.phone.reads('没有改动', '#save')
    await world.phone.reads('适合这家店', '#template-catering')
    await world.phone.tap('#template-catering')
    await world.phone.reads(/取餐码.*A108.*前台取餐口.*叫号后/, '#preview')
    expect(puts()).toEqual([])
    await world.phone.tap('#save')
    await world.phone.reads('没有改动', '#save')
    expect(await kinds()).toEqual(['pickup_code', 'order_items', 'pickup_point', 'notice'])
    expect(puts()).toHaveLength(1)
    expect(puts()[0]!.headers['if-match']).toBe('"0"')
  })

  test('when I move, rename and remove blocks with the buttons, then the preview follows, 还原 takes it back, and saving keeps the order', async () => {
    await world.phone.tap('#down-0')
    await world.phone.reads('订单内容', '#block-0')
    await world.phone.reads(/订单内容.*A108/, '#preview')
    await world.phone.tap('#remove-3')
    await eventually('the block to go', async () => !(await world.phone.shows('#block-3')))
    await world.phone.tap('#revert')
    await world.phone.reads('4/6', '#count')
    await world.phone.reads(/A108.*订单内容/, '#preview')
    await world.phone.tap('#up-1')
    await world.phone.tap('#edit-1')
    await world.phone.type('叫号', ...field('title'))
    await world.phone.reads('叫号', '#preview')
    await world.phone.tap('#save')
    await world.phone.reads('没有改动', '#save')
    const { blocks } = await contentOf()
    expect(blocks.slice(0, 2)).toEqual([{ kind: 'order_items' }, { kind: 'pickup_code', title: '叫号' }])
  })

  test('given a wrong address, then it says what is wrong and 保存 does nothing until it is right', async () => {
    await world.phone.tap('#add-link')
    await world.phone.reads('还有 2 处要改', '#save')
    await world.phone.type('开发票', ...field('label'))
    await world.phone.type('http://pay.example.cn', ...field('url'))
    await world.phone.reads('https://', '#fault-url')
    await world.phone.tap('#save')
    await world.phone.type('https://pay.example.cn/invoice', ...field('url'))
    await world.phone.gone('#fault-url')
    expect(puts()).toEqual([])
    await world.phone.tap('#save')
    await world.phone.reads('没有改动', '#save')
    expect((await kinds()).at(-1)).toBe('link')
    await world.phone.reads(/pay\.example\.cn.*区域主管/, '#waiting-links')
  })

  test('given no network, then it cannot be saved, and the change outlives a killed app', async () => {
    await world.simulator.phone.set({ offline: true })
    await world.phone.reads('需要联网', '#save')
    await world.phone.tap('#remove-0')
    await world.phone.reads('4/6', '#count')
    await world.phone.tap('#save')
    await world.simulator.restart()
    await world.phone.at('pages/home/index')
    await world.phone.open(`/${page}?sub_mchid=${SHOP}`, 'navigateTo')
    await world.phone.reads('4/6', '#count')
    await world.phone.find('#state-offline')
    expect(puts()).toEqual([])
    await world.simulator.phone.set({ offline: false })
    await world.phone.reads('上次没保存', '#resumed')
    await world.phone.reads(/^保存$/, '#save')
    await world.phone.tap('#save')
    await world.phone.reads('没有改动', '#save')
    expect((await kinds())[0]).toBe('pickup_code')
  })

  test('given the answer is lost, then nobody knows, and saving again sends the same once more', async () => {
    await world.phone.tap('#remove-0')
    world.cutNext(/^PUT .*\/receipt-content$/)
    await world.phone.tap('#save')
    await world.phone.reads('再保存一次', '#save')
    await world.phone.find('#unsure')
    await world.phone.tap('#save')
    await world.phone.reads('没有改动', '#save')
    expect((await kinds())[0]).toBe('pickup_point')
  })

  test('given a colleague changed it meanwhile, then the conflict names it; 用现在的 takes theirs, 仍用我的 writes mine over it', async () => {
    await world.phone.tap('#remove-0')
    await change([{ kind: 'notice', text: '今日盘点' }])
    await world.phone.tap('#save')
    await world.phone.reads(/运营 02.*改过/, '#conflict')
    await world.phone.tap('#conflict', '#banner-theirs')
    await world.phone.reads('今日盘点', '#preview')
    await world.phone.reads('没有改动', '#save')

    await world.phone.tap('#add-pickup_code')
    await change([{ kind: 'notice', text: '明天休息' }])
    await world.phone.tap('#save')
    await world.phone.find('#conflict')
    expect(await kinds()).toEqual(['notice'])
    await world.phone.tap('#conflict', '#banner-mine')
    await world.phone.gone('#conflict')
    await world.phone.reads('没有改动', '#save')
    expect(await kinds()).toEqual(['notice', 'pickup_code'])
  })

  test('given another account on the same phone, then it sees nothing of my unsaved change', async () => {
    await world.phone.tap('#remove-0')
    await world.phone.reads('1/6', '#count')
    await world.loginAs('auditor')
    await world.phone.open('/pages/mine/index', 'switchTab')
    await world.phone.tap('#log-out')
    await world.phone.tap('#sheet', '#sheet-confirm')
    await world.phone.logIn()
    await open()
    await world.phone.reads('2/6', '#count')
    await world.phone.reads('不能改小票内容', '#read-only')
    await world.phone.gone('#save')
    await world.phone.gone('#up-1')
  })

  test('given an agent linked to a host that nobody registered, when a lead opens the page, then one tap lets customers see it', async () => {
    const { version } = await contentOf()
    const link = { kind: 'link', label: '开发票', url: 'https://elsewhere.example.net/invoice' }
    const headers = { 'if-match': `"${version}"`, 'idempotency-key': randomUUID() }
    await world.request('field_agent', 'PUT', `/v1/sub-merchants/${SHOP}/receipt-content`, { blocks: [link] }, headers)
    await world.loginAs('region_lead')
    await world.phone.open('/pages/mine/index', 'switchTab')
    await world.phone.tap('#log-out')
    await world.phone.tap('#sheet', '#sheet-confirm')
    await world.phone.logIn()
    await open()
    await world.phone.reads('elsewhere.example.net', '#waiting-links')
    await world.phone.tap('#waiting-links', '#banner-allow')
    await world.phone.gone('#waiting-links')
    expect((await contentOf()).waiting_hosts).toEqual([])
  })
})

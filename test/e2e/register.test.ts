// The register of appids and the checklist, kept by an administrator through screens (product.md §5.1, §10): what an agent asked for becomes a verdict, and a
// version that is published is used by the next visit while a draft that was begun goes on with its own.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import type { ChecklistDraft, SubMerchant, VisitPage } from '../../typings/api.ts'
import { eventually } from '../support/eventually.ts'
import { press } from '../support/overlay.ts'
import { tab } from '../support/person.ts'
import { createWorld, type World } from '../support/world.ts'

const register = 'packages/manage/appids/index'
const template = 'packages/manage/checklist-template/index'
const [ofOrder, ofVisit, later] = ['1900000101', '1900000103', '1900000104'] as const
const missing = 'wx00000000000000ff'

let world: World
beforeAll(async () => void (world = await createWorld()))
afterAll(() => world?.close())

let held = ''
/** Hands the phone to another person: 退出登录, then their login. */
async function giveTo(role: 'field_agent' | 'operator' | 'admin'): Promise<void> {
  if (held !== '') {
    await tab(world.phone, 'mine')
    await world.phone.tap('#log-out')
    await world.phone.tap('#sheet', '#sheet-confirm')
  }
  await world.loginAs(role)
  await world.phone.logIn()
  held = role
}
/** 管理, then the room. */
async function room(id: string, page: string): Promise<void> {
  await world.phone.open('/pages/home/index', 'switchTab')
  await world.phone.tap('#desk')
  await world.phone.tap(`#room-${id}`)
  await world.phone.at(page)
}
const merchantNow = async (sub_mchid: string) =>
  (await (await world.request('operator', 'GET', `/v1/sub-merchants/${sub_mchid}`)).json()) as SubMerchant

describe('the register of appids', () => {
  test('given an order that was paid with an appid that nobody entered, when an administrator enters it, then the verdict of the shop follows', async () => {
    const { phone } = world
    await giveTo('operator')
    await phone.open(`/packages/merchant/order-query/index?sub_mchid=${ofOrder}`, 'navigateTo')
    await phone.type(`demo-unknownapp-${ofOrder}`, '#number')
    await phone.tap('#ask')
    await phone.reads('分不清', '#result')
    await phone.reads('已记为依据', '#result')
    expect((await merchantNow(ofOrder)).migration.state).toBe('unknown')
    // an operator reads the register, and cannot write in it
    await room('appids', register)
    await phone.reads('只能看', '#read-only')
    await phone.gone('#add')

    await giveTo('admin')
    await room('appids', register)
    await phone.reads(missing, '#missing')
    await phone.reads('1 笔订单', '#missing')
    await phone.tap(`#enter-${missing}`)
    await phone.tap('#save')
    await phone.reads('请选它是什么', '#fault-kind')
    await phone.tap('#kind-official_account')
    await phone.type('科技园店公众号', '#field-name')
    await phone.type(ofOrder, '#field-owner')
    await phone.tap('#save')
    await phone.reads('已重新判断 1 家店，1 家的结论变了', '#effect')
    expect((await merchantNow(ofOrder)).migration).toMatchObject({ state: 'not_migrated', reason: 'NO_RECORD_OF_OPENING' })
    await phone.openMerchant(ofOrder)
    await phone.reads('未迁移', '#verdict')
    await phone.open(`/packages/manage/audit/index?sub_mchid=${ofOrder}`)
    await phone.reads('重新判断', '#entries')
  })

  test('when it turns out to be a mini program, then the verdict goes back; a colleague who changed it meanwhile is named', async () => {
    const { phone } = world
    await room('appids', register)
    await phone.tap(`#entry-${missing}`)
    await phone.reads(missing, '#detail')
    const { items } = (await (await world.request('admin', 'GET', `/v1/appids?q=${missing}`)).json()) as { items: { version: number }[] }
    const headers = { 'if-match': `"${items[0]!.version}"`, 'idempotency-key': randomUUID() }
    await world.request('admin', 'PUT', `/v1/appids/${missing}`, { kind: 'official_account', name: '同事改的' }, headers)
    await phone.tap('#kind-mini_program')
    await phone.tap('#save')
    await phone.reads('同事改的', '#conflict')
    expect((await merchantNow(ofOrder)).migration.state).toBe('not_migrated')
    await phone.tap('#conflict', '#banner-mine')
    await eventually('the verdict', async () => (await merchantNow(ofOrder)).migration.state === 'unknown')
    await phone.reads('已重新判断 1 家店，1 家的结论变了', '#effect')
  })

  test('given a pasted list, then each line is told before anything is written, and what is written is found', async () => {
    const { phone } = world
    await room('appids', register)
    await phone.tap('#paste')
    await phone.type('wxe111111111111111 公众号 1900000109 面馆二号\nwxe222222222222222\n没有号', '#paste-text')
    await phone.tap('#look')
    await phone.reads('没写是公众号、小程序还是 App', '#refused')
    await phone.reads('没有 AppID', '#refused')
    await phone.reads('面馆二号', '#to-write')
    await phone.tap('#apply')
    await phone.reads('新登记 1 个', '#applied')
    await phone.back()
    await phone.type('面馆二号', '#search', 'van-search', 'van-field', 'input')
    await phone.reads('wxe111111111111111', '#entries')
  })
})

describe('the checklist', () => {
  const draftNow = async () => (await (await world.request('admin', 'GET', '/v1/checklist-templates/draft')).json()) as ChecklistDraft
  const choose = (id: string, value: string) => world.phone.tap(`#ask-${id}`, `#option-${id}-${value}`)
  const begin = async (sub_mchid: string) => {
    await world.phone.open('/pages/home/index', 'switchTab')
    await world.phone.open(`/packages/visit/edit/index?sub_mchid=${sub_mchid}`, 'navigateTo')
    await world.phone.find('#progress')
  }
  const photograph = async (id: string, consent: boolean) => {
    await world.phone.tap(`#ask-${id}`, `#photos-${id}`, '#add')
    if (consent) await eventually('the question for consent', () => press(world, '同意'))
    await eventually('the camera', () => press(world, '1 张照片'))
    await eventually('the photo', () => world.phone.shows(`#ask-${id}`, `#photos-${id}`, '.picture'))
  }

  test('when an administrator removes an item that others depend on, then each fault stands at its item, and what visits would no longer say is named', async () => {
    const { phone } = world
    await room('checklist-template', template)
    await phone.reads('在用：第 1 版', '#list')
    await phone.tap('#edit-B2')
    await phone.reads('是否打开网页', '#fact')
    await phone.tap('#remove')
    await phone.tap('#sheet', '#sheet-confirm')
    await phone.reads('3 项有问题', '#faults')
    await phone.reads('条件里的 B2 已经删了', '#item-B3')
    await phone.reads('是否打开网页', '#lost')
    await phone.tap('#publish')
    await world.pass(300)
    expect(world.requests(/^POST \/v1\/checklist-templates$/)).toEqual([])
    await phone.tap('#discard')
    await phone.tap('#sheet', '#sheet-confirm')
    await phone.gone('#faults')
  })

  test('when the administrator changes words, order and adds an item, then the draft has it and the preview asks it; a colleague who saved meanwhile loses nothing', async () => {
    const { phone } = world
    await phone.tap('#edit-F4')
    await phone.type('还有什么没解决', '#label-zh')
    await phone.tap('#save')
    await phone.at(template)
    await phone.reads('改过', '#item-F4')
    await phone.tap('#up-F4')
    await phone.reads('顺序变了', '#changes')
    await phone.tap('#add-F')
    await phone.find('#label-zh')
    const { version, content } = await draftNow()
    const items = content.items.map(item => (item.id === 'A4' ? { ...item, label_zh: '已说明来意，商户同意' } : item))
    const headers = { 'if-match': `"${version}"`, 'idempotency-key': randomUUID() }
    expect((await world.request('admin', 'PUT', '/v1/checklist-templates/draft', { ...content, items }, headers)).status).toBe(200)
    await phone.type('已留下服务电话', '#label-zh')
    await phone.type('Left our number', '#label-en')
    await phone.tap('#required')
    await phone.tap('#save')
    await phone.reads('两边的改动都在草稿里', '#merged')
    await phone.reads('新增', '#item-F5')
    await phone.reads('已说明来意，商户同意', '#item-A4')
    await phone.tap('#preview')
    await phone.at('packages/visit/preview/index')
    await phone.reads('已留下服务电话', '#section-F')
    await phone.gone('#item-A2')
    await choose('A1', 'different')
    await phone.find('#item-A2')
  })

  test('given a visit that was begun without a network before version 2 was published, then it is asked and taken by version 1', async () => {
    const { phone } = world
    await giveTo('field_agent')
    await begin(ofVisit)
    await choose('A1', 'same')
    await phone.reads('已存在手机里', '#saved')
    await world.simulator.phone.set({ offline: true })
    // at another phone
    const { version } = await draftNow()
    const headers = { 'if-match': `"${version}"`, 'idempotency-key': randomUUID() }
    expect((await world.request('admin', 'POST', '/v1/checklist-templates', { comment: '收尾多问一项' }, headers)).status).toBe(200)
    await photograph('A3', true)
    for (const [id, value] of [
      ['A4', 'true'],
      ['B1', 'payment_code'],
      ['B2', 'no'],
      ['B3', 'true'],
      ['D1', 'none'],
      ['E1', 'true'],
      ['E2', 'not_wanted'],
    ] as const)
      await choose(id, value)
    await phone.gone('#item-F5')
    await phone.tap('#bar', '#primary')
    await phone.find('#sent')
    await world.simulator.phone.set({ offline: false })
    await eventually('the visit on the server', async () => {
      const page = (await (await world.request('operator', 'GET', `/v1/visits?sub_mchid=${ofVisit}`)).json()) as VisitPage
      return page.items.length > 0
    })
    const { items } = (await (await world.request('operator', 'GET', `/v1/visits?sub_mchid=${ofVisit}`)).json()) as VisitPage
    const visit = (await (await world.request('operator', 'GET', `/v1/visits/${items[0]!.id}`)).json()) as { template_version: number }
    expect(visit.template_version).toBe(1)
  })

  test('when the administrator publishes the next version with a comment, then the next visit is asked by it, and every version stays to be read', async () => {
    const { phone } = world
    await giveTo('admin')
    await room('checklist-template', template)
    await phone.reads('在用：第 2 版', '#list')
    await phone.tap('#edit-F5')
    await phone.type('已留下服务商电话', '#label-zh')
    await phone.tap('#save')
    await phone.tap('#publish')
    await phone.reads('发布第 3 版', '#sheet')
    await phone.type('说清是谁的电话', '#sheet', '#sheet-reason')
    await phone.tap('#sheet', '#sheet-confirm')
    await phone.reads('第 3 版从现在起使用', '#published')
    await phone.tap('#part-versions')
    await phone.reads('说清是谁的电话', '#version-3')
    await phone.reads('收尾多问一项', '#version-2')
    await phone.reads('随程序提供', '#version-1')
    await giveTo('field_agent')
    await begin(later)
    await phone.reads('已留下服务商电话', '#section-F')
    await phone.reads('还有什么没解决', '#section-F')
  })
})

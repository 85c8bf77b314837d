// 服务商设置 and 报名及配置 (product.md §5.1, §5.4): an administrator finds what is still to do, machines and people answer it, settings are saved past a
// conflict, and verdicts follow 默认开通.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import type { AuditPage, ProviderNumberList, SubMerchant } from '../../typings/api.ts'
import { host, page as answer } from '../backend/link-check/zoo.ts'
import { eventually } from '../support/eventually.ts'
import { tab } from '../support/person.ts'
import { saveSettings } from '../support/provider-settings.ts'
import { createWorld, type World } from '../support/world.ts'

const settings = 'packages/manage/provider/index'
const readiness = 'packages/manage/readiness/index'
const saves = /^PUT \/v1\/provider\/\d+$/

let world: World
beforeAll(async () => {
  world = await createWorld({ receiptSite: true })
  world.receiptSite.answer(answer())
  await world.loginAs('admin')
  await world.phone.logIn()
})
afterAll(() => world?.close())
beforeEach(() => world.forgetRequests())

const number = async () => ((await (await world.request('admin', 'GET', '/v1/provider')).json()) as ProviderNumberList).numbers[0]!
const shop = async (sub_mchid: string) =>
  (await (await world.request('operator', 'GET', `/v1/sub-merchants/${sub_mchid}`)).json()) as SubMerchant
const trail = async (action: string) =>
  ((await (await world.request('auditor', 'GET', `/v1/audit-entries?action=${action}`)).json()) as AuditPage).items
/** Another administrator saves, beside the phone. */
const saveBeside = (change: object) => saveSettings(world, change)
async function openRoom(id: 'provider' | 'readiness', path: string): Promise<void> {
  await tab(world.phone, 'home')
  await world.phone.tap('#desk')
  await world.phone.tap(`#room-${id}`)
  await world.phone.at(path)
}
/** Waits until the link reads so. 再查一次, and again where a busy machine was too slow for the check itself, as a person would. */
async function checked(text: string): Promise<void> {
  await eventually(`the link: ${text}`, async () => {
    await world.phone.tap('#check')
    await world.phone.gone('#checking')
    const read = await world.phone.reads(/打得开|有问题|10 秒没打开/, '#item-receipt_link')
    if (/太慢|10 秒没打开/.test(read)) throw new Error(`it reads "${read}"`)
    expect(read).toContain(text)
    return true
  })
}
async function pick(part: 'date' | 'time', value: string): Promise<void> {
  await (await world.phone.find(`#since-${part}`)).trigger('change', { value })
  await world.phone.reads(value, `#since-${part}`)
}

describe('what is still to do', () => {
  test('given an administrator, then the workbench says how far it is and what comes next, and leads there', async () => {
    await world.phone.reads(/下一步：小票链接.*9\/14/s, '#readiness')
    await world.phone.tap('#readiness')
    await world.phone.at(readiness)
    await world.phone.reads(/9\s*\/14/, '#ring')
    await world.phone.reads('配置商家小票链接', '#next')
    await world.phone.tap('#item-receipt_link')
    await world.phone.reads('点金计划 > 商家小票链接配置 > 添加链接', '#path')
    await world.phone.reads('还没有人记录', '#answered')
  })

  test('when a person records an item, then it counts, with who, when and why; a payment code in the note goes nowhere', async () => {
    await world.phone.tap('#item-debuggers')
    await world.phone.reads(/运营 02 .*记为还没做/, '#answered')
    await world.phone.tap('#answer')
    await world.phone.type('134567890123456789', '#note')
    await world.phone.type('门店两位店长', '#note')
    await world.phone.tap('#answer-done')
    await world.phone.tap('#answer-save')
    await world.phone.reads(/管理员 01 今天 .*记为已完成/, '#answered')
    await world.phone.reads('门店两位店长', '#answer-note')
    await world.phone.reads(/10\s*\/14/, '#ring')
    expect(world.requests(/readiness\/debuggers/).map(({ body }) => body)).toEqual([{ answer: 'done', note: '门店两位店长' }])
    expect((await trail('readiness.answer'))[0]).toMatchObject({ after: { item: 'debuggers', answer: 'done' } })
  })

  test('when a colleague recorded it first, then that is said and shown, and nothing is overwritten', async () => {
    const { sp_mchid } = await number()
    await world.phone.tap('#item-callback')
    await world.phone.tap('#answer')
    const headers = { 'if-match': '"0"', 'idempotency-key': randomUUID() }
    const body = { answer: 'not_needed', note: '不接收回调' }
    expect((await world.request('operator', 'PUT', `/v1/provider/${sp_mchid}/readiness/callback`, body, headers)).status).toBe(200)
    await world.phone.tap('#answer-save')
    await world.phone.reads('已由他人记录', '#overtaken')
    await world.phone.reads(/运营 02 今天 .*记为不需要/, '#answered')
  })
})

describe('settings', () => {
  test('given links that may not stand there, then each is refused in words; a right one is saved, and the machine checks it', async () => {
    await openRoom('provider', settings)
    for (const [given, said] of [
      [`${host}:8443`, '不能带端口'],
      ['*.example.com', '不能用通配符'],
      ['203.0.113.7', '不能是 IP 地址'],
      ['xn--fiqs8s.example.com', '只能是英文域名'],
    ] as const) {
      await world.phone.tap('#add-link')
      await world.phone.type(given, '#link-host')
      await world.phone.tap('#link-keep')
      await world.phone.reads(said, '#link-fault')
    }
    // the first of the demo becomes the one that can be visited, the second goes
    await world.phone.tap('#link-1')
    await world.phone.tap('#link-remove')
    await world.phone.gone('#link-1')
    await world.phone.tap('#link-0')
    await world.phone.type(host, '#link-host')
    await world.phone.tap('#link-keep')
    await world.phone.reads(host, '#link-0')
    expect(world.requests(saves)).toEqual([])
    await world.phone.tap('#save')
    await world.phone.reads('已保存', '#nothing')
    expect((await number()).receipt_links).toEqual([{ host, path: '/receipt', note: '所有门店' }])
    expect((await trail('provider.change'))[0]).toMatchObject({
      actor: { display_name: '管理员 01' },
      after: { receipt_links: [{ host }] },
    })

    await openRoom('readiness', readiness)
    await checked('打得开，没发现问题')
    await world.phone.tap('#item-api_keys')
    await world.phone.reads('应答也验签通过', '#check-keys')
    await world.phone.reads(/相差 0(\.\d)? 秒/, '#check-clock')
    world.receiptSite.answer(answer('<!doctype html>', { 'x-frame-options': 'DENY' }))
    await checked('不让微信嵌入')
  })

  test('given the page is read anew when the machine checks, when that answer comes last, then what was found stays', async () => {
    const reads = /^GET \/v1\/provider$/
    world.receiptSite.answer(answer())
    const arrive = world.holdAnswers(reads)
    await openRoom('readiness', readiness)
    await eventually('the read', () => world.requests(reads).length > 0)
    await checked('打得开，没发现问题')
    arrive()
    await eventually('the read after it', () => world.requests(reads).length > 1)
    await world.phone.reads('打得开，没发现问题', '#item-receipt_link')
  })

  test('given somebody else saved meanwhile, then both values are shown, mine is still there, and what I choose is saved', async () => {
    await openRoom('provider', settings)
    await world.phone.type('60', '#stale')
    await world.phone.tap('#watch-no')
    await saveBeside({ stale_after_days: 45, rollout_rate_per_minute: 30 })
    await world.phone.tap('#save')
    await world.phone.reads(/我的：60 天.*对方的：45 天/s, '#conflict-stale_after_days')
    await world.phone.reads('每分钟 30 次', '#kept-rollout_rate_per_minute')
    await world.phone.tap('#theirs-stale_after_days')
    await world.phone.tap('#save')
    await world.phone.gone('#conflict')
    expect(await number()).toMatchObject({ stale_after_days: 45, rollout_rate_per_minute: 30, watch: { enabled: false } })
  })

  test('given the answer to a save is lost, when it is sent once more, then it is saved once with the same key', async () => {
    const { version } = await number()
    await world.phone.tap('#watch-yes')
    world.cutNext(saves)
    await world.phone.tap('#save')
    await world.phone.tap('#refusal', '#refusal-act')
    await world.phone.reads('已保存', '#nothing')
    expect((await number()).version).toBe(version + 1)
  })
})

describe('默认开通', () => {
  test('when it is recorded with a day in the past, then it is asked first how many shops it concerns, and their verdicts follow', async () => {
    const before = await shop('1900000106')
    expect(before.migration.state).toBe('not_migrated')
    const { judged_by_default_open } = await number()
    await world.phone.tap('#change-since')
    await pick('date', '2026-11-01')
    await pick('time', '09:30')
    await world.phone.tap('#since-on')
    await world.phone.reads(/11月1日 09:30 起打开/, '#since')
    expect(world.requests(saves)).toEqual([])
    await world.phone.tap('#save')
    await world.phone.reads(`${judged_by_default_open.toLocaleString('en')} 家`, '#sheet')
    await world.phone.tap('#sheet', '#sheet-confirm')
    await world.phone.reads(/管理员 01 今天/, '#default-open')
    await world.phone.gone('#rederiving')
    const after = await shop('1900000106')
    expect([after.migration.state, after.migration.reason]).toEqual(['enrolled', 'DEFAULT_OPEN'])
    await world.phone.openMerchant('1900000106')
    await world.phone.reads('已开通', '#verdict')
    await world.phone.back()
  })

  test('when it is off again, then the verdicts are what they were', async () => {
    await world.phone.at(settings)
    await world.phone.tap('#change-since')
    await world.phone.tap('#since-off')
    await world.phone.tap('#save')
    await world.phone.tap('#sheet', '#sheet-confirm')
    await world.phone.reads('已保存', '#nothing')
    await world.phone.reads('没有打开', '#since')
    await world.phone.gone('#rederiving')
    expect((await shop('1900000106')).migration).toMatchObject({ state: 'not_migrated', reason: 'SEEN_NOT_OFFICIAL' })
  })
})

test('given an operator, then settings are read and not changed; an agent does not see them', async () => {
  const { phone } = world
  await tab(phone, 'mine')
  await phone.tap('#log-out')
  await phone.tap('#sheet', '#sheet-confirm')
  await world.loginAs('operator')
  await phone.logIn()
  await phone.gone('#readiness')
  await openRoom('provider', settings)
  await phone.reads(host, '#link-0')
  expect([await phone.shows('#save'), await phone.shows('#add-link'), await phone.shows('#stale')]).toEqual([false, false, false])
})

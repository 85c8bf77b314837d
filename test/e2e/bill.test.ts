// Evidence that comes by itself, as an operator meets it (product.md B04, B17 to B20): a bill that was refused and asked for again, a merchant that it
// found, a shop that WeChat Pay limits and lets go, a hint that a receipt stopped, and the plan of visits that a lead publishes.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { AuditPage, Me, SubMerchant, SubMerchantPage, VisitPlan } from '../../typings/api.ts'
import { OFFICIAL_ACCOUNT_APPID } from '../../dev/sandbox/index.ts'
import { eventually } from '../support/eventually.ts'
import { tab } from '../support/person.ts'
import { createWorld, type World } from '../support/world.ts'

const day = 86_400_000
/** the day whose bill is the newest once a day has passed since DEMO_MOMENT */
const billDay = '2026-11-23'
const stranger = '1900700009'
const limited = '1900000120'

let world: World
beforeAll(async () => {
  world = await createWorld({ workerEveryMs: 50 })
  await world.loginAs('operator')
  await world.phone.logIn()
})
afterAll(() => world?.close())

const get = async <T>(role: string, path: string) => (await (await world.request(role, 'GET', path)).json()) as T
async function room(id: string, page: string): Promise<void> {
  await tab(world.phone, 'home')
  await world.phone.tap('#desk')
  await world.phone.tap(`#room-${id}`)
  await world.phone.at(page)
}

describe('a trade bill', () => {
  test('given its totals disagree, then 报名及配置 says so and what comes next; mended and asked for again, it lands', async () => {
    const payments = [
      { sub_mchid: stranger, count: 26, appid: OFFICIAL_ACCOUNT_APPID },
      { sub_mchid: stranger, count: 4, trade_type: 'NATIVE' },
    ]
    world.sandbox.control.setBill(billDay, { payments, fault: 'wrong_totals' })
    await world.advance(day)
    await room('readiness', 'packages/manage/readiness/index')
    await refreshUntil('11月23日 行数和总交易单数不一致，没有采用', '#bills')
    await world.phone.reads(/近 90 天缺 \d+ 天/, '#bills-title')
    world.sandbox.control.setBill(billDay, { payments, fault: 'none' })
    await world.phone.tap('#bills-again')
    await refreshUntil('最新到 11月23日', '#bills-newest')
  })

  test('given it names a merchant that nobody entered, then the workbench leads to it; added, it is in the directory with its name pending', async () => {
    await tab(world.phone, 'home')
    await world.phone.tap('#unlisted')
    await world.phone.at('packages/manage/unlisted/index')
    await world.phone.reads('近 30 天 30 笔', `#merchant-${stranger}`)
    await world.phone.reads('扫码 4 笔', `#merchant-${stranger}`)
    await world.whileTimeStands(async () => {
      await world.phone.tap(`#add-${stranger}`)
      await world.phone.tap('#undo')
      await world.phone.reads('已撤销，没有改动。', '#ended')
      await world.phone.tap(`#add-${stranger}`)
      await world.phone.reads('5 秒后把尾号 0009 加入目录', '#undo')
      await world.pass(5_100)
    })
    await world.phone.reads(`${stranger} 已加入目录`, '#done')
    await world.phone.gone(`#merchant-${stranger}`)
    await world.phone.tap('#done', `#banner-${stranger}`)
    await world.phone.reads('名称待补 0009', '#verdict')
    const { items } = await get<AuditPage>('auditor', `/v1/audit-entries?sub_mchid=${stranger}`)
    expect(items.map(({ action }) => action)).toContain('merchant.added')
  })

  test('given one that is not ours to look after, then it is put aside, and can be taken back', async () => {
    await room('unlisted', 'packages/manage/unlisted/index')
    await world.phone.tap('#dismiss-1900700003')
    await world.pass(5_100)
    await world.phone.reads('1900700003 已忽略', '#done')
    await world.phone.tap('#part-dismissed')
    await world.phone.reads('今天', '#merchant-1900700003')
    await world.phone.tap('#restore-1900700003')
    await world.pass(5_100)
    await world.phone.reads('没有忽略的商户', '#state-empty')
  })
})

describe('what WeChat Pay limits', () => {
  const openLimitations = async () => {
    // ten pages at most stand on one another
    await tab(world.phone, 'home')
    await world.phone.openMerchant(limited)
    await world.phone.tap('#more-limitations')
    await world.phone.at('packages/merchant/limitations/index')
  }
  test('given WeChat Pay limits a shop for a reason that the program does not know, then it is asked, and says it as WeChat Pay does', async () => {
    world.sandbox.control.setMerchant(limited, {
      limitations: [
        { functions: ['NO_TRANSACTION'], reason: '经营地址异常', recover_way: 'SUBMIT_OFFLINE_BUSINESS_SCENARIO_INFORMATION' },
        { functions: ['NO_SOMETHING_NEW'], reason: '新的原因', recover_way: 'SHOW_A_NEW_PAPER' },
      ],
    })
    await openLimitations()
    await world.phone.reads('没有发现过限制', '#state-title')
    await world.phone.tap('#ask')
    await world.phone.reads('微信支付正在限制这家店', '#state-title')
    await world.phone.reads('关闭收单', '#state')
    await world.phone.reads('NO_SOMETHING_NEW', '#state')
    await world.phone.reads('请商户提交线下经营场所的资料', '#case-0')
    await world.phone.reads('微信支付的说法：SHOW_A_NEW_PAPER', '#case-1')
    await world.phone.openMerchant(limited)
    await world.phone.reads('微信支付限制：关闭收单', '#limited')
  })
  test('given another is only announced, then it says from when, and the shop keeps its state', async () => {
    const soon = { functions: ['NO_WITHDRAWAL'], recover_way: 'CONFIRM_BUSINESS_TYPE', since: '2026-12-20T00:00:00+08:00', planned: true }
    world.sandbox.control.setMerchant(limited, { limitations: [soon] })
    await openLimitations()
    await world.phone.tap('#ask')
    await world.phone.reads('微信支付将要限制这家店', '#state-title')
    await world.phone.reads('微信支付刚才说：将要限制', '#answered')
    await world.phone.reads('12月20日 00:00 起限制', '#case-0')
    await world.phone.openMerchant(limited)
    await world.phone.reads('微信支付将限制：关闭提现', '#limited')
    expect((await get<SubMerchant>('operator', `/v1/sub-merchants/${limited}`)).migration.state).toBe('verified')
  })
  test('given it is lifted, then asking again says so, and the shop no longer warns', async () => {
    world.sandbox.control.setMerchant(limited, { limitations: [] })
    await openLimitations()
    await world.phone.tap('#ask')
    await world.phone.reads('微信支付的限制已解除', '#state-title')
    await world.phone.reads('预告：关闭提现', '#past')
    await world.phone.reads('关闭收单', '#past')
    await world.phone.openMerchant(limited)
    await world.phone.gone('#limited')
    expect((await get<SubMerchant>('operator', `/v1/sub-merchants/${limited}`)).migration.state).toBe('verified')
  })
})

describe('a receipt that stopped', () => {
  test('given many payments and no load, then workbench, list and shop say so with both numbers, and the verdict stays', async () => {
    const { items } = await get<SubMerchantPage>('operator', '/v1/sub-merchants?attention=SUSPECTED')
    const [found] = items
    expect([items.length, found!.migration.state, found!.suspected!.payments]).toEqual([1, 'verified', 23])
    await tab(world.phone, 'home')
    await world.phone.tap('#all-suspected')
    await world.phone.reads('疑似回退：付 23 笔，小票 0 次', '.merchant-row')
    await world.phone.openMerchant(found!.sub_mchid)
    await world.phone.reads('网页支付 23 笔，小票打开 0 次', '#suspected')
  })
})

describe('the plan of visits', () => {
  test('given a lead publishes a day, then who goes there finds the shops on the workbench', async () => {
    await giveTo('region_lead')
    await room('visit-plan', 'packages/manage/visit-plan/index')
    await world.phone.reads('目标 95%', '#summary-title')
    const { days } = await get<VisitPlan>('region_lead', '/v1/visit-plan')
    const { staff } = await get<Me>('field_agent', '/v1/me')
    const first = days.find(({ people }) => people.some(({ staff_id }) => staff_id === staff.id))!
    const { stops } = first.people.find(({ staff_id }) => staff_id === staff.id)!
    const row = `${first.day}-${staff.id}`
    await world.phone.tap(`#person-${row}`)
    await world.phone.find('.stop')
    await world.phone.tap(`#publish-${row}`)
    await world.phone.reads('已下发', `#person-${row}`)
    await giveTo('field_agent')
    await world.phone.reads(String(stops), '#plan')
    await world.phone.tap('#plan')
    await world.phone.at('packages/manage/visit-plan/index')
    await world.phone.find('.stop')
    await world.phone.tap('.stop')
    await world.phone.reads('证据较旧', '#verdict')
  })
})

/** The page is pulled down until it says so: the worker fetches beside it. */
async function refreshUntil(text: string, selector: string): Promise<void> {
  await eventually(`${selector} to read ${text}`, async () => {
    await (await world.phone.page()).callMethod('onPullDownRefresh')
    return (await world.phone.text(selector)).includes(text)
  })
}
async function giveTo(role: 'region_lead' | 'field_agent'): Promise<void> {
  await tab(world.phone, 'mine')
  await world.phone.tap('#log-out')
  await world.phone.tap('#sheet', '#sheet-confirm')
  await world.loginAs(role)
  await world.phone.logIn()
}

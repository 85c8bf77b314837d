// 小票加载: what the counters say of one shop by day, of all shops with the worst first, and what is said where there is nothing to say (product.md B12).
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { provider } from '../../dev/demo/organisation.ts'
import { dayOf } from '../../backend/http/days.ts'
import { readySteps } from '../../backend/receipts/steps.ts'
import { createWorld, type World } from '../support/world.ts'

const page = 'packages/merchant/receipt-health/index'
const { sp_mchid } = provider
/** its receipt is open */
const GOOD = '1900000127'
const LATE = '1900000121'
const NONE = '1900000104'
const DAY = 86_400_000
const health = /^GET .*\/receipt-health/

let world: World
/** Loads of a day: `ms` of each that told its time. */
const load = async (sub_mchid: string, ago: number, counted: { valid: number; invalid?: number; ms: Record<number, number> }) => {
  const steps = [...readySteps, Infinity].map(end => counted.ms[end] ?? 0)
  const day = dayOf(new Date(world.clock.now().getTime() - ago * DAY))
  const row = (result: 'valid' | 'invalid', loads: number, ready_steps: number[]) => ({
    sp_mchid,
    sub_mchid,
    day,
    result,
    loads,
    shown: result === 'valid' ? loads : 0,
    ready_steps,
  })
  await world.database
    .insertInto('receipt_load_days')
    .values([row('valid', counted.valid, steps), row('invalid', counted.invalid ?? 0, [])])
    .execute()
}
const verified = (loads: number) =>
  world.database
    .insertInto('receipt_code_variants')
    .values({ sp_mchid, variant: 'plain.raw.lower', loads })
    .onConflict(conflict => conflict.columns(['sp_mchid', 'variant']).doUpdateSet({ loads }))
    .execute()

beforeAll(async () => {
  world = await createWorld()
  // only what this test counts
  await world.asOwner('truncate receipt_load_days, receipt_code_variants')
  await load(GOOD, 0, { valid: 32, ms: { 800: 20 } })
  await load(GOOD, 3, { valid: 100, ms: { 500: 60 } })
  await load(GOOD, 20, { valid: 68, ms: { 500: 40 } })
  await load(LATE, 1, { valid: 20, invalid: 5, ms: { 800: 6, 4_000: 4 } })
  await world.loginAs('operator')
  await world.phone.logIn()
})
afterAll(() => world?.close())
beforeEach(async () => {
  await world.phone.open('/pages/home/index', 'switchTab')
  world.forgetRequests()
})

const openPage = (sub_mchid = '') => world.phone.open(`/${page}${sub_mchid && `?sub_mchid=${sub_mchid}`}`, 'navigateTo')

describe('of one shop', () => {
  test('given no code ever matched, then that is said as 未能验证 and counts against nobody', async () => {
    await openPage(LATE)
    await world.phone.reads('校验还没有通过过一次', '#unverified')
    await world.phone.reads('未知', '#figure-wrong')
  })

  test('given loads, when the shop is opened, then its receipt says how many in a line, and the page shows them by day and in words', async () => {
    const { phone } = world
    await verified(152)
    await phone.openMerchant(GOOD)
    await phone.reads('小票加载 近 7 天 132 次，95% 在 0.8 秒内打开', '#receipt-health')
    await phone.tap('#receipt-health')
    await phone.at(page)
    await phone.reads('小票打开正常', '#finding')
    await phone.reads('132', '#figure-loads')
    await phone.reads('0%', '#figure-wrong')
    await phone.reads('0.8', '#figure-p95')
    await phone.gone('#unverified')
    expect(await (await phone.find('#plot-loads')).attribute('aria-label')).toContain('共加载 132 次')
    await phone.tap('#table-toggle')
    const table = await phone.text('#table')
    expect(table).toContain('32 次，0.8 秒')
    expect(table.match(/没有加载/g)).toHaveLength(5)
    await phone.reads('更新于今天', '#as-of')
  })

  test('when 30 days are chosen, then 30 days are asked for and shown', async () => {
    const { phone } = world
    await openPage(GOOD)
    await phone.reads('132', '#figure-loads')
    await phone.tap('#range-30')
    await phone.reads('200', '#figure-loads')
    await phone.tap('#table-toggle')
    expect((await phone.text('#table')).match(/没有加载/g)).toHaveLength(27)
    expect(world.requests(health).at(-1)!.line).toMatch(/from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d/)
  })

  test('given customers waited over 3 s, then that is the finding', async () => {
    await verified(152)
    await openPage(LATE)
    await world.phone.reads('最近 3 天，40% 的顾客等了 3 秒以上', '#finding')
    await world.phone.reads('20%', '#figure-wrong')
  })

  test('given nobody loaded the receipt, then it is said with what may be the reason and a way on', async () => {
    const { phone } = world
    await openPage(NONE)
    await phone.reads('没有看到小票加载', '#state-empty')
    await phone.tap('#state-empty', '#action')
    await phone.at('packages/merchant/link-check/index')
  })

  test('given no answer, then it is said, and 重试 brings the numbers', async () => {
    const { phone } = world
    const release = world.cutEvery(health)
    await openPage(GOOD)
    await phone.find('#state-error')
    release()
    await phone.tap('#state-error', '#action')
    await phone.reads('132', '#figure-loads')
  })
})

describe('of all shops', () => {
  test('given metrics may be read, then 管理 leads to them, the worst shop first, and a tap opens it', async () => {
    const { phone } = world
    await phone.tap('#desk')
    await phone.tap('#room-receipt-loads')
    await phone.at(page)
    await phone.reads('2 家有加载，1 家有问题', '#finding')
    const text = await phone.text('.page')
    expect(text.indexOf(LATE.slice(-4))).toBeLessThan(text.indexOf(GOOD.slice(-4)))
    await phone.reads('40% 超过 3 秒', `#shop-${LATE}`)
    await phone.tap(`#shop-${GOOD}`)
    await phone.at('packages/merchant/detail/index')
    await phone.reads(GOOD, '#verdict')
  })

  test('given a field agent, then home offers no metrics, and the page says that they are not theirs', async () => {
    const { phone } = world
    await phone.open('/pages/mine/index', 'switchTab')
    await phone.tap('#log-out')
    await phone.tap('#sheet', '#sheet-confirm')
    await world.loginAs('field_agent')
    await phone.logIn()
    await phone.find('#count-total')
    await phone.gone('#desk')
    await openPage()
    await phone.find('#state-forbidden')
  })
})

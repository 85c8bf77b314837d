// 批量开通 through screens (product.md B02): an operator's list becomes a dry run, then a change at WeChat Pay; a lead may look.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { answerWechat } from '../support/camera.ts'
import { eventually } from '../support/eventually.ts'
import { tab } from '../support/person.ts'
import { createWorld, type World } from '../support/world.ts'

const page = 'packages/manage/rollouts/index'
/** of the demo: plans that nobody knows of */
const shops = ['1900000106', '1900000107'] as const

let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.loginAs('operator')
  await world.phone.logIn()
})
afterAll(() => world?.close())

async function openRollouts(): Promise<void> {
  await tab(world.phone, 'mine')
  await world.phone.tap('#desk')
  await world.phone.tap('#room-rollouts')
  await world.phone.at(page)
}

test('given pasted numbers, when an operator tries and starts them, then receipt and plan are open at WeChat Pay, and each count says whose', async () => {
  const { phone } = world
  await openRollouts()
  await phone.reads('等你看过', '#list')
  await phone.tap('#new')
  await phone.at('packages/manage/rollout-new/index')
  await phone.type('第三批', '#name', 'van-field', 'input')
  await phone.tap('#by-list')
  await phone.type(`${shops.join('\n')}\n${shops[0]}\n1999999999\n134567890123456789`, '#list')
  await phone.reads('5 行', '#lines')
  // a look at the other way: what is in the box stays there
  await phone.tap('#by-filter')
  await phone.tap('#region')
  for (const place of ['#region-440000', '#region-440300', '#region-take']) await phone.tap('#regions', place)
  await phone.reads('深圳市', '#region')
  await phone.tap('#by-list')
  expect(await (await phone.find('#list')).value()).toContain(shops[1])
  await phone.tap('#try')
  await phone.at(page)
  await phone.reads('会变 2 家', '#will-change')
  await phone.reads('不是商户号，没有保存 1', '#excluded')
  await phone.reads('名单里重复的 1', '#excluded')
  await phone.tap('#cause-excluded-NOT_FOUND')
  await phone.reads('1999999999', '#items-sheet')
  expect(world.sandbox.control.ledger(shops[0]).gold_plan.JSAPI.status).not.toBe('open')
  expect(JSON.stringify(world.requests(/^POST \/v1\/rollouts$/).map(({ body }) => body))).not.toContain('134567890123456789')

  await phone.tap('#step-start')
  await phone.reads('先做 2 家', '#sheet')
  await phone.tap('#sheet', '#sheet-confirm')
  // who starts it waits for its end: WeChat asks whether it may say so
  await eventually('the question of WeChat', () => answerWechat(world, '允许'))
  // WeChat Pay and the worker are real: the page asks every 5 s
  await phone.reads('已完成', '#status')
  await phone.reads('完成', '#number-succeeded')
  for (const shop of shops) {
    const { receipt, gold_plan } = world.sandbox.control.ledger(shop)
    expect([receipt, gold_plan.JSAPI.status]).toEqual(['open', 'open'])
  }
  // what became of each, as a file
  await phone.tap('#export')
  await phone.at('packages/manage/exports/index')
  await phone.tap('#make-csv')
  await phone.reads('批量任务明细 · CSV', '#files')
  await phone.reads('做好了', '#files')
  await phone.reads('3 行', '#files')
})

test('given it is over, then WeChat has one message for who started it, and the workbench leads to the notice and from there to the rollout', async () => {
  const { phone } = world
  const [message, ...others] = await eventually('the message', () => {
    const sent = world.sandbox.control.messages.sent()
    return sent.length > 0 ? sent : undefined
  })
  expect([message!.touser, message!.data.thing2, message!.data.thing5, others]).toEqual([
    'openid-demo-operator',
    { value: '第三批' },
    { value: '已完成' },
    [],
  ])
  await tab(phone, 'home')
  await phone.reads('十一月第二批', '#todo')
  await phone.reads('没看过的提醒', '#notices')
  await phone.tap('#notices')
  await phone.at('packages/manage/notices/index')
  await phone.reads('批量任务做完了', '#list')
  await phone.tapOne('.row', '批量任务做完了')
  await phone.at(page)
  await phone.reads('第三批', '#detail')
  await phone.back()
  await phone.reads('1 条没看过', '#unread')
})

test('given a file of a chat, when it is chosen, then its column of numbers is the list', async () => {
  const { phone } = world
  await openRollouts()
  await phone.tap('#new')
  await phone.at('packages/manage/rollout-new/index')
  await phone.type('第四批', '#name', 'van-field', 'input')
  await phone.tap('#by-list')
  await world.simulator.phone.set({ chatFile: `名单.csv\n商户号,开通日期\n${shops[0]},20261101\n1900000108,20261102` })
  await phone.tap('#choose-file')
  await eventually('the question for consent', () => answerWechat(world, '同意'))
  await phone.reads('名单.csv', '#file')
  await phone.reads('2 行', '#lines')
  await phone.tap('#try')
  await phone.at(page)
  await phone.reads('已经是这样 1', '#excluded')
})

test('given the stage that waits, when it is cancelled, then what had not begun stays as it was and the trail says who', async () => {
  const { phone } = world
  await openRollouts()
  await phone.tapOne('.row', '十一月第二批')
  await phone.reads('这一批做完了', '#note')
  await phone.tap('#step-cancellation')
  await phone.reads('保持原样', '#sheet')
  await phone.tap('#sheet', '#sheet-confirm')
  await phone.reads('已取消', '#status')
  await tab(phone, 'mine')
  await phone.tap('#desk')
  await phone.tap('#room-audit')
  await phone.reads('取消批量任务', '#entries')
})

test('given a lead, then rollouts can be looked at and not moved', async () => {
  const { phone } = world
  await tab(phone, 'mine')
  await phone.tap('#log-out')
  await phone.tap('#sheet', '#sheet-confirm')
  await world.loginAs('region_lead')
  await phone.logIn()
  await openRollouts()
  await phone.reads('十一月第一批', '#list')
  await phone.gone('#new')
})

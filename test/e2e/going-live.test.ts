// A provider goes live (product.md §4, next steps of an empty database): by nothing but the program, its commands, a file where a file is the way, and what
// persons do in the app. No statement in the database and no hook of a test makes anything true here.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { photograph } from '../support/camera.ts'
import { eventually } from '../support/eventually.ts'
import { bind, createInstallation, logOut, openRoom, type Installation, type WechatAccount } from '../support/installation.ts'
import { searchAndOpen, tab } from '../support/person.ts'
import type { StaffPhone } from '../support/staff-phone.ts'

const [shop, other] = ['1900200101', '1900200102'] as const
/** what is printed on the counter of the first */
const sticker = 'https://pay.example.com/q/7Q2M'
const detail = 'packages/merchant/detail/index'
const person = 'packages/manage/staff-person/index'
const minute = 60_000
const hour = 60 * minute

let here: Installation
let phone: StaffPhone
/** the path of the card that was sent to each */
const cards = new Map<WechatAccount, string>()

beforeAll(async () => {
  here = await createInstallation()
  phone = here.phone
})
afterAll(() => here?.close())

let held: WechatAccount = 'admin'
/** Hands the phone to another person, who logs in. */
async function giveTo(account: WechatAccount): Promise<void> {
  if (held === account) return tab(phone, 'home')
  await logOut(phone)
  await here.become(account)
  held = account
  await phone.logIn()
}
const atWechat = (sub_mchid: string) => here.sandbox.control.ledger(sub_mchid)

/** 员工 › 新员工. @returns the path of the card that is sent */
async function takeOn(name: string, role: string): Promise<string> {
  await openRoom(phone, 'staff', 'packages/manage/staff/index')
  await phone.tap('#new')
  await phone.at(person)
  await phone.type(name, '#name', 'van-field', 'input')
  await phone.tap(`#role-${role}`)
  if (role === 'field_agent' || role === 'region_lead') {
    await phone.tap('#add-region')
    await phone.tap('#regions', '#region-440000')
    await phone.tap('#regions', '#region-440300')
    await phone.tap('#regions', '#region-440305')
    await phone.reads('南山区', '#held-440305')
  }
  await phone.tap('#save')
  await phone.find('#code')
  const page = (await phone.page()) as unknown as { callMethod(name: string): Promise<{ path: string }> }
  return (await page.callMethod('onShareAppMessage')).path
}

test('given an empty database, when the server prints an invite, then the first administrator binds and finds what is to be done', async () => {
  const said = await here.command('backend/admin.ts', '--name', '管理员 01')
  const [code] = /[2-9A-HJ-NP-Z]{6}-[2-9A-HJ-NP-Z]{4}/.exec(said)!
  await here.become('admin')
  await bind(phone, code)
  await phone.reads(/\/14/, '#readiness')
})

test('when the receipt link is entered and what is ready is looked at, then the machine says what it can tell, and a person answers the rest', async () => {
  await openRoom(phone, 'provider', 'packages/manage/provider/index')
  await phone.tap('#configured-yes')
  await phone.tap('#add-link')
  await phone.type('receipts.example.com', '#link-host')
  await phone.type('/receipt', '#link-path')
  await phone.tap('#link-keep')
  await phone.tap('#save')
  await phone.reads('已保存', '#nothing')

  await openRoom(phone, 'readiness', 'packages/manage/readiness/index')
  await phone.tap('#check')
  await phone.tap('#item-api_keys')
  // a question needs a merchant to ask about
  await phone.reads('先导入商户目录', '#check-keys')
  await phone.tap('#item-debuggers')
  await phone.tap('#answer')
  await phone.tap('#answer-done')
  await phone.tap('#answer-save')
  await phone.reads(/管理员 01 今天 .*记为已完成/, '#answered')
})

test('when colleagues are taken on, then each binds by the card that was sent', async () => {
  for (const [account, name, role] of [
    ['operator', '运营 01', 'operator'],
    ['region_lead', '区域主管 01', 'region_lead'],
    ['field_agent', '业务员 01', 'field_agent'],
    ['auditor', '审计 01', 'auditor'],
  ] as const)
    cards.set(account, await takeOn(name, role))
  for (const [account, card] of cards) {
    if ((await phone.path()) !== 'pages/login/index') await logOut(phone)
    await here.become(account)
    held = account
    await phone.open(card)
    await bind(phone, null)
  }
})

test('given the directory of the provider comes in by a file, when the operator gives the agent a shop, then the agent finds it', async () => {
  await here.command(
    'backend/directory/imports/main.ts',
    here.file('merchants.csv', 'sub_mchid,name,region_code', `${shop},第一家店,440305`, `${other},第二家店,440305`),
  )
  await here.command('backend/directory/imports/main.ts', here.file('codes.csv', 'content,sub_mchid', `${sticker},${shop}`))
  await giveTo('operator')
  await tab(phone, 'merchants')
  await phone.tap('#assign')
  await phone.at('packages/manage/assign/index')
  await phone.tap(`#shop-${shop}`)
  await phone.tap('#give')
  await phone.tapOne('.person', '业务员 01', '#person-sheet')
  await phone.tap('#sheet', '#sheet-confirm')
  await phone.reads('1 家已分给业务员 01', '#run')

  await giveTo('field_agent')
  await tab(phone, 'merchants')
  await phone.tap('#chip-mine')
  await phone.reads('第一家店', '.merchant-row')
})

test('when the agent opens receipt and plan and pays once, then the shop is verified, and the proof is the photo', async () => {
  await tab(phone, 'home')
  await here.simulator.phone.set({ scanText: sticker })
  await phone.tap('#scan')
  await phone.tap('#scan-sheet', '#scan-first', 'van-button', 'button')
  await phone.at(detail)
  await phone.tap('#gold-plan')
  await phone.reads('先开商家小票，再开点金计划', '#sheet')
  await phone.tap('#sheet', '#sheet-confirm')
  await phone.reads('已开通·待验证', '#verdict')
  expect([atWechat(shop).receipt, atWechat(shop).gold_plan.JSAPI.status]).toEqual(['open', 'open'])

  // what was changed shows within 5 minutes: a payment before proves nothing
  await here.advance(6 * minute)
  await searchAndOpen(phone, shop, '0101')
  await phone.tap('#next-step', '#primary')
  await phone.at('packages/merchant/test-payment/index')
  for (const [step, option] of [
    ['entry', 'table_sticker'],
    ['web_page', 'yes'],
    ['pay', 'done'],
    ['payee', 'yes'],
    ['page', 'merchant_receipt'],
  ] as const) {
    await phone.find(`#step-${step}`)
    await phone.tap(`#option-${option}`)
  }
  await phone.find('#step-details')
  await phone.tap('#option-ready-2')
  await photograph(here, '#photos')
  await phone.tap('#submit')
  await phone.reads('已迁移', '#result')
  await phone.tap('#follow-up')
  await phone.at(detail)
  await phone.reads('已迁移', '#verdict')
})

test('when the agent asks to close it and the lead approves, then it is closed for 24 hours, and opened again after them', async () => {
  await phone.tap('#ask-closing')
  await phone.type('商户暂停营业一个月', '#closing-sheet', '#closing-reason')
  await phone.type(shop.slice(-4), '#closing-sheet', '#closing-tail')
  await phone.tap('#closing-sheet', '#closing-confirm')
  await phone.reads('关闭申请待处理', '#closing-request')

  await giveTo('region_lead')
  await phone.tap('#to-decide')
  await phone.at('packages/manage/approvals/index')
  await phone.tap('.row')
  await phone.tap('#approve')
  await phone.tap('#sheet', '#sheet-confirm')
  await phone.reads('已关闭', '#status')
  expect(atWechat(shop).gold_plan.JSAPI.status).toBe('closed')

  await giveTo('field_agent')
  await searchAndOpen(phone, shop, '0101')
  await phone.reads(/2[34]小时后可再次开通/, '#gold-plan')
  await here.advance(25 * hour)
  await tab(phone, 'home')
  await searchAndOpen(phone, shop, '0101')
  await phone.tap('#gold-plan')
  await phone.tap('#sheet', '#sheet-confirm')
  await phone.reads('已开通·待验证', '#verdict')
  expect(atWechat(shop).gold_plan.JSAPI.status).toBe('open')
})

test('given the console opens every merchant by default, when the administrator records it, then verdicts follow', async () => {
  await giveTo('operator')
  await searchAndOpen(phone, other, '0102')
  await phone.reads('待核实', '#verdict')
  await giveTo('admin')
  // with whose appid customers pay, so that orders can be read
  await openRoom(phone, 'appids', 'packages/manage/appids/index')
  await phone.tap('#add')
  await phone.type('wx0123456789abcdef', '#field-appid')
  await phone.tap('#kind-official_account')
  await phone.type('新服务商公众号', '#field-name')
  await phone.tap('#save')
  await phone.reads('wx0123456789abcdef', '#detail')
  await openRoom(phone, 'readiness', 'packages/manage/readiness/index')
  await phone.tap('#check')
  await phone.tap('#item-api_keys')
  await phone.reads('应答也验签通过', '#check-keys')
  await openRoom(phone, 'provider', 'packages/manage/provider/index')
  await phone.tap('#change-since')
  await phone.tap('#since-on')
  await phone.tap('#save')
  await phone.tap('#sheet', '#sheet-confirm')
  await phone.reads(/管理员 01 今天/, '#default-open')
  await phone.gone('#rederiving')
  await giveTo('field_agent')
  await searchAndOpen(phone, shop, '0101')
  await phone.reads('服务商已设默认开通，不能单独关闭', '#ask-closing')
})

test('when the auditor reads the trail, then every step stands there with who and from what to what, and its seals hold', async () => {
  await giveTo('auditor')
  await phone.tap('#audit')
  const steps = ['改服务商设置', '批准关闭点金计划', '申请关闭点金计划', '开通商家小票', '记录验证支付']
  for (const step of steps) {
    await eventually(`${step} in the trail`, async () => {
      if ((await phone.text('#entries')).includes(step)) return true
      await phone.miniProgram.pageScrollTo(1_000_000)
      return false
    })
  }
  await phone.reads(/商家小票\s*未知 → 开/, '#entries')
  // the program seals what is written about once a minute
  await eventually(
    'a sealed trail without a fault',
    async () => {
      const said = await here.command('backend/platform/audit/main.ts')
      expect(said).toContain('nothing was changed, removed, slipped in or sealed anew')
      return Number(/(\d+) entries in \d+ seals?/.exec(said)?.[1]) > 0
    },
    { timeout: 120_000, every: 3_000 },
  )
})

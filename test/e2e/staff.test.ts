// Staff through screens, from a database without a person in it: the first administrator comes from the server's command, everybody else by a card; shops
// are given from the list, taken back within 5 s, and handed over when somebody leaves.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { bind, createInstallation, logOut, openRoom, type Installation } from '../support/installation.ts'
import { tab } from '../support/person.ts'
import type { StaffPhone } from '../support/staff-phone.ts'

const staffPage = 'packages/manage/staff/index'
const personPage = 'packages/manage/staff-person/index'
const assignPage = 'packages/manage/assign/index'
const shops = Array.from({ length: 6 }, (_, index) => `190020020${index + 1}`)

let here: Installation
let phone: StaffPhone

beforeAll(async () => {
  here = await createInstallation()
  phone = here.phone
  const rows = shops.map(shop => `${shop},分给人的店${shop.slice(-1)},440305`)
  await here.command('backend/directory/imports/main.ts', here.file('merchants.csv', 'sub_mchid,name,region_code', ...rows))
})
afterAll(() => here?.close())

const openStaff = () => openRoom(phone, 'staff', staffPage)
async function openPerson(name: string): Promise<void> {
  await phone.tapOne('.person', name)
  await phone.at(personPage)
  await phone.find('#workload')
}
/** 新员工 in 南山区; @returns the path of the card that is sent to them */
async function invite(name: string, role: string): Promise<string> {
  await openStaff()
  await phone.tap('#new')
  await phone.at(personPage)
  await phone.type(name, '#name', 'van-field', 'input')
  await phone.tap(`#role-${role}`)
  if (role === 'field_agent') {
    await phone.tap('#add-region')
    await phone.tap('#regions', '#region-440000')
    await phone.tap('#regions', '#region-440300')
    await phone.tap('#regions', '#region-440305')
    await phone.reads('南山区', '#held-440305')
  }
  await phone.tap('#save')
  await phone.reads(/^([0-9A-Z] ){5}[0-9A-Z]\s+([0-9A-Z] ){3}[0-9A-Z]$/, '#code')
  const page = (await phone.page()) as unknown as { callMethod(name: string): Promise<{ path: string }> }
  return (await page.callMethod('onShareAppMessage')).path
}
/** 商户 › 分配, these shops, to the person of this name; up to the question */
async function give(chosen: readonly string[] | 'all', name: string): Promise<void> {
  await tab(phone, 'merchants')
  await phone.tap('#assign')
  await phone.at(assignPage)
  await phone.find('#shops')
  if (chosen === 'all') await phone.tap('#all')
  else for (const shop of chosen) await phone.tap(`#shop-${shop}`)
  await phone.tap('#give')
  await takePerson(name)
}
const takePerson = (name: string) => phone.tapOne('.person', name, '#person-sheet')
/** Puts the phone away and takes another one, on which nobody is logged in. @returns how to take the first one again */
async function takeAnotherPhone(): Promise<() => Promise<void>> {
  const session: unknown = await phone.miniProgram.callWxMethod('getStorageSync', 'session')
  const emptied = async (then: () => Promise<unknown>) => {
    await phone.miniProgram.callWxMethod('clearStorageSync')
    await then()
    await here.simulator.restart()
  }
  await emptied(async () => {})
  return () => emptied(() => phone.miniProgram.callWxMethod('setStorageSync', 'session', session as string))
}

test('given an empty installation, when npm run admin prints an invite, then the first administrator binds by it', async () => {
  const said = await here.command('backend/admin.ts', '--name', '管理员 01')
  const [code] = /[2-9A-HJ-NP-Z]{6}-[2-9A-HJ-NP-Z]{4}/.exec(said)!
  await here.become('admin')
  await bind(phone, code)
  await openStaff()
  await phone.reads('管理员 01', '#people')
})

test('when the administrator takes on an operator and two agents, then each binds by the card that was sent', async () => {
  const operatorCard = await invite('运营 01', 'operator')
  const agentCard = await invite('业务员 11', 'field_agent')
  const successorCard = await invite('业务员 12', 'field_agent')
  expect(agentCard).toMatch(/^\/pages\/login\/index\?invite=[2-9A-HJ-NP-Z]{10}$/)
  for (const [wechat, card] of [
    ['operator', operatorCard],
    ['field_agent', agentCard],
    ['region_lead', successorCard],
  ] as const) {
    await logOutIfIn()
    await here.become(wechat)
    await phone.open(card)
    await bind(phone, null)
  }
})

async function logOutIfIn(): Promise<void> {
  if ((await phone.path()) !== 'pages/login/index') await logOut(phone)
}

test('given an operator, when three shops are chosen from the list, then they go to the agent after 5 s; taken back within, nothing is changed', async () => {
  await logOut(phone)
  await here.become('operator')
  await phone.logIn()
  await give(shops.slice(0, 3), '业务员 11')
  await phone.reads('把 3 家商户分给业务员 11', '#sheet')
  // the five seconds in which it can be taken back stand until they are over
  await here.simulator.phone.still(1_000)
  await phone.tap('#sheet', '#sheet-confirm')
  await phone.tap('#undo')
  await phone.reads('已撤销', '#ended')
  await phone.back()

  await give(shops.slice(0, 3), '业务员 11')
  await phone.tap('#sheet', '#sheet-confirm')
  await phone.reads('5 秒后把 3 家分给业务员 11', '#undo')
  await here.simulator.phone.still(null)
  await phone.reads('3 家已分给业务员 11', '#run')
  await phone.back()
  await give('all', '业务员 12')
  await phone.reads('把 6 家商户分给业务员 12', '#sheet')
  await phone.tap('#sheet', '#sheet-cancel')
  await phone.back()
})

test('given the agent has shops, when the administrator disables them, then it is asked who takes the shops, the agent is out at once and the shops are with the other', async () => {
  await logOut(phone)
  await here.become('field_agent')
  await phone.logIn()
  await tab(phone, 'merchants')
  await phone.tap('#chip-mine')
  await phone.reads('3 家', '#count')
  const backToTheAgent = await takeAnotherPhone()

  await here.become('admin')
  await phone.logIn()
  await openStaff()
  await openPerson('业务员 11')
  await phone.reads('3 家', '#fact-shops')
  await phone.tap('#disable')
  await phone.reads('有 3 家商户要换负责人', '#person-sheet')
  await takePerson('业务员 12')
  await phone.reads('3 家商户交给业务员 12', '#sheet')
  await phone.tap('#sheet', '#sheet-confirm')
  await phone.reads('已停用', '#status')
  await phone.back()
  await openPerson('业务员 12')
  await phone.reads('3 家', '#fact-shops')

  await here.become('field_agent')
  await backToTheAgent()
  await phone.at('pages/login/index')
  await phone.reads('账号已停用', '#state-forbidden')
})

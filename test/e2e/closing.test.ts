// Closing a gold plan with four eyes (product.md M10, M22, scenarios 23 to 25): from the shop's page over another person's approval to the 24 h lock.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import type { ChangeRequest, ChangeRequestPage, SubMerchant } from '../../typings/api.ts'
import { tab } from '../support/person.ts'
import { saveSettings } from '../support/provider-settings.ts'
import { createWorld, type World } from '../support/world.ts'

const approvals = 'packages/manage/approvals/index'
const detail = 'packages/merchant/detail/index'
const reason = '商户要求停用，已和店主确认'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.close())
beforeEach(() => world.forgetRequests())

let held = ''
/** Hands the phone to another person: 退出登录, then their login. */
async function giveTo(role: 'field_agent' | 'region_lead' | 'operator'): Promise<void> {
  if (held === role) return tab(world.phone, 'home')
  if (held !== '') {
    await tab(world.phone, 'mine')
    await world.phone.tap('#log-out')
    await world.phone.tap('#sheet', '#sheet-confirm')
  }
  await world.loginAs(role)
  await world.phone.logIn()
  held = role
}
const requestsOf = async (sub_mchid: string): Promise<ChangeRequest[]> => {
  const answer = await world.request('operator', 'GET', `/v1/change-requests?sub_mchid=${sub_mchid}`)
  return ((await answer.json()) as ChangeRequestPage).items
}
const merchantNow = async (sub_mchid: string) =>
  (await (await world.request('operator', 'GET', `/v1/sub-merchants/${sub_mchid}`)).json()) as SubMerchant
const decide = (role: string, id: string, body: object) =>
  world.request(role, 'POST', `/v1/change-requests/${id}/decision`, body, { 'idempotency-key': randomUUID() })
const posts = () => world.requests(/^POST \/v1\/change-requests$/)

/** From the open page of the shop: the sheet, the reason, the digits, 提交申请. */
async function askToClose(tail: string): Promise<void> {
  await world.phone.tap('#ask-closing')
  await world.phone.type(reason, '#closing-sheet', '#closing-reason')
  await world.phone.type(tail, '#closing-sheet', '#closing-tail')
  await world.phone.tap('#closing-sheet', '#closing-confirm')
  await world.phone.reads('关闭申请待处理', '#closing-request')
}

describe('the whole way', () => {
  test('given an open plan, when an agent asks with too short a reason or other digits, then nothing can be sent', async () => {
    await giveTo('field_agent')
    await world.phone.openMerchant('1900000120')
    await world.phone.tap('#ask-closing')
    await world.phone.reads('24 小时', '#closing-sheet')
    await world.phone.type('不用了🙂', '#closing-sheet', '#closing-reason')
    await world.phone.reads('4/5', '#closing-sheet', '#reason-count')
    await world.phone.type('0120', '#closing-sheet', '#closing-tail')
    await world.phone.tap('#closing-sheet', '#closing-confirm')
    await world.phone.type(reason, '#closing-sheet', '#closing-reason')
    await world.phone.type('0121', '#closing-sheet', '#closing-tail')
    await world.phone.reads('不一样', '#closing-sheet', '#tail-wrong')
    await world.phone.tap('#closing-sheet', '#closing-confirm')
    await world.pass(500)
    expect(posts()).toEqual([])
    await world.phone.tap('#closing-sheet', '#closing-cancel')
  })

  test('when the agent asks, then it stands on the shop, and a lead finds it on the workbench, approves it, and the plan is closed for 24 h', async () => {
    await askToClose('0120')
    await world.phone.reads(/业务员 03 今天 10:\d\d 申请.*前有效/, '#closing-request')
    await world.phone.gone('#ask-closing')
    expect(posts().map(({ body }) => body)).toEqual([{ kind: 'gold_plan.close', sub_mchid: '1900000120', scene: 'jsapi', reason }])
    const [asked] = await requestsOf('1900000120')

    await giveTo('region_lead')
    const waiting = Number(/\d+/.exec(await world.phone.text('#to-decide'))?.[0])
    await world.phone.tap('#to-decide')
    await world.phone.at(approvals)
    await world.phone.reads('老地方烧腊饭', `#request-${asked!.id}`)
    await world.phone.counts(waiting, '.row')
    await world.phone.tap(`#request-${asked!.id}`)
    await world.phone.reads(reason, '#lines')
    await world.phone.tap('#approve')
    await world.phone.reads('24 小时', '#sheet')
    expect((await merchantNow('1900000120')).gold_plan.jsapi.status).toBe('open')
    await world.phone.tap('#sheet', '#sheet-confirm')
    await world.phone.reads('已关闭', '#status')
    await world.phone.reads('24 小时内不能再次开通', '#note')
    await world.phone.reads(/今天 10:\d\d 区域主管 01 批准/, '#lines')
    expect(world.sandbox.control.ledger('1900000120').gold_plan.JSAPI.status).toBe('closed')

    await world.phone.tap('#open-shop')
    await world.phone.at(detail)
    await world.phone.reads('24小时后可再次开通', '#gold-plan')
    await world.phone.gone('#closing-request')
    await world.advance(3 * 3_600_000)
    await world.phone.reads('21小时后可再次开通', '#gold-plan')
  })

  test('given the answer to the request is lost, when it is sent once more, then it is one request with the same key', async () => {
    await giveTo('field_agent')
    await world.phone.openMerchant('1900000126')
    world.forgetRequests()
    await world.phone.tap('#ask-closing')
    await world.phone.type(reason, '#closing-sheet', '#closing-reason')
    await world.phone.type('0126', '#closing-sheet', '#closing-tail')
    world.cutNext(/^POST \/v1\/change-requests$/)
    await world.phone.tap('#closing-sheet', '#closing-confirm')
    await world.phone.reads('不会变成两条申请', '#closing-sheet')
    await world.phone.tap('#closing-sheet', '#closing-confirm')
    await world.phone.reads('关闭申请待处理', '#closing-request')
    expect(await requestsOf('1900000126')).toHaveLength(1)
  })
})

describe('what cannot be asked for', () => {
  test('23: given the provider opens all by default, then 申请关闭 is locked with the reason and nothing can be sent', async () => {
    await saveSettings(world, { default_open_since: new Date(world.clock.now().getTime() - 86_400_000).toISOString() })
    try {
      await giveTo('field_agent')
      await giveTo('operator')
      await world.phone.openMerchant('1900000121')
      await world.phone.reads('服务商已设默认开通，不能单独关闭', '#ask-closing')
      await world.phone.tap('#ask-closing')
      await world.phone.reads('不能单独关闭', '#refusal')
      await world.phone.tap('#refusal', '#refusal-act')
      expect(posts()).toEqual([])
    } finally {
      await saveSettings(world, { default_open_since: null })
    }
  })

  test('given the phone is offline, then asking and deciding say 需要联网', async () => {
    await giveTo('field_agent')
    await world.phone.openMerchant('1900000121')
    await world.simulator.phone.set({ offline: true })
    await world.phone.reads('需要联网', '#ask-closing')
    await world.phone.tap('#ask-closing')
    await world.phone.reads('需要联网', '#refusal')
    await world.simulator.phone.set({ offline: false })
    await world.phone.gone('#state-offline')
    expect(posts()).toEqual([])
  })

  test('given a colleague asked meanwhile, when I ask too, then the other request is shown', async () => {
    await giveTo('field_agent')
    await world.phone.openMerchant('1900000127')
    await world.phone.tap('#ask-closing')
    const other = { kind: 'gold_plan.close', sub_mchid: '1900000127', scene: 'jsapi', reason: '顾客投诉太多，先停用' }
    const answer = await world.request('region_lead', 'POST', '/v1/change-requests', other, { 'idempotency-key': randomUUID() })
    expect(answer.status).toBe(201)
    await world.phone.type(reason, '#closing-sheet', '#closing-reason')
    await world.phone.type('0127', '#closing-sheet', '#closing-tail')
    await world.phone.tap('#closing-sheet', '#closing-confirm')
    await world.phone.reads('已经有关闭申请', '#refusal')
    await world.phone.reads('区域主管 01', '#closing-request')
  })
})

describe('who may decide', () => {
  test('24: given I asked for it myself, then no approve button, it is said why, and a forced call is refused', async () => {
    await giveTo('region_lead')
    await world.phone.openMerchant('1900000127')
    await world.phone.reads('区域主管 01', '#closing-request')
    await world.phone.tap('#closing-request', '#banner-request')
    await world.phone.at(approvals)
    await world.phone.reads('要由另一位同事批准或拒绝', '#own')
    await world.phone.reads('没有负责的区域主管，转运营处理：运营 02', '#line-who')
    await world.phone.gone('#approve')
    const [{ id }] = (await requestsOf('1900000127')) as [ChangeRequest]
    const forced = await decide('region_lead', id, { decision: 'approve' })
    expect([forced.status, ((await forced.json()) as { code: string }).code]).toEqual([403, 'SELF_APPROVAL'])
    await world.phone.tap('#cancel')
    await world.phone.tap('#sheet', '#sheet-confirm')
    await world.phone.reads('已取消', '#status')
    expect((await merchantNow('1900000127')).open_request_id).toBeNull()
  })

  test('25: given somebody else decided first, when I decide, then 已由他人处理 and the list no longer has it', async () => {
    const [{ id }] = (await requestsOf('1900000126')) as [ChangeRequest]
    await giveTo('region_lead')
    await world.phone.tap('#to-decide')
    await world.phone.tap(`#request-${id}`)
    await world.phone.find('#approve')
    expect((await decide('operator', id, { decision: 'reject', comment: '先和店主谈一谈' })).status).toBe(200)
    await world.phone.tap('#approve')
    await world.phone.tap('#sheet', '#sheet-confirm')
    await world.phone.reads('已由他人处理', '#overtaken')
    await world.phone.reads('已拒绝', '#status')
    await world.phone.reads('先和店主谈一谈', '#lines')
    await world.phone.back()
    await world.phone.gone(`#request-${id}`)
    expect((await merchantNow('1900000126')).gold_plan.jsapi.status).not.toBe('closed')
  })

  test('given an agent asked, then the request is under 我的申请 with who decides, and what became of earlier ones', async () => {
    await giveTo('field_agent')
    await tab(world.phone, 'mine')
    await world.phone.tap('#desk')
    await world.phone.tap('#room-approvals')
    await world.phone.at(approvals)
    await world.phone.reads('已关闭', '#list')
    await world.phone.reads('已拒绝', '#list')
    // also where the workbench has no line for it, because nothing is unread
    await world.phone.back()
    await world.phone.tap('#room-notices')
    await world.phone.at('packages/manage/notices/index')
  })
})

describe('a wide window', () => {
  test('given WeChat on a computer with room for two columns, then the list stays beside the request that is decided', async () => {
    const body = { kind: 'gold_plan.close', sub_mchid: '1900000122', scene: 'jsapi', reason: '店铺月底搬走，不再使用' }
    await world.request('field_agent', 'POST', '/v1/change-requests', body, { 'idempotency-key': randomUUID() })
    const [{ id }] = (await requestsOf('1900000122')) as [ChangeRequest]
    await giveTo('operator')
    await world.phone.tap('#to-decide')
    await world.phone.find(`#request-${id}`)
    await world.phone.gone('#detail')
    await world.simulator.phone.set({ device: 'computer', windowWidth: 1_000, windowHeight: 700 })
    try {
      await world.phone.find('#choose')
      await world.phone.tap(`#request-${id}`)
      await world.phone.reads('店铺月底搬走', '#lines')
      expect((await world.phone.page()).path).toBe(approvals)
      await world.phone.tap('#reject')
      await world.phone.tap('#sheet', '#reason-0')
      await world.phone.tap('#sheet', '#sheet-confirm')
      await world.phone.reads('已拒绝', '#status')
      await world.phone.gone(`#request-${id}`)
    } finally {
      await world.simulator.phone.set({ device: 'iphone-x' })
    }
  })
})

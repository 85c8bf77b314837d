// The app without its screens against the real backend, real PostgreSQL and the sandbox for WeChat Pay: one change followed all the way and back.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from '../../../backend/app.ts'
import { fileClock } from '../../../backend/platform/clock.ts'
import { connect } from '../../../backend/database/connection.ts'
import { provider } from '../../../dev/demo/organisation.ts'
import { wechatSideOfDemo } from '../../../dev/demo/wechat-side.ts'
import { startSandbox, type Sandbox } from '../../../dev/sandbox/index.ts'
import { createWechat } from '../../../backend/wechat/code2session.ts'
import { createWechatPay } from '../../../backend/wechatpay/index.ts'
import type { Timers } from '../../../miniprogram/rules/timers.ts'
import { createTestDatabase, DEMO_MOMENT } from '../../support/database.ts'
import { eventually } from '../../support/eventually.ts'
import { assembleApp } from '../support/app.ts'
import { nodeTransport } from '../support/node-transport.ts'

let sandbox: Sandbox
let baseUrl: string
let app: ReturnType<typeof assembleApp>
const closing: (() => unknown)[] = []
const handles = new Set<NodeJS.Timeout>()
const clockFolder = mkdtempSync(join(tmpdir(), 'goldplan-app-'))
const clock = fileClock(join(clockFolder, 'clock'))
/** The phone's own time and timers, moved with the backend's as the simulator does. */
const timers: Timers = {
  now: () => clock.now().getTime(),
  set: (task, ms) => {
    const handle = setTimeout(task, ms)
    handles.add(handle)
    return handle
  },
  clear: handle => clearTimeout(handle as NodeJS.Timeout),
}

beforeAll(async () => {
  const testDatabase = await createTestDatabase({ demo: true })
  const database = connect(testDatabase.url)
  sandbox = await startSandbox({ spMchid: provider.sp_mchid, clockFile: join(clockFolder, 'clock') })
  sandbox.control.clock.set(DEMO_MOMENT)
  sandbox.control.setMerchants(wechatSideOfDemo(clock.now()) as Parameters<typeof sandbox.control.setMerchants>[0])
  const env = sandbox.environment()
  const wechatPay = createWechatPay(sandbox.wechatPayConfig())
  const wechat = createWechat({ baseUrl: env.WECHAT_BASE_URL!, appid: env.WECHAT_APPID!, secret: env.WECHAT_APP_SECRET! })
  const backend = await buildApp({ clock, database, sp_mchid: provider.sp_mchid, wechatPay, wechat })
  baseUrl = await backend.listen({ port: 0, host: '127.0.0.1' })
  closing.push(
    () => backend.close(),
    () => wechatPay.close(),
    () => wechat.close(),
    () => sandbox.close(),
    () => database.destroy(),
    () => testDatabase.drop(),
    () => rmSync(clockFolder, { recursive: true, force: true }),
  )
})
afterAll(async () => {
  for (const close of closing) await close()
})

beforeEach(async () => {
  app = assembleApp({ timers, transport: nodeTransport().transport, baseUrl, loginCode: 'demo-field_agent' })
  await app.session.login()
  sandbox.control.forgetRequests()
})
afterEach(() => {
  app.merchant.discard()
  app.cut()
  handles.forEach(clearTimeout)
  handles.clear()
})

describe('the app against the real backend', () => {
  it('logs in as the demo field agent', () => {
    expect([app.session.status, app.session.staff?.display_name, app.session.role_label]).toEqual(['ready', '业务员 03', '业务员'])
  })

  it('finds 科技面馆 by kjmg, first', async () => {
    app.merchants.setQuery('kjmg')
    await eventually('the first row', () => app.merchants.rows[0]?.sub_mchid === '1900000109')
    expect(app.merchants.rows[0]).toMatchObject({
      state: 'enrolled',
      state_label: '已开通·待验证',
      place: expect.stringContaining('南山区'),
    })
  })

  it('reads the verdict with its number of days and the proof', async () => {
    await app.merchant.load('1900000109')
    expect(app.merchant.verdict).toMatchObject({
      state: 'enrolled',
      sentence: '已开通 3 天，还没看到支付完成页。',
      primary: { id: 'test_payment' },
    })
    await app.evidence.load('1900000109')
    expect(app.evidence.rows[0]?.title).toBe('开通点金计划')
  })

  it('opens the gold plan: WeChat Pay is asked once, and the verdict follows', async () => {
    await app.merchant.load('1900000110')
    expect(app.merchant.gold_plan).toMatchObject({ on: false, tap: 'gold_plan.open' })
    app.merchant.openGoldPlan()
    await eventually('the switch', () => app.merchant.gold_plan?.on)
    expect(app.merchant.verdict?.state).toBe('enrolled')
    expect(app.merchant.notice?.text).toBe('已开通')
    expect(sandbox.control.ledger('1900000110').gold_plan.JSAPI.status).toBe('open')
    expect(sandbox.control.requests()).toHaveLength(1)
  })

  it('closed 3 h ago: counts the 21 hours that are left', async () => {
    await app.merchant.load('1900000108')
    expect(app.merchant.gold_plan).toMatchObject({ tap: null, locked: '21小时后可再次开通' })
  })

  it('says what stands in the way when WeChat refuses, and the merchant becomes 受阻', async () => {
    sandbox.control.setMerchant('1900000106', { scenario: 'punished' })
    await app.merchant.load('1900000106')
    app.merchant.openGoldPlan()
    await eventually('the refusal', () => app.merchant.refusal)
    expect(app.merchant.refusal).toMatchObject({ code: 'SUB_MERCHANT_PUNISHED', title: '特约商户处罚中' })
    await eventually('the new verdict', () => app.merchant.verdict?.state === 'blocked')
    expect(app.merchant.verdict?.sentence).toContain('处罚')
  })

  it('an answer lost after the change is awaited and found to have been made', async () => {
    sandbox.control.setMerchant('1900000107', { scenario: 'lost_after', times: 1 })
    await app.merchant.load('1900000107')
    app.merchant.openGoldPlan()
    await eventually('等结果', () => app.merchant.gold_plan?.word === '等结果')
    expect(app.merchant.gold_plan?.on).toBe(false)
    await eventually('the result', () => app.merchant.gold_plan?.on)
    expect(app.merchant.operation).toBeNull()
  })

  it('a merchant out of scope or unknown is the no-permission state', async () => {
    await app.merchant.load('1999999999')
    expect([app.merchant.status, app.merchant.problem?.contact]).toEqual(['forbidden', '联系区域主管'])
  })

  it('a receipt opened without a gold plan keeps its warning', async () => {
    await app.merchant.load('1900000136')
    expect(app.merchant.receipt).toMatchObject({ on: true, warning: '点金计划未开通，顾客看不到' })
  })

  it('logs in again by itself when the session is over', async () => {
    await app.session.start()
    const before = app.codes.length
    await app.api.deleteSession()
    await Promise.all([app.home.refresh(), app.merchants.refresh(), app.merchant.load('1900000109'), app.evidence.load('1900000109')])
    expect([app.home.status, app.merchants.status, app.merchant.status, app.evidence.status]).toEqual(['ready', 'ready', 'ready', 'ready'])
    expect(app.codes.length).toBe(before + 1)
  })
})

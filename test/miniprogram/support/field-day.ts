// The app of a field agent over the real backend and real PostgreSQL, on a phone that can be killed and lose its network.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from '../../../backend/app.ts'
import { fileClock } from '../../../backend/platform/clock.ts'
import { connect } from '../../../backend/database/connection.ts'
import { provider } from '../../../dev/demo/organisation.ts'
import { wechatSideOfDemo } from '../../../dev/demo/wechat-side.ts'
import { startSandbox } from '../../../dev/sandbox/index.ts'
import { createWechat } from '../../../backend/wechat/code2session.ts'
import { createWechatPay } from '../../../backend/wechatpay/index.ts'
import { TransportError, type Transport } from '../../../miniprogram/api/transport.ts'
import type { Timers } from '../../../miniprogram/rules/timers.ts'
import { createTestDatabase, DEMO_MOMENT } from '../../support/database.ts'
import { assembleApp } from './app.ts'
import { nodeTransport } from './node-transport.ts'

export type FieldApp = ReturnType<typeof assembleApp>

export async function startFieldDay() {
  const folder = mkdtempSync(join(tmpdir(), 'goldplan-field-'))
  const clock = fileClock(join(folder, 'clock'))
  const testDatabase = await createTestDatabase({ demo: true })
  const database = connect(testDatabase.url)
  const sandbox = await startSandbox({ spMchid: provider.sp_mchid, clockFile: join(folder, 'clock') })
  sandbox.control.clock.set(DEMO_MOMENT)
  sandbox.control.setMerchants(wechatSideOfDemo(clock.now()) as Parameters<typeof sandbox.control.setMerchants>[0])
  const env = sandbox.environment()
  const wechatPay = createWechatPay(sandbox.wechatPayConfig())
  const wechat = createWechat({ baseUrl: env.WECHAT_BASE_URL!, appid: env.WECHAT_APPID!, secret: env.WECHAT_APP_SECRET! })
  const backend = await buildApp({ clock, database, sp_mchid: provider.sp_mchid, wechatPay, wechat })
  const baseUrl = await backend.listen({ port: 0, host: '127.0.0.1' })

  const handles = new Set<NodeJS.Timeout>()
  /** what the phone's clock is ahead of the server's (ms) */
  let ahead = 0
  const timers: Timers = {
    now: () => clock.now().getTime() + ahead,
    set: (task, ms) => {
      const handle = setTimeout(task, ms)
      handles.add(handle)
      return handle
    },
    clear: handle => clearTimeout(handle as NodeJS.Timeout),
  }
  const asked: string[] = []
  /** answers are lost from this request on that matches */
  let cut: { request: RegExp; after: number } | null = null
  const { transport: http } = nodeTransport()
  const transport: Transport = (request, aborting) => {
    const line = `${request.method} ${request.url.slice(baseUrl.length)}`
    asked.push(line)
    if (cut?.request.test(line)) {
      if (cut.after === 0) return Promise.reject(new TransportError('failed'))
      cut.after -= 1
    }
    return http(request, aborting)
  }
  const apps: FieldApp[] = []
  const open = (kept: Map<string, string>, loginCode: string, mostBytes?: number) => {
    const app = assembleApp({ timers, transport, baseUrl, loginCode, kept, ...(mostBytes === undefined ? {} : { mostBytes }) })
    apps.push(app)
    return app
  }

  return {
    clock,
    database,
    sandbox,
    asked,
    timers,
    open,
    /** The app again on the same phone, with what its storage held at that moment; the one before does nothing any more. */
    async killAndOpen(app: FieldApp, { online = true, loginCode = 'demo-field_agent' } = {}): Promise<FieldApp> {
      const kept = new Map(app.kept)
      app.pack.use(null)
      app.cut()
      const again = open(kept, loginCode)
      again.network.changed({ online, weak: false })
      await again.session.start()
      return again
    },
    /** From the `after`-th request on that matches, none arrives; null: all arrive. */
    cutAfter(request: RegExp | null, after = 0) {
      cut = request && { request, after }
    },
    setPhoneAhead(ms: number) {
      ahead = ms
    },
    advance: (ms: number) => sandbox.control.clock.advance(ms),
    closeApps() {
      for (const app of apps.splice(0)) {
        app.pack.use(null)
        app.merchant.discard()
        app.cut()
      }
      handles.forEach(clearTimeout)
      handles.clear()
    },
    async stop() {
      await backend.close()
      await wechatPay.close()
      await wechat.close()
      await sandbox.close()
      await database.destroy()
      await testDatabase.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type FieldDay = Awaited<ReturnType<typeof startFieldDay>>

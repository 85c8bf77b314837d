// The backend as it runs for its callers: its own database, the sandbox as WeChat and WeChat Pay, HTTP on a real port. Only time is set.
import type { Role } from '../../../backend/http/schema.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { buildApp, type AppOptions } from '../../../backend/app.ts'
import { fileClock, type Clock } from '../../../backend/platform/clock.ts'
import type { Limits } from '../../../backend/database/client.ts'
import { connect, type Database } from '../../../backend/database/connection.ts'
import { recordEvidence, type NewEvidence } from '../../../backend/evidence/record.ts'
import type { App } from '../../../backend/http/authenticated.ts'
import { searchTerms } from '../../../backend/directory/merchants/search-terms.ts'
import { startSandbox, type Sandbox } from '../../../dev/sandbox/index.ts'
import { createWechat } from '../../../backend/wechat/code2session.ts'
import { createWechatPay } from '../../../backend/wechatpay/index.ts'
import { createTestDatabase } from '../../support/database.ts'

export const sp_mchid = '1900000001'
export const roles: readonly Role[] = ['field_agent', 'region_lead', 'operator', 'auditor', 'admin']
/** 业务员 works in 南山区, 区域主管 in 深圳市 */
const regionsOf: Readonly<Record<Role, string[]>> = {
  field_agent: ['440305'],
  region_lead: ['440300'],
  operator: [],
  auditor: [],
  admin: [],
}

export interface Answer<T = Record<string, unknown>> {
  status: number
  headers: Headers
  body: T
  text: string
}

export interface Backend {
  app: App
  db: Database
  /** of the database itself: the program's login, and the owner's */
  databaseUrl: string
  ownerUrl: string
  clock: Clock
  sandbox: Sandbox
  url: string
  staffId(role: Role): string
  /** a request as that role; null: without a token */
  call<T = Record<string, unknown>>(role: Role | null, method: string, path: string, options?: CallOptions): Promise<Answer<T>>
  /** a form with a fresh key */
  upload<T = Record<string, unknown>>(role: Role, path: string, form: FormData, headers?: Record<string, string>): Promise<Answer<T>>
  /** a write of a control with a fresh key and the version that is there now, unless told otherwise */
  control(role: Role, sub_mchid: string, feature: string, body: unknown, headers?: Record<string, string | undefined>): Promise<Answer>
  addMerchant(
    sub_mchid: string,
    merchant?: Partial<{
      sp_mchid: string
      name: string
      short_name: string
      address: string
      region_code: string
      assigned_to: string | null
    }>,
  ): Promise<void>
  addEvidence(sub_mchid: string, ...items: PastItem[]): Promise<void>
  versionOf(sub_mchid: string): Promise<number>
  close(): Promise<void>
}

interface CallOptions {
  body?: unknown
  /** sent as it is */
  raw?: string | Uint8Array
  headers?: Record<string, string | undefined>
}

/** `ago`: milliseconds before now */
type PastItem = { ago: number } & {
  [K in NewEvidence['kind']]: { kind: K; detail: Extract<NewEvidence, { kind: K }>['detail'] }
}[NewEvidence['kind']]

export interface BackendConnection {
  limits?: Limits
  poolSize?: number
  /** where the program connects instead, given the database's own URL */
  through?: (url: string) => string
}

export async function startBackend(options: Partial<AppOptions> = {}, connection: BackendConnection = {}): Promise<Backend> {
  const folder = mkdtempSync(join(tmpdir(), 'goldplan-backend-'))
  const clockFile = join(folder, 'clock')
  const clock = fileClock(clockFile)
  const testDatabase = await createTestDatabase()
  const { through = url => url, poolSize, limits } = connection
  const db = connect(through(testDatabase.url), poolSize, limits)
  const sandbox = await startSandbox({ spMchid: sp_mchid, clockFile })
  const { WECHAT_BASE_URL, WECHAT_APPID, WECHAT_APP_SECRET } = sandbox.environment()
  const wechatPay = createWechatPay({ ...sandbox.wechatPayConfig(), timeoutMs: 3_000 })
  const wechat = createWechat({ baseUrl: WECHAT_BASE_URL!, appid: WECHAT_APPID!, secret: WECHAT_APP_SECRET! })
  await fill(db, clock.now())
  const app = await buildApp({
    clock,
    database: db,
    sp_mchid,
    wechatPay,
    wechat,
    workerEveryMs: null,
    requestsPerMinute: 100_000,
    photoDir: join(folder, 'photos'),
    ...options,
  })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const tokens = new Map<Role, string>()

  const send = async <T>(method: string, path: string, { body, raw, headers = {} }: CallOptions): Promise<Answer<T>> => {
    const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined)
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const answer = await fetch(url + path, {
      method,
      headers: { ...(payload === undefined ? {} : { 'content-type': 'application/json' }), ...Object.fromEntries(given) },
      ...(payload === undefined ? {} : { body: payload as string }),
    })
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.includes('json') ?? false
    return { status: answer.status, headers: answer.headers, text, body: (isJson && text ? JSON.parse(text) : {}) as T }
  }
  const tokenOf = async (role: Role) => {
    const known = tokens.get(role)
    if (known) return known
    const { body } = await send<{ token: string }>('POST', '/v1/sessions', { body: { code: `demo-${role}` } })
    tokens.set(role, body.token)
    return body.token
  }
  const versionOf = async (sub_mchid: string) =>
    (await db.selectFrom('sub_merchants').select('version').where('sub_mchid', '=', sub_mchid).executeTakeFirst())?.version ?? 1

  const backend: Backend = {
    app,
    db,
    databaseUrl: testDatabase.url,
    ownerUrl: testDatabase.ownerUrl,
    clock,
    sandbox,
    url,
    staffId: role => `staff-${role}`,
    versionOf,
    async call<T>(role: Role | null, method: string, path: string, given: CallOptions = {}) {
      const asRole = async () => ({
        ...given,
        headers: { ...(role && { authorization: `Bearer ${await tokenOf(role)}` }), ...given.headers },
      })
      const answer = await send<T>(method, path, await asRole())
      if (answer.status !== 401 || role === null) return answer
      // time was moved past the end of the session
      tokens.delete(role)
      return send<T>(method, path, await asRole())
    },
    async upload<T>(role: Role, path: string, form: FormData, headers: Record<string, string> = {}) {
      // the form says its own content type, with its boundary
      const { headers: said, body } = new Response(form)
      const bytes = new Uint8Array(await new Response(body).arrayBuffer())
      const given = { 'content-type': said.get('content-type')!, 'idempotency-key': randomUUID(), ...headers }
      return backend.call<T>(role, 'POST', path, { raw: bytes, headers: given })
    },
    async control(role, sub_mchid, feature, body, headers = {}) {
      const standard = { 'idempotency-key': randomUUID(), 'if-match': `"${await versionOf(sub_mchid)}"` }
      return backend.call(role, 'PUT', `/v1/sub-merchants/${sub_mchid}/${feature}`, { body, headers: { ...standard, ...headers } })
    },
    async addMerchant(sub_mchid, merchant = {}) {
      const row = {
        name: `测试店${sub_mchid}`,
        short_name: '测试店',
        address: '深圳市南山区科苑路 15 号',
        region_code: '440305',
        assigned_to: null,
        ...merchant,
      }
      const now = clock.now()
      await db
        .insertInto('sub_merchants')
        .values({ sp_mchid, sub_mchid, ...row, ...searchTerms(row), created_at: now, updated_at: now })
        .execute()
    },
    async addEvidence(sub_mchid, ...items) {
      const now = clock.now()
      await db.transaction().execute(trx =>
        recordEvidence(
          trx,
          { sp_mchid, sub_mchid },
          items.map(({ ago, ...item }) => {
            const at = new Date(now.getTime() - ago)
            return { ...item, occurred_at: at, recorded_at: at, recorded_by: 'staff-field_agent', source: 'app' } as NewEvidence
          }),
          now,
        ),
      )
    },
    async close() {
      await app.close()
      await Promise.all([wechatPay.close(), wechat.close(), sandbox.close()])
      await db.destroy()
      await testDatabase.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return backend
}

async function fill(db: Database, now: Date): Promise<void> {
  await db.insertInto('provider').values({ sp_mchid, name: '示例服务商', receipt_link_configured: true, updated_at: now }).execute()
  for (const role of roles) {
    const staff_id = `staff-${role}`
    await db
      .insertInto('staff')
      .values({ id: staff_id, sp_mchid, display_name: role, role, region_codes: regionsOf[role], status: 'active', created_at: now })
      .execute()
    await db
      .insertInto('staff_bindings')
      .values({ sp_mchid, openid: `openid-demo-${role}`, staff_id, bound_at: now })
      .execute()
  }
}

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

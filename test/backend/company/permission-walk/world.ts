// Who walks, where, and what each endpoint about one merchant is asked with.
import type { Action, Role } from '../../../../backend/http/schema.ts'
import { randomBytes, randomUUID } from 'node:crypto'
import { noLinks } from '../../../../backend/link-check/settings.ts'
import { hashToken } from '../../../../backend/company/sessions/secrets.ts'
import { day, hour, sp_mchid, startBackend, type Answer, type Backend } from '../../support/backend.ts'

export const places = { 南山: '440305', 福田: '440304', 北京: '110105' } as const
export type Place = keyof typeof places
export const everyPlace = Object.keys(places) as Place[]

export interface Person {
  name: string
  role: Role
  region_codes: string[]
  assigned_only: boolean
  sees: readonly Place[]
}
/** Scope: regions by prefix, and only what is assigned where the person has no more than that. */
export const people: readonly Person[] = [
  { name: 'a field agent of 南山', role: 'field_agent', region_codes: ['440305'], assigned_only: false, sees: ['南山'] },
  { name: 'a field agent of 深圳', role: 'field_agent', region_codes: ['440300'], assigned_only: false, sees: ['南山', '福田'] },
  {
    name: 'a field agent of two cities',
    role: 'field_agent',
    region_codes: ['440304', '110105'],
    assigned_only: false,
    sees: ['福田', '北京'],
  },
  { name: 'a field agent without regions', role: 'field_agent', region_codes: [], assigned_only: false, sees: [] },
  {
    name: 'a field agent of 深圳 with his own shops only',
    role: 'field_agent',
    region_codes: ['440300'],
    assigned_only: true,
    sees: ['福田'],
  },
  { name: 'a region lead of 深圳', role: 'region_lead', region_codes: ['440300'], assigned_only: false, sees: ['南山', '福田'] },
  { name: 'an operator', role: 'operator', region_codes: [], assigned_only: false, sees: everyPlace },
  { name: 'an auditor', role: 'auditor', region_codes: [], assigned_only: false, sees: everyPlace },
  { name: 'an administrator', role: 'admin', region_codes: [], assigned_only: false, sees: everyPlace },
]
const assignedTo = 'a field agent of 深圳 with his own shops only'

export let backend: Backend
let next = 1_900_000_101

export async function startWalk(): Promise<void> {
  // a registered host whose name leads nowhere: what is walked is who may ask
  backend = await startBackend({ linkCheck: { ...noLinks, hosts: ['h5.example.com'], reach: { resolve: async () => [] } } })
  for (const { name, role, region_codes, assigned_only } of people) {
    const member = { sp_mchid, role, region_codes, assigned_only, status: 'active' as const, created_at: backend.clock.now() }
    await backend.db
      .insertInto('staff')
      .values({ id: name, display_name: name, ...member })
      .execute()
  }
}

export async function newToken(staff_id: string): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const now = backend.clock.now()
  await backend.db
    .insertInto('sessions')
    .values({ token_hash: hashToken(token), sp_mchid, staff_id, created_at: now, expires_at: new Date(now.getTime() + day) })
    .execute()
  return token
}

/** A shop of its own for every question: what one answer changes does not reach the next. */
export async function shop(place: Place): Promise<string> {
  const sub_mchid = String(next)
  next += 1
  const assigned_to = place === '福田' ? assignedTo : null
  await backend.addMerchant(sub_mchid, { name: `${place}店${sub_mchid}`, region_code: places[place], assigned_to })
  await backend.addEvidence(sub_mchid, {
    kind: 'api_operation',
    ago: 2 * day,
    detail: { operation: 'gold_plan.open', scene: 'jsapi', result: 'succeeded' },
  })
  backend.sandbox.control.setMerchant(sub_mchid, { gold_plan: { JSAPI: 'open' } })
  const now = backend.clock.now()
  await backend.db
    .insertInto('store_codes')
    .values({ sp_mchid, content: `pay.example.cn/q/${sub_mchid}`, sub_mchid, store_name: null, created_at: now, updated_at: now })
    .execute()
  return sub_mchid
}

export interface Ask {
  token: string
  staff_id: string
  sub_mchid: string
  /** of this shop, recorded by somebody else */
  evidence_id: string
}

export const ask = (token: string | null, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  backend.call(null, method, path, { body, headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers } })
export const write = async (token: string | null, method: string, path: string, body: unknown, sub_mchid?: string) =>
  ask(token, method, path, body, {
    'idempotency-key': randomUUID(),
    ...(sub_mchid ? { 'if-match': `"${await backend.versionOf(sub_mchid)}"` } : {}),
  })
export const control =
  (feature: string, body: unknown) =>
  ({ token, sub_mchid }: Ask) =>
    write(token, 'PUT', `/v1/sub-merchants/${sub_mchid}/${feature}`, body, sub_mchid)
export const evidence =
  (kind: string, detail: unknown) =>
  ({ token, sub_mchid }: Ask) =>
    write(token, 'POST', `/v1/sub-merchants/${sub_mchid}/evidence`, {
      id: randomUUID(),
      kind,
      occurred_at: new Date(backend.clock.now().getTime() - hour).toISOString(),
      detail,
    })

/** Endpoints about one merchant: the action that the table asks for, and a request with nothing else wrong. */
export const ofMerchant: readonly { endpoint: string; action: Action; what: string; send: (given: Ask) => Promise<Answer> }[] = [
  {
    endpoint: 'GET /v1/sub-merchants/{sub_mchid}',
    action: 'merchant.read',
    what: 'read it',
    send: ({ token, sub_mchid }) => ask(token, 'GET', `/v1/sub-merchants/${sub_mchid}`),
  },
  {
    endpoint: 'GET /v1/sub-merchants/{sub_mchid}/evidence',
    action: 'evidence.read',
    what: 'read its evidence',
    send: ({ token, sub_mchid }) => ask(token, 'GET', `/v1/sub-merchants/${sub_mchid}/evidence`),
  },
  {
    endpoint: 'GET /v1/sub-merchants/{sub_mchid}/receipt-content',
    action: 'merchant.read',
    what: 'read what its receipt shows',
    send: ({ token, sub_mchid }) => ask(token, 'GET', `/v1/sub-merchants/${sub_mchid}/receipt-content`),
  },
  {
    endpoint: 'PUT /v1/sub-merchants/{sub_mchid}/receipt-content',
    action: 'receipt.open',
    what: 'choose what its receipt shows',
    send: ({ token, sub_mchid }) =>
      ask(
        token,
        'PUT',
        `/v1/sub-merchants/${sub_mchid}/receipt-content`,
        { blocks: [{ kind: 'pickup_code' }] },
        { 'idempotency-key': randomUUID(), 'if-match': '"0"' },
      ),
  },
  {
    endpoint: 'GET /v1/sub-merchants/{sub_mchid}/receipt-health',
    action: 'merchant.read',
    what: 'read how its receipt does',
    send: ({ token, sub_mchid }) => ask(token, 'GET', `/v1/sub-merchants/${sub_mchid}/receipt-health`),
  },
  {
    endpoint: 'GET /v1/sub-merchants/{sub_mchid}/payments',
    action: 'merchant.read',
    what: 'read how it is paid',
    send: ({ token, sub_mchid }) => ask(token, 'GET', `/v1/sub-merchants/${sub_mchid}/payments`),
  },
  ...(
    [
      ['gold_plan.open', 'open the plan', 'gold-plan/jsapi', { status: 'open' }],
      ['gold_plan.miniprogram', 'open the plan for mini programs', 'gold-plan/miniprogram', { status: 'open' }],
      ['receipt.open', 'open the receipt', 'receipt', { status: 'open' }],
      ['receipt.close', 'close the receipt', 'receipt', { status: 'closed', reason: '商户要求' }],
      ['advertising.open', 'open ads', 'advertising', { status: 'open' }],
      ['advertising.close', 'close ads', 'advertising', { status: 'closed' }],
      ['ad_filter.set', 'set the filter', 'ad-filter', { industries: ['FOOD'] }],
    ] as const
  ).map(([action, what, feature, body]) => ({
    endpoint: `PUT /v1/sub-merchants/{sub_mchid}/${feature}`,
    action,
    what,
    send: control(feature, body),
  })),
  ...(
    [
      ['evidence.write', 'test_payment', { entry: 'other', web_page_opened: null, payee_matches: 'not_checked', after_page: 'unsure' }],
      ['evidence.write', 'flow_conclusion', { conclusion: 'jsapi', basis: 'visit' }],
      ['portal_check.write', 'portal_check', { gold_plan_jsapi: 'open' }],
      ['unblock.write', 'unblock', { note: '已处理' }],
    ] as const
  ).map(([action, kind, detail]) => ({
    endpoint: 'POST /v1/sub-merchants/{sub_mchid}/evidence',
    action,
    what: `record ${kind}`,
    send: evidence(kind, detail),
  })),
  {
    endpoint: 'POST /v1/sub-merchants/{sub_mchid}/order-queries',
    action: 'evidence.write',
    what: 'ask for an order of it',
    send: ({ token, sub_mchid }) =>
      write(token, 'POST', `/v1/sub-merchants/${sub_mchid}/order-queries`, { out_trade_no: `demo-jsapi-${sub_mchid}` }),
  },
  {
    endpoint: 'POST /v1/sub-merchants/{sub_mchid}/limitations/refresh',
    action: 'evidence.write',
    what: 'ask what WeChat Pay limits',
    send: ({ token, sub_mchid }) => write(token, 'POST', `/v1/sub-merchants/${sub_mchid}/limitations/refresh`, {}),
  },
  {
    endpoint: 'POST /v1/sub-merchants/{sub_mchid}/link-checks',
    action: 'evidence.write',
    what: 'look at the receipt link',
    send: ({ token, sub_mchid }) => write(token, 'POST', `/v1/sub-merchants/${sub_mchid}/link-checks`, { url: 'https://h5.example.com/' }),
  },
]

export async function question(person: Person, place: Place): Promise<Ask> {
  const sub_mchid = await shop(place)
  await backend.addEvidence(sub_mchid, { kind: 'flow_conclusion', ago: hour, detail: { conclusion: 'jsapi', basis: 'visit' } })
  const { id } = await backend.db
    .selectFrom('evidence')
    .select('id')
    .where('sub_mchid', '=', sub_mchid)
    .where('kind', '=', 'flow_conclusion')
    .executeTakeFirstOrThrow()
  return { token: await newToken(person.name), staff_id: person.name, sub_mchid, evidence_id: id }
}

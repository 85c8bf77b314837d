// What people do: each act is one or a few requests as the app sends them, and what it was told becomes a claim.
import { uuid, type Random } from '../../dev/demo/random.ts'
import { checkCodeOf } from '../../backend/receipts/check-code.ts'
import { answersWithoutJsapi, newPng, photoForm } from '../../test/backend/field-work/visits/given.ts'
import type { Answer, Caller } from './caller.ts'
import type { Claim } from './claims.ts'
import { allShops, auditor, shops, steady, unsteady, type Person } from './people.ts'
import type { World } from './world.ts'

export interface Actor {
  world: World
  random: Random
  caller: Caller
  claims: Claim[]
}

const writers: readonly Person[] = [...steady, unsteady]
const readers: readonly Person[] = [...writers, auditor]
const minute = 60_000
/** So long ago that it is past however the clock is moved meanwhile. */
const ago = ({ world }: Actor, minutes: number) => new Date(world.clock.now().getTime() - minutes * minute).toISOString()
const of = (person: Person, { status, body }: Answer) => ({
  person,
  at: Date.now(),
  status,
  code: typeof body.code === 'string' ? body.code : null,
})

async function read({ random, caller }: Actor): Promise<void> {
  const shop = random.pick(allShops)
  const path = random.pick([
    '/v1/me',
    '/v1/sub-merchants?limit=20',
    '/v1/sub-merchants?q=mianguan',
    '/v1/summary',
    '/v1/offline-pack',
    '/v1/visits',
  ])
  if (random.chance(0.5)) await caller.ask({ kind: 'read', person: random.pick(readers), method: 'GET', path })
  else await caller.ask({ kind: 'detail', person: random.pick(readers), method: 'GET', path: `/v1/sub-merchants/${shop}` })
}

interface SwitchAsked {
  path: string
  body: object
  operation: string
  only?: readonly string[]
}

const mayAdvertise = ['region_lead', 'operator']
const switches: readonly SwitchAsked[] = [
  { path: 'gold-plan/jsapi', body: { status: 'open' }, operation: 'gold_plan.open' },
  { path: 'receipt', body: { status: 'open' }, operation: 'receipt.open' },
  { path: 'receipt', body: { status: 'closed', reason: '商户要求' }, operation: 'receipt.close' },
  { path: 'advertising', body: { status: 'open' }, operation: 'advertising.open', only: mayAdvertise },
  { path: 'advertising', body: { status: 'closed' }, operation: 'advertising.close', only: mayAdvertise },
  { path: 'ad-filter', body: { industries: ['E_COMMERCE'] }, operation: 'ad_filter.set' },
  { path: 'ad-filter', body: { industries: ['LOVE_MARRIAGE', 'POTOGRAPHY'] }, operation: 'ad_filter.set' },
]

async function flip(actor: Actor): Promise<void> {
  const { random, caller, claims } = actor
  const person = random.pick(writers)
  const sub_mchid = random.pick(shops.here)
  const wanted = random.pick(switches.filter(one => !one.only || one.only.includes(person.role)))
  const key = uuid(random)
  const shop = `/v1/sub-merchants/${sub_mchid}`
  const seen = await caller.ask({ kind: 'detail', person, method: 'GET', path: shop })
  if (!seen?.etag) return
  const headers = { 'idempotency-key': key, 'if-match': seen.etag }
  const answer = await caller.ask({ kind: 'switch', person, method: 'PUT', path: `${shop}/${wanted.path}`, body: wanted.body, headers })
  if (answer) claims.push({ kind: 'switch', key, sub_mchid, operation: wanted.operation, ...of(person, answer) })
}

async function recordEvidence(actor: Actor): Promise<void> {
  const { random, caller, claims } = actor
  const person = random.pick(writers)
  const sub_mchid = random.pick(shops.here)
  const [id, key] = [uuid(random), uuid(random)]
  const seen = { entry: 'table_sticker', web_page_opened: true, payee_matches: 'yes', after_page: random.pick(['legacy_page', 'closed']) }
  const body = random.chance(0.5)
    ? { id, kind: 'test_payment', occurred_at: ago(actor, 30), detail: seen }
    : { id, kind: 'flow_conclusion', occurred_at: ago(actor, 30), detail: { conclusion: 'jsapi', basis: 'visit' } }
  const path = `/v1/sub-merchants/${sub_mchid}/evidence`
  const answer = await caller.ask({ kind: 'evidence', person, method: 'POST', path, body, headers: { 'idempotency-key': key } })
  if (answer) claims.push({ kind: 'evidence', id, sub_mchid, ...of(person, answer) })
}

async function visit(actor: Actor): Promise<void> {
  const { random, caller, claims } = actor
  const person = random.pick(writers)
  const sub_mchid = random.pick(shops.here)
  const [id, key, photoKey] = [uuid(random), uuid(random), uuid(random)]
  const file = newPng()
  const sent = await caller.ask({
    kind: 'photo',
    person,
    method: 'POST',
    path: '/v1/photos',
    form: () => photoForm(file),
    headers: { 'idempotency-key': photoKey },
  })
  if (!sent || sent.status >= 300) return
  const photo_id = sent.body.id as string
  claims.push({ kind: 'photo', id: photo_id, bytes: sent.body.bytes as number, ...of(person, sent) })
  const body = {
    sub_mchid,
    template_version: 1,
    status: 'submitted',
    started_at: ago(actor, 50),
    ended_at: ago(actor, 30),
    answers: answersWithoutJsapi(photo_id),
  }
  const answer = await caller.ask({
    kind: 'visit',
    person,
    method: 'PUT',
    path: `/v1/visits/${id}`,
    body,
    headers: { 'idempotency-key': key },
  })
  if (answer) claims.push({ kind: 'visit', id, sub_mchid, photo_id, ...of(person, answer) })
}

async function changeReceipt(actor: Actor): Promise<void> {
  const { random, caller, claims } = actor
  const person = random.pick(writers)
  const sub_mchid = random.pick(shops.here)
  const key = uuid(random)
  const path = `/v1/sub-merchants/${sub_mchid}/receipt-content`
  const seen = await caller.ask({ kind: 'detail', person, method: 'GET', path })
  if (!seen?.etag) return
  const body = { blocks: [{ kind: 'pickup_code' }, { kind: 'notice', text: `叫号 ${random.integer(1, 999)}` }] }
  const headers = { 'idempotency-key': key, 'if-match': seen.etag }
  const answer = await caller.ask({ kind: 'receipt content', person, method: 'PUT', path, body, headers })
  if (answer) claims.push({ kind: 'receipt content', key, sub_mchid, ...of(person, answer) })
}

/** A customer who has just paid. */
async function openReceipt({ random, caller, world }: Actor): Promise<void> {
  const sub_mchid = random.pick(shops.here)
  const out_trade_no = `R${uuid(random).replaceAll('-', '').slice(0, 20)}`
  world.sandbox.control.setOrder(out_trade_no, { sub_mchid })
  const { transaction_id } = world.sandbox.control.order(out_trade_no)!
  const check_code = checkCodeOf(world.sandbox.receipts.link, { sub_mchid, out_trade_no, transaction_id: transaction_id! })
  const query = new URLSearchParams({ sub_mch_id: sub_mchid, out_trade_no, check_code }).toString()
  await caller.ask({ kind: 'customer', person: null, method: 'GET', path: `/receipt?${query}` })
  const content = await caller.ask({ kind: 'customer', person: null, method: 'GET', path: `/receipt/content?${query}` })
  if (typeof content?.body.load !== 'string') return
  const body = { load: content.body.load, ready_ms: random.integer(200, 2_000), displayed: 'merchant' }
  await caller.ask({ kind: 'customer', person: null, method: 'POST', path: '/receipt/beacon', body })
}

export const acts: readonly (readonly [weight: number, act: (actor: Actor) => Promise<void>])[] = [
  [25, read],
  [40, flip],
  [15, recordEvidence],
  [12, visit],
  [8, changeReceipt],
  [6, openReceipt],
]

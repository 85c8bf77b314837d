// Asks the provider's own system for an order (README.md describes the interface). It may be slow, down or wrong at any time: every question
// has a deadline, answers are small, signed and judged, and after several failures in a row nothing is asked of it for a moment.
import { randomBytes } from 'node:crypto'
import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import type { ReceiptOrder } from '../../miniprogram/packages/merchant/shared/receipt-blocks.ts'
import { Instant, nullable } from '../http/schema.ts'
import { Recent } from '../platform/recent.ts'
import { isSigned, sign } from './source-signature.ts'

interface OrderQuestion {
  sp_mchid: string
  sub_mchid: string
  out_trade_no: string
}

export interface SourceOrder extends ReceiptOrder {
  /** 微信订单号; null while the provider has not been told */
  transaction_id: string | null
  scene: 'jsapi' | 'miniprogram' | 'unknown'
}

type SourceFailure = 'down' | 'late' | 'garbage' | 'unsigned' | 'busy' | 'resting'

/** null: the provider's system knows no such order of this merchant */
export type SourceAnswer = { order: SourceOrder | null } | { failure: SourceFailure }

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength })
const OrderBody = Type.Object({
  sub_mchid: Type.String(),
  out_trade_no: Type.String(),
  transaction_id: nullable(Type.String({ pattern: '^[0-9A-Za-z]{8,32}$' })),
  paid_at: nullable(Instant),
  scene: Type.Optional(Type.Union([Type.Literal('jsapi'), Type.Literal('miniprogram'), Type.Literal('unknown')])),
  pickup_code: Type.Optional(text(16)),
  pickup_point: Type.Optional(text(60)),
  parking: Type.Optional(Type.Object({ entered_at: Instant, leave_by: Type.Optional(Instant) })),
  items: Type.Optional(
    Type.Array(Type.Object({ name: text(60), quantity: Type.Integer({ minimum: 1, maximum: 9_999 }) }), { maxItems: 200 }),
  ),
  notice: Type.Optional(text(120)),
})
const orderBody = Compile(OrderBody)

const mostBytes = 64 * 1024
const mostAtOnce = 64
const mostOfOneMerchant = 16
const failuresBeforeRest = 5
const restMs = 5_000
const keptMs = { paid: 60_000, unpaid: 500, absent: 5_000 }

export interface Source {
  /** @param fresh past what was answered before */
  ask(question: OrderQuestion, deadlineMs: number, fresh?: boolean): Promise<SourceAnswer>
}

export interface SourceOptions {
  url: string
  key: string
  onCall?: (outcome: 'order' | 'absent' | SourceFailure) => void
}

export function createSource({ url, key, onCall = () => {} }: SourceOptions): Source {
  const kept = new Recent<SourceAnswer>(5_000)
  const underWay = new Map<string, Promise<SourceAnswer>>()
  const ofMerchant = new Map<string, number>()
  let failures = 0
  let restUntil = 0

  async function call(question: OrderQuestion, deadlineMs: number): Promise<SourceAnswer> {
    const now = performance.now()
    if (now < restUntil) return { failure: 'resting' }
    const ofThis = ofMerchant.get(question.sub_mchid) ?? 0
    if (underWay.size >= mostAtOnce || ofThis >= mostOfOneMerchant) return { failure: 'busy' }
    // after failures, one question at a time tries whether it answers again
    if (failures >= failuresBeforeRest) restUntil = now + deadlineMs
    ofMerchant.set(question.sub_mchid, ofThis + 1)
    const answer = await askOnce(url, key, question, deadlineMs).finally(() => {
      const left = ofMerchant.get(question.sub_mchid)! - 1
      if (left > 0) ofMerchant.set(question.sub_mchid, left)
      else ofMerchant.delete(question.sub_mchid)
    })
    // an answer about one order that cannot be used says nothing about all others: otherwise whoever finds such a number could stop the receipts of all customers
    if ('failure' in answer && answer.failure !== 'garbage') {
      failures += 1
      if (failures >= failuresBeforeRest) restUntil = performance.now() + restMs
    } else {
      failures = 0
      restUntil = 0
    }
    return answer
  }

  return {
    async ask(question, deadlineMs, fresh = false) {
      const name = `${question.sp_mchid}/${question.sub_mchid}/${question.out_trade_no}`
      const before = fresh ? undefined : kept.get(name)
      if (before) return before
      const waiting = underWay.get(name)
      if (waiting) return waiting
      const work = call(question, deadlineMs).finally(() => underWay.delete(name))
      underWay.set(name, work)
      const answer = await work
      if ('failure' in answer) onCall(answer.failure)
      else {
        onCall(answer.order ? 'order' : 'absent')
        kept.set(name, answer, !answer.order ? keptMs.absent : answer.order.transaction_id ? keptMs.paid : keptMs.unpaid)
      }
      return answer
    },
  }
}

async function askOnce(
  url: string,
  key: string,
  { sp_mchid, sub_mchid, out_trade_no }: OrderQuestion,
  deadlineMs: number,
): Promise<SourceAnswer> {
  const signal = AbortSignal.timeout(Math.max(1, Math.round(deadlineMs)))
  const nonce = randomBytes(16).toString('hex')
  const timestamp = String(Math.floor(Date.now() / 1_000))
  const body = JSON.stringify({ sp_mchid, sub_mchid, out_trade_no })
  try {
    const signature = sign(key, { what: 'request', timestamp, nonce, status: 0, body: Buffer.from(body) })
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'receipt-timestamp': timestamp,
        'receipt-nonce': nonce,
        'receipt-signature': signature,
      },
      body,
    })
    const bytes = await bodyOf(answer)
    if (!bytes) return { failure: 'down' }
    if (answer.status >= 500) return { failure: 'down' }
    if (!isSigned(key, { nonce, status: answer.status, body: bytes }, answer.headers)) return { failure: 'unsigned' }
    if (answer.status === 404) return { order: null }
    if (answer.status !== 200) return { failure: 'garbage' }
    return orderIn(bytes, { sub_mchid, out_trade_no })
  } catch {
    return { failure: signal.aborted ? 'late' : 'down' }
  }
}

/** @returns undefined when it is larger than an order can be */
async function bodyOf(answer: Response): Promise<Buffer | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of answer.body ?? []) {
    parts.push(part as Uint8Array)
    size += (part as Uint8Array).byteLength
    // leaving the loop ends the connection
    if (size > mostBytes) return undefined
  }
  return Buffer.concat(parts)
}

function orderIn(bytes: Buffer, asked: Pick<OrderQuestion, 'sub_mchid' | 'out_trade_no'>): SourceAnswer {
  let given: unknown
  try {
    given = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return { failure: 'garbage' }
  }
  if (!orderBody.Check(given)) return { failure: 'garbage' }
  const { sub_mchid, out_trade_no, transaction_id, paid_at, scene = 'unknown', ...content } = given as Static<typeof OrderBody>
  // an order of another merchant is none of this one
  if (sub_mchid !== asked.sub_mchid || out_trade_no !== asked.out_trade_no) return { order: null }
  // a format that allows a leap second, which no Date can hold
  const moments = [paid_at, content.parking?.entered_at, content.parking?.leave_by]
  if (moments.some(moment => typeof moment === 'string' && Number.isNaN(Date.parse(moment)))) return { failure: 'garbage' }
  const { pickup_code, pickup_point, parking, items, notice } = content
  return {
    order: {
      transaction_id,
      paid_at,
      scene,
      ...(pickup_code !== undefined && { pickup_code }),
      ...(pickup_point !== undefined && { pickup_point }),
      ...(parking && { parking }),
      // amounts and payers, if the provider sends any, are dropped here
      ...(items && { items: items.map(({ name, quantity }) => ({ name, quantity })) }),
      ...(notice !== undefined && { notice }),
    },
  }
}

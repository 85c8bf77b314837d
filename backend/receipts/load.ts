// One load of the receipt page, from what its address says to what is drawn. Whatever goes wrong, the answer is WeChat's official receipt.
import { isMchid } from '../../miniprogram/shared/mchid.ts'
import { drawnBlocks, type DrawnBlock } from '../../miniprogram/packages/merchant/shared/receipt-blocks.ts'
import type { Context } from '../platform/context.ts'
import type { LoadResult } from '../database/receipt-tables.ts'
import { toInstant } from '../platform/instants.ts'
import { isOutTradeNo } from '../wechatpay/index.ts'
import { matchingVariant } from './check-code.ts'
import { dayOf } from '../http/days.ts'
import { createKnownMerchants } from './known-merchants.ts'
import type { Ledger } from './ledger.ts'
import type { createLoadTokens } from './load-token.ts'
import type { ReceiptSettings } from './settings.ts'
import type { Source, SourceAnswer, SourceOrder } from './source.ts'

/** What the page is told. Why it is official is not said: only whoever tries codes would learn from it. */
type LoadAnswer =
  { outcome: 'show'; blocks: DrawnBlock[]; load: string; now: string } | { outcome: 'official'; load: string | null; now: string }

/** `unknown_merchant`, `malformed`, `refused` (too many at once) and `not_set_up` leave nothing in the database */
type LoadEnd = LoadResult | 'unknown_merchant' | 'malformed' | 'refused' | 'not_set_up'

/** the second question for an order that has no 微信订单号 yet comes so much later: the notice of the payment is usually under way */
const askAgainAfterMs = 400
/** Where nothing is shown, the answer is given at multiples of this: how long it took would tell which orders and merchants exist. */
const officialEveryMs = 700

export interface Loads {
  /** @param query of the page's address */
  answer(query: Readonly<Record<string, unknown>>): Promise<LoadAnswer>
  /** Asks for the order while the page is still being sent, so that the content is ready when it is asked for. Counts nothing. */
  warm(query: Readonly<Record<string, unknown>>): Promise<void>
}

interface Named {
  sub_mchid: string
  out_trade_no: string
  check_code: string
}

/** @returns null where the address does not name an order as WeChat does */
function namedIn({ sub_mch_id: sub_mchid, out_trade_no, check_code }: Readonly<Record<string, unknown>>): Named | null {
  if (typeof sub_mchid !== 'string' || !isMchid(sub_mchid)) return null
  if (typeof out_trade_no !== 'string' || !isOutTradeNo(out_trade_no)) return null
  return typeof check_code === 'string' && /^[0-9a-zA-Z]{1,64}$/.test(check_code) ? { sub_mchid, out_trade_no, check_code } : null
}

interface Load extends Named {
  sp_mchid: string
  loaded_at: Date
}

type Judged =
  | { result: 'source_failed' | 'unknown_order'; order: null }
  | { result: 'pending' | 'invalid'; order: SourceOrder }
  | { result: 'valid'; order: SourceOrder; variant: string }

export interface LoadParts {
  context: Pick<Context, 'clock' | 'db' | 'linkCheck' | 'log' | 'providers'>
  settings: ReceiptSettings
  source: Source | null
  ledger: Ledger
  tokens: ReturnType<typeof createLoadTokens>
  onEnd: (end: LoadEnd) => void
}

const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, Math.max(0, ms)))

/**
 * @param began performance.now() of the load
 * @param first what the first question took, ms
 * @returns performance.now() at which nothing shown is told
 */
function officialAt(began: number, first: number, { sourceDeadlineMs }: Pick<ReceiptSettings, 'sourceDeadlineMs'>): number {
  const latest = Math.floor(sourceDeadlineMs / officialEveryMs) * officialEveryMs
  const wanted = Math.ceil((2 * first + askAgainAfterMs) / officialEveryMs) * officialEveryMs
  return began + Math.min(wanted, Math.max(latest, first))
}

function judge(
  { sub_mchid, out_trade_no, check_code }: Named,
  found: SourceAnswer,
  { links, variant: known }: Pick<ReceiptSettings, 'links' | 'variant'>,
): Judged {
  if ('failure' in found) return { result: 'source_failed', order: null }
  const { order } = found
  if (!order) return { result: 'unknown_order', order: null }
  // what cannot be judged yet is not shown: numbers of unpaid orders can be guessed
  if (order.transaction_id === null) return { result: 'pending', order }
  const checked = { sub_mchid, out_trade_no, transaction_id: order.transaction_id }
  const variant = matchingVariant(check_code, checked, links, known)
  return variant ? { result: 'valid', order, variant } : { result: 'invalid', order }
}

export function createLoads({ context, settings, source, ledger, tokens, onEnd }: LoadParts): Loads {
  const { clock, log } = context
  const merchantOf = createKnownMerchants(context)

  const official = (load: string | null = null): LoadAnswer => ({ outcome: 'official', load, now: toInstant(clock.now()) })

  /** Where the order has no 微信订单号 yet, once more; what is answered too late is left to the rechecks. */
  async function orderOf(question: { sp_mchid: string; sub_mchid: string; out_trade_no: string }, until: (first: number) => number) {
    const began = performance.now()
    const first = await source!.ask(question, settings.sourceDeadlineMs)
    const left = until(performance.now() - began) - performance.now() - askAgainAfterMs
    if (!('order' in first) || !first.order || first.order.transaction_id !== null || left <= 0) return first
    await wait(askAgainAfterMs)
    const second = await source!.ask(question, left, true)
    return 'order' in second ? second : first
  }

  async function answer(query: Readonly<Record<string, unknown>>): Promise<LoadAnswer> {
    const named = namedIn(query)
    if (!named) return end('malformed')
    if (!source) return end('not_set_up')
    const began = performance.now()
    let at = officialAt(began, 0, settings)
    const nothingShown = async (load: string): Promise<LoadAnswer> => {
      await wait(at - performance.now())
      return official(load)
    }
    const merchant = await merchantOf(named.sub_mchid)
    if (!merchant) {
      onEnd(merchant === null ? 'unknown_merchant' : 'refused')
      return nothingShown(tokens.decoy())
    }

    const { sp_mchid } = merchant
    const load: Load = { ...named, sp_mchid, loaded_at: clock.now() }
    const { sub_mchid, out_trade_no } = named
    const found = await orderOf({ sp_mchid, sub_mchid, out_trade_no }, first => (at = officialAt(began, first, settings)))
    const judged = judge(named, found, settings)
    if (judged.result !== 'valid') return nothingShown(counted(load, judged, 'official'))
    ledger.matched(sp_mchid, judged.variant)
    const blocks = drawnBlocks(merchant.blocks, judged.order, load.loaded_at.toISOString())
    const chosen = merchant.blocks.length > 0 && blocks.length > 0
    const token = counted(load, judged, chosen ? 'merchant' : 'official')
    return chosen ? { outcome: 'show', blocks, load: token, now: toInstant(clock.now()) } : official(token)
  }

  /** Counts it, keeps it where it may prove something. @returns the token of the page's beacon */
  function counted({ loaded_at, ...load }: Load, { result, order }: Judged, displayed: 'merchant' | 'official'): string {
    const { sp_mchid, sub_mchid, out_trade_no, check_code } = load
    const day = dayOf(loaded_at)
    onEnd(result)
    ledger.count({ sp_mchid, sub_mchid, day, result })
    const kept = result === 'valid' || result === 'pending'
    if (kept) {
      const paid_at = order.paid_at === null ? null : new Date(order.paid_at)
      ledger.keep({ ...load, state: result, loaded_at, paid_at, order_scene: order.scene, displayed })
    }
    const proof = kept ? { out_trade_no, check_code } : { out_trade_no: null, check_code: null }
    return tokens.make({ sp_mchid, sub_mchid, day, result, given: displayed === 'merchant', ...proof })
  }

  function end(how: LoadEnd): LoadAnswer {
    onEnd(how)
    return official()
  }

  return {
    async warm(query) {
      const named = namedIn(query)
      const merchant = named && source ? await merchantOf(named.sub_mchid) : null
      if (named && merchant) await source!.ask({ ...named, sp_mchid: merchant.sp_mchid }, settings.sourceDeadlineMs)
    },
    answer: query =>
      answer(query).catch((error: unknown) => {
        log.error({ err: error }, 'a load of the receipt page failed; the customer was given the official receipt')
        return official()
      }),
  }
}

// One load of the receipt page, from what its address says to what is drawn. Whatever goes wrong, the answer is WeChat's official receipt.
import { isMchid } from '../../miniprogram/shared/mchid.ts'
import { sql } from 'kysely'
import { drawnBlocks, type DrawnBlock } from '../../miniprogram/packages/merchant/shared/receipt-blocks.ts'
import type { Context } from '../platform/context.ts'
import type { LoadResult } from '../database/receipt-tables.ts'
import { toInstant } from '../platform/instants.ts'
import { hostsWith } from '../company/provider-settings/receipt-hosts.ts'
import { inOrderOf, ofNumbers } from '../company/staff/scope.ts'
import { isOutTradeNo } from '../wechatpay/index.ts'
import { matchingVariant } from './check-code.ts'
import { dayOf } from '../http/days.ts'
import { visibleBlocks } from './link-hosts.ts'
import type { Ledger } from './ledger.ts'
import type { createLoadTokens } from './load-token.ts'
import { Allowance, Recent } from '../platform/recent.ts'
import type { ReceiptBlock } from './schema.ts'
import type { ReceiptSettings } from './settings.ts'
import type { Source, SourceOrder } from './source.ts'

/** What the page is told. Why it is official is not said: only whoever tries codes would learn from it. */
type LoadAnswer =
  { outcome: 'show'; blocks: DrawnBlock[]; load: string; now: string } | { outcome: 'official'; load: string | null; now: string }

/** `unknown_merchant`, `malformed`, `refused` (too many at once) and `not_set_up` leave nothing in the database */
type LoadEnd = LoadResult | 'unknown_merchant' | 'malformed' | 'refused' | 'not_set_up'

interface KnownMerchant {
  sp_mchid: string
  blocks: readonly ReceiptBlock[]
}

/** a change that staff make shows to customers after at most so long */
const merchantKeptMs = 10_000
const lookUpsPerSecond = 200
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

export interface LoadParts {
  context: Pick<Context, 'clock' | 'db' | 'linkCheck' | 'log' | 'providers'>
  settings: ReceiptSettings
  source: Source | null
  ledger: Ledger
  tokens: ReturnType<typeof createLoadTokens>
  onEnd: (end: LoadEnd) => void
}

const allowedHosts = sql<string[]>`array(select host from receipt_link_hosts h where h.sp_mchid = m.sp_mchid and h.sub_mchid = m.sub_mchid)`

const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, Math.max(0, ms)))

export function createLoads({ context, settings, source, ledger, tokens, onEnd }: LoadParts): Loads {
  const { clock, db, linkCheck, log, providers } = context
  const merchants = new Recent<KnownMerchant>(20_000)
  // limited apart, so that invented numbers neither push merchants out of memory nor use up the limit of real customers
  const strangers = new Recent<true>(5_000)
  const lookUps = { ofMerchants: new Allowance(lookUpsPerSecond), ofOthers: new Allowance(lookUpsPerSecond) }

  const official = (load: string | null = null): LoadAnswer => ({ outcome: 'official', load, now: toInstant(clock.now()) })

  /** @returns null: no merchant of ours; undefined: not now */
  async function merchantOf(sub_mchid: string): Promise<KnownMerchant | null | undefined> {
    const known = merchants.get(sub_mchid)
    if (known !== undefined) return known
    if (strangers.get(sub_mchid)) return null
    const before = merchants.getStale(sub_mchid)
    if (!(before ? lookUps.ofMerchants : lookUps.ofOthers).take()) return before
    try {
      const row = await db
        .selectFrom('sub_merchants as m')
        .leftJoin('receipt_contents as c', join => join.onRef('c.sp_mchid', '=', 'm.sp_mchid').onRef('c.sub_mchid', '=', 'm.sub_mchid'))
        .innerJoin('provider as p', 'p.sp_mchid', 'm.sp_mchid')
        .select(['m.sp_mchid', 'c.blocks', 'p.receipt_links', allowedHosts.as('allowed_hosts')])
        .where('m.sub_mchid', '=', sub_mchid)
        .where(ofNumbers(providers.numbers, 'm.sp_mchid'))
        .orderBy(inOrderOf(providers.numbers, 'm.sp_mchid'))
        .limit(1)
        .executeTakeFirst()
      if (!row) {
        merchants.delete(sub_mchid)
        strangers.set(sub_mchid, true, merchantKeptMs)
        return null
      }
      const blocks = visibleBlocks(row.blocks ?? [], new Set([...hostsWith(linkCheck.hosts, row.receipt_links), ...row.allowed_hosts]))
      const merchant = { sp_mchid: row.sp_mchid, blocks }
      merchants.set(sub_mchid, merchant, merchantKeptMs)
      return merchant
    } catch (error) {
      log.error({ err: error }, 'a merchant could not be looked up for its receipt')
      return before
    }
  }

  /** @param began performance.now() of the load @param first what the first question took, ms @returns performance.now() at which nothing shown is told */
  function officialAt(began: number, first: number): number {
    const latest = Math.floor(settings.sourceDeadlineMs / officialEveryMs) * officialEveryMs
    const wanted = Math.ceil((2 * first + askAgainAfterMs) / officialEveryMs) * officialEveryMs
    return began + Math.min(wanted, Math.max(latest, first))
  }

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
    const { sub_mchid, out_trade_no, check_code } = named
    if (!source) return end('not_set_up')
    const began = performance.now()
    let at = officialAt(began, 0)
    const nothingShown = async (load: string): Promise<LoadAnswer> => {
      await wait(at - performance.now())
      return official(load)
    }
    const merchant = await merchantOf(sub_mchid)
    if (!merchant) {
      onEnd(merchant === null ? 'unknown_merchant' : 'refused')
      return nothingShown(tokens.decoy())
    }

    const { sp_mchid } = merchant
    const now = clock.now()
    const day = dayOf(now)
    const found = await orderOf({ sp_mchid, sub_mchid, out_trade_no }, first => (at = officialAt(began, first)))
    /** counts it, keeps it where it may prove something */
    const counted = (result: LoadResult, order: SourceOrder | null, displayed: 'merchant' | 'official'): string => {
      onEnd(result)
      ledger.count({ sp_mchid, sub_mchid, day, result })
      const kept = order && (result === 'valid' || result === 'pending')
      if (kept) {
        const paid_at = order.paid_at === null ? null : new Date(order.paid_at)
        ledger.keep({
          sp_mchid,
          sub_mchid,
          out_trade_no,
          check_code,
          state: result,
          loaded_at: now,
          paid_at,
          order_scene: order.scene,
          displayed,
        })
      }
      return tokens.make({
        sp_mchid,
        sub_mchid,
        day,
        result,
        given: displayed === 'merchant',
        out_trade_no: kept ? out_trade_no : null,
        check_code: kept ? check_code : null,
      })
    }
    if ('failure' in found) return nothingShown(counted('source_failed', null, 'official'))
    const { order } = found
    if (!order) return nothingShown(counted('unknown_order', null, 'official'))
    // what cannot be judged yet is not shown: numbers of unpaid orders can be guessed
    if (order.transaction_id === null) return nothingShown(counted('pending', order, 'official'))
    const variant = matchingVariant(
      check_code,
      { sub_mchid, out_trade_no, transaction_id: order.transaction_id },
      settings.links,
      settings.variant,
    )
    if (!variant) return nothingShown(counted('invalid', order, 'official'))
    ledger.matched(sp_mchid, variant)
    const blocks = drawnBlocks(merchant.blocks, order, now.toISOString())
    const chosen = merchant.blocks.length > 0 && blocks.length > 0
    const load = counted('valid', order, chosen ? 'merchant' : 'official')
    return chosen ? { outcome: 'show', blocks, load, now: toInstant(clock.now()) } : official(load)
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

// The parts of the receipt page that live as long as the process, and their work beside the requests.
import { createHmac, randomBytes } from 'node:crypto'
import type { Context } from '../platform/context.ts'
import type { ReceiptMetricsCounters } from '../platform/metrics.ts'
import { concludeFromLoads } from './evidence.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { createLoadTokens } from './load-token.ts'
import { createLoads, type Loads } from './load.ts'
import { dropOldLoads, recheckPending } from './recheck.ts'
import type { ReceiptSettings } from './settings.ts'
import { createSource } from './source.ts'

declare module '../platform/context.ts' {
  interface Context {
    receipts: Receipts
  }
}

export interface Receipts {
  settings: ReceiptSettings
  loads: Loads
  ledger: Ledger
  tokens: ReturnType<typeof createLoadTokens>
  /** writes what loads left in memory and concludes from the new ones */
  settle(): Promise<void>
  /** asks again for loads that were pending, and settles. @param goOn asked before each of them */
  recheck(goOn?: () => boolean): Promise<number>
  dropOld(): Promise<void>
}

export function createReceipts(
  context: Pick<Context, 'clock' | 'db' | 'linkCheck' | 'log' | 'providers'>,
  settings: ReceiptSettings,
  metrics: ReceiptMetricsCounters,
): Receipts {
  const { clock, db, log, providers } = context
  const source = settings.source ? createSource({ ...settings.source, onCall: metrics.sourceCall }) : null
  const ledger = createLedger(context, metrics.dropped)
  // from the shared key, so that the beacon may reach another process than the page; without one there is nothing to report
  const tokens = createLoadTokens(
    settings.source ? createHmac('sha256', settings.source.key).update('loads').digest('hex') : randomBytes(32).toString('hex'),
  )
  const loads = createLoads({ context, settings, source, ledger, tokens, onEnd: metrics.load })
  const rechecking = {
    db,
    clock,
    log,
    sp_mchids: providers.numbers,
    orders: (sp_mchid: string) => providers.of(sp_mchid).wechatPay.orders,
    source,
    settings,
    ledger,
  }
  const settle = async () => {
    const fresh = await ledger.flush()
    // one look for each merchant: it sees all loads around
    const newest = new Map(fresh.map(load => [`${load.sp_mchid}/${load.sub_mchid}`, load]))
    for (const load of newest.values()) {
      try {
        await concludeFromLoads(context, load, load.loaded_at)
      } catch (error) {
        // the merchant's next load looks at these again
        log.error({ err: error, sub_mchid: load.sub_mchid }, 'loads of a merchant could not be looked at as evidence')
      }
    }
  }
  return {
    settings,
    loads,
    ledger,
    tokens,
    settle,
    async recheck(goOn) {
      const looked = await recheckPending(rechecking, goOn)
      await settle()
      return looked
    },
    dropOld: () => dropOldLoads(rechecking),
  }
}

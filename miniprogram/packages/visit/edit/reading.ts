// What a visit needs before it begins: the newest checklist, and the shop. From the server, or from the phone where nobody answers in time.
import type { ChecklistTemplate, SubMerchant } from '../../../../typings/api'
import type { AbortScope } from '../../../api/abort-scope'
import { ApiError, asApiError } from '../../../api/errors'
import type { NamedShop } from '../../../rules/field-work'
import type { ChecklistStore } from '../../../stores/checklist'
import type { StoreContext } from '../../../stores/context'
import type { DetailsCache } from '../../../stores/details-cache'
import type { KnownShops } from '../../../stores/known-shops'
import type { SessionStore } from '../../../stores/session'
import type { Timers } from '../../../rules/timers'

/** so long nobody waits for what the phone has, too (product.md §12) */
const LATE_MS = 3_000

/** The answer where it comes in time, else null; it may still come, to nobody. Rejects with what `work` rejects with in time. */
async function inTime<T>(timers: Timers, work: Promise<T>): Promise<T | null> {
  let handle: unknown
  const over = new Promise<null>(resolve => (handle = timers.set(() => resolve(null), LATE_MS)))
  work.catch(() => {})
  try {
    return await Promise.race([work, over])
  } finally {
    timers.clear(handle)
  }
}

/** null: none was ever loaded, and there is no network. Throws ApiError where there is one. */
export async function newestTemplate({ network, timers }: StoreContext, checklist: ChecklistStore): Promise<ChecklistTemplate | null> {
  if (!checklist.current) await checklist.refresh()
  else if (network.mayTry && !network.unanswered) await inTime(timers, checklist.refresh())
  if (checklist.current) return checklist.current
  if (!network.online || checklist.error?.kind === 'offline') return null
  throw checklist.error ?? new ApiError({ kind: 'shape', code: 'UNKNOWN' })
}

interface Sources {
  session: Pick<SessionStore, 'serverNow'>
  details: Pick<DetailsCache, 'get'>
  known: Pick<KnownShops, 'find'>
}
export interface ReadShop {
  shop: NamedShop
  /** null: only its row is on the phone */
  merchant: SubMerchant | null
  /** when `merchant` was read, RFC 3339 */
  read_at: string
}

/** Throws ApiError where the server refuses, or does not answer and the phone does not know the shop. */
export async function readShop(
  context: StoreContext,
  { session, details, known }: Sources,
  sub_mchid: string,
  scope: AbortScope,
): Promise<ReadShop> {
  const phoneKnows = details.get(sub_mchid) !== null || known.find(sub_mchid) !== null
  try {
    const merchant = await askForShop(context, sub_mchid, scope, phoneKnows)
    return { shop: named(merchant), merchant, read_at: new Date(session.serverNow()).toISOString() }
  } catch (thrown) {
    if (asApiError(thrown).kind === 'problem') throw thrown
    const kept = details.get(sub_mchid)
    if (kept) return { shop: named(kept.merchant), merchant: kept.merchant, read_at: new Date(kept.as_of).toISOString() }
    const row = known.find(sub_mchid)?.row
    if (!row) throw thrown
    return { shop: named(row), merchant: null, read_at: new Date(session.serverNow()).toISOString() }
  }
}

/** Where the phone knows the shop, nobody waits long for the server, nor at all for one that did not answer just now. */
async function askForShop(
  { api, network, timers }: StoreContext,
  sub_mchid: string,
  scope: AbortScope,
  phoneKnows: boolean,
): Promise<SubMerchant> {
  if (!phoneKnows) return api.getSubMerchant(sub_mchid, scope)
  if (!network.mayTry || network.unanswered) throw new ApiError({ kind: 'offline', code: 'NETWORK_OFFLINE' })
  const merchant = await inTime(timers, api.getSubMerchant(sub_mchid, scope))
  if (!merchant) throw new ApiError({ kind: 'network', code: 'NETWORK_TIMEOUT' })
  return merchant
}

const named = ({ sub_mchid, name, region_name }: NamedShop): NamedShop => ({ sub_mchid, name, region_name })

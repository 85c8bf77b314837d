// The merchants whose receipts are asked for, as the page needs them: kept for a moment, and looked up only so often.
import { sql } from 'kysely'
import { hostsWith } from '../company/provider-settings/receipt-hosts.ts'
import { inOrderOf, ofNumbers } from '../company/staff/scope.ts'
import type { Context } from '../platform/context.ts'
import { Allowance, Recent } from '../platform/recent.ts'
import { visibleBlocks } from './link-hosts.ts'
import type { ReceiptBlock } from './schema.ts'

interface KnownMerchant {
  sp_mchid: string
  /** those that customers see */
  blocks: readonly ReceiptBlock[]
}

/** a change that staff make shows to customers after at most so long */
const merchantKeptMs = 10_000
const lookUpsPerSecond = 200

const allowedHosts = sql<string[]>`array(select host from receipt_link_hosts h where h.sp_mchid = m.sp_mchid and h.sub_mchid = m.sub_mchid)`

/** @returns null: no merchant of ours; undefined: not now */
type FindMerchant = (sub_mchid: string) => Promise<KnownMerchant | null | undefined>

export function createKnownMerchants(context: Pick<Context, 'db' | 'linkCheck' | 'log' | 'providers'>): FindMerchant {
  const merchants = new Recent<KnownMerchant>(20_000)
  // limited apart, so that invented numbers neither push merchants out of memory nor use up the limit of real customers
  const strangers = new Recent<true>(5_000)
  const lookUps = { ofMerchants: new Allowance(lookUpsPerSecond), ofOthers: new Allowance(lookUpsPerSecond) }

  return async sub_mchid => {
    const known = merchants.get(sub_mchid)
    if (known !== undefined) return known
    if (strangers.get(sub_mchid)) return null
    const before = merchants.getStale(sub_mchid)
    if (!(before ? lookUps.ofMerchants : lookUps.ofOthers).take()) return before
    try {
      const merchant = await lookUp(context, sub_mchid)
      if (merchant) merchants.set(sub_mchid, merchant, merchantKeptMs)
      else {
        merchants.delete(sub_mchid)
        strangers.set(sub_mchid, true, merchantKeptMs)
      }
      return merchant
    } catch (error) {
      context.log.error({ err: error }, 'a merchant could not be looked up for its receipt')
      return before
    }
  }
}

/** Where several numbers have it, that of the first. */
async function lookUp(
  { db, linkCheck, providers }: Pick<Context, 'db' | 'linkCheck' | 'providers'>,
  sub_mchid: string,
): Promise<KnownMerchant | null> {
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
  if (!row) return null
  const hosts = new Set([...hostsWith(linkCheck.hosts, row.receipt_links), ...row.allowed_hosts])
  return { sp_mchid: row.sp_mchid, blocks: visibleBlocks(row.blocks ?? [], hosts) }
}

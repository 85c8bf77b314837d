// Which links of a receipt its customers see: those to hosts that the provider registered (its receipt links and RECEIPT_LINK_HOSTS, the same that may be checked), and those that a
// lead or an operator allowed for this merchant. One person alone cannot send customers anywhere.
import type { Database, Trx } from '../database/connection.ts'
import type { ReceiptBlock } from './schema.ts'

interface OfMerchant {
  sp_mchid: string
  sub_mchid: string
}

/** @returns null for a block that is no link */
const hostOf = (block: ReceiptBlock): string | null => (block.kind === 'link' ? new URL(block.url).hostname : null)

const hostsOf = (blocks: readonly ReceiptBlock[]): string[] => [
  ...new Set(blocks.map(hostOf).filter((host): host is string => host !== null)),
]

/** @param allowed registered, and of the merchant */
export const visibleBlocks = (blocks: readonly ReceiptBlock[], allowed: ReadonlySet<string>): ReceiptBlock[] =>
  blocks.filter(block => {
    const host = hostOf(block)
    return host === null || allowed.has(host)
  })

export async function waitingHosts(
  db: Database | Trx,
  merchant: OfMerchant,
  blocks: readonly ReceiptBlock[],
  registered: readonly string[],
): Promise<string[]> {
  const hosts = hostsOf(blocks).filter(host => !registered.includes(host))
  if (hosts.length === 0) return []
  const rows = await db
    .selectFrom('receipt_link_hosts')
    .select('host')
    .where('sp_mchid', '=', merchant.sp_mchid)
    .where('sub_mchid', '=', merchant.sub_mchid)
    .where('host', 'in', hosts)
    .execute()
  return hosts.filter(host => !rows.some(row => row.host === host))
}

export async function allowHosts(
  trx: Trx,
  { sp_mchid, sub_mchid }: OfMerchant,
  hosts: readonly string[],
  by: { staff_id: string; at: Date },
): Promise<void> {
  if (hosts.length === 0) return
  await trx
    .insertInto('receipt_link_hosts')
    .values(hosts.map(host => ({ sp_mchid, sub_mchid, host, allowed_by: by.staff_id, allowed_at: by.at })))
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

// What an order says depends on whose appid it was paid with, and that is the register's to say: each kept order is read by the register as it stands now, so
// that an entry that is added, mended or ended moves the verdicts of the orders that were asked before (product.md §5.2).
import { scenesOf } from '../../company/appids/reading.ts'
import type { Database, Trx } from '../../database/connection.ts'

/** Of the tables evidence and, where it is asked for more than one shop, of one number. */
interface KeptItem {
  kind: string
  detail: Record<string, unknown>
}

/**
 * @param sp_mchid the number that the items stand under
 * @returns the same items; those of orders with the scene that their appid gives now. An order that was kept without its appid stays as it was read then.
 */
export async function readByRegister<T extends KeptItem>(db: Database | Trx, sp_mchid: string, items: readonly T[]): Promise<T[]> {
  const orders = items.filter(({ kind, detail }) => kind === 'order_query' && typeof detail.appid === 'string')
  if (orders.length === 0) return [...items]
  const scenes = await scenesOf(db, sp_mchid, new Set(orders.map(({ detail }) => detail.appid as string)))
  const read = new Set(orders)
  return items.map(item => {
    if (!read.has(item)) return item
    const { appid, paid_at } = item.detail
    return { ...item, detail: { ...item.detail, order_scene: scenes(appid as string, new Date(paid_at as string)) } }
  })
}

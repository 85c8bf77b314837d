// Which loads of the receipt page speak of a customer, for what is held beside the payments of a bill.
import { sql } from 'kysely'

/** Of `l`, receipt_load_days. Anybody can load the page with an order that he makes up: what no system knows says nothing of customers. */
export const isOfAnOrder = sql<boolean>`l.result <> 'unknown_order'`

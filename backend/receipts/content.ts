// What staff chose for a merchant's receipt: reading and replacing it.
import { idempotentWrite, type Ask } from '../http/write.ts'
import type { Caller } from '../http/caller.ts'
import { hostsWith, receiptLinksOf } from '../company/provider-settings/receipt-hosts.ts'
import { findMerchant, type MerchantRow } from '../evidence/find.ts'
import { receiptFaults, templateFor, type ReceiptFault } from '../../miniprogram/packages/merchant/shared/receipt-blocks.ts'
import type { Context } from '../platform/context.ts'
import type { Database, Trx } from '../database/connection.ts'
import { toInstantOrNull } from '../platform/instants.ts'
import { AppError } from '../http/problems/app-error.ts'
import { mayDo } from '../company/staff/permissions.ts'
import { allowHosts, waitingHosts } from './link-hosts.ts'
import type { ReceiptContent, ReceiptContentRequest } from './schema.ts'

/** @throws AppError NOT_FOUND */
export async function readContent(context: Context, caller: Caller, sub_mchid: string): Promise<ReceiptContent> {
  const { db } = context
  return contentOf(context, db, await findMerchant(db, caller, sub_mchid))
}

/** Hosts that links of this merchant's receipt may lead to without being allowed one by one. */
const registeredFor = async ({ linkCheck }: Context, db: Database | Trx, { sp_mchid }: MerchantRow): Promise<string[]> =>
  hostsWith(linkCheck.hosts, await receiptLinksOf(db, sp_mchid))

async function contentOf(context: Context, db: Database | Trx, merchant: MerchantRow): Promise<ReceiptContent> {
  const { sp_mchid, sub_mchid, industry } = merchant
  const registered = await registeredFor(context, db, merchant)
  const row = await db
    .selectFrom('receipt_contents as c')
    .leftJoin('staff as s', 's.id', 'c.changed_by')
    .select(['c.version', 'c.blocks', 'c.changed_at', 's.display_name'])
    .where('c.sp_mchid', '=', sp_mchid)
    .where('c.sub_mchid', '=', sub_mchid)
    .executeTakeFirst()
  return {
    sub_mchid,
    version: row?.version ?? 0,
    blocks: row?.blocks ?? [],
    suggested_template: templateFor(industry),
    changed_at: toInstantOrNull(row?.changed_at ?? null),
    changed_by: row?.display_name ?? null,
    waiting_hosts: await waitingHosts(db, { sp_mchid, sub_mchid }, row?.blocks ?? [], registered),
  }
}

/**
 * Replaces all blocks. Links to hosts that are not registered are seen by customers once somebody who may allow them has saved them.
 * @throws AppError NOT_FOUND, ACTION_FORBIDDEN, VALIDATION_FAILED, PRECONDITION_REQUIRED, VERSION_MISMATCH, IDEMPOTENCY_KEY_REUSED
 */
export function changeContent(context: Context, ask: Ask, sub_mchid: string, { blocks }: ReceiptContentRequest): Promise<ReceiptContent> {
  return idempotentWrite(context, ask, {
    find: (db, caller) => findMerchant(db, caller, sub_mchid),
    refuse() {
      const faults = receiptFaults(blocks)
      if (faults.length > 0) throw new AppError('VALIDATION_FAILED', { errors: faults.map(fieldError) })
    },
    replay: (db, { found }) => contentOf(context, db, found),
    async lock(trx, { caller }) {
      const merchant = await findMerchant(trx, caller, sub_mchid, true)
      const before = await contentOf(context, trx, merchant)
      return { before, version: before.version, current: async () => before }
    },
    async work(trx, { caller, found: merchant, held: { before }, now }) {
      const registered = await registeredFor(context, trx, merchant)
      const allows = mayDo(caller.role, 'receipt_link.allow') ? await waitingHosts(trx, merchant, blocks, registered) : []
      await allowHosts(trx, merchant, allows, { staff_id: caller.staff_id, at: now })
      const version = before.version + 1
      const values = { version, blocks: JSON.stringify(blocks), changed_at: now, changed_by: caller.staff_id }
      await trx
        .insertInto('receipt_contents')
        .values({ sp_mchid: merchant.sp_mchid, sub_mchid, ...values })
        .onConflict(conflict => conflict.columns(['sp_mchid', 'sub_mchid']).doUpdateSet(values))
        .execute()
      return {
        answer: await contentOf(context, trx, merchant),
        keep: { answer: JSON.stringify({ version }) },
        audit: {
          sp_mchid: merchant.sp_mchid,
          action: 'receipt_content.change',
          target: { type: 'sub_merchant', id: sub_mchid },
          before: { version: before.version, blocks: before.blocks },
          after: { version, blocks, ...(allows.length > 0 && { allowed_hosts: allows }) },
        },
      }
    },
  })
}

const messages: Readonly<Record<ReceiptFault['code'], string>> = {
  PAYMENT_CODE: "holds a customer's payment code",
  REQUIRED: 'must not be empty',
  TOO_LONG: 'is too long',
  TOO_MANY: 'are too many',
  NOT_ALLOWED: 'is not known',
  WRONG_FORMAT: 'is not in a form that can be shown',
  TOO_SMALL: 'is too small',
  TOO_LARGE: 'is too large',
}
const fieldError = ({ field, code, limit }: ReceiptFault) => ({
  field,
  code,
  message: limit === undefined ? messages[code] : `${messages[code]}: the limit is ${limit}`,
})

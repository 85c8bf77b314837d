// A shop as it stands in the database, for somebody who may see it.
import type { Caller } from '../http/caller.ts'
import type { Selectable } from 'kysely'
import { inOrderOf, inScope } from '../company/staff/scope.ts'
import type { Database, Trx } from '../database/connection.ts'
import type { ProviderTable } from '../database/company-tables.ts'
import type { SubMerchantTable } from '../database/directory-tables.ts'
import { AppError } from '../http/problems/app-error.ts'
import { ofEachPlain } from '../../miniprogram/packages/merchant/shared/controls.ts'
import { noSwitch, type Switches } from './verdict/switches.ts'

export type MerchantRow = Selectable<SubMerchantTable>

const nothing: Switches = {
  gold_plan: { jsapi: { ...noSwitch, reopen_available_at: null }, miniprogram: { ...noSwitch, reopen_available_at: null } },
  receipt: { ...noSwitch, effective: 'unknown', effective_at: null },
  ...ofEachPlain(() => noSwitch),
  ad_filter: { industries: [], changed_at: null, changed_by: null },
  flow: { conclusion: 'unknown', basis: null, concluded_at: null, entries: [] },
}

export const switchesOf = (row: Pick<MerchantRow, 'switches'>): Switches => ({ ...nothing, ...row.switches })

/** @throws AppError NOT_FOUND, the same for a merchant that does not exist and one out of scope */
export async function findMerchant(db: Database | Trx, caller: Caller, sub_mchid: string, lock = false): Promise<MerchantRow> {
  const query = db
    .selectFrom('sub_merchants')
    .selectAll()
    .where('sub_mchid', '=', sub_mchid)
    .where(inScope(caller))
    .$if(caller.numbers.length > 1, query => query.orderBy(inOrderOf(caller.numbers)))
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row) throw new AppError('NOT_FOUND')
  return row
}

export const findProvider = (db: Database | Trx, sp_mchid: string): Promise<Selectable<ProviderTable>> =>
  db.selectFrom('provider').selectAll().where('sp_mchid', '=', sp_mchid).executeTakeFirstOrThrow()

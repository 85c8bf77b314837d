// What happened at the shops that the workbench names first: what was seen, and when.
import type { Caller } from '../http/caller.ts'
import { sql } from 'kysely'
import type { Database, Trx } from '../database/connection.ts'
import { toInstantOrNull } from '../platform/instants.ts'
import type { SubMerchantRow } from '../directory/merchants/schema.ts'
import { ofNumbers } from '../company/staff/scope.ts'
import type { HandledRow, Summary } from './schema.ts'

export type HandledKind = Exclude<keyof Summary['handle_first'], 'returned'>

/** @param rows in the caller's scope, a few */
export async function withWhatHappened(
  db: Database | Trx,
  caller: Caller,
  kind: HandledKind,
  rows: readonly SubMerchantRow[],
): Promise<HandledRow[]> {
  if (kind === 'suspected') return rows.map(row => ({ ...row, what: String(row.suspected?.payments ?? ''), at: null }))
  if (kind === 'regressed') return rows.map(row => ({ ...row, what: row.migration.proof ?? '', at: row.migration.since }))
  const happened = rows.length === 0 ? new Map<string, Happened>() : await READ[kind](db, caller, rows)
  return rows.map(row => ({ ...row, ...(happened.get(row.sub_mchid) ?? { what: kind, at: null }) }))
}

type Happened = Pick<HandledRow, 'what' | 'at'>
type Read = (db: Database | Trx, caller: Caller, rows: readonly SubMerchantRow[]) => Promise<Map<string, Happened>>

const numbersOf = (rows: readonly SubMerchantRow[]) => sql.join(rows.map(({ sub_mchid }) => sub_mchid))

const READ: Readonly<Record<Exclude<HandledKind, 'regressed' | 'suspected'>, Read>> = {
  /** only a test payment sees the error page */
  receipt_error: async (db, { numbers }, among) => {
    const { rows } = await sql<{ sub_mchid: string; at: Date }>`
      select distinct on (sub_mchid) sub_mchid, occurred_at as at from evidence
      where ${ofNumbers(numbers)} and sub_mchid in (${numbersOf(among)})
        and kind = 'test_payment' and detail ->> 'after_page' = 'receipt_error'
        and not exists (select from evidence_withdrawals as w where w.sp_mchid = evidence.sp_mchid and w.evidence_id = evidence.id)
      order by sub_mchid, occurred_at desc`.execute(db)
    return new Map(rows.map(({ sub_mchid, at }) => [sub_mchid, { what: 'receipt_error', at: toInstantOrNull(at) }]))
  },
  /** of several, the newest */
  unresolved: async (db, { numbers }, among) => {
    const { rows } = await sql<{ sub_mchid: string; kind: string; started_at: Date }>`
      select distinct on (sub_mchid) sub_mchid, kind, started_at from operations
      where ${ofNumbers(numbers)} and sub_mchid in (${numbersOf(among)}) and status = 'unresolved' and settled_at is null
      order by sub_mchid, started_at desc`.execute(db)
    return new Map(rows.map(({ sub_mchid, kind, started_at }) => [sub_mchid, { what: kind, at: toInstantOrNull(started_at) }]))
  },
}

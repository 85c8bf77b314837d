// Writes checked codes: one transaction a batch, an audit entry for each code that changed.
import { sql } from 'kysely'
import type { Clock } from '../clock.ts'
import type { Database, Trx } from '../database/connection.ts'
import type { BatchResult } from './directory.ts'
import type { Rejection } from './row.ts'
import type { StoreCodeRow } from './store-codes.ts'
import { excerpt } from './text.ts'

/** any number, the same in every process */
const lockNumber = 401_247_380

interface Change {
  content: string
  sub_mchid: string
  store_name: string | null
  before: { sub_mchid: string; store_name: string | null } | null
}

/**
 * @param rows of one provider, no code twice
 * @param importId names this run in the audit trail
 * @returns counts, and the rows whose merchant the directory does not have
 */
export async function landCodes(
  database: Database,
  clock: Clock,
  sp_mchid: string,
  importId: string,
  rows: readonly StoreCodeRow[],
): Promise<BatchResult & { rejections: Rejection[] }> {
  if (rows.length === 0) return { added: 0, updated: 0, unchanged: 0, rejections: [] }
  return database.transaction().execute(async trx => {
    // two imports at once may hold the same new code: their batches land one after the other
    await sql`select pg_advisory_xact_lock(${lockNumber}, hashtext(${sp_mchid}))`.execute(trx)
    const merchants = await knownMerchants(trx, sp_mchid, rows)
    const held = await heldCodes(trx, sp_mchid, rows)
    const rejections: Rejection[] = []
    const changes: Change[] = []
    for (const { line, content, sub_mchid, store } of rows) {
      const before = held.get(content) ?? null
      const store_name = store === undefined ? (before?.store_name ?? null) : store
      if (!merchants.has(sub_mchid)) {
        rejections.push({ line, sub_mchid: excerpt(sub_mchid), field: 'sub_mchid', value: excerpt(sub_mchid), reason: unknownMerchant })
      } else if (before?.sub_mchid !== sub_mchid || before.store_name !== store_name) {
        changes.push({ content, sub_mchid, store_name, before })
      }
    }
    const now = clock.now()
    await write(trx, sp_mchid, now, changes)
    await audit(trx, sp_mchid, now, importId, changes)
    const added = changes.filter(change => change.before === null).length
    const updated = changes.length - added
    return { added, updated, unchanged: rows.length - rejections.length - changes.length, rejections }
  })
}

const unknownMerchant = '商户目录里没有这个商户号：先导入 merchants.csv'

async function knownMerchants(trx: Trx, sp_mchid: string, rows: readonly StoreCodeRow[]): Promise<Set<string>> {
  const found = await trx
    .selectFrom('sub_merchants')
    .select('sub_mchid')
    .where('sp_mchid', '=', sp_mchid)
    .where(sql<boolean>`sub_mchid = any(${rows.map(row => row.sub_mchid)}::text[])`)
    .execute()
  return new Set(found.map(row => row.sub_mchid))
}

async function heldCodes(trx: Trx, sp_mchid: string, rows: readonly StoreCodeRow[]) {
  const found = await trx
    .selectFrom('store_codes')
    .select(['content', 'sub_mchid', 'store_name'])
    .where('sp_mchid', '=', sp_mchid)
    .where(sql<boolean>`content = any(${rows.map(row => row.content)}::text[])`)
    .execute()
  return new Map(found.map(({ content, ...code }) => [content, code]))
}

async function write(trx: Trx, sp_mchid: string, now: Date, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  await sql`
    insert into store_codes (sp_mchid, content, sub_mchid, store_name, created_at, updated_at)
    select ${sp_mchid}, content, sub_mchid, store_name, ${now}::timestamptz, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as given(content text, sub_mchid text, store_name text)
    on conflict (sp_mchid, content) do update
    set sub_mchid = excluded.sub_mchid, store_name = excluded.store_name, updated_at = excluded.updated_at`.execute(trx)
}

async function audit(trx: Trx, sp_mchid: string, now: Date, importId: string, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  const entries = changes.map(({ content, sub_mchid, store_name, before }) => ({
    sub_mchid,
    action: before === null ? 'store_code.added' : 'store_code.updated',
    before: before && { content, ...before },
    after: { content, sub_mchid, store_name },
  }))
  await sql`
    insert into audit_entries (sp_mchid, at, actor_id, action, target_type, target_id, before, after, request_id)
    select ${sp_mchid}, ${now}, 'import', action, 'sub_merchant', sub_mchid, before, after, ${importId}
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as given(sub_mchid text, action text, before jsonb, after jsonb)`.execute(
    trx,
  )
}

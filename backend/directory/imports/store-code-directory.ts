// Writes checked codes: one transaction a batch, an audit entry for each code that changed.
import type { Numbers } from '../../http/caller.ts'
import { sql } from 'kysely'
import type { Trx } from '../../database/connection.ts'
import { merchantsWith, storeCodesWith } from '../../database/keyed.ts'
import { auditImport, exampleLimit, noCounts, oneAtATime, type Landing, type LandingTarget } from './landing.ts'
import type { Rejection } from './row.ts'
import { excerpt } from './text.ts'

/** One code. `store` absent: the file has no such column, so what the directory holds stays. */
export interface StoreCodeRow {
  line: number
  /** in the form that scans are compared with */
  content: string
  sub_mchid: string
  store?: string | null
}

/** any number, the same in every process */
const lockNumber = 401_247_380

interface Change {
  content: string
  sub_mchid: string
  store_name: string | null
  before: { sp_mchid: string; sub_mchid: string; store_name: string | null } | null
}

/**
 * @param rows of one provider number, no code twice
 * @param numbers of the same company: a code may have hung in a shop of another one
 */
export async function landCodes(
  target: LandingTarget,
  sp_mchid: string,
  rows: readonly StoreCodeRow[],
  numbers: Numbers,
): Promise<Landing> {
  const { trx, dryRun } = target
  if (!dryRun) await oneAtATime(trx, lockNumber, numbers[0])
  const merchants = await knownMerchants(trx, sp_mchid, rows)
  const held = await heldCodes(trx, numbers, rows)
  const rejections: Rejection[] = []
  const changes: Change[] = []
  for (const { line, content, sub_mchid, store } of rows) {
    const before = held.get(content) ?? null
    const store_name = store === undefined ? (before?.store_name ?? null) : store
    if (!merchants.has(sub_mchid)) {
      rejections.push({ line, sub_mchid: excerpt(sub_mchid), field: 'sub_mchid', value: excerpt(sub_mchid), reason: unknownMerchant })
    } else if (before?.sub_mchid !== sub_mchid || before.sp_mchid !== sp_mchid || before.store_name !== store_name) {
      changes.push({ content, sub_mchid, store_name, before })
    }
  }
  if (!dryRun) await write(target, sp_mchid, changes)
  const added = changes.filter(change => change.before === null).length
  const unchanged = rows.length - rejections.length - changes.length
  return {
    counts: new Map([[sp_mchid, { ...noCounts(), added, updated: changes.length - added, unchanged }]]),
    rejections,
    examples: dryRun ? changes.slice(0, exampleLimit).map(exampleOf) : [],
  }
}

const exampleOf = ({ content, sub_mchid, before }: Change): string =>
  before === null ? `新增 ${content} → ${sub_mchid}` : `更新 ${content}：${before.sub_mchid} → ${sub_mchid}`

const unknownMerchant = '商户目录里没有这个商户号：先导入 merchants.csv'

async function knownMerchants(trx: Trx, sp_mchid: string, rows: readonly StoreCodeRow[]): Promise<Set<string>> {
  const found = await trx
    .selectFrom(
      merchantsWith(
        [sp_mchid],
        rows.map(row => row.sub_mchid),
      ),
    )
    .select('sub_mchid')
    .execute()
  return new Set(found.map(row => row.sub_mchid))
}

async function heldCodes(trx: Trx, numbers: Numbers, rows: readonly StoreCodeRow[]) {
  const found = await trx
    .selectFrom(
      storeCodesWith(
        numbers,
        rows.map(row => row.content),
      ),
    )
    .select(['sp_mchid', 'content', 'sub_mchid', 'store_name'])
    .execute()
  return new Map(found.map(({ content, ...code }) => [content, code]))
}

async function write(target: LandingTarget, sp_mchid: string, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  const { trx, now } = target
  const moved = changes.filter(({ before }) => before !== null && before.sp_mchid !== sp_mchid)
  if (moved.length > 0) {
    const from = moved.map(({ content, sub_mchid, before }) => ({ content, sub_mchid, from_sp_mchid: before!.sp_mchid }))
    await sql`
      update store_codes set sp_mchid = ${sp_mchid}, sub_mchid = given.sub_mchid
      from jsonb_to_recordset(${JSON.stringify(from)}::jsonb) as given(content text, sub_mchid text, from_sp_mchid text)
      where store_codes.sp_mchid = given.from_sp_mchid and store_codes.content = given.content`.execute(trx)
  }
  await sql`
    insert into store_codes (sp_mchid, content, sub_mchid, store_name, created_at, updated_at)
    select ${sp_mchid}, content, sub_mchid, store_name, ${now}::timestamptz, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as given(content text, sub_mchid text, store_name text)
    on conflict (sp_mchid, content) do update
    set sub_mchid = excluded.sub_mchid, store_name = excluded.store_name, updated_at = excluded.updated_at`.execute(trx)
  const entries = changes.map(({ content, sub_mchid, store_name, before }) => ({
    target_id: sub_mchid,
    action: before === null ? 'store_code.added' : 'store_code.updated',
    before: before && { content, ...before },
    after: { content, sp_mchid, sub_mchid, store_name },
  }))
  await auditImport(target, sp_mchid, 'sub_merchant', entries)
}

// What each kind of export lists: its heads, and its rows one part after the other.
import { sql } from 'kysely'
import { regionName } from '../../company/regions/divisions.ts'
import { inScope, ofNumbers, regionPrefixes } from '../../company/staff/scope.ts'
import type { Trx } from '../../database/connection.ts'
import { attentionNow } from '../../evidence/verdict/attention.ts'
import type { SwitchStatus } from '../../evidence/verdict/schema.ts'
import type { Caller } from '../../http/caller.ts'
import { toInstant } from '../../platform/instants.ts'
import { listAuditEntries } from '../audit-trail/list.ts'
import type { AuditEntry } from '../audit-trail/schema.ts'
import { filterConditions } from '../merchants/filters.ts'
import { anyOf, type Condition, matches } from '../merchants/tier.ts'
import type { PageRow } from '../merchants/page.ts'
import { lookedFor, tiersOf } from '../merchants/search.ts'
import type { SubMerchantQuery } from '../merchants/schema.ts'
import { namedItems, type RolloutItemRow } from '../rollout-items.ts'
import type { ExportKind } from './schema.ts'
import { inOrder, reasonOf, wordsOf, type OfColumns, type Words } from './words.ts'

/** One export as its source needs to know it. */
interface Asked {
  filter: Record<string, string>
  language: 'zh-CN' | 'en'
  /** what depends on the moment is judged by this one, in every part */
  requested_at: Date
  /** where the next part begins; null: at the beginning */
  after: string[] | null
}
interface Rows {
  rows: string[][]
  /** null: that was all */
  after: string[] | null
}
interface Source {
  heads(language: Asked['language']): readonly string[]
  next(trx: Trx, caller: Caller, asked: Asked): Promise<Rows>
}

/** rows of a part: some hundred kilobytes, a twentieth of a second */
const partRows = 2_000
/** entries that are named at once */
const auditRows = 500

/** A field agent exports the shops assigned to them (product.md §9). */
export const merchantFilterOf = (caller: Pick<Caller, 'role'>, filter: SubMerchantQuery): SubMerchantQuery =>
  caller.role === 'field_agent' ? { ...filter, assigned_to: 'me' } : filter

/** @throws AppError VALIDATION_FAILED for a value that does not exist */
function merchantConditions(caller: Caller, filter: SubMerchantQuery, at: Date): Condition[] {
  const conditions = [inScope(caller), ...filterConditions(caller, merchantFilterOf(caller, filter), at)]
  if (!filter.q?.trim()) return conditions
  const looked = lookedFor(filter.q)
  return [...conditions, looked === null ? sql<boolean>`false` : anyOf(tiersOf(looked, null).map(matches))]
}

type MerchantRow = Omit<PageRow, 'tier' | 'key'> & {
  sp_mchid: string
  gold_plan_status: SwitchStatus
  receipt_ready_ms: number | null
}

const merchantCells = (row: MerchantRow, words: Words, moment: Parameters<typeof attentionNow>[1]): OfColumns<'merchants'> => ({
  sub_mchid: row.sub_mchid,
  name: row.name,
  short_name: row.short_name,
  region: regionName(row.region_code),
  address: row.address,
  state: words.states[row.migration_state],
  since: row.migration_since ? toInstant(row.migration_since) : '',
  proof: row.migration_proof ?? '',
  attention: attentionNow(row, moment)
    .map(mark => words.attention[mark])
    .join(' '),
  gold_plan: words.switches[row.gold_plan_status],
  receipt: words.switches[row.receipt_status],
  advertising: words.switches[row.advertising_status],
  receipt_ready_ms: row.receipt_ready_ms === null ? '' : String(row.receipt_ready_ms),
  assigned_to: row.assigned_name ?? '',
})

const merchants: Source = {
  heads: language => inOrder('merchants', wordsOf(language).merchants),
  async next(trx, caller, { filter, language, requested_at, after }) {
    const conditions = merchantConditions(caller, filter as SubMerchantQuery, requested_at)
    if (after) conditions.push(sql<boolean>`(sp_mchid, sub_mchid) > (${after[0]}, ${after[1]})`)
    const { rows } = await sql<MerchantRow>`
      select sub_merchants.sp_mchid, sub_mchid, name, short_name, region_code, address, migration_state, migration_since, migration_proof, migration_attention,
        receipt_error, settling_until, gold_plan_status, receipt_status, advertising_status, receipt_ready_ms,
        display_name as assigned_name
      from (
        select * from sub_merchants where ${sql.join(conditions, sql` and `)} order by sp_mchid, sub_mchid limit ${partRows}
      ) as sub_merchants
      left join staff on staff.id = assigned_to
      order by sub_merchants.sp_mchid, sub_mchid`.execute(trx)
    const words = wordsOf(language)
    const moment = { now: requested_at, staleAfterDays: caller.stale_after_days }
    const last = rows.at(-1)
    return {
      rows: rows.map(row => inOrder('merchants', merchantCells(row, words, moment))),
      after: last && rows.length === partRows ? [last.sp_mchid, last.sub_mchid] : null,
    }
  },
}

const text = (value: object | null): string => (value === null ? '' : JSON.stringify(value))

const auditCells = (
  { at, actor, action, target, before, after, reason, request_id }: AuditEntry,
  { system }: Words,
): OfColumns<'audit'> => ({
  at,
  who: actor === null ? system : (actor.display_name ?? actor.id),
  role: actor?.role ?? '',
  action,
  target: target.type,
  target_id: target.id,
  target_name: target.name ?? '',
  before: text(before),
  after: text(after),
  reason: reason ?? '',
  request_id: request_id ?? '',
})

const audit: Source = {
  heads: language => inOrder('audit', wordsOf(language).audit),
  async next(trx, caller, { filter, language, after }) {
    const page = await listAuditEntries({ db: trx }, caller, { ...filter, limit: auditRows, ...(after && { cursor: after[0]! }) })
    const words = wordsOf(language)
    return {
      rows: page.items.map(entry => inOrder('audit', auditCells(entry, words))),
      after: page.next_cursor === null ? null : [page.next_cursor],
    }
  },
}

const rolloutCells = (
  { sub_mchid, name, stage, status, code, message, changed_at }: RolloutItemRow,
  words: Words,
  language: Asked['language'],
): OfColumns<'rollout'> => ({
  sub_mchid,
  name: name ?? '',
  stage: stage === null ? '' : String(stage),
  result: words.items[status],
  why: code === null ? '' : reasonOf(code, language),
  code: code ?? '',
  message: message ?? '',
  at: toInstant(changed_at),
})

/** As the list of items: those without a scope see also what was in no directory. */
const rollout: Source = {
  heads: language => inOrder('rollout', wordsOf(language).rollout),
  async next(trx, caller, { filter, language, after }) {
    const scoped = regionPrefixes(caller) !== null
    const { rows } = await sql<RolloutItemRow>`
      ${namedItems(caller)} join rollouts as r on r.id = i.rollout_id
      where i.rollout_id = ${filter.rollout_id} and ${ofNumbers(caller.numbers, 'r.sp_mchid')} and i.position > ${after ? Number(after[0]) : 0}
        ${scoped ? sql`and m.name is not null` : sql``}
      order by i.position limit ${partRows}`.execute(trx)
    const words = wordsOf(language)
    const last = rows.at(-1)
    return {
      rows: rows.map(row => inOrder('rollout', rolloutCells(row, words, language))),
      after: last && rows.length === partRows ? [String(last.position)] : null,
    }
  },
}

export const SOURCES: Readonly<Record<ExportKind, Source>> = { merchants, audit, rollout }

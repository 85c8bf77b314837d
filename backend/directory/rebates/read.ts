// Rebate figures as they were imported, month by month, with what earlier files said of the same month (product.md B31).
import { sql, type RawBuilder } from 'kysely'
import { ofNumbers } from '../../company/staff/scope.ts'
import type { Database } from '../../database/connection.ts'
import type { Caller } from '../../http/caller.ts'
import { decodeCursor, encodeCursor } from '../../http/cursor.ts'
import { AppError } from '../../http/problems/app-error.ts'
import type { Context } from '../../platform/context.ts'
import { toInstant } from '../../platform/instants.ts'
import type { Rebate, RebateMonth, RebateMonths, RebateQuery, RebateRow } from './schema.ts'

const mostMonths = 240
/** what is not the same is shown, and so many times at most */
const mostEarlier = 5

/** Bigints and numerics come as texts; those of money and impressions fit a number: the import holds them to 15 digits. */
interface FigureText {
  impressions: string
  ecpm: string
  amount_fen: string
  difference: string | null
}
const figureOf = ({ impressions, ecpm, amount_fen, difference }: FigureText) => ({
  impressions: Number(impressions),
  ecpm,
  amount_fen: Number(amount_fen),
  difference,
})

/** Every merchant that a file of these months names, with the figure that is shown and whether an earlier file disagrees. @param files condition on f */
const rowsOf = (files: RawBuilder<boolean>): RawBuilder<unknown> => sql`
  select f.sp_mchid, f.month, g.sub_mchid,
    max(g.file_id::text) filter (where f.replaced_at is null) as shown_in,
    bool_or(f.replaced_at is not null) as told_earlier,
    -- a figure that is not the same, or a row that one of both lacks
    count(distinct (g.impressions, g.ecpm, g.amount_fen)) > 1
      or bool_or(f.replaced_at is not null) and not bool_or(f.replaced_at is null)
      or not bool_or(f.replaced_at is not null) and exists (
        select from rebate_files as before where before.sp_mchid = f.sp_mchid and before.month = f.month and before.replaced_at is not null
      ) as contradicted
  from rebate_files as f join rebate_figures as g on g.file_id = f.id
  where ${files} group by f.sp_mchid, f.month, g.sub_mchid`

type MonthRow = Omit<RebateMonth, 'imported_at' | 'stated' | 'merchants'> &
  Partial<FigureText> & { imported_at: Date; rows: number; sum_impressions: string; sum_fen: string }

/** @param files condition on m */
async function monthsOf(db: Database, files: RawBuilder<boolean>, limit: number): Promise<RebateMonth[]> {
  const { rows } = await sql<MonthRow>`
    select m.sp_mchid, p.name as provider_name, m.month, m.file, m.imported_at, own.impressions, own.ecpm::text as ecpm, own.amount_fen,
      own.difference::text as difference, sums.rows, sums.impressions as sum_impressions, sums.amount_fen as sum_fen, sums.differing, told.contradicted
    from rebate_files as m join provider as p using (sp_mchid)
    left join rebate_figures as own on own.file_id = m.id and own.sub_mchid is null
    cross join lateral (
      select count(*) filter (where sub_mchid is not null)::integer as rows, count(difference)::integer as differing,
        coalesce(sum(impressions) filter (where sub_mchid is not null), 0)::text as impressions,
        coalesce(sum(amount_fen) filter (where sub_mchid is not null), 0)::text as amount_fen
      from rebate_figures where file_id = m.id
    ) as sums
    cross join lateral (
      select count(*)::integer as contradicted
      from (${rowsOf(sql<boolean>`f.sp_mchid = m.sp_mchid and f.month = m.month`)}) as told
      where contradicted
    ) as told
    where ${files} and m.replaced_at is null order by m.month desc, m.sp_mchid limit ${limit}`.execute(db)
  return rows.map(monthOf)
}

function monthOf(row: MonthRow): RebateMonth {
  const { sp_mchid, provider_name, month, file, imported_at, differing, contradicted, rows, sum_impressions, sum_fen } = row
  const stated = row.ecpm === undefined || row.ecpm === null ? null : figureOf(row as FigureText)
  const merchants = rows === 0 ? null : { rows, impressions: Number(sum_impressions), amount_fen: Number(sum_fen) }
  return { sp_mchid, provider_name, month, file, imported_at: toInstant(imported_at), stated, merchants, differing, contradicted }
}

/** @throws AppError ACTION_FORBIDDEN */
export const readRebateMonths = async ({ db }: Context, { numbers }: Caller): Promise<RebateMonths> => ({
  items: await monthsOf(db, ofNumbers(numbers, 'm.sp_mchid'), mostMonths),
})

/** @throws AppError NOT_FOUND where no file told that month, ACTION_FORBIDDEN, INVALID_CURSOR */
export async function readRebate(
  { db }: Context,
  { numbers }: Caller,
  of: { sp_mchid: string; month: string },
  { cursor, limit = 20, only }: RebateQuery,
): Promise<Rebate> {
  const question = ['rebates', of.sp_mchid, of.month, only ?? '']
  const [after] =
    cursor === undefined ? [null] : decodeCursor(cursor, question, key => key.length === 1 && /^\d{0,10}$/.test(String(key[0])))
  const [head] = await monthsOf(
    db,
    sql<boolean>`${ofNumbers(numbers, 'm.sp_mchid')} and m.sp_mchid = ${of.sp_mchid} and m.month = ${of.month}`,
    1,
  )
  if (!head) throw new AppError('NOT_FOUND')
  const earlier = await db
    .selectFrom('rebate_files')
    .select(['file', 'imported_at', 'replaced_at'])
    .where('sp_mchid', '=', of.sp_mchid)
    .where('month', '=', of.month)
    .where('replaced_at', 'is not', null)
    .orderBy('imported_at', 'desc')
    .execute()
  const items = await itemsOf(db, of, { after: after === null ? null : String(after), limit: limit + 1, marked: only === 'marked' })
  const last = items.length > limit ? items[limit - 1]! : null
  return {
    ...head,
    earlier_files: earlier.map(({ file, imported_at, replaced_at }) => ({
      file,
      imported_at: toInstant(imported_at),
      replaced_at: toInstant(replaced_at!),
    })),
    items: items.slice(0, limit),
    next_cursor: last && encodeCursor([last.sub_mchid ?? ''], question),
  }
}

interface ItemRow extends Omit<FigureText, 'ecpm'> {
  sub_mchid: string | null
  name: string | null
  ecpm: string | null
  is_new: boolean
  earlier: (FigureText & { file: string; imported_at: string })[]
}

async function itemsOf(
  db: Database,
  { sp_mchid, month }: { sp_mchid: string; month: string },
  { after, limit, marked }: { after: string | null; limit: number; marked: boolean },
): Promise<RebateRow[]> {
  const { rows } = await sql<ItemRow>`
    select told.sub_mchid, s.name, g.impressions, g.ecpm::text as ecpm, g.amount_fen, g.difference::text as difference,
      told.contradicted and not told.told_earlier as is_new,
      coalesce((
        select jsonb_agg(jsonb_build_object('file', e.file, 'imported_at', e.imported_at, 'impressions', e.impressions::text, 'ecpm', e.ecpm::text,
          'amount_fen', e.amount_fen::text, 'difference', e.difference::text) order by e.imported_at desc)
        from (
          select f.file, f.imported_at, o.* from rebate_files as f join rebate_figures as o on o.file_id = f.id
          where f.sp_mchid = ${sp_mchid} and f.month = ${month} and f.replaced_at is not null and o.sub_mchid is not distinct from told.sub_mchid
            and (g.file_id is null or (o.impressions, o.ecpm, o.amount_fen) <> (g.impressions, g.ecpm, g.amount_fen))
          order by f.imported_at desc limit ${mostEarlier}
        ) as e
      ), '[]') as earlier
    from (${rowsOf(sql<boolean>`f.sp_mchid = ${sp_mchid} and f.month = ${month}`)}) as told
    left join rebate_figures as g on g.file_id = told.shown_in::uuid and g.sub_mchid is not distinct from told.sub_mchid
    left join sub_merchants as s on s.sp_mchid = ${sp_mchid} and s.sub_mchid = told.sub_mchid
    where (${after}::text is null or coalesce(told.sub_mchid, '') > ${after}) and (not ${marked} or told.contradicted or g.difference is not null)
    order by coalesce(told.sub_mchid, '') limit ${limit}`.execute(db)
  return rows.map(({ sub_mchid, name, is_new, earlier, ecpm, ...rest }) => ({
    sub_mchid,
    name,
    shown: ecpm === null ? null : figureOf({ ...rest, ecpm }),
    earlier: earlier.map(one => ({ file: one.file, imported_at: toInstant(one.imported_at), ...figureOf(one) })),
    is_new,
  }))
}

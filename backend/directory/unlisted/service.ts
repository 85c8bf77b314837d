// Merchants that pay and are not in the directory: listed, and added one by one.
import { sql, type RawBuilder } from 'kysely'
import { noRegion } from '../../company/regions/divisions.ts'
import { ofNumbers } from '../../company/staff/scope.ts'
import type { Database, Trx } from '../../database/connection.ts'
import { concludeFor } from '../../evidence/bills/conclude.ts'
import { leastPayments } from '../../evidence/bills/told.ts'
import type { PaymentWays } from '../../evidence/bills/schema.ts'
import { jsapiByAppid } from '../../evidence/bills/ways.ts'
import type { Caller } from '../../http/caller.ts'
import { decodeCursor, encodeCursor, isDayKey, type CursorKey } from '../../http/cursor.ts'
import { AppError } from '../../http/problems/app-error.ts'
import { idempotentWrite, type Ask } from '../../http/write.ts'
import type { Context } from '../../platform/context.ts'
import { toInstant } from '../../platform/instants.ts'
import { assertRegion } from '../merchants/filters.ts'
import { searchTerms } from '../merchants/search-terms.ts'
import type { UnlistedAdded, UnlistedAddition, UnlistedDismissal, UnlistedMerchant, UnlistedPage, UnlistedQuery } from './schema.ts'
import { tidy } from '../../platform/tidy.ts'

/** One that an import has brought meanwhile is listed no more. */
const isListed = (caller: Caller) =>
  sql<boolean>`exists (select from sub_merchants as s where ${ofNumbers(caller.numbers, 's.sp_mchid')} and s.sub_mchid = u.sub_mchid)`

/** @throws AppError INVALID_CURSOR */
export async function listUnlisted(
  { db, sp_mchid: home }: Context,
  caller: Caller,
  { cursor, limit = 20, dismissed = 'false' }: UnlistedQuery,
): Promise<UnlistedPage> {
  const question = [caller.sp_mchid, 'unlisted-merchants', dismissed]
  const isKey = (key: CursorKey) => key.length === 2 && isDayKey(key[0]) && /^\d{8,10}$/.test(String(key[1]))
  const [day, after] = cursor === undefined ? [null, null] : decodeCursor(cursor, question, isKey)
  const { rows } = await sql<ListedRow>`
    select u.sub_mchid, u.sp_mchid, to_char(u.first_day, 'YYYY-MM-DD') as first_day, to_char(u.last_day, 'YYYY-MM-DD') as last_day,
      u.dismissed_at, (select display_name from staff where staff.id = u.dismissed_by) as dismissed_name, paid.*
    from unlisted_merchants as u cross join lateral (
      select coalesce(sum(p.payments), 0)::integer as payments,
        coalesce(sum(by_appid.jsapi), 0)::integer as jsapi, coalesce(sum(by_appid.miniprogram), 0)::integer as miniprogram,
        coalesce(sum(by_appid.unknown_appid), 0)::integer as unknown_appid, coalesce(sum(p.native), 0)::integer as native,
        coalesce(sum(p.micropay), 0)::integer as micropay, coalesce(sum(p.app), 0)::integer as app, coalesce(sum(p.h5), 0)::integer as h5,
        coalesce(sum(p.facepay), 0)::integer as facepay, coalesce(sum(p.other), 0)::integer as other
      from payment_days as p cross join lateral (${jsapiByAppid(home)}) as by_appid
      where p.sp_mchid = u.sp_mchid and p.sub_mchid = u.sub_mchid
        and p.day > (select max(day) from bill_days as b where b.sp_mchid = u.sp_mchid and b.state = 'landed') - 30
    ) as paid
    where ${ofNumbers(caller.numbers, 'u.sp_mchid')} and not ${isListed(caller)} and (u.dismissed_at is not null) = ${dismissed === 'true'}
      and (${day}::text is null or u.last_day < ${day}::date or u.last_day = ${day}::date and u.sub_mchid > ${after})
    order by u.last_day desc, u.sub_mchid limit ${limit + 1}`.execute(db)
  const last = rows.length > limit ? rows[limit - 1]! : null
  return {
    items: rows.slice(0, limit).map(shapeOf),
    next_cursor: last && encodeCursor([last.last_day, last.sub_mchid], question),
  }
}

interface ListedRow extends Pick<UnlistedMerchant, 'sub_mchid' | 'sp_mchid' | 'first_day' | 'last_day'>, PaymentWays {
  payments: number
  dismissed_at: Date | null
  dismissed_name: string | null
}

function shapeOf({
  sub_mchid,
  sp_mchid,
  first_day,
  last_day,
  payments,
  dismissed_at,
  dismissed_name,
  ...by_way
}: ListedRow): UnlistedMerchant {
  const isShown = payments >= leastPayments
  return {
    sub_mchid,
    sp_mchid,
    first_day,
    last_day,
    payments: isShown ? payments : null,
    by_way: isShown ? by_way : null,
    dismissed: dismissed_at && { at: toInstant(dismissed_at), by: dismissed_name ?? '' },
  }
}

/** In a statement: how many nobody has put aside. */
export const unlistedMerchants = (caller: Caller): RawBuilder<number> => sql<number>`(
  select count(*)::integer from unlisted_merchants as u
  where ${ofNumbers(caller.numbers, 'u.sp_mchid')} and not ${isListed(caller)} and u.dismissed_at is null)`

/**
 * Puts one aside, or back: said again it is the same.
 * @throws AppError NOT_FOUND (no bill names it, or it is in the directory already), ACTION_FORBIDDEN
 */
export const dismissUnlisted = (
  context: Context,
  ask: Ask,
  sub_mchid: string,
  { dismissed }: UnlistedDismissal,
): Promise<UnlistedDismissal> =>
  idempotentWrite(context, ask, {
    replay: async () => ({ dismissed }),
    async work(trx, { caller, now }) {
      const { rows } = await sql<{ sp_mchid: string; was: boolean; listed: boolean }>`
        select u.sp_mchid, u.dismissed_at is not null as was, ${isListed(caller)} as listed from unlisted_merchants as u
        where ${ofNumbers(caller.numbers, 'u.sp_mchid')} and u.sub_mchid = ${sub_mchid} for update`.execute(trx)
      const [found] = rows
      if (!found || found.listed) throw new AppError('NOT_FOUND')
      const { sp_mchid, was } = found
      if (was === dismissed) return { answer: { dismissed }, keep: { answer: '{}' }, audit: null }
      await trx
        .updateTable('unlisted_merchants')
        .set({ dismissed_at: dismissed ? now : null, dismissed_by: dismissed ? caller.staff_id : null })
        .where('sp_mchid', '=', sp_mchid)
        .where('sub_mchid', '=', sub_mchid)
        .execute()
      return {
        answer: { dismissed },
        keep: { answer: '{}' },
        audit: {
          sp_mchid,
          action: dismissed ? 'unlisted.dismissed' : 'unlisted.restored',
          target: { type: 'provider', id: sp_mchid },
          before: { sub_mchid, dismissed: was },
          after: { sub_mchid, dismissed },
        },
      }
    },
  })

/**
 * Adds it under the number in whose bill it stands; what thirty days of its orders say is concluded at once.
 * @throws AppError NOT_FOUND (no bill names it, or it is in the directory already), ACTION_FORBIDDEN, VALIDATION_FAILED
 */
export const addUnlisted = (context: Context, ask: Ask, sub_mchid: string, given: UnlistedAddition): Promise<UnlistedAdded> =>
  idempotentWrite(context, ask, {
    refuse: () => assertRegion(given.region_code ?? noRegion),
    replay: async (_, { kept }) => kept.answer as UnlistedAdded,
    async work(trx, { caller, now }) {
      const sp_mchid = await takeUnlisted(trx, caller, sub_mchid)
      const added: UnlistedAdded = {
        sub_mchid,
        name: given.name === undefined ? `名称待补 ${sub_mchid.slice(-4)}` : tidy(given.name),
        region_code: given.region_code ?? noRegion,
      }
      const said = { name: added.name, short_name: added.name, address: '' }
      await trx
        .insertInto('sub_merchants')
        .values({ sp_mchid, sub_mchid, region_code: added.region_code, ...said, ...searchTerms(said), created_at: now, updated_at: now })
        .execute()
      await concludeFor(trx, { sp_mchid, home: context.sp_mchid }, sub_mchid, now)
      return {
        answer: added,
        keep: { answer: JSON.stringify(added) },
        audit: {
          sp_mchid,
          action: 'merchant.added',
          target: { type: 'sub_merchant', id: sub_mchid },
          before: null,
          after: { name: added.name, region_code: added.region_code },
        },
      }
    },
  })

/** Two who tap at once: the second finds it taken. @returns the number in whose bill it stands */
async function takeUnlisted(trx: Trx | Database, caller: Caller, sub_mchid: string): Promise<string> {
  const { rows } = await sql<{ sp_mchid: string; listed: boolean }>`
    delete from unlisted_merchants as u where ${ofNumbers(caller.numbers, 'u.sp_mchid')} and u.sub_mchid = ${sub_mchid}
    returning u.sp_mchid, ${isListed(caller)} as listed`.execute(trx)
  const [found] = rows
  if (!found || found.listed) throw new AppError('NOT_FOUND')
  return found.sp_mchid
}

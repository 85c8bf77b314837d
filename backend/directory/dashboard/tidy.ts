import { sql } from 'kysely'
import { dayLater, dayOf } from '../../http/days.ts'
import type { Context } from '../../platform/context.ts'
import { historyDays } from '../merchants/filters.ts'

/** What writes left beside the sums since the last round. */
export async function foldCounters({ db }: Pick<Context, 'db'>): Promise<void> {
  await sql`select fold_many_merchant_facets()`.execute(db)
}

/** Moves of days that no question reaches any more. Of several processes one does it. @returns how many */
export async function dropOldMoves({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<number> {
  const before = dayLater(dayOf(clock.now()), -historyDays)
  const { rows } = await sql<{ dropped: number }>`select drop_old_state_moves(${before}) as dropped`.execute(db)
  return rows[0]!.dropped
}

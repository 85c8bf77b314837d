import type { Trx } from '../../database/connection.ts'
import type { Caller } from '../../http/caller.ts'
import { historyFrom } from '../merchants/facets.ts'
import { movesAfter } from './facets-of.ts'
import { weekEnds } from './marks.ts'

/** How many more of the caller's shops are 已迁移 than at the end of the week twelve weeks ago; null: that was not kept yet. As the dashboard says it. */
export async function verifiedGain(db: Trx, caller: Caller, now: Date): Promise<number | null> {
  const first = weekEnds(now)[0]!
  const known = await historyFrom(db)
  if (known !== null && first < known) return null
  const moves = await movesAfter(db, caller, undefined, first)
  return moves.reduce((sum, { state, count }) => (state === 'verified' ? sum + count : sum), 0)
}

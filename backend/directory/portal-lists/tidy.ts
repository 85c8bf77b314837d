// Lists that nobody applied, and those that ended long ago, are tidied away. What was recorded of them stays evidence.
import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { ofNumbers } from '../../company/staff/scope.ts'
import { keptFor } from './read.ts'

/** rows of one statement: nobody waits for it */
const batch = 20_000

/** @returns how many lists */
export async function dropOldLists({ db, clock, providers }: Pick<Context, 'db' | 'clock' | 'providers'>): Promise<number> {
  const now = clock.now().getTime()
  const old = await db
    .selectFrom('portal_check_lists')
    .select('id')
    .where(ofNumbers(providers.numbers))
    .where(eb =>
      eb.or([
        eb.and([eb('status', '=', 'preview'), eb('created_at', '<', new Date(now - keptFor.preview))]),
        eb('finished_at', '<', new Date(now - keptFor.ended)),
      ]),
    )
    .execute()
  for (const { id } of old) {
    for (let gone = batch; gone === batch;) {
      const { numAffectedRows = 0n } = await sql`
        delete from portal_check_list_rows where list_id = ${id} and line in
          (select line from portal_check_list_rows where list_id = ${id} order by line limit ${batch})`.execute(db)
      gone = Number(numAffectedRows)
    }
    await db.deleteFrom('portal_check_lists').where('id', '=', id).execute()
  }
  return old.length
}

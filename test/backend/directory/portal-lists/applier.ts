// Another process that records lists, as the worker of a second backend does: run by apply.test.ts, which kills it.
import { systemClock } from '../../../../backend/platform/clock.ts'
import { connect } from '../../../../backend/database/connection.ts'
import { applyLists } from '../../../../backend/directory/portal-lists/apply.ts'

async function work(): Promise<void> {
  const db = connect(process.env.DATABASE_URL!)
  await applyLists({ db, clock: systemClock, numbers: ['1900000001'] })
  await db.destroy()
}

void work()

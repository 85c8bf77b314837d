// Another process that makes exports, as the worker of a second backend does: run by exports.test.ts, which kills it.
import { systemClock } from '../../../../backend/platform/clock.ts'
import { connect } from '../../../../backend/database/connection.ts'
import { makeExports } from '../../../../backend/directory/exports/work.ts'

async function work(): Promise<void> {
  const db = connect(process.env.DATABASE_URL!)
  await makeExports({ db, clock: systemClock, numbers: ['1900000001'] })
  await db.destroy()
}

void work()

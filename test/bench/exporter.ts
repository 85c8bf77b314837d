// Makes the exports that wait, as a worker does: run by export.ts, which measures it.
import { connect } from '../../backend/database/connection.ts'
import { makeExports } from '../../backend/directory/exports/work.ts'
import { systemClock } from '../../backend/platform/clock.ts'

async function work(): Promise<void> {
  const db = connect(process.env.DATABASE_URL!)
  await makeExports({ db, clock: systemClock, numbers: ['1900000001'] })
  await db.destroy()
}

void work()

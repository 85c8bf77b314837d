// Makes the exports that wait, as a worker of an installation does: built. Run by export.ts, which measures it.
const { TEST_PROGRAMS, DATABASE_URL } = process.env
const built = path => import(`file://${TEST_PROGRAMS}/backend/${path}`)

const [{ connect }, { makeExports }, { systemClock }] = await Promise.all(
  ['database/connection.mjs', 'directory/exports/work.mjs', 'platform/clock.mjs'].map(built),
)
const db = connect(DATABASE_URL)
await makeExports({ db, clock: systemClock, numbers: ['1900000001'] })
await db.destroy()

// `npm run counts`: whether the kept counters say what a full count says, and `-- --recount` to make them say it (backend/operations.md).
// Exit code: 0 they do · 1 they do not · 2 not looked at.
import pg from 'pg'
import { aloneLimits } from '../../database/client.ts'
import { unavailable } from '../../database/unavailable.ts'
import { ArgumentsError, complain, isForPerson, onDatabase, optionsOf, say } from '../../platform/command.ts'
import { systemClock } from '../../platform/clock.ts'
import { countFaults } from './faults.ts'

const help = `npm run counts -- [--recount]
  compares the counters of the dashboard and of lists with the merchants themselves
  --recount  counts everything anew first; writes of merchants wait meanwhile. Needs MIGRATION_DATABASE_URL`
const shownFaults = 20

async function main(args: string[]): Promise<void> {
  const given = optionsOf(args, { recount: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } }, help)
  if (given.help) return say(help)
  await onDatabase({ connections: 1, limits: aloneLimits }, async (database, { ownerUrl }) => {
    if (given.recount) await recount(ownerUrl)
    const faults = await countFaults(database, systemClock.now())
    if (faults.length === 0) return say('the counters are a full count')
    complain(`the counters differ from a full count in ${faults.length} place${faults.length === 1 ? '' : 's'}, the first:`)
    for (const { facet, sp_mchid, region_code, key, migration_state, kept, counted } of faults.slice(0, shownFaults))
      complain(`  ${[facet, sp_mchid, region_code, key, migration_state].filter(Boolean).join(' ')}: kept ${kept}, counted ${counted}`)
    process.exitCode = 1
  })
}

/** The program itself may not write a counter. */
async function recount(ownerUrl: string | null): Promise<void> {
  if (ownerUrl === null) throw new ArgumentsError('--recount needs MIGRATION_DATABASE_URL: the URL of the role that owns the tables')
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('begin')
    await client.query('select recount_merchants(), recount_merchant_facets()')
    await client.query('commit')
  } finally {
    await client.end()
  }
}

main(process.argv.slice(2)).catch((error: Error) => {
  complain(isForPerson(error) || unavailable(error) !== null ? error.message : (error.stack ?? error.message))
  process.exitCode = 2
})

// `npm run counts`: whether the kept counters say what a full count says, and `-- --recount` to make them say it (backend/operations.md).
// Exit code: 0 they do · 1 they do not · 2 not looked at.
import { parseArgs } from 'node:util'
import pg from 'pg'
import { aloneLimits } from '../../database/client.ts'
import { connect } from '../../database/connection.ts'
import { DatabaseRefusedError } from '../../database/migrate.ts'
import { makeReady } from '../../database/program-login.ts'
import { unavailable } from '../../database/unavailable.ts'
import { databaseOfCommand } from '../../platform/command-database.ts'
import { SettingError } from '../../platform/config-checks.ts'
import { countFaults } from './faults.ts'

const help = `npm run counts -- [--recount]
  compares the counters of the dashboard and of lists with the merchants themselves
  --recount  counts everything anew first; writes of merchants wait meanwhile. Needs MIGRATION_DATABASE_URL`
const shownFaults = 20

class ArgumentsError extends Error {}

const say = (line: string) => process.stdout.write(`${line}\n`)
const complain = (line: string) => process.stderr.write(`${line}\n`)

/** @returns null: help was asked for */
function readArguments(args: string[]): { recount: boolean } | null {
  try {
    const { values } = parseArgs({ args, options: { recount: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } })
    return values.help ? null : { recount: values.recount ?? false }
  } catch (error) {
    throw new ArgumentsError(`${(error as Error).message}\n${help}`)
  }
}

async function main(args: string[]): Promise<void> {
  const given = readArguments(args)
  if (given === null) {
    say(help)
    return
  }
  const server = await databaseOfCommand(process.env, complain)
  try {
    await makeReady(server)
    if (given.recount) await recount(server.ownerUrl)
    const database = connect(server.url, 1, aloneLimits)
    const faults = await countFaults(database).finally(() => database.destroy())
    if (faults.length === 0) {
      say('the counters are a full count')
      return
    }
    complain(`the counters differ from a full count in ${faults.length} place${faults.length === 1 ? '' : 's'}, the first:`)
    for (const { facet, sp_mchid, region_code, key, migration_state, kept, counted } of faults.slice(0, shownFaults))
      complain(`  ${[facet, sp_mchid, region_code, key, migration_state].filter(Boolean).join(' ')}: kept ${kept}, counted ${counted}`)
    process.exitCode = 1
  } finally {
    await server.release()
  }
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
  const expected =
    error instanceof ArgumentsError || error instanceof DatabaseRefusedError || error instanceof SettingError || unavailable(error) !== null
  complain(expected ? error.message : (error.stack ?? error.message))
  process.exitCode = 2
})

// A database of its own for a test file, copied from a template that is migrated once per test run.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { manualClock } from '../../backend/platform/clock.ts'
import { aloneLimits } from '../../backend/database/client.ts'
import { connect } from '../../backend/database/connection.ts'
import { migrate } from '../../backend/database/migrate.ts'

export interface TestDatabase {
  /** of the program's login */
  url: string
  /** of the role that owns the tables */
  ownerUrl: string
  /** what only the owner may do, such as removing counters */
  asOwner(statement: string): Promise<void>
  drop(): Promise<void>
}

/** When the demo histories of a test database end: a Monday, 10 in the morning in China. */
export const DEMO_MOMENT = new Date('2026-11-23T02:00:00Z')

const template = 'goldplan_template'
const demoTemplate = 'goldplan_demo_template'
const lockNumber = 4_012_473_788

/**
 * Needs the server that test/support/global-setup.ts started.
 * @param options.demo with the demo data as of DEMO_MOMENT, which is filled once a test run
 */
export async function createTestDatabase({ demo = false } = {}): Promise<TestDatabase> {
  const serverUrl = process.env.TEST_DATABASE_URL
  const programUrl = process.env.TEST_PROGRAM_URL
  if (!serverUrl || !programUrl) throw new Error('TEST_DATABASE_URL is not set: run tests by scripts/test.ts')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asOwner(serverUrl, async client => {
    await client.query('select pg_advisory_lock($1)', [lockNumber])
    // under the lock: a template that somebody is connected to cannot be copied
    await makeTemplate(client, template, 'template1', filling => migrate(databaseUrl(serverUrl, filling)))
    if (demo) await makeTemplate(client, demoTemplate, template, filling => fillWithDemo(databaseUrl(programUrl, filling)))
    // as files: through the write-ahead log it costs five times as much
    await client.query(`create database ${name} template ${demo ? demoTemplate : template} strategy file_copy`)
    // as migrate() does, but rights on a database are not copied with it
    await client.query(`revoke temporary on database ${name} from public`)
  })
  return {
    url: databaseUrl(programUrl, name),
    ownerUrl: databaseUrl(serverUrl, name),
    asOwner: statement => asOwner(databaseUrl(serverUrl, name), async client => void (await client.query(statement))),
    drop: () => asOwner(serverUrl, async client => void (await client.query(`drop database ${name} with (force)`))),
  }
}

/** Under the caller's lock. One that fails leaves no half template behind. */
async function makeTemplate(client: pg.Client, name: string, from: string, fill: (filling: string) => Promise<unknown>): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
  if (rowCount !== 0) return
  const filling = `${name}_filling`
  await client.query(`drop database if exists ${filling} with (force)`)
  await client.query(`create database ${filling} template ${from}`)
  await fill(filling)
  await client.query(`alter database ${filling} rename to ${name}`)
}

async function fillWithDemo(programUrl: string): Promise<void> {
  // only where it is needed: it reads every district of China
  const { fillDemoData } = await import('../../dev/demo/index.ts')
  const connection = connect(programUrl, 2, aloneLimits)
  await fillDemoData(connection, manualClock(DEMO_MOMENT)).finally(() => connection.destroy())
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

async function asOwner(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

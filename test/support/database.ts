// A database of its own for a test file, copied from a template that is migrated once per test run.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { migrate } from '../../backend/database/migrate.ts'

export interface TestDatabase {
  /** of the owner role */
  url: string
  drop(): Promise<void>
}

const template = 'goldplan_template'
const lockNumber = 4_012_473_788

/** Needs the server that test/support/global-setup.ts started. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = process.env.TEST_DATABASE_URL
  if (!serverUrl) throw new Error('TEST_DATABASE_URL is not set: run tests by scripts/test.ts')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asOwner(serverUrl, async client => {
    await client.query('select pg_advisory_lock($1)', [lockNumber])
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [template])
    if (rowCount === 0) await client.query(`create database ${template}`)
    // under the lock: a template that somebody is connected to cannot be copied
    await migrate(databaseUrl(serverUrl, template))
    await client.query(`create database ${name} template ${template}`)
  })
  return {
    url: databaseUrl(serverUrl, name),
    drop: () => asOwner(serverUrl, async client => void (await client.query(`drop database ${name} with (force)`))),
  }
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

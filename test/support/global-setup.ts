// Starts one PostgreSQL server for the whole test run. Test files take a database of their own from it (test/support/database.ts).
import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startPostgres, type PostgresServer } from '../../dev/postgres/server.ts'

export interface TestRun {
  testPostgres?: PostgresServer & { folder: string }
}

export default async function globalSetup(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'goldplan-test-'))
  // as root, PostgreSQL runs as another user, who must reach it
  chmodSync(folder, 0o755)
  const server = await startPostgres({ dataDir: join(folder, 'postgresql'), log: () => {} })
  await forgetCrashes(server.ownerUrl)
  process.env.TEST_DATABASE_URL = server.ownerUrl
  process.env.TEST_PROGRAM_URL = server.url
  ;(globalThis as TestRun).testPostgres = { ...server, folder }
}

/** Nothing of this server outlives the run, so nothing waits for the disk. What a crash leaves is tested on servers of their own. */
async function forgetCrashes(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit']) await client.query(`alter system set ${setting} = off`)
  await client.query('select pg_reload_conf()')
  await client.end()
}

// For the whole test run: one PostgreSQL server, from which test files take databases of their own (test/support/database.ts), and the backend's programs,
// built once (test/support/programs.ts).
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { startPostgres, type PostgresServer } from '../../dev/postgres/server.ts'
import { buildPrograms, type Programs } from '../../dev/programs.ts'
import { newRunFolder } from './run-folder.ts'

export interface TestRun {
  testPostgres?: PostgresServer & { folder: string }
  testPrograms?: Programs
}

export default async function globalSetup(): Promise<void> {
  const folder = newRunFolder()
  // as root, PostgreSQL runs as another user, who must reach it
  chmodSync(folder, 0o755)
  const server = await startPostgres({
    dataDir: join(folder, 'postgresql'),
    log: () => {},
    // its folder may be memory
    walMb: 256,
  })
  await forgetCrashes(server.ownerUrl)
  process.env.TEST_DATABASE_URL = server.ownerUrl
  process.env.TEST_PROGRAM_URL = server.url
  ;(globalThis as TestRun).testPostgres = { ...server, folder }
  const programs = await buildPrograms()
  process.env.TEST_PROGRAMS = programs.folder
  ;(globalThis as TestRun).testPrograms = programs
}

/** Nothing of this server outlives the run, so nothing waits for the disk. What a crash leaves is tested on servers of their own. */
async function forgetCrashes(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit']) await client.query(`alter system set ${setting} = off`)
  await client.query('select pg_reload_conf()')
  await client.end()
}

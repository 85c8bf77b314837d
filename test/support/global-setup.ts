// Starts one PostgreSQL server for the whole test run. Test files take a database of their own from it (test/support/database.ts).
import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres, type PostgresServer } from '../../dev/postgres/server.ts'

export interface TestRun {
  testPostgres?: PostgresServer & { folder: string }
}

export default async function globalSetup(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'goldplan-test-'))
  // as root, PostgreSQL runs as another user, who must reach it
  chmodSync(folder, 0o755)
  const server = await startPostgres({ dataDir: join(folder, 'postgresql'), log: () => {} })
  process.env.TEST_DATABASE_URL = server.ownerUrl
  process.env.TEST_PROGRAM_URL = server.url
  ;(globalThis as TestRun).testPostgres = { ...server, folder }
}

// Starts one PostgreSQL server for the whole test run. Test files take a database of their own from it (test/support/database.ts).
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../../backend/database/server.ts'

export default async function globalSetup(): Promise<void> {
  const server = await startPostgres({ dataDir: mkdtempSync(join(tmpdir(), 'goldplan-test-')), log: () => {} })
  process.env.TEST_DATABASE_URL = server.url
  ;(globalThis as { testPostgres?: typeof server }).testPostgres = server
}

// `npm run bench`: prints ratios measured in one run, and what missed its aim. It never fails: machines differ.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../backend/database/server.ts'
import { createWorld } from '../test/support/world.ts'
import { measureSetData } from './bench/set-data.ts'

const folder = mkdtempSync(join(tmpdir(), 'goldplan-bench-'))
// as root, PostgreSQL runs as another user, who must reach it
chmodSync(folder, 0o755)
const postgres = await startPostgres({ dataDir: join(folder, 'postgresql'), log: () => {} })
process.env.TEST_DATABASE_URL = postgres.url
try {
  const world = await createWorld()
  try {
    const { lines, missed } = await measureSetData(world)
    console.log(lines.join('\n'))
    console.log(missed.length === 0 ? 'all aims met' : missed.map(line => `missed: ${line}`).join('\n'))
  } finally {
    await world.close()
  }
} finally {
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0)

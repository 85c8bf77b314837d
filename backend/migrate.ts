// `npm run migrate`: brings the database to this program's schema and lets the program in (backend/operations.md). Exit code: 0 done · 1 not done.
import { SettingError, assertSettings, databaseUrlFault } from './platform/config-checks.ts'
import { unavailable } from './database/unavailable.ts'
import { DatabaseRefusedError } from './database/migrate.ts'
import { makeReady } from './database/program-login.ts'
import './platform/printed.ts'

const set = (variable: string) => process.env[variable]?.trim() || null

async function main(): Promise<void> {
  const ownerUrl = set('MIGRATION_DATABASE_URL')
  const url = set('DATABASE_URL')
  if (!ownerUrl || !url)
    throw new DatabaseRefusedError(
      'MIGRATION_DATABASE_URL and DATABASE_URL are both needed: the URL of the role that owns the tables, and that of the program, goldplan_app',
    )
  assertSettings({ MIGRATION_DATABASE_URL: databaseUrlFault(ownerUrl), DATABASE_URL: databaseUrlFault(url) })
  const applied = await makeReady({ url, ownerUrl })
  console.log(applied.length > 0 ? `migrated: ${applied.join(', ')}` : 'the database is up to date')
}

main().catch((error: Error) => {
  const expected = error instanceof DatabaseRefusedError || error instanceof SettingError || unavailable(error) !== null
  console.error(expected ? error.message : (error.stack ?? error.message))
  process.exitCode = 1
})

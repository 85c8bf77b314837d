// Which database a command works on: DATABASE_URL, or the embedded server of DATA_DIR, which a running backend may share.
import { join, resolve } from 'node:path'
import { startPostgres } from '../database/server.ts'
import { assertSettings, databaseUrlFault, folderFault } from '../config-checks.ts'

export interface ImportDatabase {
  /** of the program's login */
  url: string
  /** of the role that owns the tables; null: not known here */
  ownerUrl: string | null
  /** ends an embedded server that nobody else uses */
  release(): Promise<void>
}

/**
 * @param log one line at a time, for a person
 * @throws SettingError when a setting of it cannot be used
 */
export async function databaseForImport(environment: NodeJS.ProcessEnv, log: (line: string) => void): Promise<ImportDatabase> {
  const set = (variable: string) => environment[variable]?.trim() || null
  const url = set('DATABASE_URL')
  const ownerUrl = set('MIGRATION_DATABASE_URL')
  const dataDir = set('DATA_DIR') ?? '.data'
  assertSettings({
    DATABASE_URL: url === null ? null : databaseUrlFault(url),
    MIGRATION_DATABASE_URL: ownerUrl === null ? null : databaseUrlFault(ownerUrl),
    DATA_DIR: url ? null : folderFault(dataDir),
  })
  if (url) return { url, ownerUrl, release: async () => {} }
  const server = await startPostgres({ dataDir: join(resolve(dataDir), 'postgresql'), log, detached: true })
  return { url: server.url, ownerUrl: server.ownerUrl, release: () => server.stop() }
}

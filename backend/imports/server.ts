// Which database an import writes to: DATABASE_URL, or the embedded server of DATA_DIR, which a running backend may share.
import { join, resolve } from 'node:path'
import { startPostgres } from '../database/server.ts'

export interface ImportDatabase {
  /** of the owner role */
  url: string
  /** ends an embedded server that nobody else uses */
  release(): Promise<void>
}

/** @param log one line at a time, for a person */
export async function databaseForImport(environment: NodeJS.ProcessEnv, log: (line: string) => void): Promise<ImportDatabase> {
  if (environment.DATABASE_URL) return { url: environment.DATABASE_URL, release: async () => {} }
  const server = await startPostgres({ dataDir: join(resolve(environment.DATA_DIR || '.data'), 'postgresql'), log, detached: true })
  return { url: server.url, release: () => server.stop() }
}

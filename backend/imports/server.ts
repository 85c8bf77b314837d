// Which database an import writes to: DATABASE_URL, the embedded server of DATA_DIR that a running backend uses, or that server started for the run.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { placeForServer } from '../database/server-place.ts'
import { startPostgres } from '../database/server.ts'

export interface ImportDatabase {
  /** of the owner role */
  url: string
  /** ends the server only if this run started it */
  release(): Promise<void>
}

/** @param log one line at a time, for a person */
export async function databaseForImport(environment: NodeJS.ProcessEnv, log: (line: string) => void): Promise<ImportDatabase> {
  if (environment.DATABASE_URL) return { url: environment.DATABASE_URL, release: async () => {} }
  const dataDir = join(resolve(environment.DATA_DIR || '.data'), 'postgresql')
  const running = await runningServerUrl(dataDir, log)
  // startPostgres would take the server over and end it with us, under the feet of the backend
  if (running !== undefined) return { url: running, release: async () => {} }
  const server = await startPostgres({ dataDir, log })
  return { url: server.url, release: () => server.stop() }
}

/** The URL of a server that answers on this folder, or undefined. Reads what backend/database/server.ts and PostgreSQL itself write there. */
async function runningServerUrl(dataDir: string, log: (line: string) => void): Promise<string | undefined> {
  if (!existsSync(dataDir)) return undefined
  const place = (await placeForServer(dataDir, log)).dataDir
  const pidFile = join(place, 'postmaster.pid')
  const passwordFile = join(place, 'goldplan-owner.password')
  if (!existsSync(pidFile) || !existsSync(passwordFile)) return undefined
  const port = readFileSync(pidFile, 'utf8').split('\n')[3]
  const password = readFileSync(passwordFile, 'utf8').trim()
  const url = `postgresql://goldplan_owner:${password}@127.0.0.1:${port}/postgres`
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return url
  } catch {
    return undefined
  } finally {
    await client.end().catch(() => undefined)
  }
}

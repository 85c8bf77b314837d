// Which database a command works on: DATABASE_URL, or a server of this machine that somebody offered.
import { join, resolve } from 'node:path'
import { assertSettings, databaseUrlFault, folderFault } from './config-checks.ts'

export interface CommandDatabase {
  /** of the program's login */
  url: string
  /** of the role that owns the tables; null: not known here */
  ownerUrl: string | null
  /** ends a server of this machine that nobody else uses */
  release(): Promise<void>
}

type Say = (line: string) => void

/** Starts a PostgreSQL on a folder, or joins the one that runs there. */
export type LocalServer = (dataDir: string, log: Say) => Promise<{ url: string; ownerUrl: string; stop(): Promise<void> }>

/** One line, for a person: why no server of this machine can run, and what to do. */
export class LocalServerError extends Error {}

let localServer: LocalServer | null = null

/** For development (dev/postgres/for-commands.ts); in production nobody offers one. */
export function offerLocalServer(server: LocalServer): void {
  localServer = server
}

/**
 * @param log one line at a time, for a person
 * @throws SettingError when a setting of it cannot be used
 */
export async function databaseOfCommand(environment: NodeJS.ProcessEnv, log: Say): Promise<CommandDatabase> {
  const set = (variable: string) => environment[variable]?.trim() || null
  const url = set('DATABASE_URL')
  const ownerUrl = set('MIGRATION_DATABASE_URL')
  const dataDir = set('DATA_DIR') ?? '.data'
  const missing = { problem: 'is missing', remedy: 'set it to postgresql://goldplan_app:password@host:port/database' }
  assertSettings({
    DATABASE_URL: url !== null ? databaseUrlFault(url) : localServer === null ? missing : null,
    MIGRATION_DATABASE_URL: ownerUrl === null ? null : databaseUrlFault(ownerUrl),
    DATA_DIR: url ? null : folderFault(dataDir),
  })
  if (url || localServer === null) return { url: url!, ownerUrl, release: async () => {} }
  const server = await localServer(join(resolve(dataDir), 'postgresql'), log)
  return { url: server.url, ownerUrl: server.ownerUrl, release: () => server.stop() }
}

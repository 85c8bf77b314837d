// Which database an import writes to: DATABASE_URL, or the embedded server of DATA_DIR, which a running backend may share.
import { join, resolve } from 'node:path'
import { startPostgres } from '../database/server.ts'
import { ImportError } from './columns.ts'

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
 * @throws ImportError when DATABASE_URL is no address
 */
export async function databaseForImport(environment: NodeJS.ProcessEnv, log: (line: string) => void): Promise<ImportDatabase> {
  if (environment.DATABASE_URL) {
    assertAddress(environment.DATABASE_URL)
    return { url: environment.DATABASE_URL, ownerUrl: environment.MIGRATION_DATABASE_URL || null, release: async () => {} }
  }
  const server = await startPostgres({ dataDir: join(resolve(environment.DATA_DIR || '.data'), 'postgresql'), log, detached: true })
  return { url: server.url, ownerUrl: server.ownerUrl, release: () => server.stop() }
}

/** @throws ImportError that names the variable and the remedy, and never the password */
function assertAddress(url: string): void {
  if (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)) return
  throw new ImportError(
    'DATABASE_URL 不是 PostgreSQL 的连接地址：应是 postgresql://用户:密码@主机:端口/库名；密码里的 / # ? @ : % 要写成 %2F %23 %3F %40 %3A %25',
  )
}

// What benches measure in: databases of their own, whoever asks of them, and what COPY alone would cost there.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '../../backend/database/migrate.ts'
import type { Caller } from '../../backend/http/caller.ts'

export const sp_mchid = '1900000001'

/** As whoever the address says, one after the other. */
export async function onServer(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

export interface BenchDatabase {
  /** of the role that owns the tables */
  ownerUrl: string
  /** of the program's login */
  url: string
}

/** @param serverUrl of the owner role, any database of the server @returns a new one with empty tables */
export async function makeDatabase(serverUrl: string, name: string): Promise<BenchDatabase> {
  await onServer(serverUrl, [`create database ${name}`])
  const at = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href
  const made = { ownerUrl: at(serverUrl), url: at(process.env.TEST_PROGRAM_URL!) }
  await migrate(made.ownerUrl)
  return made
}

export const aProvider = `insert into provider (sp_mchid, name, updated_at) values ('${sp_mchid}', '示例服务商', now())`

export const callerAs = (role: Caller['role'], more: Partial<Caller> = {}): Caller => ({
  sp_mchid,
  numbers: [sp_mchid],
  staff_id: 'staff-1',
  session_hash: '',
  display_name: '',
  role,
  region_codes: [],
  assigned_only: false,
  stale_after_days: 90,
  ...more,
})

/**
 * COPY alone of all rows of a table, into another of the same columns.
 * @param including what the other one has of the first beside columns: `all` is checks and indexes, too
 * @returns rows/s of each
 */
export async function copyRates(owner: pg.Client, table: string, including: readonly string[]): Promise<number[]> {
  const { rows: found } = await owner.query<{ column_name: string }>(
    `select column_name from information_schema.columns where table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
    [table],
  )
  const names = found.map(one => one.column_name).join(', ')
  const folder = (await owner.query<{ data_directory: string }>('show data_directory')).rows[0]!.data_directory
  const file = join(folder, 'goldplan-bench.copy')
  const rates: number[] = []
  try {
    await owner.query(`copy (select ${names} from ${table}) to '${file}'`)
    for (const like of including) {
      await owner.query(`create table copied (like ${table} including ${like})`)
      await owner.query('checkpoint')
      const began = performance.now()
      const { rowCount } = await owner.query(`copy copied (${names}) from '${file}'`)
      rates.push((rowCount! / (performance.now() - began)) * 1_000)
      await owner.query('drop table copied')
    }
    return rates
  } finally {
    rmSync(file, { force: true })
  }
}

// What a soak runs on: PostgreSQL of its own, the sandbox in a thread, two processes of the backend, and shops as an import would leave them.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { newClient } from '../../backend/database/client.ts'
import { makeReady } from '../../backend/database/program-login.ts'
import { startPostgres } from '../../dev/postgres/server.ts'
import { buildPrograms, builtProgram } from '../../dev/programs.ts'
import { createBackendProcess, type BackendProcess } from '../../scripts/chaos/backend-process.ts'
import type { Journal } from '../../scripts/chaos/journal.ts'
import { openSandbox, type SoakSandbox } from './sandbox.ts'

export const sp_mchid = '1900000001'
/** the district of the shops that the rollout changes, and of those that a person taps meanwhile */
export const regions = { rollout: '440305', taps: '440304' }
export const tapShops: readonly string[] = Array.from({ length: 40 }, (_, index) => String(1_990_000_001 + index))
/** changes a minute; above the setting's most, so that nothing but the machine holds them back */
const noRate = 10_000_000

export interface SoakWorld {
  sandbox: SoakSandbox
  /** the folder that backend and sandbox were built into */
  programs: string
  backends: readonly BackendProcess[]
  /** as the owner */
  sql<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>
  close(): Promise<void>
}

export interface SoakSettings {
  merchants: number
  processes: number
  /** changes a minute; null: as many as the machine makes */
  rate: number | null
}

export async function createSoakWorld(journal: Journal, { merchants, processes, rate }: SoakSettings): Promise<SoakWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'goldplan-soak-'))
  // as root, PostgreSQL runs as another user, who must reach it
  chmodSync(folder, 0o755)
  const ends: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })]
  const close = async () => {
    for (const end of ends.splice(0).reverse()) await end()
  }
  try {
    const server = await startPostgres({ dataDir: join(folder, 'postgresql'), log: () => {}, detached: true })
    ends.push(() => server.stop())
    await makeReady(server)
    const client = newClient(server.ownerUrl)
    await client.connect()
    ends.push(() => client.end())
    await fill(client, merchants, rate)
    const built = process.env.TEST_PROGRAMS ? null : await buildPrograms()
    ends.push(() => built?.remove())
    const programs = built?.folder ?? process.env.TEST_PROGRAMS!
    const sandbox = await openSandbox(programs, sp_mchid)
    ends.push(() => sandbox.close())
    const environment = {
      ...sandbox.environment,
      DATABASE_URL: server.url,
      BACKEND_PORT: '0',
      PHOTO_DIR: join(folder, 'photos'),
      LOG_LEVEL: 'error',
    }
    const main = builtProgram(programs, 'backend/main.ts')
    const backends: BackendProcess[] = []
    for (let index = 0; index < processes; index += 1) {
      const backend = await createBackendProcess(String.fromCharCode(65 + index), main, environment, journal)
      backends.push(backend)
      ends.push(() => backend.close())
    }
    await Promise.all(backends.map(backend => backend.start())).catch((error: Error) => {
      throw new Error([error.message, ...backends.flatMap(backend => backend.log())].join('\n'))
    })
    return {
      sandbox,
      programs,
      backends,
      sql: async <Row extends object>(text: string, values: unknown[] = []) => (await client.query<Row>(text, values)).rows,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function fill(client: pg.Client, merchants: number, rate: number | null): Promise<void> {
  if (rate === null) await client.query('alter table provider drop constraint provider_rollout_rate_per_minute_check')
  await client.query(
    `insert into provider (sp_mchid, name, receipt_link_configured, rollout_rate_per_minute, updated_at) values ($1, '示例服务商', true, $2, now())`,
    [sp_mchid, rate ?? noRate],
  )
  await client.query(
    `insert into staff (id, sp_mchid, display_name, role, region_codes, status, created_at)
     values ('staff-operator', $1, '运营 01', 'operator', '{}', 'active', now()), ('staff-field_agent', $1, '业务员 01', 'field_agent', '{440300}', 'active', now())`,
    [sp_mchid],
  )
  await client.query(
    `insert into staff_bindings (sp_mchid, openid, staff_id, bound_at)
     select $1, 'openid-demo-' || role, id, now() from staff`,
    [sp_mchid],
  )
  const shops = `insert into sub_merchants (sp_mchid, sub_mchid, name, short_name, address, search_name, search_short_name, search_address, pinyin, pinyin_initials,
      terms, region_code, created_at, updated_at)
    select $1, number, '测试店' || number, '测试店', '', '', '', '', '', '', '{}', $2, now(), now() from unnest($3::text[]) as number`
  const numbers = Array.from({ length: merchants }, (_, index) => String(1_900_100_001 + index))
  await client.query(shops, [sp_mchid, regions.rollout, numbers])
  await client.query(shops, [sp_mchid, regions.taps, tapShops])
  await client.query('vacuum analyze')
}

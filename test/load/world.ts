// What is loaded: PostgreSQL of its own, a directory, the sandbox as WeChat and WeChat Pay in this process, and built processes of the backend, all on loopback.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newClient } from '../../backend/database/client.ts'
import { makeReady } from '../../backend/database/program-login.ts'
import { startPostgres } from '../../dev/postgres/server.ts'
import { buildPrograms, builtProgram } from '../../dev/programs.ts'
import { startSandbox } from '../../dev/sandbox/index.ts'
import { createBackendProcess, type BackendProcess } from '../../scripts/chaos/backend-process.ts'
import type { Journal } from '../../scripts/chaos/journal.ts'
import { sp_mchid } from '../bench/database.ts'
import { fillDirectory } from '../bench/directory.ts'
import { putPeople } from './people.ts'

export interface LoadWorld {
  backends: readonly BackendProcess[]
  /** as the owner */
  sql<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>
  /** ends what it started and removes its folder; more than once does no harm */
  close(): Promise<void>
}

interface LoadSettings {
  merchants: number
  /** staff that exists: at least as many as phones */
  staff: number
  processes: number
}

/** A database that is up to date and empty; absent: a server of its own. */
interface GivenDatabase {
  url: string
  ownerUrl: string
}

export async function createLoadWorld(journal: Journal, settings: LoadSettings, given?: GivenDatabase): Promise<LoadWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'goldplan-load-'))
  // as root, PostgreSQL runs as another user, who must reach it
  chmodSync(folder, 0o755)
  const ends: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })]
  const close = async () => {
    for (const end of ends.splice(0).reverse()) await end()
  }
  try {
    const database = given ?? (await ownServer(folder, ends))
    const client = newClient(database.ownerUrl)
    await client.connect()
    ends.push(() => client.end())
    await fillDirectory(database.ownerUrl, settings.merchants, new Date())
    await putPeople(client, settings.staff)
    journal.note(`${settings.merchants} shops and ${settings.staff} people are there`)
    const sandbox = await startSandbox({ spMchid: sp_mchid })
    ends.push(() => sandbox.close())
    const { rows } = await client.query<{ sub_mchid: string }>('select sub_mchid from sub_merchants')
    sandbox.control.setMerchants(Object.fromEntries(rows.map(({ sub_mchid }) => [sub_mchid, { scenario: 'normal' }])))
    const environment = {
      ...sandbox.environment(),
      DATABASE_URL: database.url,
      BACKEND_PORT: '0',
      PHOTO_DIR: join(folder, 'photos'),
      LOG_LEVEL: 'error',
      // the harness stands where the reverse proxy does, and names each phone's address as it would
      TRUST_PROXY: '127.0.0.1',
    }
    const programs = process.env.TEST_PROGRAMS ? null : await buildPrograms()
    ends.push(() => programs?.remove())
    const main = builtProgram(programs?.folder ?? process.env.TEST_PROGRAMS!, 'backend/main.ts')
    const backends: BackendProcess[] = []
    for (let index = 0; index < settings.processes; index += 1) {
      const backend = await createBackendProcess(String.fromCharCode(65 + index), main, environment, journal)
      backends.push(backend)
      ends.push(() => backend.close())
    }
    await Promise.all(backends.map(backend => backend.start()))
    return {
      backends,
      sql: async <Row extends object>(text: string, values: unknown[] = []) => (await client.query<Row>(text, values)).rows,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function ownServer(folder: string, ends: (() => unknown)[]): Promise<GivenDatabase> {
  const server = await startPostgres({ dataDir: join(folder, 'postgresql'), log: () => {}, detached: true })
  ends.push(() => server.stop())
  await makeReady(server)
  return server
}

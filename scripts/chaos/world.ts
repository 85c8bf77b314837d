// Everything that a run disturbs, on free ports of this machine: PostgreSQL of its own, WeChat's side, two processes of the backend, and the wires between them.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileClock, type Clock } from '../../backend/platform/clock.ts'
import { newClient } from '../../backend/database/client.ts'
import { makeReady } from '../../backend/database/program-login.ts'
import { startPostgres, type PostgresServer } from '../../dev/postgres/server.ts'
import { buildPrograms, builtProgram } from '../../dev/programs.ts'
import { unavailable } from '../../backend/database/unavailable.ts'
import { startSandbox, type Sandbox } from '../../dev/sandbox/index.ts'
import { createBackendProcess, type BackendProcess } from './backend-process.ts'
import { mountDisk, walMb } from './disk.ts'
import type { Journal } from './journal.ts'
import { pause } from './pause.ts'
import { fillWithPeople, sp_mchid } from './people.ts'
import { openWire, type Wire } from './wire.ts'

export interface World {
  journal: Journal
  sandbox: Sandbox
  clock: Clock
  /** the second is never ended after the first quarter: what it holds by then, it may hold at the end */
  backends: readonly [BackendProcess, BackendProcess]
  /** between both processes and PostgreSQL */
  databaseWire: Wire
  photoDir: string
  /** that PostgreSQL alone writes to; null where none could be mounted. `free` resolves when the server answers again. */
  disk: { fill(): Promise<void>; free(): Promise<void> } | null
  stopDatabase(): Promise<void>
  startDatabase(): Promise<void>
  /** as the owner, beside all wires; waits while the database is away */
  sql<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>
  close(): Promise<void>
}

export async function createWorld(journal: Journal): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'goldplan-chaos-'))
  // as root, PostgreSQL runs as another user, who must reach it
  chmodSync(folder, 0o755)
  const ends: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })]
  const close = async () => {
    for (const end of ends.splice(0).reverse()) await end()
  }
  try {
    const disk = mountDisk(join(folder, 'disk'))
    if (disk) ends.push(() => disk.close())
    else journal.note('no disk can be mounted here: none will be full')
    let server: PostgresServer | null = null
    const launch = async () => {
      const one = await startPostgres({ dataDir: join(folder, 'disk', 'postgresql'), log: () => {}, detached: true, walMb })
      // a full disk ends it
      one.onEnd(() => {
        if (server === one) server = null
      })
      return (server = one)
    }
    ends.push(() => server?.stop())
    const first = await launch()
    const { url } = first
    await makeReady(first)

    const clockFile = join(folder, 'clock')
    const clock = fileClock(clockFile)
    await fillWithPeople(url, clock)
    const sandbox = await startSandbox({ spMchid: sp_mchid, clockFile })
    ends.push(() => sandbox.close())

    const databaseWire = await openWire()
    databaseWire.target = Number(new URL(url).port)
    ends.push(() => databaseWire.close())
    const photoDir = join(folder, 'photos')
    const { link, sourceUrl, sourceKey } = sandbox.receipts
    const environment = {
      ...sandbox.environment(),
      DATABASE_URL: Object.assign(new URL(url), { port: String(databaseWire.port) }).href,
      BACKEND_PORT: '0',
      CLOCK_FILE: clockFile,
      PHOTO_DIR: photoDir,
      LOG_LEVEL: 'error',
      RECEIPT_LINKS: link,
      RECEIPT_SOURCE_URL: sourceUrl,
      RECEIPT_SOURCE_KEY: sourceKey,
      RECEIPT_PARENT_ORIGIN: sandbox.url,
    }
    const programs = await buildPrograms()
    ends.push(() => programs.remove())
    const process = (name: string) => createBackendProcess(name, builtProgram(programs.folder, 'backend/main.ts'), environment, journal)
    const backends = [await process('A'), await process('B')] as const
    for (const backend of backends) ends.push(() => backend.close())
    await Promise.all(backends.map(backend => backend.start()))

    /** A server that a full disk has ended is started again, as a supervisor would. */
    const eventuallyThere = async () => {
      for (const deadline = Date.now() + 60_000; ; await pause(500)) {
        try {
          const { ownerUrl, url } = server ?? (await launch())
          await sqlOnce(ownerUrl, 'select 1')
          databaseWire.target = Number(new URL(url).port)
          return
        } catch (error) {
          if (Date.now() > deadline) throw error
        }
      }
    }

    return {
      journal,
      sandbox,
      clock,
      backends,
      databaseWire,
      photoDir,
      async stopDatabase() {
        databaseWire.target = null
        const running = server
        server = null
        await running?.stop()
        databaseWire.cut()
      },
      async startDatabase() {
        const { url } = server ?? (await launch())
        databaseWire.target = Number(new URL(url).port)
      },
      disk: disk && {
        fill: () => disk.fill(),
        async free() {
          disk.free()
          await eventuallyThere()
        },
      },
      async sql<Row extends object>(text: string, values: unknown[] = []) {
        const deadline = Date.now() + 60_000
        for (;;) {
          try {
            if (server !== null) return await sqlOnce<Row>(server.ownerUrl, text, values)
          } catch (error) {
            if (!unavailable(error) || Date.now() > deadline) throw error
          }
          if (Date.now() > deadline) throw new Error('the database did not come back')
          await pause(200)
        }
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function sqlOnce<Row extends object>(ownerUrl: string, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = newClient(ownerUrl)
  try {
    await client.connect()
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end().catch(() => undefined)
  }
}

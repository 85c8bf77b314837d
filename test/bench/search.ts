// Each kind of search over HTTP beside the same statements on the raw driver, and how it grows with the directory.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { makeDatabase } from './database.ts'
import { fillDirectory } from './directory.ts'
import type { Report } from './measure.ts'
import { postmasterOf } from './processor-time.ts'
import type { SearchMeasured } from './search-client.ts'

const most = { p99: 20, share: 0.8, growth: 2 }

/**
 * @param postgresUrl of the owner role; databases are made beside it
 * @param sizes numbers of merchants, small first
 */
export async function measureSearch(postgresUrl: string, sizes: readonly number[]): Promise<Report> {
  const measured: { size: number; result: SearchMeasured }[] = []
  for (const size of sizes) {
    const started = performance.now()
    const { ownerUrl, url } = await makeDatabase(postgresUrl, `search_${size}`)
    await fillDirectory(ownerUrl, size, new Date())
    console.log(`${size} merchants made in ${((performance.now() - started) / 1_000).toFixed(0)} s`)
    measured.push({ size, result: await measureDatabase(url, await postmasterOf(postgresUrl)) })
  }
  return report(measured)
}

/**
 * @param url of the program's login, at a database that fillDirectory filled
 * @param postmaster process id of its server
 */
async function measureDatabase(url: string, postmaster: number): Promise<SearchMeasured> {
  const server = start('search-server.mjs', 0, { DATABASE_URL: url })
  try {
    const BACKEND_URL = await firstLine(server)
    const asked = { DATABASE_URL: url, BACKEND_URL, BACKEND_PID: String(server.pid), POSTMASTER_PID: String(postmaster) }
    return JSON.parse(await firstLine(start('search-client.ts', 1, asked))) as SearchMeasured
  } finally {
    server.kill()
  }
}

const canPin = availableParallelism() > 1 && spawnSync('taskset', ['-c', '0', 'true']).status === 0

function start(file: string, core: number, environment: Record<string, string>): ChildProcess {
  const command = [process.execPath, '--import', 'tsx', fileURLToPath(new URL(file, import.meta.url))]
  if (canPin) command.unshift('taskset', '-c', String(core))
  return spawn(command[0]!, command.slice(1), { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] })
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    createInterface({ input: child.stdout! }).once('line', done)
    child.once('exit', code => fail(new Error(`it ended with ${code} before it said anything`)))
  })
}

export function report(measured: readonly { size: number; result: SearchMeasured }[]): Report {
  const missed: string[] = []
  const lines: string[] = []
  for (const { size, result } of measured) {
    lines.push('', `search, ${size} merchants (ms)      HTTP p50    p99   driver p50    p99 select 1 p50    p99   ÷ driver   growth`)
    for (const [index, { kind, aim, http, raw, idle }] of result.kinds.entries()) {
      const small = measured[0]!.result.kinds[index]!
      // of the backend's time, in round trips of that moment: the machine may have become slower meanwhile
      const growth = http.p50 / idle.p50 / (small.http.p50 / small.idle.p50)
      if (aim && http.p99 > most.p99) missed.push(`${kind}, ${size} merchants: p99 ${http.p99.toFixed(1)} ms, aim ${most.p99}`)
      if (aim && growth > most.growth)
        missed.push(`${kind}: ${growth.toFixed(1)} × from ${measured[0]!.size} to ${size}, aim ${most.growth}`)
      const cells = [http.p50, http.p99, raw.p50, raw.p99, idle.p50, idle.p99].map(number => number.toFixed(1).padStart(9))
      lines.push(`${padded(kind)} ${cells.join('')} ${(http.p50 / raw.p50).toFixed(2).padStart(9)} ${growth.toFixed(1).padStart(9)}`)
    }
    const share = result.throughput.http / result.throughput.raw
    if (share < most.share) missed.push(`throughput, ${size} merchants: ${share.toFixed(2)} of the driver's, aim ${most.share}`)
    lines.push(
      `all of these, 64 at once: ${result.throughput.http.toFixed(0)}/s over HTTP, ${result.throughput.raw.toFixed(0)}/s on the driver, share ${share.toFixed(2)}`,
    )
    if (result.processor) lines.push(processorLine(result.processor))
  }
  if (!canPin) lines.push('taskset is not there: client and server shared cores')
  return { lines, missed }
}

/** Beside the client both sides share the cores with PostgreSQL: where all are busy, no share can be above that of what a question costs on each. */
function processorLine({ http, raw }: NonNullable<SearchMeasured['processor']>): string {
  const [ofHttp, ofRaw] = [http.client + http.backend + http.postgres, raw.client + raw.postgres]
  const ms = (number: number) => number.toFixed(3)
  return `processor time of one of them, ms: over HTTP ${ms(ofHttp)} (client ${ms(http.client)}, backend ${ms(http.backend)}, PostgreSQL ${ms(http.postgres)}), on the driver ${ms(ofRaw)} (client ${ms(raw.client)}, PostgreSQL ${ms(raw.postgres)}): ${(ofRaw / ofHttp).toFixed(2)}`
}

/** Chinese characters are two columns wide. */
const padded = (text: string) => text + ' '.repeat(Math.max(0, 34 - [...text].reduce((width, one) => width + (one > '\u2e80' ? 2 : 1), 0)))

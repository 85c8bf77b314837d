// What benches measure with: one work's time, shares of many, and a program in a process of its own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface Report {
  lines: string[]
  /** what did not reach its aim */
  missed: string[]
}

/** @returns ms */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** @returns ms of each, one after the other */
export async function timedEach(times: number, work: () => Promise<unknown>): Promise<number[]> {
  const took: number[] = []
  for (let time = 0; time < times; time += 1) took.push(await timed(work))
  return took
}

/** The least of `times` that this share of them does not exceed; NaN: there are none. */
export const quantile = (times: readonly number[], share: number): number =>
  times.toSorted((one, other) => one - other)[Math.min(times.length - 1, Math.ceil(times.length * share) - 1)] ?? Number.NaN

/** MB that this process has now */
export const megabytesNow = (): number => Math.round(process.memoryUsage().rss / 1_048_576)

/** A program that ended: what it printed, how long it ran, and MB that it had at most. */
export interface Ran {
  code: number | null
  said: string
  seconds: number
  megabytes: number
}

/** @param args of node @param environment beside this process's own */
export async function run(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<Ran> {
  const report = fileURLToPath(new URL('report-memory.mjs', import.meta.url))
  const child = spawn(process.execPath, ['--import', report, ...args], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let said = ''
  let peak = { kilobytes: 0, seconds: 0 }
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.on('message', message => (peak = message as typeof peak))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said, seconds: peak.seconds, megabytes: Math.round(peak.kilobytes / 1_024) }
}

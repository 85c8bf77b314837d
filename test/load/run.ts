// One step: so many phones for so long, while the processes are looked at.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { ClientsReport, FromClients, ToClients } from './clients.ts'
import { startSampling, type Look } from './samples.ts'
import { summed, together, type Tally } from './tally.ts'
import type { LoadWorld } from './world.ts'

export interface StepOptions {
  phones: number
  /** from the first login to the end */
  seconds: number
  /** until everybody has logged in */
  rampSeconds: number
  seed: number
  /** how many times faster than in the field people are */
  pace: number
  /** ends the step early; what was measured until then is told */
  stop: AbortSignal
  /** over as soon as people have done so much; absent: when the time is over */
  enough?: (acts: ReadonlyMap<string, number>) => boolean
}
export interface Step {
  options: Pick<StepOptions, 'phones' | 'rampSeconds' | 'seed' | 'pace'>
  /** it lasted, seconds */
  seconds: number
  tally: Tally
  looks: readonly Look[]
  /** the longest of the processes' p99, milliseconds */
  clientsLag: number
  clients: number
}

/** so many phones one process of clients plays without being the slow one */
const phonesEach = 3_000
const mostProcesses = 6
/** what was asked is answered, or given up by the phone, within */
const endMs = 75_000
const startMs = 60_000

export async function runStep(world: LoadWorld, options: StepOptions): Promise<Step> {
  const { phones, seconds, rampSeconds, seed, pace, stop, enough } = options
  const clients = Math.min(mostProcesses, Math.ceil(phones / phonesEach))
  const urls = world.backends.map(backend => backend.url()!)
  const over = new AbortController()
  const children = Array.from({ length: clients }, () => startClients())
  try {
    const share = (index: number) => Math.round((phones * index) / clients)
    await Promise.all(
      children.map((child, index) => {
        const order = { from: share(index), to: share(index + 1), phones, urls, seed, pace, rampMs: rampSeconds * 1_000 }
        return told(child, 'begun', startMs, { kind: 'begin', order })
      }),
    )
    const began = performance.now()
    const sampler = await startSampling(world, Math.min(5_000, (seconds * 1_000) / 10), () => children.flatMap(({ pid }) => pid ?? []))
    // a process of clients that ends by itself ends the step
    const lost = Promise.race(children.map(async child => void (await once(child, 'exit'))))
    await Promise.race([
      wait(seconds * 1_000, undefined, { signal: AbortSignal.any([stop, over.signal]) }).catch(() => undefined),
      lost,
      ...(enough ? [doneBy(children, enough)] : []),
    ])
    const lasted = (performance.now() - began) / 1_000
    await sampler.stop()
    const reports = (await Promise.all(children.map(child => told(child, 'report', endMs, { kind: 'end' })))).map(
      message => (message as { report: ClientsReport }).report,
    )
    return {
      options: { phones, rampSeconds, seed, pace },
      seconds: lasted,
      tally: together(reports.map(({ tally }) => tally)),
      looks: sampler.looks,
      clientsLag: Math.max(...reports.map(({ lag }) => lag)),
      clients,
    }
  } finally {
    over.abort()
    for (const child of children) child.kill('SIGKILL')
  }
}

function startClients(): ChildProcess {
  const script = fileURLToPath(new URL('clients.ts', import.meta.url))
  return fork(script, { execArgv: ['--import', 'tsx'], serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
}

/** Sends, and resolves with the next message of that kind. @throws Error where the process ends, or says nothing in time */
function told(child: ChildProcess, kind: FromClients['kind'], withinMs: number, message: ToClients): Promise<FromClients> {
  return new Promise((done, fail) => {
    const end = (settle: () => void) => {
      clearTimeout(timer)
      child.off('message', hear).off('exit', gone)
      settle()
    }
    const hear = (heard: FromClients) => heard.kind === kind && end(() => done(heard))
    const gone = (code: number | null) => end(() => fail(new Error(`a process of clients ended with ${code}`)))
    const timer = setTimeout(
      () => end(() => fail(new Error(`a process of clients did not say "${kind}" within ${withinMs / 1_000} s`))),
      withinMs,
    )
    child.on('message', hear).on('exit', gone)
    if (child.exitCode !== null) gone(child.exitCode)
    else child.send(message)
  })
}

function doneBy(children: readonly ChildProcess[], enough: (acts: ReadonlyMap<string, number>) => boolean): Promise<void> {
  const told = new Map<ChildProcess, ReadonlyMap<string, number>>()
  return new Promise(done => {
    for (const child of children)
      child.on('message', (message: FromClients) => {
        if (message.kind !== 'acts') return
        told.set(child, message.acts)
        if (enough(summed([...told.values()]))) done()
      })
  })
}

// One process of the backend, as a supervisor runs it: started again whenever it is gone.
import { spawn, type ChildProcess } from 'node:child_process'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Journal } from './journal.ts'
import { pause } from './pause.ts'
import { openWire, type Wire } from './wire.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
/** A start on a busy machine. */
const startMs = 90_000
/** It says that it ends within 14 s of being told to. */
const endMs = 25_000
const keptLines = 30

export interface BackendProcess {
  readonly name: string
  /** clients reach it through this */
  readonly wire: Wire
  /** `http://127.0.0.1:…` without the wire; null while it is not there */
  url(): string | null
  /** Again and again until it listens, as a supervisor would. */
  start(): Promise<void>
  /** kill -9 */
  kill(): Promise<void>
  /** SIGTERM, and a violation where it does not end */
  terminate(): Promise<void>
  stand(still: boolean): void
  /** of its log: warnings and errors, the last few */
  log(): readonly string[]
  close(): Promise<void>
}

/** @param main the built program: a process that is ended again and again spends its time working, not reading TypeScript */
export async function createBackendProcess(
  name: string,
  main: string,
  environment: Record<string, string>,
  journal: Journal,
): Promise<BackendProcess> {
  const wire = await openWire()
  const lines: string[] = []
  let child: ChildProcess | null = null
  let expected = false

  const gone = (one: ChildProcess) =>
    new Promise<void>(done => (one.exitCode !== null || one.signalCode !== null ? done() : one.once('exit', () => done())))

  const startOnce = () =>
    new Promise<boolean>(done => {
      const preload = pathToFileURL(join(root, 'scripts', 'die-with-parent.mjs')).href
      const one = spawn(process.execPath, ['--import', preload, main], {
        cwd: root,
        env: { PATH: process.env.PATH!, ...environment },
        stdio: ['pipe', 'pipe', 'pipe'],
        // Ctrl-C is for the run, which ends it
        detached: true,
      })
      child = one
      one.stdin!.on('error', () => undefined)
      let listening = false
      createInterface({ input: one.stdout! }).on('line', line => {
        const port = /^listening on \S+:(\d+)$/.exec(line)?.[1]
        if (!port) return
        listening = true
        wire.target = Number(port)
        done(true)
      })
      createInterface({ input: one.stderr! }).on('line', line => {
        lines.push(line)
        if (lines.length > keptLines) lines.shift()
      })
      one.once('exit', (code, signal) => {
        if (child === one) wire.target = null
        done(false)
        if (!listening || expected) return
        journal.violation(`process ${name} ended by itself (${signal ?? `exit ${code}`}): ${lines.at(-1) ?? 'it said nothing'}`)
        void program.start()
      })
    })

  const end = async (signal: NodeJS.Signals, patience: number): Promise<boolean> => {
    const one = child
    if (!one) return true
    expected = true
    one.kill('SIGCONT')
    one.kill(signal)
    let timer: NodeJS.Timeout | undefined
    const tooLate = new Promise<false>(done => (timer = setTimeout(() => done(false), patience)))
    const ended = await Promise.race([gone(one).then(() => true), tooLate])
    clearTimeout(timer)
    if (!ended) {
      one.kill('SIGKILL')
      await gone(one)
    }
    return ended
  }

  const program: BackendProcess = {
    name,
    wire,
    url: () => (wire.target === null ? null : `http://127.0.0.1:${wire.target}`),
    async start() {
      expected = false
      const deadline = Date.now() + startMs
      while (!(await startOnce())) {
        if (expected) return
        if (Date.now() > deadline) throw new Error(`process ${name} did not start: ${lines.at(-1) ?? 'it said nothing'}`)
        await pause(500)
      }
    },
    async kill() {
      await end('SIGKILL', endMs)
    },
    async terminate() {
      if (!(await end('SIGTERM', endMs))) journal.violation(`process ${name} had not ended ${endMs / 1_000} s after SIGTERM`)
    },
    stand(still) {
      child?.kill(still ? 'SIGSTOP' : 'SIGCONT')
    },
    log: () => lines,
    async close() {
      await end('SIGKILL', endMs)
      await wire.close()
    },
  }
  return program
}

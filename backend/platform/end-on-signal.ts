// The end of a program: told by a signal, done in order, and over in time whatever others do.
import type { Log } from './log.ts'

/** Ctrl-C, a supervisor, and the window in which the program runs being closed: there what is written to it fails from then on. */
export const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Below what supervisors wait before they kill (compose.yaml: 30 s). */
const defaultLimitMs = 14_000

/**
 * @param close what a person waits for: it may hang on a client, on WeChat Pay or on the database. Whatever was acknowledged is in the database already; what
 * this end leaves behind there is a transaction, which runs out, or a call to WeChat Pay, which others find (controls/calls.ts).
 */
export function endOnSignal(log: Pick<Log, 'info' | 'warn' | 'error'>, close: () => Promise<void>, limitMs = defaultLimitMs): void {
  let stopping = false
  const stop = async (signal: string) => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'stopping after the requests under way')
    setTimeout(() => {
      log.warn({ limitMs }, 'something did not end in time: ending without it')
      process.exit(0)
    }, limitMs)
    await close().catch((error: unknown) => log.error({ err: error }, 'not everything could be closed'))
    process.exit(0)
  }
  for (const signal of endSignals) process.on(signal, () => void stop(signal))
}

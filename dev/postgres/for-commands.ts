// `tsx --import ./dev/postgres/for-commands.ts <a command of the backend>`: without DATABASE_URL the command works on the embedded server of DATA_DIR,
// which a running backend may share.
import { constants } from 'node:os'
import { offerLocalServer } from '../../backend/platform/command-database.ts'
import { endSignals } from '../../backend/platform/end-on-signal.ts'
import { startPostgres } from './server.ts'

offerLocalServer((dataDir, log) => {
  for (const signal of endSignals) process.on(signal, () => endAlone(signal))
  return startPostgres({ dataDir, log, detached: true })
})

/** A signal ends a process without its `exit`, in which a server is ended that nobody else uses. A command that ends in its own way does so. */
function endAlone(signal: (typeof endSignals)[number]): void {
  if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal])
}

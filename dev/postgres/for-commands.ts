// `tsx --import ./dev/postgres/for-commands.ts <a command of the backend>`: without DATABASE_URL the command works on the embedded server of DATA_DIR,
// which a running backend may share.
import { offerLocalServer } from '../../backend/platform/command-database.ts'
import { startPostgres } from './server.ts'

offerLocalServer((dataDir, log) => startPostgres({ dataDir, log, detached: true }))

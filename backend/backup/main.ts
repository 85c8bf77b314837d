// `npm run backup -- <folder>` and `npm run restore -- <folder>` (backend/operations.md). Exit code: 0 done · 1 not done.
import { constants } from 'node:fs'
import { join, resolve } from 'node:path'
import { systemClock } from '../platform/clock.ts'
import { SettingError, assertSettings, folderFault } from '../platform/config-checks.ts'
import { LocalServerError, databaseOfCommand } from '../platform/command-database.ts'
import { DatabaseRefusedError } from '../database/migrate.ts'
import { assertSameDatabase } from '../database/program-login.ts'
import { backUp } from './backup.ts'
import { BackupError } from './manifest.ts'
import { restore } from './restore.ts'
import { troubleOf, type Attempt } from './trouble.ts'
import '../platform/printed.ts'

const verbs = { backup: backUp, restore } as const
const usage = 'npm run backup -- <new folder>, or npm run restore -- <folder of a backup>'
/** once it is known what was asked for */
let attempt: Attempt | undefined

async function main([verb, given, ...rest]: readonly string[]): Promise<void> {
  if (given === '--help' || given === '-h') return console.log(usage)
  // an option that there is not would be made a folder of that name
  if ((verb !== 'backup' && verb !== 'restore') || !given || given.startsWith('-') || rest.length > 0)
    throw new BackupError(`use: ${usage}`)
  const log = (line: string) => console.error(line)
  // npm runs scripts in the project's folder; the person's own folder is INIT_CWD
  const folder = resolve(process.env.INIT_CWD ?? '.', given)
  // as config.ts has it
  const photoDir = process.env.PHOTO_DIR?.trim() || join(process.env.DATA_DIR?.trim() || '.data', 'photos')
  attempt = { verb, folder, photoDir }
  // a backup only reads photos
  assertSettings({
    [process.env.PHOTO_DIR?.trim() ? 'PHOTO_DIR' : 'DATA_DIR']: folderFault(photoDir, verb === 'backup' ? constants.R_OK : constants.W_OK),
  })
  const server = await databaseOfCommand(process.env, log)
  try {
    if (server.ownerUrl === null)
      throw new BackupError(
        'MIGRATION_DATABASE_URL is missing: set it to the URL of the role that owns the tables, which alone reads and makes all of them',
      )
    await assertSameDatabase(server.ownerUrl, server.url)
    const { made_at } = await verbs[verb]({ databaseUrl: server.ownerUrl, photoDir, folder, clock: systemClock, log })
    console.log(verb === 'backup' ? `backed up into ${folder}` : `restored the backup of ${made_at}`)
  } finally {
    await server.release()
  }
}

main(process.argv.slice(2)).catch((error: Error) => {
  const expected = [BackupError, DatabaseRefusedError, LocalServerError, SettingError].some(kind => error instanceof kind)
  const trouble = expected || !attempt ? null : troubleOf(error, attempt)
  console.error(trouble ?? (expected ? error.message : (error.stack ?? error.message)))
  process.exitCode = 1
})

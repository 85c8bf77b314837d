// What a setting has to be, before anything is opened with it. Each answers with the fault and its remedy, and never repeats a value that holds a secret.
import { accessSync, constants, mkdtempSync, rmdirSync, statSync, type Stats } from 'node:fs'
import { isIP } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import pg from 'pg'
import { characterCount } from '../../miniprogram/shared/characters.ts'
import { withoutInvisible } from '../../miniprogram/shared/comparable.ts'
import { isLoopbackHost } from './loopback.ts'

export interface Fault {
  problem: string
  remedy: string
}

/** One line for a person, naming the variable: thrown by commands that read few settings. */
export class SettingError extends Error {
  constructor(variable: string, { problem, remedy }: Fault) {
    super(lineOf(variable, { problem, remedy }))
  }
}

export const lineOf = (variable: string, { problem, remedy }: Fault): string => `${variable} ${problem}: ${remedy}`

/** @throws SettingError for the first fault; null says that there is none */
export function assertSettings(faults: Readonly<Record<string, Fault | null>>): void {
  for (const [variable, fault] of Object.entries(faults)) if (fault) throw new SettingError(variable, fault)
}

/** As `docker run --env-file` hands a line of a .env on. */
export const isQuoted = (value: string): boolean => /^\s*(["']).*\1\s*$/s.test(value)
export const quotedFault: Fault = { problem: 'is in quotation marks', remedy: 'leave them out, they are taken as part of it' }

const urlShape = 'postgresql://user:password@host:port/database'
const escapes = 'in a password, / # ? @ : % are written %2F %23 %3F %40 %3A %25'

/** Also reads what the URL names: files of certificates, for instance. */
const readTarget = (url: string): pg.Client => new pg.Client({ connectionString: url })

/** Of a PostgreSQL connection URL. Passwords made by `openssl rand -base64` hold characters that end the address early. */
export function databaseUrlFault(value: string): Fault | null {
  if (isQuoted(value)) return quotedFault
  if (!/^postgres(ql)?:\/\//.test(value)) return { problem: 'does not begin with postgresql://', remedy: `give ${urlShape}` }
  const url = URL.canParse(value) ? new URL(value) : undefined
  // the password ended the address: what belongs before the @ came to stand behind it
  if (!url || url.hash !== '' || url.pathname.includes('@') || (url.username === '' && url.search.includes('@')))
    return { problem: 'is not an address that can be read', remedy: `give ${urlShape}; ${escapes}` }
  const fault = databaseOptionFault(url)
  if (fault) return fault
  try {
    for (const part of [url.username, url.password, url.pathname]) decodeURIComponent(part)
    readTarget(value)
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException
    if (code !== undefined && path !== undefined)
      return { problem: `names the file ${path}, which cannot be read (${code})`, remedy: 'mend its path or the right to read it' }
    return { problem: 'has a % that stands for no character', remedy: `give ${urlShape}; ${escapes}` }
  }
  return null
}

/** As pg-connection-string reads it; what it does not know it leaves out, and the connection would be open to readers. */
const sslModes = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify']

/**
 * What libpq would keep and node-postgres does not know: the connection would not have what it was asked for. And what node-postgres alone takes from an
 * address, and this program cannot work with.
 */
const notKept = new Set(
  `channel_binding require_auth requirepeer gssencmode sslcrl sslcrldir sslcertmode ssl_min_protocol_version ssl_max_protocol_version min_protocol_version max_protocol_version hostaddr service servicefile passfile target_session_attrs load_balance_hosts search_path schema replication binary types stream client_encoding encoding`.split(
    ' ',
  ),
)

function parameterFault(parameters: URLSearchParams): Fault | null {
  const names = [...parameters.keys()]
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice) return { problem: `names ${twice} twice`, remedy: 'leave one of them out' }
  const capital = names.find(name => name !== name.toLowerCase())
  if (capital)
    return { problem: `has the parameter ${capital}, which nobody reads`, remedy: `write it ${capital.toLowerCase()}, or leave it out` }
  const other = names.find(name => notKept.has(name))
  if (other)
    return {
      problem: `has the parameter ${other}, which this program does not keep`,
      remedy: 'leave it out; sslmode and sslrootcert are kept',
    }
  return null
}

function databaseOptionFault({ hostname, pathname, searchParams }: URL): Fault | null {
  if (hostname.includes(',')) return { problem: 'names several servers', remedy: `give the one that may be written: ${urlShape}` }
  if (pathname.length < 2 && !searchParams.get('dbname')) return { problem: 'names no database', remedy: `give ${urlShape}` }
  const parameter = parameterFault(searchParams)
  if (parameter) return parameter
  const mode = searchParams.get('sslmode')
  if (mode !== null && !sslModes.includes(mode))
    return { problem: `has the sslmode ${mode}, which is none`, remedy: `give one of ${sslModes.join(', ')}` }
  for (const name of ['port', 'connect_timeout', 'statement_timeout', 'lock_timeout', 'query_timeout'])
    if (!/^\d*$/.test(searchParams.get(name) ?? ''))
      return { problem: `has a ${name} that is no number`, remedy: 'give digits, or leave it out' }
  return null
}

/**
 * Of a folder that is made when it is needed.
 * @param access W_OK: files are written into it; R_OK: they are only read
 */
export function folderFault(path: string, access: number = constants.W_OK): Fault | null {
  const remedy = 'give a folder that this program may use, or make it'
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const found = statOf(folder)
    if ((found === 'ENOENT' || found === 'ENOTDIR') && folder !== dirname(folder)) continue
    if (typeof found === 'string') return { problem: `is ${path}, which cannot be reached (${found})`, remedy }
    if (!found.isDirectory()) return { problem: folder === resolve(path) ? `is ${path}, a file` : `is ${path}, below a file`, remedy }
    try {
      accessSync(folder, access | constants.X_OK)
      // some take no folder from anybody, as /proc: nothing is left of the one that is tried
      if (access === constants.W_OK && folder !== resolve(path)) rmdirSync(mkdtempSync(join(folder, '.goldplan-')))
      return null
    } catch (error) {
      const verb = access === constants.R_OK ? 'read' : 'written'
      return { problem: `is ${path}, which cannot be ${verb} (${(error as NodeJS.ErrnoException).code})`, remedy }
    }
  }
}

/** Of a file that may not be there yet. */
export function fileFault(path: string): Fault | null {
  const found = statOf(path)
  if (found === 'ENOENT') return null
  const remedy = 'give the path of a file'
  if (typeof found === 'string') return { problem: `is ${path}, which cannot be reached (${found})`, remedy }
  if (!found.isFile()) return { problem: `is ${path}, a folder`, remedy }
  try {
    accessSync(path, constants.R_OK)
    return null
  } catch (error) {
    return { problem: `is ${path}, which cannot be read (${(error as NodeJS.ErrnoException).code})`, remedy }
  }
}

function statOf(path: string): Stats | string {
  try {
    return statSync(path)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown'
  }
}

/** Of a name that staff read; as long as PUT /v1/provider takes it. */
export function nameFault(value: string): Fault | null {
  const remedy = 'give the name of the provider in at most 64 characters, on one line'
  if (characterCount(value) > 64) return { problem: 'is longer than 64 characters', remedy }
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(value)) return { problem: 'has a line break or another control character inside', remedy }
  return withoutInvisible(value).trim() === '' ? { problem: 'has no character that can be seen', remedy } : null
}

/** Of the address to listen on: an address of this machine or a name of it. */
export function hostFault(value: string): Fault | null {
  const named = /^(?=.{1,253}$)[0-9a-z]([0-9a-z-]*[0-9a-z])?(\.[0-9a-z]([0-9a-z-]*[0-9a-z])?)*$/i.test(value) && !/^[\d.]+$/.test(value)
  if (isIP(value) !== 0 || named) return null
  return {
    problem: `is ${value}, which is no address`,
    remedy: 'give 127.0.0.1, 0.0.0.0 or another address of this machine; the port is BACKEND_PORT',
  }
}

/** A narrower range than these is a network of somebody's own; a wider one takes in strangers, who would then say themselves where they come from. */
const widest = { 4: 8, 6: 16 } as const

/** @param value addresses or ranges of reverse proxies, comma separated */
export function proxiesFault(value: string): Fault | null {
  const remedy = 'give the addresses of your reverse proxies or ranges like 10.0.0.0/8, comma separated'
  for (const entry of value.split(',').map(text => text.trim())) {
    if (entry === '') return { problem: 'has an empty place between or behind its commas', remedy }
    const [address = '', bits, ...rest] = entry.split('/')
    const family = isIP(address)
    const longest = family === 4 ? 32 : 128
    // an address with a zone is known to one interface only
    if ((family !== 4 && family !== 6) || address.includes('%')) return { problem: `names ${entry}, which is no address`, remedy }
    if (bits === undefined) continue
    if (rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(bits) || Number(bits) > longest)
      return { problem: `names ${entry}, whose range is none of /0 to /${longest}`, remedy }
    // IPv4 in the form of IPv6 stands behind 96 bits
    const mapped = /^::ffff:/i.test(address)
    const own = /^f[cd]|^fe[89ab]/i.test(address)
    if (Number(bits) < (mapped ? 96 + widest[4] : own ? 7 : widest[family]))
      return { problem: `names ${entry}, which takes in strangers: anybody could give any address as his own`, remedy }
  }
  return null
}

/** Of an address below which all paths are fixed. */
export function baseUrlFault(value: string, usual: string): Fault | null {
  const remedy = `leave it out for ${usual}, or give another https address without a path`
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (!url) return { problem: 'is not a URL', remedy }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.hostname)))
    return { problem: 'is not https: calls to it must be encrypted; http is taken for loopback only', remedy }
  if (url.pathname !== '/' || url.search || url.hash || url.username || url.password)
    return { problem: 'has a path, a query or a password, which would not be used', remedy }
  return null
}

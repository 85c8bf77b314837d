// Every environment variable of the backend, judged at boot: all faults are named together, each with its cause and its remedy.
import { join } from 'node:path'
import { readClientGate, type ClientGate } from './http/client-gate.ts'
import {
  baseUrlFault,
  databaseUrlFault,
  fileFault,
  folderFault,
  hostFault,
  isQuoted,
  nameFault,
  proxiesFault,
  quotedFault,
  type Fault,
} from './platform/config-checks.ts'
import { isLoopbackHost, isLoopbackUrl } from './platform/loopback.ts'
import { readProvidersFile, type FurtherNumber } from './wechatpay/providers-file.ts'
import { readReceiptSettings, type ReceiptSettings } from './receipts/settings.ts'
import { readLinkCheckSettings } from './link-check/read-settings.ts'
import type { LinkCheckSettings } from './link-check/settings.ts'
import { readWechatPayConfig, type CertificateEnd, type ConfigProblem, type WechatPayCredentials } from './wechatpay/index.ts'

export interface Config {
  /** the program's login */
  databaseUrl: string
  /** the role that owns the tables: used at the start only, to migrate; null: somebody has migrated */
  migrationDatabaseUrl: string | null
  host: string
  port: number
  sp_mchid: string
  spName: string
  clientGate: ClientGate
  wechatPay: WechatPayCredentials
  /** of all numbers' certificates that are given here */
  certificateEnds: readonly (CertificateEnd & { sp_mchid: string })[]
  /** of the same provider company, from PROVIDERS_FILE */
  furtherNumbers: readonly FurtherNumber[]
  wechat: { baseUrl: string; appid: string; secret: string }
  /** an offset that moves the domain's time; only beside a sandbox */
  clockFile: string | null
  logLevel: string
  photoDir: string
  /** of links to photos: the first signs, all are accepted; empty: one that is made once and kept in the database */
  photoLinkKeys: string[]
  receipts: ReceiptSettings
  linkCheck: LinkCheckSettings
  /** addresses of reverse proxies in front, comma separated */
  trustProxy: string | null
}

type Environment = Readonly<Record<string, string | undefined>>

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

/** How a setting is asked for, and what is wrong with it is said. */
interface Asking {
  /** undefined where it is not set, or blank */
  set(variable: string): string | undefined
  /** '' where it is missing, which is said */
  needed(variable: string, remedy: string): string
  complain(variable: string, problem: string, remedy: string): void
  judge(variable: string, fault: Fault | null): void
}

function asking(env: Environment, problems: ConfigProblem[]): Asking {
  const complain = (variable: string, problem: string, remedy: string) => void problems.push({ variable, problem, remedy })
  const set = (variable: string) => env[variable]?.trim() || undefined
  return {
    set,
    complain,
    judge: (variable, fault) => void (fault && problems.push({ variable, ...fault })),
    needed(variable, remedy) {
      const value = set(variable)
      if (value === undefined) complain(variable, 'is missing', remedy)
      return value ?? ''
    },
  }
}

/** Names of settings as they begin; a shell's own are nobody's business. */
const ours =
  /^(?:(?:MIGRATION_)?DATABASE_URL|SP_|WECHAT|RECEIPT_|PHOTO_|LINK_|TRUST_PROXY|LOG_LEVEL|HOST|BACKEND_PORT|DATA_DIR|PROVIDERS_FILE|MIN_CLIENT_|MAINTENANCE_)/

/** @returns the configuration, or everything that is wrong with it */
export function readConfig(env: Environment): { config: Config; problems: [] } | { config: null; problems: ConfigProblem[] } {
  const problems: ConfigProblem[] = []
  const ask = asking(env, problems)
  const { set, judge, complain } = ask
  for (const [variable, value] of Object.entries(env))
    if (ours.test(variable) && value !== undefined && isQuoted(value)) judge(variable, quotedFault)
  if (problems.length > 0) return { config: null, problems }
  const database = readDatabase(ask)
  const listening = readListening(ask)
  const logLevel = set('LOG_LEVEL') ?? 'info'
  if (!logLevels.includes(logLevel)) complain('LOG_LEVEL', `is none of ${logLevels.join(', ')}`, 'leave it out for info')
  const photoLinkKeys = readPhotoLinkKeys(ask)
  const receipts = readReceiptSettings(set, complain)
  const clientGate = readClientGate(set, complain)
  const linkCheck = readLinkCheckSettings(set, complain)
  const trustProxy = set('TRUST_PROXY') ?? null
  if (trustProxy) judge('TRUST_PROXY', proxiesFault(trustProxy))
  const wechat = readWechat(ask)
  const spName = set('SP_NAME') ?? '服务商'
  judge('SP_NAME', nameFault(spName))
  const pay = readWechatPayConfig(env)
  problems.push(...pay.problems)
  const further = readProvidersFile(set('PROVIDERS_FILE'), env, pay.config)
  problems.push(...further.problems)
  const wechatUrls = [wechat.baseUrl, set('WECHATPAY_BASE_URL') ?? '', ...further.numbers.map(one => one.wechatPay.baseUrl)]
  const clockFile = readClockFile(ask, wechatUrls)
  judgeStandIns(ask, listening.host, wechatUrls)
  const photoDir = set('PHOTO_DIR') ?? join(set('DATA_DIR') ?? '.data', 'photos')
  judge(set('PHOTO_DIR') ? 'PHOTO_DIR' : 'DATA_DIR', folderFault(photoDir))
  if (problems.length > 0 || !pay.config) return { config: null, problems }
  const certificateEnds = [{ sp_mchid: pay.config.spMchid, ends: pay.ends }, ...further.numbers].flatMap(({ sp_mchid, ends }) =>
    ends.map(end => ({ ...end, sp_mchid })),
  )
  return {
    config: {
      ...database,
      ...listening,
      sp_mchid: pay.config.spMchid,
      spName,
      clientGate,
      wechatPay: pay.config,
      certificateEnds,
      furtherNumbers: further.numbers,
      wechat,
      clockFile,
      logLevel,
      photoDir,
      photoLinkKeys,
      receipts,
      linkCheck,
      trustProxy,
    },
    problems: [],
  }
}

function readDatabase({ set, needed, judge }: Asking): Pick<Config, 'databaseUrl' | 'migrationDatabaseUrl'> {
  const databaseUrl = needed('DATABASE_URL', 'set it to postgresql://goldplan_app:password@host:port/database')
  const migrationDatabaseUrl = set('MIGRATION_DATABASE_URL') ?? null
  for (const [variable, url] of Object.entries({ DATABASE_URL: databaseUrl, MIGRATION_DATABASE_URL: migrationDatabaseUrl }))
    if (url) judge(variable, databaseUrlFault(url))
  return { databaseUrl, migrationDatabaseUrl }
}

function readListening({ set, judge, complain }: Asking): Pick<Config, 'host' | 'port'> {
  const host = set('HOST') ?? '127.0.0.1'
  judge('HOST', hostFault(host))
  const given = set('BACKEND_PORT') ?? '8787'
  const port = Number(given)
  // no 1e3 and no 0x50, which are numbers too
  if (!/^\d{1,5}$/.test(given) || port > 65_535)
    complain('BACKEND_PORT', 'is not a port', 'give a number from 1 to 65535, or leave it out for 8787')
  return { host, port }
}

function readPhotoLinkKeys({ set, complain }: Asking): string[] {
  const keys = (set('PHOTO_LINK_KEY')?.split(',') ?? []).map(key => key.trim())
  if (keys.some(key => key.length < 32))
    complain(
      'PHOTO_LINK_KEY',
      'is, or has between its commas, a key shorter than 32 characters',
      'give a long random text (while it is being changed the new one, a comma and the old one), or leave it out: one is made and kept in the database',
    )
  return keys
}

function readWechat({ set, needed, judge, complain }: Asking): Config['wechat'] {
  const baseUrl = set('WECHAT_BASE_URL') ?? 'https://api.weixin.qq.com'
  judge('WECHAT_BASE_URL', baseUrlFault(baseUrl, 'https://api.weixin.qq.com'))
  const where = '微信公众平台 > 开发管理 > 开发设置'
  const appid = needed('WECHAT_APPID', `set it to the AppID of the mini program (${where})`)
  if (appid && !/^wx[0-9a-z]{6,30}$/i.test(appid))
    complain('WECHAT_APPID', 'does not look like an AppID (wx and 16 characters)', `copy it from ${where}`)
  const secret = needed('WECHAT_APP_SECRET', `set it to the AppSecret of the mini program (${where})`)
  if (/\s/.test(secret)) complain('WECHAT_APP_SECRET', 'has a blank inside', `copy it from ${where}`)
  return { baseUrl, appid, secret }
}

/** @param wechatUrls of WeChat and of WeChat Pay */
function readClockFile({ set, judge, complain }: Asking, wechatUrls: readonly string[]): string | null {
  const clockFile = set('CLOCK_FILE') ?? null
  if (clockFile) judge('CLOCK_FILE', fileFault(clockFile))
  if (clockFile && !wechatUrls.every(isLoopbackUrl)) {
    complain(
      'CLOCK_FILE',
      'moves the time, which is allowed only beside a sandbox',
      'leave it out, or point WECHAT_BASE_URL and WECHATPAY_BASE_URL to loopback',
    )
  }
  return clockFile
}

/** A stand-in for WeChat takes anybody for whoever he says he is. @param wechatUrls of WeChat and of WeChat Pay */
function judgeStandIns({ complain }: Asking, host: string, wechatUrls: readonly string[]): void {
  if (!hostFault(host) && !isLoopbackHost(host) && wechatUrls.some(isLoopbackUrl))
    complain(
      'HOST',
      `is ${host}, which others reach, while WeChat or WeChat Pay is a stand-in on this machine: anybody could log in as anybody`,
      'leave HOST out, or leave WECHAT_BASE_URL and WECHATPAY_BASE_URL out',
    )
}

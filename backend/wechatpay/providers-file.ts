// PROVIDERS_FILE: further numbers (sp_mchid) of the same provider company, each with its own keys. Every fault is named with the number and the
// field that has it; no message repeats a value that may be secret.
import { isMchid } from '../../miniprogram/shared/mchid.ts'
import { createPublicKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { readWechatPayConfig, type CertificateEnd, type ConfigProblem, type WechatPayCredentials } from './index.ts'
import { isSameSerial } from './serial.ts'

export interface FurtherNumber {
  sp_mchid: string
  name: string
  wechatPay: WechatPayCredentials
  /** of its certificates */
  ends: readonly CertificateEnd[]
}

/** Each field of an entry, and the variable that says the same of the home number. */
const variables = {
  sp_mchid: 'SP_MCHID',
  private_key_path: 'WECHATPAY_PRIVATE_KEY',
  serial_no: 'WECHATPAY_SERIAL_NO',
  public_key_id: 'WECHATPAY_PUBLIC_KEY_ID',
  public_key_path: 'WECHATPAY_PUBLIC_KEY',
  platform_certificate_path: 'WECHATPAY_PLATFORM_CERTIFICATE',
  merchant_certificate_path: 'WECHATPAY_MERCHANT_CERTIFICATE',
  api_v3_key_path: 'WECHATPAY_API_V3_KEY',
  callback_certificate_path: 'WECHATPAY_CALLBACK_CERTIFICATE',
  wechatpay_base_url: 'WECHATPAY_BASE_URL',
} as const
const fields = ['name', ...Object.keys(variables)]
// longest first: WECHATPAY_PUBLIC_KEY is the beginning of WECHATPAY_PUBLIC_KEY_ID
const byLength = (Object.entries(variables) as [string, string][]).sort(([, a], [, b]) => b.length - a.length)
const inFieldNames = (text: string): string => byLength.reduce((said, [field, variable]) => said.replaceAll(variable, field), text)

const example =
  '[{"sp_mchid": "1900000002", "name": "…", "private_key_path": "…", "serial_no": "…", "public_key_id": "…", "public_key_path": "…"}]'

/**
 * @param path of the file, undefined: there is none. Paths inside are relative to its folder
 * @param home what the first number has; null when that is at fault itself
 */
export function readProvidersFile(
  path: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  home: WechatPayCredentials | null,
): { numbers: FurtherNumber[]; problems: ConfigProblem[] } {
  const problems: ConfigProblem[] = []
  const nothing = (problem: string, remedy: string) => ({ numbers: [], problems: [{ variable: 'PROVIDERS_FILE', problem, remedy }] })
  if (path === undefined) return { numbers: [], problems }
  let entries: unknown
  try {
    entries = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''))
  } catch (error) {
    if (error instanceof SyntaxError) return nothing('is not JSON', `write a list such as ${example}`)
    return nothing('is not a file that can be read', 'give the path of a JSON file, or leave it out while there is one sp_mchid')
  }
  if (!Array.isArray(entries)) return nothing('is not a list', `write a list such as ${example}`)

  const numbers: FurtherNumber[] = []
  entries.forEach((entry: unknown, index) => {
    const read = readEntry(entry, dirname(resolve(path)), env)
    const taken = read.number ? sharedWith(read.number, home, numbers) : []
    const spoken = nameOf(entry, index)
    problems.push(
      ...[...read.problems, ...taken].map(problem => ({ ...problem, variable: `PROVIDERS_FILE ${spoken} ${problem.variable}`.trim() })),
    )
    if (read.number) numbers.push(read.number)
  })
  return { numbers, problems }
}

/** A person finds the entry by its number; without one by its place. */
function nameOf(entry: unknown, index: number): string {
  const sp_mchid = (entry as { sp_mchid?: unknown } | null)?.sp_mchid
  return typeof sp_mchid === 'string' && isMchid(sp_mchid) ? sp_mchid : `entry ${index + 1}`
}

function readEntry(
  entry: unknown,
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): { number: FurtherNumber | null; problems: ConfigProblem[] } {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry))
    return { number: null, problems: [{ variable: '', problem: 'is not an object', remedy: `write it such as ${example}` }] }
  const problems: ConfigProblem[] = []
  const own: Record<string, string | undefined> = { WECHATPAY_BASE_URL: env.WECHATPAY_BASE_URL }
  let name = ''
  for (const [field, value] of Object.entries(entry)) {
    const complain = (problem: string, remedy: string) => void problems.push({ variable: field, problem, remedy })
    if (!fields.includes(field)) complain('is no field of an entry', `the fields are ${fields.join(', ')}`)
    else if (typeof value !== 'string') complain('is not a text', 'write it in quotes')
    else if (field.endsWith('_path') && value.includes('-----BEGIN'))
      complain('holds the key itself', 'keep it in a file of its own that only the backend can read, and give its path')
    else if (field === 'name') name = value.trim()
    else own[variables[field as keyof typeof variables]] = field.endsWith('_path') && value.trim() ? resolve(folder, value.trim()) : value
  }
  if (name === '') problems.push({ variable: 'name', problem: 'is missing', remedy: 'say what this number is called in the app' })
  const pay = readWechatPayConfig(own)
  for (const { variable, problem, remedy } of pay.problems) {
    const field = inFieldNames(variable)
    // what was said of the entry's own text is enough
    if (problems.some(known => known.variable === field)) continue
    problems.push({ variable: field, problem: inFieldNames(problem), remedy: inFieldNames(remedy) })
  }
  if (problems.length > 0 || !pay.config) return { number: null, problems }
  return { number: { sp_mchid: pay.config.spMchid, name, wechatPay: pay.config, ends: pay.ends }, problems }
}

/** Each number has its own key and serial number: the same one twice is a mistake that WeChat Pay would answer with SIGN_ERROR. */
function sharedWith(one: FurtherNumber, home: WechatPayCredentials | null, others: readonly FurtherNumber[]): ConfigProblem[] {
  const problems: ConfigProblem[] = []
  for (const other of [...(home ? [home] : []), ...others.map(({ wechatPay }) => wechatPay)]) {
    if (one.sp_mchid === other.spMchid) {
      problems.push({
        variable: 'sp_mchid',
        problem: 'is there twice',
        remedy: 'keep one entry for each number; the first number is SP_MCHID itself',
      })
      continue
    }
    const complain = (variable: string, problem: string) =>
      void problems.push({
        variable,
        problem: `${problem} ${other.spMchid}`,
        remedy: 'each number has its own API certificate: give the one of this number',
      })
    if (isSameSerial(one.wechatPay.serialNo, other.serialNo)) complain('serial_no', 'is the one of')
    else if (isSameKey(one.wechatPay.privateKey, other.privateKey)) complain('private_key_path', 'is the key of')
  }
  return problems
}

const isSameKey = (one: string | KeyObject, other: string | KeyObject): boolean => spki(one).equals(spki(other))
const spki = (key: string | KeyObject): Buffer => createPublicKey(key).export({ type: 'spki', format: 'der' })

// How the app's sentences are written, in both languages: one kind of quotation marks and brackets, full-width punctuation in Chinese, sentence case
// in English. What a sentence says is for a reader; these are the slips that a reader stops seeing.
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './files.ts'

interface Rule {
  never: RegExp
  because: string
}

const han = '\\u4e00-\\u9fff'
const CHINESE: Rule[] = [
  { never: /[『』“”‘’"]/, because: 'quotation marks are 「」' },
  { never: new RegExp(`[${han}}][,;:?!()]|[,;:?!()][${han}{]`), because: 'punctuation beside Chinese is full-width: ，；：？（）' },
  { never: /[!！]/, because: 'no exclamation marks' },
  { never: /您|抱歉|请勿|亲，/, because: 'you is 你; say what to do, without begging pardon and without 请勿' },
]
const ENGLISH: Rule[] = [
  { never: /[\u3000-\u303f\uff00-\uffef]/, because: 'no full-width punctuation' },
  { never: /"/, because: 'quotation marks are “ ”' },
  { never: /\bmends?\b|\bmended\b/i, because: 'people fix things' },
]
/** pieces that another sentence takes in, units, and names that are written so */
const LOWER_CASE: RegExp =
  /^(limitation\.|time\.now$|order_query\.type_|receipt_health\.(unit_seconds)$|login\.guideline$|connection\.last_sent$|explain\.(bill|receipt|official|ads)_|visit\.evidence_)/
const NAMES = /^(iPhones?|onIframeReady|frame-ancestors|check_code)\b/

type Words = Record<string, string>

/** Every dictionary of the app: words/zh-CN.ts, words.en.ts in the folder of a page … */
async function dictionaries(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true })
  return entries
    .filter(name => /(^|[\\/.])(en|zh-CN)\.ts$/.test(name) && !name.startsWith('miniprogram_npm'))
    .map(name => join(folder, name))
}

async function wordsOf(file: string): Promise<[string, string][]> {
  const exported = Object.values((await import(pathToFileURL(file).href)) as Record<string, unknown>)
  return exported
    .filter((value): value is Words => typeof value === 'object' && value !== null)
    .flatMap(words => Object.entries(words))
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
}

/** @returns what is wrong with one sentence of one language, in words */
export function faultsOf(key: string, text: string, language: 'zh-CN' | 'en'): string[] {
  const faults = (language === 'en' ? ENGLISH : CHINESE).filter(({ never }) => never.test(text)).map(({ because }) => because)
  for (const [open, close] of ['（）', '「」', '《》', '()', '“”'].map(pair => [pair[0]!, pair[1]!] as const))
    if (text.split(open).length !== text.split(close).length) faults.push(`${open}${close} come in pairs`)
  if (language === 'en' && /^[a-z]/.test(text) && !LOWER_CASE.test(key) && !NAMES.test(text)) faults.push('begins with a capital letter')
  return faults
}

export async function checkWords(): Promise<string[]> {
  const all = await dictionaries(join(root, 'miniprogram'))
  const findings: string[] = []
  for (const file of all) {
    const language = /(^|[\\/.])en\.ts$/.test(file) ? 'en' : 'zh-CN'
    for (const [key, text] of await wordsOf(file))
      for (const fault of faultsOf(key, text, language)) findings.push(`${relative(root, file)}: ${key}: ${fault}: ${text}`)
  }
  return [...new Set(findings), ...(await checkWordsComeAlong())]
}

interface Configured {
  subPackages: { root: string; pages: string[] }[]
}

/** A page may be the first of its package that somebody opens: it brings the words of the package along, or draws their keys. */
export async function checkWordsComeAlong(miniprogram = join(root, 'miniprogram')): Promise<string[]> {
  const { subPackages } = JSON.parse(await readFile(join(miniprogram, 'app.json'), 'utf8')) as Configured
  const findings: string[] = []
  for (const { root: folder, pages } of subPackages) {
    const words = join(miniprogram, folder, 'words', 'index.ts')
    if (!existsSync(words)) continue
    for (const page of pages) {
      const script = join(miniprogram, folder, `${page}.ts`)
      if (!(await broughtBy(script)).has(words))
        findings.push(`${relative(miniprogram, script)}: brings no ${relative(miniprogram, words)}`)
    }
  }
  return findings
}

/** The script and every script that it imports, by themselves or through others; types alone bring nothing. */
async function broughtBy(script: string, brought = new Set<string>()): Promise<Set<string>> {
  if (brought.has(script) || !existsSync(script)) return brought
  brought.add(script)
  const text = await readFile(script, 'utf8')
  for (const [, name] of text.matchAll(/^(?:import (?!type )(?:[^;']*? from )?|export [^;']*? from )'(\.[^']*)'/gm))
    await broughtBy(join(dirname(script), `${name}.ts`), brought)
  return brought
}

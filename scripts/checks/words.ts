// How the app's sentences are written, in both languages: one kind of quotation marks and brackets, full-width punctuation in Chinese, sentence case
// in English. What a sentence says is for a reader; these are the slips that a reader stops seeing.
import { join, posix } from 'node:path'
import { dictionaries, drawnBy, drawnName, MAIN, readSource, saidBy, sayingFiles, type Dictionary } from './dictionaries.ts'
import { root } from './files.ts'

interface Rule {
  never: RegExp
  because: string
}

const han = '\\u4e00-\\u9fff'
/** {appid} is the value, not the word */
const MISSPELT_APPID: Rule = { never: /(?<!\{)\b(?:appid|Appid|AppId|APPID)s?\b/, because: 'WeChat writes AppID' }
const CHINESE: Rule[] = [
  MISSPELT_APPID,
  { never: /[『』“”‘’"]/, because: 'quotation marks are 「」' },
  { never: new RegExp(`[${han}}][,;:?!()]|[,;:?!()][${han}{]`), because: 'punctuation beside Chinese is full-width: ，；：？（）' },
  { never: /[!！]/, because: 'no exclamation marks' },
  { never: /您|抱歉|请勿|亲，/, because: 'you is 你; say what to do, without begging pardon and without 请勿' },
]
const ENGLISH: Rule[] = [
  MISSPELT_APPID,
  { never: /[\u3000-\u303f\uff00-\uffef]/, because: 'no full-width punctuation' },
  { never: /"/, because: 'quotation marks are “ ”' },
  { never: /’/, because: "the apostrophe is '" },
  { never: /\bgold plan\b|\bGold plan\b/, because: 'the name is Gold Plan' },
  { never: /\blimitations?\b/i, because: 'what WeChat Pay puts on a merchant is a restriction' },
  { never: /\bmends?\b|\bmended\b/i, because: 'people fix things' },
]
/** pieces that another sentence takes in, units, and names that are written so */
const LOWER_CASE: RegExp =
  /^(limitation\.|time\.now$|order_query\.type_|receipt_health\.(unit_seconds)$|login\.guideline$|connection\.last_sent$|explain\.(bill|receipt|official|ads)_|visit\.evidence_)/
const NAMES = /^(iPhones?|onIframeReady|frame-ancestors|check_code)\b/

/** between the arrow back and WeChat's capsule, on a phone of 375 px */
const TITLE = 20

/** @returns what is wrong with one sentence of one language, in words */
export function faultsOf(key: string, text: string, language: 'zh-CN' | 'en'): string[] {
  const faults = (language === 'en' ? ENGLISH : CHINESE).filter(({ never }) => never.test(text)).map(({ because }) => because)
  for (const [open, close] of ['（）', '「」', '《》', '()', '“”'].map(pair => [pair[0]!, pair[1]!] as const))
    if (text.split(open).length !== text.split(close).length) faults.push(`${open}${close} come in pairs`)
  if (language === 'en' && key.startsWith('page.') && text.length > TITLE)
    faults.push(`the navigation bar has room for ${TITLE} characters`)
  if (language === 'en' && /^[a-z]/.test(text) && !LOWER_CASE.test(key) && !NAMES.test(text)) faults.push('begins with a capital letter')
  return faults
}

export async function checkWords(): Promise<string[]> {
  const miniprogram = join(root, 'miniprogram')
  const all = await dictionaries(miniprogram)
  const findings = all.flatMap(({ file, language, words }) =>
    Object.entries(words).flatMap(([key, text]) =>
      faultsOf(key, text, language).map(fault => `miniprogram/${file}: ${key}: ${fault}: ${text}`),
    ),
  )
  const sources = await Promise.all((await sayingFiles(miniprogram)).map(file => readSource(miniprogram, file)))
  return [...findings, ...notBrought(sources, all)]
}

/**
 * Whoever says a word of a page or package brings the dictionary along: it may be the first script of its package that runs. A template's words are
 * brought by the script beside it. Words of words/words are always there; shared/ says nothing by itself.
 */
export function notBrought(sources: readonly { file: string; text: string }[], all: readonly Dictionary[]): string[] {
  const scripts = new Map(sources.map(({ file, text }) => [file, text]))
  const own = all
    .filter(({ path, language }) => path !== MAIN && language === 'zh-CN')
    .map(({ path, words }) => ({ path, keys: Object.keys(words).map(key => ({ key, drawnAs: drawnName(key) })) }))
  const findings = sources.flatMap(({ file, text }) => {
    if (file.startsWith('shared/')) return []
    const script = file.replace(/\.wxml$/, '.ts')
    const { literals, shapes } = file.endsWith('.ts') ? saidBy(text) : { literals: new Set<string>(), shapes: [] }
    const drawn = file.endsWith('.wxml') ? drawnBy(text) : new Set<string>()
    const says = ({ key, drawnAs }: { key: string; drawnAs: string }) =>
      literals.has(key) || drawn.has(drawnAs) || shapes.some(shape => shape.test(key))
    return own
      .filter(({ path, keys }) => script !== `${path}.ts` && keys.some(says) && !imports(scripts.get(script) ?? '', script, path))
      .map(({ path, keys }) => `miniprogram/${script}: says ${keys.find(says)!.key} and does not import ${path}`)
  })
  return [...new Set(findings)]
}

const imports = (text: string, file: string, dictionary: string): boolean =>
  [...text.matchAll(/^import (?:\{[^}]*\} from )?'(\.[^']*)'/gm)].some(([, path]) => posix.join(posix.dirname(file), path!) === dictionary)

// The app's words as its files have them: words/ for what more than one place says, a package's words/, and words in the folder of a page. The main package
// has both languages in one file (words.ts), a sub-package one file for each (words.zh-CN.ts, words.en.ts).
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

type Language = 'zh-CN' | 'en'
export interface Dictionary {
  /** what brings it along, relative to miniprogram/, without ending: `pages/home/words`, `packages/visit/words/zh-CN` */
  path: string
  /** its file, relative to miniprogram/ */
  file: string
  language: Language
  words: Readonly<Record<string, string>>
}

/** what a file of both languages exports, or one of each */
interface Exported {
  dictionary?: Record<Language, Dictionary['words']>
  zhCN?: Dictionary['words']
  en?: Dictionary['words']
}

/** The one that is always there. */
export const MAIN = 'words/words'
/** a file of one language, named after it; or a file of both */
const ONE = /^(?!miniprogram_npm)((?:.*\/)?(?:[a-z]+\.)?)(zh-CN|en)\.ts$/
const BOTH = /^(?!miniprogram_npm)(?:.*\/)?words\.ts$/

/** Paths of all scripts and templates that are no dictionaries. */
export async function sayingFiles(miniprogram: string): Promise<string[]> {
  const all = await readdir(miniprogram, { recursive: true })
  return all
    .map(name => name.replaceAll('\\', '/'))
    .filter(name => /\.(ts|wxml)$/.test(name) && !name.startsWith('miniprogram_npm') && !ONE.test(name) && !BOTH.test(name))
}

export async function dictionaries(miniprogram: string): Promise<Dictionary[]> {
  const names = (await readdir(miniprogram, { recursive: true })).map(name => name.replaceAll('\\', '/'))
  const found = names.flatMap(file => {
    const [, prefix = '', language] = ONE.exec(file) ?? []
    if (language !== undefined) return [{ file, path: `${prefix}zh-CN`, language: language as Language }]
    return BOTH.test(file) ? (['zh-CN', 'en'] as const).map(each => ({ file, path: file.slice(0, -'.ts'.length), language: each })) : []
  })
  const all: Dictionary[] = []
  // one after the other: they import one another, and jest's loader does not take that at the same time
  for (const { file, path, language } of found) {
    const module = (await import(pathToFileURL(join(miniprogram, file)).href)) as Exported
    const own = language === 'en' ? module.en : module.zhCN
    all.push({ file, path, language, words: module.dictionary?.[language] ?? own ?? {} })
  }
  return all
}

export const readSource = async (miniprogram: string, file: string) => ({ file, text: await readFile(join(miniprogram, file), 'utf8') })

/** Keys that a script names: `say('a.b')`, and those that fit `a.${kind}`. */
export function saidBy(text: string): { literals: Set<string>; shapes: RegExp[] } {
  const literals = new Set([...text.matchAll(/(['"])((?:(?!\1)[^\\\n])*)\1/g)].map(([, , literal]) => literal!))
  // one that does not begin with its section would say anything
  const shapes = [...text.matchAll(/`([a-z_]+\.[\w.]*\$\{[^`]*)`/g)]
    .map(([, template]) => template!.split(/\$\{[^}]*\}/))
    .map(pieces => new RegExp(`^${pieces.map(piece => piece.replaceAll('.', '\\.')).join('.+')}$`))
  return { literals, shapes }
}

/** Words that a template draws: `copy.home.title` gives home.title, with the dots of the rest of the key as underscores. */
export const drawnBy = (wxml: string): Set<string> =>
  new Set([...wxml.matchAll(/\bcopy\.(\w+)\.(\w+)/g)].map(([, section, name]) => `${section}.${name}`))

/** As drawnBy names it. */
export const drawnName = (key: string): string => {
  const [section, ...rest] = key.split('.')
  return `${section}.${rest.join('_')}`
}

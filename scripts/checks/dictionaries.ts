// The app's words as its files have them: words/ for what more than one place says, a package's words/, and words.ts in the folder of a page. A sub-package
// has both languages in one table; the main package has Chinese alone, and its English in packages/system/english.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

type Language = 'zh-CN' | 'en'
export interface Dictionary {
  /** what brings it along, relative to miniprogram/, without ending: `pages/home/words`, `packages/visit/words/words` */
  path: string
  /** its file, relative to miniprogram/ */
  file: string
  language: Language
  words: Readonly<Record<string, string>>
}

/** both languages, or one */
interface Exported {
  dictionary?: Record<Language, Dictionary['words']>
  zhCN?: Dictionary['words']
  en?: Dictionary['words']
}

/** The one that is always there. */
export const MAIN = 'words/words'
/** `words.ts`, and `people.words.ts` where a folder has several */
const WORDS = /^(?!miniprogram_npm)(?:.*\/)?(?:[a-z]+\.)?words\.ts$/
/** tables whose rows have their words beside them */
const TABLES = new Set(['packages/merchant/rules/control-rows.ts', 'packages/merchant/detail/more.ts'])

/** tables of what `words.ts` beside them exports */
const ENGLISH = /^packages\/system\/(english|shared)\//

/** Paths of all scripts and templates that are no dictionaries. */
export async function sayingFiles(miniprogram: string): Promise<string[]> {
  const all = await readdir(miniprogram, { recursive: true })
  return all
    .map(name => name.replaceAll('\\', '/'))
    .filter(name => /\.(ts|wxml)$/.test(name) && !name.startsWith('miniprogram_npm') && !WORDS.test(name) && !ENGLISH.test(name))
}

export async function dictionaries(miniprogram: string): Promise<Dictionary[]> {
  const names = (await readdir(miniprogram, { recursive: true })).map(name => name.replaceAll('\\', '/'))
  const all: Dictionary[] = []
  // one after the other: they import one another, and jest's loader does not take that at the same time
  for (const file of names.filter(name => WORDS.test(name) || TABLES.has(name))) {
    const { dictionary, zhCN, en } = (await import(pathToFileURL(join(miniprogram, file)).href)) as Exported
    for (const [language, words] of Object.entries(dictionary ?? { 'zh-CN': zhCN, en }) as [Language, Dictionary['words'] | undefined][])
      if (words) all.push({ file, path: file.slice(0, -'.ts'.length), language, words })
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

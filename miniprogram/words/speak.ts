// Chooses words: the only reader of the dictionaries, which join when somebody's code asks for them: those of the main package with the first page (index.ts),
// those of a sub-package with its code.
import type { Language, MessageKey, MessageSection, Say } from './say'
import { fill } from '../shared/fill'
import { dictionaryOf, wordsOf, type Sayings, type WordTable } from './table'

export type { Language, MessageKey, Say } from './say'

type Words = Partial<Record<MessageKey, string>>
const dictionaries: Record<Language, Words> = { 'zh-CN': {}, en: {} }

/** The words of a page of a sub-package, or of several. Returns what it added. */
export function addTable<Table extends WordTable>(table: Table) {
  const added = dictionaryOf(table)
  Object.assign(dictionaries['zh-CN'], added['zh-CN'])
  Object.assign(dictionaries.en, added.en)
  return added
}

/** The words of a page of the main package. Returns what it added. */
export function addChinese<Table extends Sayings>(table: Table) {
  const added = wordsOf(table)
  Object.assign(dictionaries['zh-CN'], added)
  return added
}
/** Those of errors. */
export const addErrors = (errors: Words): void => void Object.assign(dictionaries['zh-CN'], errors)

export type EnglishWords = Readonly<Record<string, string>>
let englishIsHere = false
/** The English of the main package: it stands in a sub-package, because few read it and it weighs as much as the Chinese. */
export function addEnglish(english: EnglishWords): void {
  Object.assign(dictionaries.en, english)
  englishIsHere = true
}
export const hasEnglish = (): boolean => englishIsHere

const speakers: Record<Language, Say> = {
  'zh-CN': (key, values = {}) => fill(dictionaries['zh-CN'][key] ?? key, values),
  en: (key, values = {}) => fill(dictionaries.en[key] ?? key, values),
}

export const translator = (language: Language): Say => speakers[language]

/** WeChat's `language` (zh_CN, zh_HK, en, ja …): Chinese for any Chinese, else English. */
export const languageOfSystem = (system: string): Language => (system.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en')

let current: Language = 'zh-CN'
/** Set by the preferences store only. */
export function setLanguage(language: Language): void {
  current = language
}
/** All plain texts below a prefix for a page's data: section('login', 'en') gives {title: …} for `login.title`. */
export function section(prefix: string, language: Language = current): Record<string, string> {
  const words: Record<string, string> = {}
  Object.entries(dictionaries[language]).forEach(([key, text]) => {
    if (key.startsWith(`${prefix}.`)) words[key.slice(prefix.length + 1).replace(/\./g, '_')] = text
  })
  return words
}

/**
 * The texts that a page draws, by section: words(['common', 'detail.all.of_it'], 'en') gives {common: {…}, detail: {all_of_it: …}}. A section is
 * given whole, which is right for a short one and for one that is drawn nearly whole; of a long one, name the keys.
 */
export function words(
  names: readonly (MessageSection | MessageKey)[],
  language: Language = current,
): Record<string, Record<string, string>> {
  const chosen: Record<string, Record<string, string>> = {}
  names.forEach(key => {
    const [of] = key.split('.') as [string]
    const rest = key.slice(of.length + 1).replace(/\./g, '_')
    const texts = rest === '' ? section(of, language) : { [rest]: dictionaries[language][key as MessageKey] ?? key }
    chosen[of] = { ...chosen[of], ...texts }
  })
  return chosen
}

// Chooses words: the only reader of the dictionaries. Those of a sub-package join when its code is loaded: the main package stays small.
import type { Language, MessageKey, MessageSection, Say } from './say'
import { fill } from '../shared/fill'
import { dictionaryOf, type WordTable } from './table'
import { dictionary } from './words'

export type { Language, MessageKey, Say } from './say'

type Words = Partial<Record<MessageKey, string>>
const dictionaries: Record<Language, Words> = { 'zh-CN': { ...dictionary['zh-CN'] }, en: { ...dictionary.en } }

/** The words of a page, or of several. Returns what it added. */
export function addTable<Table extends WordTable>(table: Table) {
  const added = dictionaryOf(table)
  Object.assign(dictionaries['zh-CN'], added['zh-CN'])
  Object.assign(dictionaries.en, added.en)
  return added
}

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
  for (const [key, text] of Object.entries(dictionaries[language])) {
    if (key.startsWith(`${prefix}.`)) words[key.slice(prefix.length + 1).replace(/\./g, '_')] = text
  }
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
  for (const key of names) {
    const [of] = key.split('.') as [string]
    const rest = key.slice(of.length + 1).replace(/\./g, '_')
    const texts = rest === '' ? section(of, language) : { [rest]: dictionaries[language][key as MessageKey] ?? key }
    chosen[of] = { ...chosen[of], ...texts }
  }
  return chosen
}

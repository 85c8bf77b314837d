// What the app says in the other language: a page on which it stands was not translated.
import { join } from 'node:path'
import { dictionaries } from '../../scripts/checks/dictionaries.ts'
import { root } from '../../scripts/checks/files.ts'

/** whole texts, and regular expressions of those that take values in */
export interface Foreign {
  texts: string[]
  shapes: string[]
}
type Language = 'zh-CN' | 'en'

const all = await dictionaries(join(root, 'miniprogram'))
const said = (language: Language) => new Set(all.filter(one => one.language === language).flatMap(({ words }) => Object.values(words)))
const spoken: Record<Language, ReadonlySet<string>> = { 'zh-CN': said('zh-CN'), en: said('en') }

/** shorter ones stand in names, too */
const LONG_ENOUGH: Record<Language, RegExp> = { 'zh-CN': /(?:[\u4e00-\u9fff].*){3}/, en: /(?:[A-Za-z].*){5}/ }
const PLACEHOLDER = /\{\w+(?:\|[^}]*)?\}/
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** What must not be read on a page in this language. */
export function foreignTo(language: Language): Foreign {
  const other = language === 'en' ? 'zh-CN' : 'en'
  const sentences = [...spoken[other]].filter(text => !spoken[language].has(text))
  const telling = (text: string) => LONG_ENOUGH[other].test(text.split(PLACEHOLDER).join(''))
  // one that begins or ends with a value, and says little, is in many a name
  const open = (text: string) => PLACEHOLDER.test(text) && /^\{|\}$/.test(text) && text.split(PLACEHOLDER).join('').length < 6
  const chosen = sentences.filter(text => telling(text) && !open(text))
  return {
    texts: chosen.filter(text => !PLACEHOLDER.test(text)),
    shapes: chosen.filter(text => PLACEHOLDER.test(text)).map(text => `^${text.split(PLACEHOLDER).map(escaped).join('.+')}$`),
  }
}

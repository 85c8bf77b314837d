// A dictionary as one table: section → the rest of the key → what is said, in Chinese and in English. Smaller than two lists of the same keys.
import type { Language } from './say'

export type WordTable = Readonly<Record<string, Readonly<Record<string, readonly [chinese: string, english: string]>>>>
/** `home.first` of {home: {first: …}} */
type KeyOf<Table extends WordTable> = {
  [Section in keyof Table & string]: `${Section}.${keyof Table[Section] & string}`
}[keyof Table & string]

/** The dictionaries of a table. */
export function dictionaryOf<Table extends WordTable>(table: Table): Record<Language, Record<KeyOf<Table>, string>> {
  const zhCN: Record<string, string> = {}
  const en: Record<string, string> = {}
  for (const section of Object.keys(table))
    for (const [key, said] of Object.entries(table[section]!)) {
      zhCN[`${section}.${key}`] = said[0]
      en[`${section}.${key}`] = said[1]
    }
  return { 'zh-CN': zhCN, en } as Record<Language, Record<KeyOf<Table>, string>>
}

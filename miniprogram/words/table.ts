// A dictionary as one table: section → the rest of the key → what is said. Smaller than a list of whole keys. Sub-packages have both languages in one table;
// the main package has Chinese alone.
import type { Language } from './say'

export type WordTable = Readonly<Record<string, Readonly<Record<string, readonly [chinese: string, english: string]>>>>
/** of one language */
export type Sayings = Readonly<Record<string, Readonly<Record<string, string>>>>
/** `home.first` of {home: {first: …}} */
type KeyOf<Table extends WordTable | Sayings> = {
  [Section in keyof Table & string]: `${Section}.${keyof Table[Section] & string}`
}[keyof Table & string]

type SectionOf<Key> = Key extends `${infer Section}.${string}` ? Section : never
type RestOf<Key, Section extends string> = Key extends `${Section}.${infer Rest}` ? Rest : never

/** The table of another language of a dictionary. */
export type SameKeys<Dictionary> = { [Section in SectionOf<keyof Dictionary>]: Record<RestOf<keyof Dictionary, Section>, string> }

/** The dictionary of a table of one language. */
export function wordsOf<Table extends Sayings>(table: Table): Record<KeyOf<Table>, string> {
  const words: Record<string, string> = {}
  Object.keys(table).forEach(section =>
    Object.entries(table[section]!).forEach(([key, said]) => {
      words[`${section}.${key}`] = said
    }),
  )
  return words as Record<KeyOf<Table>, string>
}

/** The dictionaries of a table of both languages. */
export function dictionaryOf<Table extends WordTable>(table: Table): Record<Language, Record<KeyOf<Table>, string>> {
  const zhCN: Record<string, string> = {}
  const en: Record<string, string> = {}
  Object.keys(table).forEach(section =>
    Object.entries(table[section]!).forEach(([key, said]) => {
      zhCN[`${section}.${key}`] = said[0]
      en[`${section}.${key}`] = said[1]
    }),
  )
  return { 'zh-CN': zhCN, en } as Record<Language, Record<KeyOf<Table>, string>>
}

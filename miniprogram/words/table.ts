// A dictionary as one table: section → the rest of the key → what is said, in Chinese and in English. Smaller than two lists of the same keys.

export type WordTable = Readonly<Record<string, Readonly<Record<string, readonly [chinese: string, english: string]>>>>
/** `home.first` of {home: {first: …}} */
export type KeyOf<Table extends WordTable> = {
  [Section in keyof Table & string]: `${Section}.${keyof Table[Section] & string}`
}[keyof Table & string]

/** One language of a table, as a dictionary. */
export function wordsIn<Table extends WordTable>(table: Table, language: 0 | 1): Record<KeyOf<Table>, string> {
  const words: Record<string, string> = {}
  for (const section of Object.keys(table))
    for (const [key, said] of Object.entries(table[section]!)) words[`${section}.${key}`] = said[language]
  return words as Record<KeyOf<Table>, string>
}

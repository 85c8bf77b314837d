// The columns of the database as its table types name them (backend/database/*tables.ts; a test holds those against the database).
import type { Column, Source } from './source.ts'

/** @param sources of the table types @param which what a statement may write, not what the database makes by itself; or all */
export function columnsOf(sources: readonly Source[], which: 'written' | 'all' = 'written'): Column[] {
  const text = sources.map(source => source.text).join('\n')
  const columns = new Map<string, string[]>()
  for (const [, name, body] of text.matchAll(/^(?:export )?interface (\w+)(?: extends [^{]+)? \{\n([\s\S]*?)^\}/gm))
    columns.set(
      name!,
      [...body!.matchAll(/^ {2}(\w+): (.*)$/gm)].flatMap(([, column, type]) =>
        which === 'written' && isMadeByDatabase(column!, type!) ? [] : [column!],
      ),
    )
  return [...text.matchAll(/^ {2}(\w+): (\w+Table)$/gm)].flatMap(([, table, type]) =>
    (columns.get(type!) ?? []).map(column => ({ table: table!, column })),
  )
}

/** Generated columns and defaults that are functions: no statement may, or has to, name them. */
const isMadeByDatabase = (column: string, type: string): boolean =>
  type.startsWith('ReadOnly<') || (column === 'id' && type === 'Generated<string>') || /^ColumnType<[^,]+, never, never>/.test(type)

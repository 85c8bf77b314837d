// Every fact has a door: a column that nothing but the demo data and the tests writes is a rule that no real installation can ever meet. Found by reading
// the product's own statements, table by table.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface Source {
  path: string
  text: string
}

/** `provider.name` */
export interface Column {
  table: string
  column: string
}

/** not what a provider runs */
const notTheProduct = /^node_modules\//

/** The backend's programs and its SQL functions. @param folder of the backend */
export function productSources(folder: string): Source[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => /\.(ts|sql)$/.test(path) && !notTheProduct.test(path) && path !== 'database/tables.ts')
    .map(path => ({ path, text: withItsColumns(join(folder, path)) }))
}

/** A statement may take the names of its columns from a list beside it (`…-columns.ts`). */
function withItsColumns(path: string): string {
  const text = readFileSync(path, 'utf8')
  const lists = [...text.matchAll(/from '(\.\/[\w-]+-columns\.ts)'/g)].map(([, list]) => readFileSync(join(dirname(path), list!), 'utf8'))
  return [text, ...lists].join('\n')
}

/**
 * @param columns of the database that are not made by it (defaults that are functions, generated columns)
 * @returns those that no statement of `sources` writes
 */
export function columnsWithoutDoor(columns: readonly Column[], sources: readonly Source[]): Column[] {
  const written = sources.map(writing)
  return columns.filter(({ table, column }) => {
    const names = new RegExp(`(?<![\\w.])${column}\\b`)
    return !written.some(({ tables, text }) => tables.has(table) && names.test(text))
  })
}

/** The tables that a file writes, and its text without what only reads or describes. */
function writing({ path, text }: Source): { tables: ReadonlySet<string>; text: string } {
  const code = path.endsWith('.sql') ? withoutDefinitions(text) : withoutReading(text)
  const statements = [
    /\b(?:insertInto|updateTable)\('(\w+)/g,
    /\binsert into (?:public\.)?(\w+)/gi,
    /\bupdate (?:only )?(?:public\.)?(\w+)(?= (?:as|set)\b)/gi,
  ]
  const tables = statements.flatMap(statement => [...code.matchAll(statement)].map(match => match[1]!))
  return { tables: new Set(tables), text: code }
}

function withoutDefinitions(sql: string): string {
  return sql.replace(/--.*$/gm, '').replace(/\b(?:create table|alter table|create (?:unique )?index|grant|revoke)\b[^;]*;/gi, '')
}

/** What is selected, compared, sorted by or joined says nothing of what is written. Types stay: they name what a spread object holds. */
function withoutReading(code: string): string {
  const reading = 'select|where|orderBy|returning|innerJoin|leftJoin|onRef|on|groupBy|distinctOn|columns?|ref'
  return code
    .replace(/^\s*(?:\/\/|\*|\/\*\*).*$/gm, '')
    .replace(new RegExp(`\\.(?:${reading})\\((?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*\\)`, 'g'), '')
}

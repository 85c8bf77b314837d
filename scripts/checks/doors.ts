// Every fact has a door: a column that nothing but the demo data and the tests writes is a rule that no real installation can ever meet. Found by reading
// the product's own statements, table by table, and by following the code from each door that doors/table.ts names. `npm run doors` prints the list.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { EvidenceKind } from '../../backend/evidence/schema.ts'
import { columnsOf } from './doors/columns.ts'
import { entriesOf, reachedFrom, type Backend } from './doors/reach.ts'
import type { Column, Source } from './doors/source.ts'
import { DOORS, WITHOUT_DOOR, type Door } from './doors/table.ts'
import { root } from './files.ts'

/** not what a provider runs */
const notTheProduct = /^node_modules\//

/** The backend's programs and its SQL functions. @param folder of the backend */
export function productSources(folder: string): Source[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => /\.(ts|sql)$/.test(path) && !notTheProduct.test(path) && !/^database\/[\w-]*tables\.ts$/.test(path))
    .map(path => ({ path, text: withItsColumns(join(folder, path)) }))
}

/** A statement may take the names of its columns from a list beside it (`…-columns.ts`). */
function withItsColumns(path: string): string {
  const text = readFileSync(path, 'utf8')
  const lists = [...text.matchAll(/from '(\.\/[\w-]+-columns\.ts)'/g)].map(([, list]) => readFileSync(join(dirname(path), list!), 'utf8'))
  return [text, ...lists].join('\n')
}

/** @returns findings, a line each */
export function checkDoors(): string[] {
  const backend = readBackend()
  return doorFaults(tableColumns(), DOORS, backend).concat(kindFaults(backend))
}

const folder = join(root, 'backend')

export const readBackend = (): Backend => ({
  sources: productSources(folder),
  scripts: (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }).scripts,
})

/** Every file of table types: a room may have its own. */
export const tableColumns = (which?: 'written' | 'all'): Column[] =>
  columnsOf(
    readdirSync(join(folder, 'database'))
      .filter(name => name.endsWith('tables.ts'))
      .map(name => `database/${name}`)
      .map(path => ({ path, text: readFileSync(join(folder, path), 'utf8') })),
    which,
  )

/** @param doors of each table */
export function doorFaults(columns: readonly Column[], doors: Readonly<Record<string, readonly Door[]>>, backend: Backend): string[] {
  const tables = new Set(columns.map(({ table }) => table))
  const gone = Object.keys(doors)
    .filter(table => !tables.has(table))
    .map(table => `scripts/checks/doors/table.ts: there is no table ${table}`)
  const named = new Set(Object.values(doors).flat())
  const missing = [...named]
    .filter(door => entriesOf(door, backend) === null)
    .map(door => `scripts/checks/doors/table.ts: there is no door ${door}`)
  const faults = columns.flatMap(column => {
    const name = `${column.table}.${column.column}`
    const of = doors[column.table]
    if (!of) return [`${name}: scripts/checks/doors/table.ts names no door of ${column.table}`]
    const writers = writersOf(column, backend.sources)
    if (writers.length === 0) return [`${name}: no statement of the product writes it, so no installation can ever have it`]
    const reaching = doorsOf(column, doors, backend)
    return reaching.length > 0 ? [] : [`${name}: written in ${writers.join(', ')}, where none of its doors leads (${of.join(', ')})`]
  })
  return [...gone, ...missing, ...faults]
}

/** Those of the table's doors from which the code comes to a statement that writes the column. */
export function doorsOf({ table, column }: Column, doors: Readonly<Record<string, readonly Door[]>>, backend: Backend): Door[] {
  const writers = writersOf({ table, column }, backend.sources)
  return (doors[table] ?? []).filter(door => {
    const reached = reachOf(door, backend)
    return writers.some(writer => reached.has(writer))
  })
}

const reached = new WeakMap<Backend, Map<Door, ReadonlySet<string>>>()

function reachOf(door: Door, backend: Backend): ReadonlySet<string> {
  const known = reached.get(backend) ?? new Map<Door, ReadonlySet<string>>()
  reached.set(backend, known)
  const found = known.get(door) ?? reachedFrom(entriesOf(door, backend) ?? [], backend.sources)
  known.set(door, found)
  return found
}

/** Each kind of evidence is a rule: something has to record it. */
function kindFaults({ sources }: Backend): string[] {
  return EvidenceKind.anyOf.flatMap(({ const: kind }) => {
    const name = `evidence of kind ${kind}`
    const isWritten = recordersOf(kind, sources).length > 0
    if (isWritten && name in WITHOUT_DOOR) return [`scripts/checks/doors/table.ts: ${name} has a door now`]
    return isWritten || name in WITHOUT_DOOR ? [] : [`${name}: nothing records it, so no shop can ever have it`]
  })
}

/** Files in which an item of this kind is made, or is taken from a person. */
export function recordersOf(kind: string, sources: readonly Source[]): string[] {
  const made = new RegExp(`kind: '${kind}'(?: as const)?[,\\s}]`)
  const taken = new RegExp(`^  ${kind}: '[a-z_.]+',$`, 'm')
  return sources
    .filter(({ path, text }) => path.endsWith('.ts') && !path.startsWith('evidence/verdict/') && (made.test(text) || taken.test(text)))
    .map(({ path }) => path)
}

/**
 * @param columns of the database that are not made by it (defaults that are functions, generated columns)
 * @returns those that no statement of `sources` writes
 */
export const columnsWithoutDoor = (columns: readonly Column[], sources: readonly Source[]): Column[] =>
  columns.filter(column => writersOf(column, sources).length === 0)

/** Files that hold a statement which writes the column. */
function writersOf({ table, column }: Column, sources: readonly Source[]): string[] {
  const names = new RegExp(`(?<![\\w.])${column}\\b`)
  return sources.flatMap(source => {
    const { tables, text } = writing(source)
    return tables.has(table) && names.test(text) ? [source.path] : []
  })
}

const writings = new WeakMap<Source, ReturnType<typeof writingOf>>()
const writing = (source: Source): ReturnType<typeof writingOf> => {
  const known = writings.get(source) ?? writingOf(source)
  writings.set(source, known)
  return known
}

/** The tables that a file writes, and its text without what only reads or describes. */
function writingOf({ path, text }: Source): { tables: ReadonlySet<string>; text: string } {
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

// Statements that are asked again and again, each time with other values: written once, and when they are asked often, parsed and planned once by each
// connection. Planning a search takes PostgreSQL longer than running it.
import { createHash } from 'node:crypto'
import { CompiledQuery, sql, type RawBuilder } from 'kysely'
import pg from 'pg'
import { plannedOnceAs, type Database } from './connection.ts'

/** What is different at each asking. */
export type Values = Readonly<Record<string, string | readonly string[]>>

class Place {
  constructor(readonly name: string) {}
}

/**
 * A value that is given at each asking. The planner never sees it, so that a plan is the same with any: PostgreSQL keeps such a plan after it has made five,
 * because another would cost no less. Whatever must be planned by its value does not belong into a kept statement.
 */
export const valueOf = (name: string, type: 'text' | 'text[]'): RawBuilder<unknown> => sql`(select ${new Place(name)}::${sql.raw(type)})`

interface Kept {
  text: string
  /** the same, as a prepared statement */
  prepared: string
  /** what its parameters are, in their order */
  names: readonly string[]
  keptFor: KeptFor
  asked: number
}

/** A connection keeps its prepared statements until it ends, some hundred kilobytes each: what is asked now and then is not worth that. */
const worthPreparing = 8
const mostPrepared = 48
/** of them for choices: there are more of these than places, and a search, whose plan costs the most, always finds some left */
const mostChoices = 24
const mostWritten = 1_000

/** search: as many as there are kinds of searches and scopes · choice: with values that people put together, of which there is no end */
export type KeptFor = 'search' | 'choice'

interface KeptOf {
  byKey: Map<string, Kept>
  prepared: Map<string, KeptFor>
}
const known = new WeakMap<Database, KeptOf>()

/**
 * @param key of everything that decides the text, also of values that `write` puts into it
 * @param write called when the key is new; what it holds beside `valueOf` becomes part of the text, and the planner sees it
 */
export async function keptRows<Row>(
  db: Database,
  keptFor: KeptFor,
  key: string,
  values: Values,
  write: () => RawBuilder<Row>,
): Promise<Row[]> {
  const { rows } = await db.executeQuery(keptStatement(db, keptFor, key, values, write))
  return rows
}

/** The statement that keptRows asks. */
export function keptStatement<Row>(
  db: Database,
  keptFor: KeptFor,
  key: string,
  values: Values,
  write: () => RawBuilder<Row>,
): CompiledQuery<Row> {
  const all = keptOf(db)
  const kept = all.byKey.get(key) ?? written(db, keptFor, write())
  // the order of a Map is that of the last use
  all.byKey.delete(key)
  if (all.byKey.size >= mostWritten) all.byKey.delete(all.byKey.keys().next().value!)
  all.byKey.set(key, kept)
  return CompiledQuery.raw(
    isPrepared(all, kept) ? kept.prepared : kept.text,
    kept.names.map(name => values[name]),
  ) as CompiledQuery<Row>
}

function keptOf(db: Database): KeptOf {
  const held = known.get(db)
  if (held) return held
  const fresh = { byKey: new Map<string, Kept>(), prepared: new Map<string, KeptFor>() }
  known.set(db, fresh)
  return fresh
}

function isPrepared({ prepared }: KeptOf, kept: Kept): boolean {
  kept.asked += 1
  if (prepared.has(kept.text)) return true
  if (kept.asked < worthPreparing || prepared.size >= mostPrepared) return false
  if (kept.keptFor === 'choice' && [...prepared.values()].filter(one => one === 'choice').length >= mostChoices) return false
  prepared.set(kept.text, kept.keptFor)
  return true
}

function written(db: Database, keptFor: KeptFor, statement: RawBuilder<unknown>): Kept {
  const { sql: raw, parameters } = statement.compile(db)
  const names: string[] = []
  const text = raw.replace(/\$(\d+)/g, (_, number: string) => {
    const value = parameters[Number(number) - 1]
    if (!(value instanceof Place)) return literal(value)
    const at = names.indexOf(value.name)
    return `$${at < 0 ? names.push(value.name) : at + 1}`
  })
  const name = `kept ${createHash('sha256').update(text).digest('hex').slice(0, 20)}`
  return { text, prepared: `${plannedOnceAs(name)} ${text}`, names, keptFor, asked: 0 }
}

function literal(value: unknown): string {
  if (typeof value === 'string') return pg.escapeLiteral(value)
  if (typeof value === 'number' && Number.isInteger(value)) return String(value)
  throw new Error(`a kept statement cannot hold a ${typeof value}`)
}

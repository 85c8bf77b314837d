// A process of its own: asks the backend, and asks PostgreSQL the very statements that the backend makes of it. Prints one JSON line.
import type { Role } from '../../backend/http/schema.ts'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { Pool } from 'undici'
import { Client } from '../../backend/database/client.ts'
import { systemClock } from '../../backend/platform/clock.ts'
import { listMerchants } from '../../backend/directory/merchants/list.ts'
import type { Schema } from '../../backend/database/tables.ts'
import type { Context } from '../../backend/platform/context.ts'
import { quantile, timed } from './measure.ts'
import { processorMs, serverMs } from './processor-time.ts'
import { sp_mchid } from './database.ts'
import { city, district } from './directory.ts'
import { kinds, type Kind } from './search-kinds.ts'

export interface Measured {
  kind: string
  aim: boolean
  /** milliseconds */
  http: { p50: number; p99: number }
  raw: { p50: number; p99: number }
  /** `select 1` on the driver at the same time: what the machine makes of a round trip */
  idle: { p50: number; p99: number }
}
export interface SearchMeasured {
  kinds: Measured[]
  /** requests a second at 64 connections, median of five */
  throughput: { http: number; raw: number }
  /** ms of one of these, median of five; `backend` of the driver's is 0. null: not known here */
  processor: { http: Cost; raw: Cost } | null
}
interface Cost {
  client: number
  backend: number
  postgres: number
}
interface Statement {
  text: string
  values: unknown[]
}

const rounds = Number(process.env.BENCH_ROUNDS ?? 100)
const concurrency = 64
const http = new Pool(process.env.BACKEND_URL!, { connections: concurrency, pipelining: 1 })
// as many connections as the backend has, with its settings, and statements prepared where the backend prepares them
const settings = '-c timezone=UTC -c jit=off -c max_parallel_workers_per_gather=0'
const raw = new pg.Pool({ Client, connectionString: process.env.DATABASE_URL!, max: 10, options: settings })

const nothing: readonly Statement[] = [{ text: 'select 1', values: [] }]
const tokens = new Map<Role, string>()
async function tokenOf(role: Role): Promise<string> {
  const known = tokens.get(role)
  if (known) return known
  const { body } = await http.request({
    path: '/v1/sessions',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: role }),
  })
  const { token } = (await body.json()) as { token: string }
  tokens.set(role, token)
  return token
}

async function ask(role: Role, query: Kind['queries'][number]): Promise<void> {
  const { statusCode, body } = await http.request({
    path: `/v1/sub-merchants?${new URLSearchParams(query)}`,
    method: 'GET',
    headers: { authorization: `Bearer ${await tokenOf(role)}` },
  })
  const text = await body.text()
  if (statusCode !== 200) throw new Error(`${statusCode} for ${JSON.stringify(query)}: ${text}`)
}

/** What the backend asks of PostgreSQL for this question, its look at the session left out. */
async function statementsOf(role: Role, query: Kind['queries'][number]): Promise<Statement[]> {
  const seen: Statement[] = []
  const dialect = new PostgresDialect({ pool: raw })
  const db = new Kysely<Schema>({
    dialect,
    log: ({ query: { sql, parameters } }) => void seen.push({ text: sql, values: [...parameters] }),
  })
  const region_codes = role === 'field_agent' ? [district] : role === 'region_lead' ? [city] : []
  const caller = {
    sp_mchid,
    numbers: [sp_mchid] as const,
    staff_id: role,
    session_hash: '',
    display_name: role,
    role,
    region_codes,
    assigned_only: false,
    stale_after_days: 90,
  }
  const context = { clock: systemClock, db } as Context
  // statistics are read once in a while, not for each question, and a statement is prepared when it was asked often
  for (let turn = 0; turn < 10; turn += 1) {
    seen.length = 0
    await listMerchants(context, caller, query)
  }
  return seen
}

async function run(statements: readonly Statement[]): Promise<void> {
  for (const { text, values } of statements) await raw.query(text, values)
}

const quantiles = (times: readonly number[]) => ({ p50: quantile(times, 0.5), p99: quantile(times, 0.99) })

async function measureKind({ name, role, queries, aim }: Kind): Promise<Measured> {
  const times = { http: [] as number[], raw: [] as number[], idle: [] as number[] }
  const statements = await Promise.all(queries.map(query => statementsOf(role, query)))
  for (let round = -10; round < rounds; round += 1) {
    const index = (round + queries.length * 10) % queries.length
    // side by side, so that what else the machine does is in both
    const taken = [
      await timed(() => ask(role, queries[index]!)),
      await timed(() => run(statements[index]!)),
      await timed(() => run(nothing)),
    ] as const
    if (round < 0) continue
    times.http.push(taken[0])
    times.raw.push(taken[1])
    times.idle.push(taken[2])
  }
  return { kind: name, aim, http: quantiles(times.http), raw: quantiles(times.raw), idle: quantiles(times.idle) }
}

interface Rate {
  perSecond: number
  /** null: not known here */
  cost: Cost | null
}

/** How many a second, 64 at once, for a while, and what each cost. */
async function rate(works: readonly (() => Promise<void>)[], milliseconds: number): Promise<Rate> {
  const before = processorNow()
  const end = performance.now() + milliseconds
  let done = 0
  await Promise.all(
    Array.from({ length: concurrency }, async (_, worker) => {
      for (let turn = worker; performance.now() < end; turn += 1) {
        await works[turn % works.length]!()
        done += 1
      }
    }),
  )
  const after = processorNow()
  const each = (who: keyof Cost) => (after![who] - before![who]) / done
  const cost = before && after && { client: each('client'), backend: each('backend'), postgres: each('postgres') }
  return { perSecond: done / (milliseconds / 1_000), cost }
}

function processorNow(): Cost | null {
  const [client, backend, postgres] = [
    processorMs(process.pid),
    processorMs(Number(process.env.BACKEND_PID)),
    serverMs(Number(process.env.POSTMASTER_PID)),
  ]
  return client === null || backend === null || postgres === null ? null : { client, backend, postgres }
}

async function measureThroughput(): Promise<Pick<SearchMeasured, 'throughput' | 'processor'>> {
  const questions = kinds.filter(({ aim }) => aim).flatMap(({ role, queries }) => queries.map(query => ({ role, query })))
  const statements: Statement[][] = []
  for (const { role, query } of questions) statements.push(await statementsOf(role, query))
  const overHttp = questions.map(
    ({ role, query }) =>
      () =>
        ask(role, query),
  )
  const direct = statements.map(one => () => run(one))
  const rates = { http: [] as Rate[], raw: [] as Rate[] }
  for (let round = 0; round < 5; round += 1) {
    rates.http.push(await rate(overHttp, 2_000))
    rates.raw.push(await rate(direct, 2_000))
  }
  const throughput = { http: medianOf(rates.http, one => one.perSecond), raw: medianOf(rates.raw, one => one.perSecond) }
  const [http, raw] = [costOf(rates.http), costOf(rates.raw)]
  return { throughput, processor: http && raw && { http, raw } }
}

const medianOf = <One>(all: readonly One[], of: (one: One) => number): number => quantile(all.map(of), 0.5)

function costOf(rates: readonly Rate[]): Cost | null {
  const costs = rates.flatMap(({ cost }) => (cost ? [cost] : []))
  if (costs.length < rates.length) return null
  const median = (who: keyof Cost) => medianOf(costs, cost => cost[who])
  return { client: median('client'), backend: median('backend'), postgres: median('postgres') }
}

const measured: Measured[] = []
for (const one of kinds) measured.push(await measureKind(one))
console.log(JSON.stringify({ kinds: measured, ...(await measureThroughput()) } satisfies SearchMeasured))
process.exit(0)

// One connection to PostgreSQL. Losing it fails what is under way on it and nothing else; no wait on it is without an end.
import type { Duplex } from 'node:stream'
import pg from 'pg'

// What a person's shell tells psql (a role, a search path) would hold for every connection that names none of its own, and poolers refuse it.
for (const name of ['PGOPTIONS', 'PGREPLICATION', 'PGSSLNEGOTIATION', 'PGBINARY', 'PGCLIENT_ENCODING']) delete process.env[name]

/** Milliseconds. PostgreSQL keeps the first four, also where a process is suspended or its machine is gone. */
export interface Limits {
  /** one statement */
  statementMs: number
  /** waiting for a row or table that somebody else holds */
  lockMs: number
  /** pause between two statements of a transaction */
  idleInTransactionMs: number
  /** a whole transaction (PostgreSQL 17 and newer; older servers have the limits above) */
  transactionMs: number
  /** until there is a connection: a place in the pool, or the server's greeting */
  connectMs: number
  /** how much of the index of terms may wait to be sorted in, in kB: more costs a writer less, and a search that reads it more (0.6 ms a 1,024 kB) */
  waitingTermsKb: number
  /** for what a statement sorts, MB; null: what the server has. What waits for the index of terms takes twice its size while it is sorted in, else it goes in parts. */
  workMb: number | null
}

/** Somebody waits for the answer. */
export const requestLimits: Limits = {
  statementMs: 10_000,
  lockMs: 3_000,
  idleInTransactionMs: 10_000,
  transactionMs: 30_000,
  connectMs: 5_000,
  waitingTermsKb: 256,
  workMb: null,
}

/** Batches of an import: larger statements, and a pause never holds rows for long. */
export const batchLimits: Limits = {
  statementMs: 120_000,
  lockMs: 10_000,
  idleInTransactionMs: 10_000,
  transactionMs: 300_000,
  connectMs: 10_000,
  waitingTermsKb: 2_048,
  workMb: 16,
}

/** Nobody else works on this database yet: demo data is put in as one. */
export const aloneLimits: Limits = {
  statementMs: 600_000,
  lockMs: 10_000,
  idleInTransactionMs: 600_000,
  transactionMs: 1_800_000,
  connectMs: 10_000,
  waitingTermsKb: 2_048,
  workMb: 16,
}

/** How long after its own limit the server may stay silent before the connection is taken for lost, milliseconds. */
const silenceMs = 2_000

/** The server said nothing in time, not even that a statement took too long: the connection is lost without a reset. */
export class SilentConnectionError extends Error {
  readonly code = 'ETIMEDOUT'
  constructor() {
    super('the database did not answer in time')
  }
}

export interface Statement {
  text: string
  values: readonly unknown[]
}

const plannedOncePattern = /^\s*\/\* planned once: ([\w ]+) \*\//

/** A pool's. `query_timeout` of its configuration is how long an answer may take, milliseconds. */
export class Client extends pg.Client {
  readonly #answerWithinMs: number

  constructor(config: pg.ClientConfig = {}) {
    const { query_timeout = 0, ...rest } = config
    // pg's own gives the connection back with the statement still running on it
    super(rest)
    this.#answerWithinMs = Number(query_timeout)
    hearErrors(this)
  }

  /** Kysely gives a text and its values; those that ask for it get a name, which makes them prepared statements. */
  override query(...given: unknown[]): never {
    const [text, values] = given
    const name = typeof text === 'string' ? plannedOncePattern.exec(text)?.[1] : undefined
    const query = super.query as (...given: unknown[]) => unknown
    const answer = query.apply(this, name === undefined ? given : [{ name, text, values }, ...given.slice(2)])
    return (answer instanceof Promise && this.#answerWithinMs > 0 ? this.#inTime(answer) : answer) as never
  }

  /**
   * Two statements in one message, answered one after the other: half of the way there and back. The first sees what was there before the second began. One that
   * fails does not keep the other from being answered.
   */
  async both(first: Statement, second: Statement): Promise<[pg.QueryResult, pg.QueryResult]> {
    const own = this as unknown as { pipeline: boolean }
    const stream = streamOf(this)
    stream.cork()
    own.pipeline = true
    const answers = [first, second].map(({ text, values }) => this.query(text, values) as Promise<pg.QueryResult>)
    stream.uncork()
    const [one, other] = await Promise.allSettled(answers)
    own.pipeline = false
    if (one!.status === 'rejected') throw one!.reason
    if (other!.status === 'rejected') throw other!.reason
    return [one!.value, other!.value]
  }

  #inTime(answer: Promise<unknown>): Promise<unknown> {
    const timer = setTimeout(() => this.cut(new SilentConnectionError()), this.#answerWithinMs)
    return answer.finally(() => clearTimeout(timer))
  }

  /** Ends the connection at once; what is under way on it fails with this reason. */
  cut(reason: Error): void {
    streamOf(this).destroy(reason)
  }
}

/** pg's published types leave it out. */
const streamOf = (client: pg.Client): Duplex => (client as unknown as { connection: { stream: Duplex } }).connection.stream

/**
 * A connection that is lost fails its statement, and every later one; pg says it once more as an event, and an 'error' event without a listener ends the
 * process.
 */
const hearErrors = (client: pg.Client): void => void client.on('error', () => undefined)

/** Asked of the server after connecting, not while: a pooler in between drops or refuses options of the greeting. */
export function settingsOf({ statementMs, lockMs, idleInTransactionMs, transactionMs, waitingTermsKb, workMb }: Limits): string {
  return `set statement_timeout = ${statementMs}; set lock_timeout = ${lockMs};
    set idle_in_transaction_session_timeout = ${idleInTransactionMs}; set gin_pending_list_limit = ${waitingTermsKb};${workMb === null ? '' : ` set work_mem = '${workMb}MB';`}
    select set_config(name, '${transactionMs}', false) from pg_settings where name = 'transaction_timeout';
    set tcp_keepalives_idle = 15; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3`
}

export const answerWithin = (limits: Limits): number => limits.statementMs + silenceMs

/** For a command that works on one connection and says itself how long its statements may take. */
export function newClient(url: string, connectMs = 10_000): pg.Client {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  })
  hearErrors(client)
  return client
}

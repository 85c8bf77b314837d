// One import of a company's merchants writes at a time: two may hold the same new shop, and each has several batches under way. Who waits is seen by who
// writes, who lets him in between two batches.
import { sql } from 'kysely'
import type { Database } from '../../database/connection.ts'
import { oneAtATime } from './landing.ts'
import { whileOpen } from './lanes.ts'

/** any number, the same in every process */
const lockNumber = 401_247_379
/** milliseconds: no transaction stays open for longer, and all of them have a limit */
const longest = 60_000

/** Held in a transaction of its own, so that a process that stands still loses it within seconds, as it loses its rows. */
export class Turn {
  isOver = false
  #leave: () => void = () => undefined
  #left: Promise<void> = Promise.resolve()

  /** Waits for it, first come first served. @param homes the first number of each company whose merchants are written */
  static async take(database: Database, homes: readonly string[]): Promise<Turn> {
    const turn = new Turn()
    const leaving = new Promise<void>(done => (turn.#leave = done))
    const until = performance.now() + longest
    await new Promise<void>((taken, failed) => {
      turn.#left = database
        .transaction()
        .execute(async trx => {
          // somebody else's batches may take longer than a row may be waited for
          await sql`set local lock_timeout = 0`.execute(trx)
          for (const home of homes.toSorted()) await oneAtATime(trx, lockNumber, home)
          taken()
          await whileOpen(trx, leaving, async () => {
            const { rows } = await sql<{ waited: boolean }>`
              select exists (select from pg_locks where locktype = 'advisory' and classid = ${lockNumber} and not granted
                and database = (select oid from pg_database where datname = current_database())) as waited`.execute(trx)
            turn.isOver ||= rows[0]!.waited || performance.now() > until
          })
        })
        .catch((error: unknown) => {
          // a connection that was lost holds nothing any more: it is taken anew
          turn.isOver = true
          failed(error as Error)
        })
    })
    return turn
  }

  /** The next one may write. Nothing of this one may be under way. */
  async leave(): Promise<void> {
    this.isOver = true
    this.#leave()
    await this.#left
  }
}

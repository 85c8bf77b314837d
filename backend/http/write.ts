// The one way a member of staff changes something: in a turn of its own, in one transaction, with the rights of the moment of writing. Who may do what is
// asked when the headers arrive, too; between the two lie a body that takes its time, a question to WeChat Pay, a wait for its turn.
import type { FairLane } from './fair-lane.ts'
import { sql } from 'kysely'
import type { Database, Trx } from '../database/connection.ts'
import { recordAudit, type AuditEntry, type Origin } from '../platform/audit/record.ts'
import type { Context } from '../platform/context.ts'
import type { Caller } from './caller.ts'
import { keepKey, keptKey, type IdempotentRequest, type KeptFor, type KeptKey } from './idempotency.ts'
import { AppError } from './problems/app-error.ts'
import type { Action } from './schema.ts'
import { versionIn } from './versions.ts'

declare module '../platform/context.ts' {
  interface Context {
    /** what would else take every connection to the database waits here */
    lanes: { writes: FairLane; longReads: FairLane }
  }
}

/** Of the pool's ten connections writes take half at most: those that wait for a row never keep short reads from theirs. */
export const writeTurns = { atOnce: 5, perPerson: 60, inAll: 300, retryAfter: 2 }
/** The worker's, on connections of its own: those of staff wait for none of them. */
export const backgroundTurns = { atOnce: 3, perPerson: 60, inAll: 300, retryAfter: 2 }
/** As writes: reads of thousands of rows. */
export const longReadTurns = { atOnce: 2, perPerson: 20, inAll: 300, retryAfter: 5 }
/** milliseconds that a request waits for its turn */
const turnPatienceMs = 8_000

type WriteContext = Pick<Context, 'access' | 'clock' | 'db' | 'lanes'>

/**
 * @param asked who was let in when the request began
 * @param work gets the caller as he is now; he stays so until the end of the transaction, because whoever disables or moves him waits for it
 * @param first what is waited for before the caller is read
 * @throws AppError UNAUTHENTICATED, STAFF_DISABLED when that has changed meanwhile; OVERLOADED when no turn comes in time
 */
export function writeAs<T>(
  context: WriteContext,
  asked: Caller,
  work: (trx: Trx, caller: Caller) => Promise<T>,
  first?: (trx: Trx) => Promise<void>,
): Promise<T> {
  return context.lanes.writes.run(
    asked.staff_id,
    () =>
      context.db.transaction().execute(async trx => {
        await first?.(trx)
        return work(trx, await context.access.callerNow(trx, asked))
      }),
    AbortSignal.timeout(turnPatienceMs),
  )
}

/** For a read that holds a connection for longer than a moment. */
export const readInTurn = <T>({ lanes }: Pick<Context, 'lanes'>, { staff_id }: Caller, work: () => Promise<T>): Promise<T> =>
  lanes.longReads.run(staff_id, work, AbortSignal.timeout(turnPatienceMs))

/** @throws AppError ACTION_FORBIDDEN */
export function assertMayDo({ access }: Pick<Context, 'access'>, { role }: Pick<Caller, 'role'>, action: Action): void {
  if (!access.mayDo(role, action)) throw new AppError('ACTION_FORBIDDEN', { required_action: action })
}

/** One write as it was asked for. */
export interface Ask {
  /** who was let in */
  caller: Caller
  origin: Origin
  idempotent: IdempotentRequest
  /** the header as it came */
  ifMatch: string | undefined
  /** one of them is needed, as the route says */
  requires: readonly Action[]
  /** The answer is that of an earlier request. */
  replayed(): void
}

interface Versioned {
  version: number
  /** for whoever saw another version */
  current(): Promise<unknown>
}

interface Done<Answer> {
  answer: Answer
  /** what the key stands for from now on; null: it is there already, by another name than this key */
  keep: KeptFor | null
  /** `at` is the moment of the write unless said; null: the work has noted it itself */
  audit: (Omit<AuditEntry, 'at' | 'actor' | 'origin'> & { at?: Date }) | null
}

interface Write<Answer, Found, Outside, Held> {
  /** where the body decides between those of the route */
  action?: Action
  /** Waits for what has to be waited for before even the caller's own row is held: where writes change who may write. */
  first?(trx: Trx): Promise<void>
  /** What is to be changed, within the caller's scope. @throws AppError NOT_FOUND */
  find?(db: Database | Trx, caller: Caller): Promise<Found>
  /** What is wrong with the request whoever sent it before. @throws AppError */
  refuse?(db: Database | Trx, given: { caller: Caller; found: Found }): Promise<void> | void
  /** The answer to a key that is known; undefined: what it stood for is no longer there. */
  replay?(db: Database | Trx, given: { caller: Caller; found: Found; kept: KeptKey }): Promise<Answer | undefined>
  /** What has to be asked elsewhere, before a transaction holds anything. */
  outside?(found: Found): Promise<Outside>
  /** Locks what If-Match speaks of; where it is there, the header is needed. */
  lock?(trx: Trx, given: { caller: Caller; found: Found; now: Date }): Promise<Held>
  work(trx: Trx, given: { caller: Caller; found: Found; outside: Outside; held: Held; now: Date }): Promise<Done<Answer>>
}

/**
 * Always in this order: scope (404), permission (403), what is wrong with the body (422), the key (409, or the answer that it had), the lock, If-Match (428,
 * 412), the work, the key kept, the trail. All in one transaction, for the caller as he is now; what is asked outside has its own round of the first four
 * before it.
 */
export async function idempotentWrite<Answer, Found = undefined, Outside = undefined, Held extends Versioned | undefined = undefined>(
  context: WriteContext,
  ask: Ask,
  write: Write<Answer, Found, Outside, Held>,
): Promise<Answer> {
  const { clock, db } = context
  const action = actionOf(ask, write.action)
  const begin = async (on: Database | Trx, caller: Caller): Promise<{ found: Found; replay: Answer | undefined }> => {
    const found = (await write.find?.(on, caller)) as Found
    if (action) assertMayDo(context, caller, action)
    await write.refuse?.(on, { caller, found })
    const kept = await keptKey(on, ask.idempotent, clock.now())
    const replay = kept && (await write.replay?.(on, { caller, found, kept }))
    if (replay !== undefined) ask.replayed()
    return { found, replay }
  }
  let outside = undefined as Outside
  if (write.outside) {
    const { found, replay } = await begin(db, ask.caller)
    if (replay !== undefined) return replay
    outside = await write.outside(found)
  }
  const inTransaction = async (trx: Trx, caller: Caller): Promise<Answer> => {
    // the same key twice at once: the second waits here for the first, and finds what it was answered
    await sql`select pg_advisory_xact_lock(hashtext(${ask.idempotent.staff_id}), hashtext(${ask.idempotent.key}))`.execute(trx)
    const { found, replay } = await begin(trx, caller)
    if (replay !== undefined) return replay
    const seen = write.lock && versionIn(ask.ifMatch)
    const now = clock.now()
    const held = (await write.lock?.(trx, { caller, found, now })) as Held
    if (held && held.version !== seen) throw new AppError('VERSION_MISMATCH', { current: await held.current() })
    const { answer, keep, audit } = await write.work(trx, { caller, found, outside, held, now })
    if (keep) await keepKey(trx, ask.idempotent, keep, now)
    else ask.replayed()
    if (audit) await recordAudit(trx, { at: now, actor: caller, origin: ask.origin, ...audit })
    return answer
  }
  return writeAs(context, ask.caller, inTransaction, write.first)
}

/** @returns null: whoever sees it may, and the work says who else may not */
function actionOf({ requires }: Ask, named = requires[0]): Action | null {
  if (named && !requires.includes(named)) throw new Error(`a route that requires ${requires.join(', ')} writes by ${named}`)
  return named ?? null
}

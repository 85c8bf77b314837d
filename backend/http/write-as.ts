// The one way a member of staff changes something: in a turn of its own, in one transaction, with the rights of the moment of writing. Who may do what is
// asked when the headers arrive, too; between the two lie a body that takes its time, a question to WeChat Pay, a wait for its turn.
import type { Context } from '../platform/context.ts'
import type { Trx } from '../database/connection.ts'
import { callerNow } from '../company/sessions/service.ts'
import type { Caller } from '../company/staff/scope.ts'

/** Of the pool's ten connections writes take half at most: those that wait for a row never keep short reads from theirs. */
export const writeTurns = { atOnce: 5, perPerson: 60, inAll: 300, retryAfter: 2 }
/** As above: reads of thousands of rows. */
export const longReadTurns = { atOnce: 2, perPerson: 20, inAll: 300, retryAfter: 5 }
/** milliseconds that a request waits for its turn */
export const turnPatienceMs = 8_000

/**
 * @param asked who was let in when the request began
 * @param work gets the caller as he is now; he stays so until the end of the transaction, because whoever disables or moves him waits for it
 * @throws AppError UNAUTHENTICATED, STAFF_DISABLED when that has changed meanwhile; OVERLOADED when no turn comes in time
 */
export function writeAs<T>(
  context: Pick<Context, 'db' | 'clock' | 'providers' | 'sp_mchid' | 'lanes'>,
  asked: Caller,
  work: (trx: Trx, caller: Caller) => Promise<T>,
): Promise<T> {
  return context.lanes.writes.run(
    asked.staff_id,
    () => context.db.transaction().execute(async trx => work(trx, await callerNow(context, trx, asked))),
    AbortSignal.timeout(turnPatienceMs),
  )
}

/** For a read that holds a connection for longer than a moment. */
export const readInTurn = <T>({ lanes }: Pick<Context, 'lanes'>, { staff_id }: Caller, work: () => Promise<T>): Promise<T> =>
  lanes.longReads.run(staff_id, work, AbortSignal.timeout(turnPatienceMs))

// Who asks, and what has to be known of them by whoever answers. What stands behind it is company/'s (company/access.ts).
import type { CompiledQuery } from 'kysely'
import type { Trx } from '../database/connection.ts'
import type { Action, Role } from './schema.ts'

declare module '../platform/context.ts' {
  interface Context {
    access: Access
  }
}

/** The sp_mchids of one provider company, its home first. */
export type Numbers = readonly [string, ...string[]]

/** Who is asking, as loaded with the session. */
export interface Caller {
  /** under which this member of staff stands; merchants may stand under any of `numbers` */
  sp_mchid: string
  /** every sp_mchid of the provider company that this process serves */
  numbers: Numbers
  staff_id: string
  /** of the session's token: read again at the moment of writing */
  session_hash: string
  display_name: string
  role: Role
  region_codes: readonly string[]
  assigned_only: boolean
  /** the provider's: days after which a proof is old */
  stale_after_days: number
}

/**
 * Who asks, as it was some minutes ago: to be asked again beside the first statement of the answer, and before anything is answered.
 */
export interface Remembered {
  caller: Caller
  asked: CompiledQuery
  /** whether `changed` was told the rows: nothing is answered before */
  readonly isConfirmed: boolean
  /**
   * @param rows of `asked`
   * @returns the same person now, null: nothing of what was remembered has changed
   * @throws AppError UNAUTHENTICATED, STAFF_DISABLED
   */
  changed(rows: readonly unknown[]): Caller | null
}

export interface Access {
  /** null: not asked a short while ago, see callerOf */
  remembered(token: string | undefined): Remembered | null
  /**
   * @param token as the client sent it
   * @throws AppError UNAUTHENTICATED, STAFF_DISABLED
   */
  callerOf(token: string | undefined): Promise<Caller>
  /**
   * The same person at this moment. From here to the end of the transaction he is neither disabled nor given another role or scope.
   * @throws AppError UNAUTHENTICATED, STAFF_DISABLED
   */
  callerNow(trx: Trx, asked: Caller): Promise<Caller>
  mayDo(role: Role, action: Action): boolean
}

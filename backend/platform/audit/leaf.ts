// What of an entry is sealed: every column, in one form that does not depend on the server's settings. The number of its transaction (written_in) means
// something in one server only and is left out; a backup leaves it out, too.
import { sql, type RawBuilder } from 'kysely'

/** In this order for ever: another order is another hash. */
export const sealedColumns = [
  'id',
  'sp_mchid',
  'at',
  'actor_id',
  'actor_role',
  'action',
  'target_type',
  'target_id',
  'before',
  'after',
  'reason',
  'request_id',
  'client',
] as const

const formOf = (column: (typeof sealedColumns)[number]): RawBuilder<unknown> =>
  column === 'at' ? sql`to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')` : sql`${sql.ref(`e.${column}`)}`

/** Of audit_entries as `e`: a JSON array as PostgreSQL writes jsonb, where null is not the empty text and keys are in one order. */
const canonical = sql`jsonb_build_array(${sql.join(sealedColumns.map(formOf))})::text`

/** merkle.ts `leafOf` of it, made by the database. */
export const leafHash: RawBuilder<Buffer> = sql<Buffer>`sha256('\\x00'::bytea || convert_to(${canonical}, 'UTF8'))`

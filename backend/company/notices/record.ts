// Tells a person something, in the transaction in which it happens.
import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import type { Trx } from '../../database/connection.ts'
import type { NoticeKind, NoticeOutcome } from './schema.ts'

export interface NewNotice {
  /** null: nobody has it, so nobody is told */
  staff_id: string | null
  kind: NoticeKind
  about: string
  subject: string
  outcome: NoticeOutcome
  /** names what happened: told twice it is one notice */
  cause: string
}

/** Who does not work here any more is told nothing. */
export async function tell(trx: Trx, notices: readonly NewNotice[], now: Date): Promise<void> {
  const rows = notices.filter(({ staff_id }) => staff_id !== null).map(notice => ({ id: randomUUID(), ...notice }))
  if (rows.length === 0) return
  await sql`
    insert into notices (id, sp_mchid, staff_id, kind, about, subject, outcome, cause, at, try_at)
    select given.id, s.sp_mchid, s.id, given.kind, given.about, given.subject, given.outcome, given.cause, ${now}, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given (id uuid, staff_id text, kind text, about text, subject text, outcome text, cause text)
    join staff as s on s.id = given.staff_id and s.status <> 'disabled'
    on conflict (staff_id, kind, cause) do nothing`.execute(trx)
}

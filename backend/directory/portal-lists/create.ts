// A list arrives: it is read, held beside what we know, and kept as a preview. Nothing is recorded of any merchant.
import { createHash, randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Caller } from '../../http/caller.ts'
import { idempotentWrite, type Ask } from '../../http/write.ts'
import { invalidField } from '../../http/problems/app-error.ts'
import type { Context } from '../../platform/context.ts'
import type { Trx } from '../../database/connection.ts'
import { futureTolerance } from '../../platform/times.ts'
import { bytesNamed } from '../imports/file.ts'
import { differencesOf, heldMerchants } from './judge.ts'
import { readPortalCheckList } from './read.ts'
import { readList, type ListReading, type LookRow, type RefusedRow } from './rows.ts'
import type { PortalCheckList, PortalCheckListGroup } from './schema.ts'

/** What was sent. */
export interface GivenList {
  bytes: Buffer
  /** of the file; null: pasted */
  name: string | null
  checked_at: Date | null
}

/** rows that are looked at and written at once */
const batch = 5_000

/**
 * @throws AppError ACTION_FORBIDDEN, VALIDATION_FAILED (`file`: EMPTY, ENCODING, NOT_A_TABLE, HEADER, TOO_MANY_ROWS; `checked_at`), PAYMENT_CODE,
 *   IDEMPOTENCY_KEY_REUSED
 */
export async function createPortalCheckList(
  context: Context,
  ask: Ask,
  given: GivenList,
): Promise<{ list: PortalCheckList; created: boolean }> {
  const now = context.clock.now()
  const checked_at = lookedAt(given.checked_at, now)
  const body_sha256 = createHash('sha256')
    .update(given.checked_at?.toISOString() ?? '')
    .update(given.bytes)
    .digest('hex')
  return idempotentWrite<{ list: PortalCheckList; created: boolean }, undefined, ListReading>(
    context,
    { ...ask, idempotent: { ...ask.idempotent, body_sha256 } },
    {
      replay: async (db, { caller, kept }) => ({
        list: await readPortalCheckList(db, caller, (kept.answer as { id: string }).id),
        created: false,
      }),
      outside: () => readList(bytesNamed(given.name ?? '粘贴的内容', given.bytes), { checked_at, now, numbers: ask.caller.numbers }),
      async work(trx, { caller, outside: { encoding, looks, refused } }) {
        const id = randomUUID()
        const judged = await judgedRows(trx, caller, looks)
        const of = (group: PortalCheckListGroup) => judged.filter(row => row.verdict === group).length
        const counts = { same: of('same'), differ: of('differ'), unknown: of('unknown'), refused: refused.length }
        const newer = judged.filter(({ differences }) => differences.some(one => one.newer)).length
        const rows = looks.length + refused.length
        await trx
          .insertInto('portal_check_lists')
          .values({
            id,
            sp_mchid: caller.sp_mchid,
            created_by: caller.staff_id,
            created_at: now,
            name: given.name,
            encoding,
            checked_at,
            rows,
            ...counts,
            newer,
            status: 'preview',
          })
          .execute()
        await writeRows(trx, id, [...judged, ...refused.map(asRow)])
        return {
          answer: { list: await readPortalCheckList(trx, caller, id), created: true },
          keep: { answer: JSON.stringify({ id }) },
          audit: {
            sp_mchid: caller.sp_mchid,
            action: 'portal_check_list.add',
            target: { type: 'provider', id: caller.sp_mchid },
            before: null,
            after: { list_id: id, rows, ...counts },
          },
        }
      },
    },
  )
}

function lookedAt(given: Date | null, now: Date): Date {
  if (given === null) return now
  if (Number.isNaN(given.getTime())) throw invalidField('checked_at', 'WRONG_FORMAT', 'is not a time')
  if (given.getTime() > now.getTime() + futureTolerance)
    throw invalidField('checked_at', 'IN_THE_FUTURE', 'is more than 5 minutes ahead of the server: check the clock of the phone')
  return given
}

/** As the table has them. */
interface WrittenRow {
  line: number
  verdict: PortalCheckListGroup
  sub_mchid: string | null
  detail: object | null
  checked_at: Date | null
  differences: readonly { newer: boolean }[]
  field: string | null
  code: string | null
  other_line: number | null
}

const noFault: Pick<WrittenRow, 'field' | 'code' | 'other_line'> = { field: null, code: null, other_line: null }

async function judgedRows(trx: Trx, caller: Caller, looks: readonly LookRow[]): Promise<WrittenRow[]> {
  const judged: WrittenRow[] = []
  for (let from = 0; from < looks.length; from += batch) {
    const some = looks.slice(from, from + batch)
    const held = await heldMerchants(
      trx,
      caller,
      some.map(({ sub_mchid }) => sub_mchid),
    )
    for (const look of some) {
      const merchant = held.get(look.sub_mchid)
      const differences = merchant ? differencesOf(merchant, look) : []
      judged.push({ ...look, verdict: !merchant ? 'unknown' : differences.length > 0 ? 'differ' : 'same', differences, ...noFault })
    }
    await setImmediate()
  }
  return judged
}

const asRow = ({ line, sub_mchid, refused: { field, code, other_line } }: RefusedRow): WrittenRow => ({
  line,
  sub_mchid,
  verdict: 'refused',
  detail: null,
  checked_at: null,
  differences: [],
  field,
  code,
  other_line: other_line ?? null,
})

async function writeRows(trx: Trx, list_id: string, rows: readonly WrittenRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += batch) {
    const some = rows.slice(from, from + batch)
    const column = <T>(of: (row: WrittenRow) => T): T[] => some.map(of)
    await sql`
      insert into portal_check_list_rows (list_id, line, verdict, sub_mchid, detail, checked_at, differences, field, code, other_line)
      select ${list_id}, given.* from unnest(${column(row => row.line)}::integer[], ${column(row => row.verdict)}::text[],
        ${column(row => row.sub_mchid)}::text[], ${column(row => row.detail && JSON.stringify(row.detail))}::jsonb[],
        ${column(row => row.checked_at)}::timestamptz[], ${column(row => JSON.stringify(row.differences))}::jsonb[],
        ${column(row => row.field)}::text[], ${column(row => row.code)}::text[], ${column(row => row.other_line)}::integer[]) as given`.execute(
      trx,
    )
    await setImmediate()
  }
}

// Makes the files that were asked for, part after part. Any number of processes may run it: an export is claimed for each part.
import type { Selectable } from 'kysely'
import type { Trx } from '../../database/connection.ts'
import type { ExportTable } from '../../database/export-tables.ts'
import { askerAsNow, type Asker } from '../../company/staff/as-now.ts'
import { mayDo } from '../../company/staff/permissions.ts'
import { ofNumbers } from '../../company/staff/scope.ts'
import type { Caller, Numbers } from '../../http/caller.ts'
import { recordAudit } from '../../platform/audit/record.ts'
import type { Context } from '../../platform/context.ts'
import { FORMATS, type Formats, type Progress } from './formats.ts'
import type { ExportStop } from './schema.ts'
import { SOURCES } from './sources.ts'

export type ExportRow = Selectable<ExportTable>
type Exporting = Pick<Context, 'db' | 'clock'> & { numbers: Numbers }

/** What a file holds is what this saw. */
export const scopeText = ({ role, region_codes, assigned_only }: Pick<Caller, 'role' | 'region_codes' | 'assigned_only'>): string =>
  JSON.stringify([role, region_codes.toSorted(), assigned_only])

/** @param goOn asked before each part @returns how many parts */
export async function makeExports(
  { db, clock, numbers }: Exporting,
  goOn: () => boolean = () => true,
  formats: Formats = FORMATS,
): Promise<number> {
  let parts = 0
  while (goOn()) {
    const found = await db.transaction().execute(async trx => {
      const asked = await trx
        .selectFrom('exports')
        .selectAll()
        .where(ofNumbers(numbers))
        .where('status', 'in', ['queued', 'running'])
        // by turns: a short one does not wait for the end of a million rows
        .orderBy('parts')
        .orderBy('requested_at')
        .orderBy('id')
        .limit(1)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst()
      if (!asked) return false
      await nextPart(trx, asked, { numbers, formats }, clock.now())
      return true
    })
    if (!found) return parts
    parts += 1
  }
  return parts
}

async function nextPart(
  trx: Trx,
  asked: ExportRow,
  { numbers, formats }: { numbers: Numbers; formats: Formats },
  now: Date,
): Promise<void> {
  const exporter = await askerAsNow(trx, asked.requested_by, numbers)
  const stop = stopOf(asked, exporter)
  if (stop !== null) return end(trx, asked, exporter, { status: 'stopped', stop_code: stop }, now)
  const format = formats[asked.format]
  const heads = SOURCES[asked.kind].heads(asked.language)
  if (asked.parts === 0) {
    const { bytes, progress } = format.begin(heads)
    await putPart(trx, asked, bytes, { ...columnsOf(progress), status: 'running' })
    return
  }
  const { rows, after } = await SOURCES[asked.kind].next(trx, exporter, asked)
  const made = format.rows(progressOf(asked), rows, heads)
  if (made === null) return end(trx, asked, exporter, { status: 'stopped', stop_code: 'TOO_MANY_ROWS' }, now)
  const all = Number(asked.rows) + rows.length
  if (after !== null) {
    await putPart(trx, asked, made.bytes, { ...columnsOf(made.progress), rows: all, after: JSON.stringify(after) })
    return
  }
  const last = format.end(made.progress)
  await putPart(trx, asked, Buffer.concat([made.bytes, last.bytes]), { ...columnsOf(last.progress), rows: all })
  await end(trx, { ...asked, rows: String(all) }, exporter, { status: 'ready' }, now)
}

const progressOf = ({ bytes, sheets, sheet_rows, crc, unpacked, packed }: ExportRow): Progress => ({
  bytes: Number(bytes),
  sheets,
  sheet_rows,
  crc: Number(crc),
  unpacked: Number(unpacked),
  packed: Number(packed),
})
const columnsOf = ({ sheets, ...columns }: Progress) => ({ ...columns, sheets: JSON.stringify(sheets) })

async function putPart(
  trx: Trx,
  { id, parts }: ExportRow,
  bytes: Buffer,
  further: ReturnType<typeof columnsOf> & { rows?: number; after?: string; status?: 'running' },
): Promise<void> {
  await trx.insertInto('export_parts').values({ export_id: id, part: parts, bytes }).execute()
  await trx
    .updateTable('exports')
    .set({ ...further, parts: parts + 1 })
    .where('id', '=', id)
    .execute()
}

function stopOf({ scope }: ExportRow, exporter: Asker): ExportStop | null {
  if (exporter.status !== 'active') return 'STAFF_DISABLED'
  if (!mayDo(exporter.role, 'export.write')) return 'ACTION_FORBIDDEN'
  return scope === scopeText(exporter) ? null : 'SCOPE_CHANGED'
}

async function end(
  trx: Trx,
  { id, sp_mchid, kind, format, rows, request_id, client }: ExportRow,
  exporter: Asker,
  to: { status: 'ready' } | { status: 'stopped'; stop_code: ExportStop },
  now: Date,
): Promise<void> {
  await trx
    .updateTable('exports')
    .set({ ...to, ended_at: now })
    .where('id', '=', id)
    .execute()
  if (to.status === 'stopped') await trx.deleteFrom('export_parts').where('export_id', '=', id).execute()
  await recordAudit(trx, {
    sp_mchid,
    at: now,
    actor: exporter,
    action: to.status === 'ready' ? 'export.finish' : 'export.stop',
    target: { type: 'provider', id: sp_mchid },
    before: null,
    after: { export_id: id, kind, format, rows: Number(rows), ...(to.status === 'stopped' && { code: to.stop_code }) },
    origin: { request_id, client },
  })
}

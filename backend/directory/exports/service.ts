// Exports as whoever asked for them sees them: nobody else does. A file is given while its exporter still sees what it holds.
import { createHmac, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import type { Database, Trx } from '../../database/connection.ts'
import { mayDo } from '../../company/staff/permissions.ts'
import { ofNumbers, regionPrefixes } from '../../company/staff/scope.ts'
import type { Caller } from '../../http/caller.ts'
import { idempotentWrite, type Ask } from '../../http/write.ts'
import { AppError } from '../../http/problems/app-error.ts'
import { recordAudit, type Origin } from '../../platform/audit/record.ts'
import type { Context } from '../../platform/context.ts'
import { equalTexts } from '../../platform/equal-texts.ts'
import { toInstant, toInstantOrNull } from '../../platform/instants.ts'
import { filterConditions } from '../merchants/filters.ts'
import { assertKnown } from '../merchants/list.ts'
import { keptTotal } from '../merchants/totals.ts'
import type { SubMerchantQuery } from '../merchants/schema.ts'
import { FORMATS } from './formats.ts'
import type { Export, ExportFileQuery, ExportList, NewExport } from './schema.ts'
import { merchantFilterOf } from './sources.ts'
import { scopeText, type ExportRow } from './work.ts'

/** milliseconds that a link is good for */
const linkFor = 15 * 60_000
/** milliseconds that a file is kept after it was made */
const keptFor = 24 * 3_600_000
/** and its line in the list */
const listedFor = 30 * 24 * 3_600_000
const listed = 20
/** that one person has made at the same time */
const mostUnderWay = 5
/** seconds until one of them may be over */
const retryAfter = 30

type Exports = Pick<Context, 'db' | 'sp_mchid' | 'clock'> & { photos: Pick<Context['photos'], 'linkKeys'> }

/** @throws AppError VALIDATION_FAILED for a filter value that does not exist, ACTION_FORBIDDEN, NOT_FOUND for a rollout that is not there, RATE_LIMITED where five of this person are under way */
export const createExport = (context: Context, ask: Ask, asked: NewExport): Promise<Export> =>
  idempotentWrite(context, ask, {
    replay: async (db, { caller, kept }) => shapeOf(context, caller, await find(db, caller, (kept.answer as { id: string }).id)),
    async refuse(db, { caller }) {
      if (asked.kind === 'rollout') return assertRollout(db, caller, asked.filter.rollout_id)
      if (asked.kind !== 'merchants') return
      filterConditions(caller, asked.filter as SubMerchantQuery, context.clock.now())
      if (asked.filter.on) await assertKnown(db, asked.filter.on)
    },
    async work(trx, { caller, now }) {
      const { kind, format, language = 'zh-CN', filter } = asked
      await assertFew(trx, caller)
      const id = randomUUID()
      const { request_id, client } = ask.origin
      const row = await trx
        .insertInto('exports')
        .values({
          id,
          sp_mchid: caller.sp_mchid,
          kind,
          format,
          filter: JSON.stringify(filter),
          language,
          requested_by: caller.staff_id,
          scope: scopeText(caller),
          requested_at: now,
          request_id,
          client,
          status: 'queued',
          rows_expected: await expected(trx, caller, asked, now),
        })
        .returningAll()
        .executeTakeFirstOrThrow()
      return {
        answer: await shapeOf(context, caller, row),
        keep: { answer: JSON.stringify({ id }) },
        audit: {
          sp_mchid: caller.sp_mchid,
          action: 'export.create',
          target: { type: 'provider', id: caller.sp_mchid },
          before: null,
          after: { export_id: id, kind, format, filter },
        },
      }
    },
  })

/** @throws AppError ACTION_FORBIDDEN, NOT_FOUND: it is not there, or only its numbers are */
async function assertRollout(db: Database | Trx, caller: Caller, id: string): Promise<void> {
  if (!mayDo(caller.role, 'rollout.read')) throw new AppError('ACTION_FORBIDDEN')
  const row = await db.selectFrom('rollouts').select('reduced_at').where('id', '=', id).where(ofNumbers(caller.numbers)).executeTakeFirst()
  if (!row || row.reduced_at !== null) throw new AppError('NOT_FOUND')
}

async function assertFew(trx: Trx, { staff_id }: Caller): Promise<void> {
  const { count } = await trx
    .selectFrom('exports')
    .select(eb => eb.fn.countAll<string>().as('count'))
    .where('requested_by', '=', staff_id)
    .where('status', 'in', ['queued', 'running'])
    .executeTakeFirstOrThrow()
  if (Number(count) >= mostUnderWay) throw new AppError('RATE_LIMITED', { retry_after: retryAfter })
}

async function expected(db: Trx, caller: Caller, { kind, filter }: NewExport, now: Date): Promise<number | null> {
  if (kind === 'rollout' && regionPrefixes(caller) === null) return countItems(db, filter.rollout_id)
  if (kind !== 'merchants') return null
  const { q, ...query } = merchantFilterOf(caller, filter as SubMerchantQuery)
  return q?.trim() ? null : keptTotal({ db }, caller, query, now)
}

async function countItems(db: Trx, rollout_id: string): Promise<number> {
  const { rows } = await sql<{
    items: number
  }>`select count(*)::integer as items from rollout_items where rollout_id = ${rollout_id}`.execute(db)
  return rows[0]!.items
}

/** Nothing of it is kept. @throws AppError NOT_FOUND */
export const cancelExport = (context: Context, ask: Ask, id: string): Promise<Export> =>
  idempotentWrite(context, ask, {
    find: (db, caller) => find(db, caller, id),
    replay: async (db, { caller }) => shapeOf(context, caller, await find(db, caller, id)),
    async work(trx, { caller, now }) {
      const row = await find(trx, caller, id, true)
      const keep = { answer: JSON.stringify({ id }) }
      if (row.status !== 'queued' && row.status !== 'running') return { answer: await shapeOf(context, caller, row), keep, audit: null }
      await trx.updateTable('exports').set({ status: 'cancelled', ended_at: now }).where('id', '=', id).execute()
      await trx.deleteFrom('export_parts').where('export_id', '=', id).execute()
      return {
        answer: await shapeOf(context, caller, { ...row, status: 'cancelled', ended_at: now }),
        keep,
        audit: {
          sp_mchid: row.sp_mchid,
          action: 'export.cancel',
          target: { type: 'provider', id: row.sp_mchid },
          before: null,
          after: { export_id: id, kind: row.kind, format: row.format, rows: Number(row.rows) },
        },
      }
    },
  })

export async function listExports(context: Exports, caller: Caller): Promise<ExportList> {
  const rows = await context.db
    .selectFrom('exports')
    .selectAll()
    .where('requested_by', '=', caller.staff_id)
    .orderBy('requested_at', 'desc')
    .orderBy('id', 'desc')
    .limit(listed)
    .execute()
  return { items: await Promise.all(rows.map(row => shapeOf(context, caller, row))) }
}

/** @throws AppError NOT_FOUND */
export const readExport = async (context: Exports, caller: Caller, id: string): Promise<Export> =>
  shapeOf(context, caller, await find(context.db, caller, id))

/** @throws AppError NOT_FOUND, the same for one that is not there and one that somebody else asked for */
async function find(db: Database | Trx, caller: Caller, id: string, lock = false): Promise<ExportRow> {
  const query = db.selectFrom('exports').selectAll().where('id', '=', id).where('requested_by', '=', caller.staff_id)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row) throw new AppError('NOT_FOUND')
  return row
}

/** Whether the exporter still sees what the file holds. */
const stillSees = (caller: Caller, { scope }: ExportRow): boolean => scope === scopeText(caller)

async function shapeOf(context: Exports, caller: Caller, row: ExportRow): Promise<Export> {
  const { id, kind, format, filter, requested_at, ended_at } = row
  const narrowed = row.status === 'ready' && !stillSees(caller, row)
  const kept_until = row.status === 'ready' && !narrowed ? new Date(ended_at!.getTime() + keptFor) : null
  const given = kept_until !== null && kept_until > context.clock.now()
  const link = given ? await linkTo(context, id, caller.staff_id) : null
  return {
    id,
    kind,
    format,
    filter,
    status: narrowed ? 'stopped' : row.status === 'ready' && !given ? 'expired' : row.status,
    stop_code: narrowed ? 'SCOPE_CHANGED' : row.stop_code,
    rows: Number(row.rows),
    rows_expected: row.rows_expected === null ? null : Number(row.rows_expected),
    bytes: Number(row.bytes),
    requested_at: toInstant(requested_at),
    ended_at: toInstantOrNull(ended_at),
    kept_until: given ? toInstant(kept_until) : null,
    download_url: link?.url ?? null,
    download_expires_at: link?.expires_at ?? null,
  }
}

/** Signed for one person, by the keys of photos' links. */
async function linkTo(context: Exports, id: string, staff_id: string): Promise<{ url: string; expires_at: string }> {
  const expires = Math.floor((context.clock.now().getTime() + linkFor) / 1_000)
  const key = await context.photos.linkKeys.newest(context)
  return {
    url: `/v1/exports/${id}/file?key=${key.id}&expires=${expires}&signature=${sign(key.key, id, staff_id, expires)}`,
    expires_at: toInstant(new Date(expires * 1_000)),
  }
}

const sign = (key: string, id: string, staff_id: string, expires: number): string =>
  createHmac('sha256', key).update(`export\n${id}\n${staff_id}\n${expires}`).digest('base64url')

interface ExportFile {
  name: string
  type: string
  bytes: number
  /** one part of it in memory at a time */
  stream: Readable
}

/**
 * @throws AppError NOT_FOUND for somebody else's, and a link that we did not sign for this person; EXPORT_GONE for a link that is over, a file that is gone,
 * and one that holds more than its exporter may see by now
 */
export async function openExportFile(
  context: Exports,
  caller: Caller,
  id: string,
  { key: keyId, expires, signature }: ExportFileQuery,
  origin: Origin,
): Promise<ExportFile> {
  const row = await find(context.db, caller, id)
  const key = await context.photos.linkKeys.find(context, keyId)
  if (!key || !equalTexts(signature, sign(key.key, id, caller.staff_id, expires))) throw new AppError('NOT_FOUND')
  const now = context.clock.now()
  const over = now.getTime() >= expires * 1_000 || row.status !== 'ready' || now.getTime() >= row.ended_at!.getTime() + keptFor
  if (over || !stillSees(caller, row)) throw new AppError('EXPORT_GONE')
  await context.db.transaction().execute(trx =>
    recordAudit(trx, {
      sp_mchid: row.sp_mchid,
      at: now,
      actor: caller,
      action: 'export.download',
      target: { type: 'provider', id: row.sp_mchid },
      before: null,
      after: { export_id: id, kind: row.kind, format: row.format, rows: Number(row.rows) },
      origin,
    }),
  )
  const { extension, type } = FORMATS[row.format]
  return {
    name: `${row.kind}-${toInstant(row.requested_at).slice(0, 16).replace(/[-:]/g, '')}.${extension}`,
    type,
    bytes: Number(row.bytes),
    stream: Readable.from(partsOf(context.db, row)),
  }
}

async function* partsOf(db: Database, { id, parts }: ExportRow): AsyncGenerator<Buffer> {
  for (let part = 0; part < parts; part += 1) {
    const { bytes } = await db
      .selectFrom('export_parts')
      .select('bytes')
      .where('export_id', '=', id)
      .where('part', '=', part)
      .executeTakeFirstOrThrow()
    yield bytes
  }
}

/** Files a day after they were made; their lines a month after. */
export async function dropOldExports({ db, clock }: Pick<Context, 'clock' | 'db'>): Promise<void> {
  const ago = (ms: number) => new Date(clock.now().getTime() - ms)
  await db.transaction().execute(async trx => {
    const gone = await trx
      .updateTable('exports')
      .set({ status: 'expired' })
      .where('status', '=', 'ready')
      .where('ended_at', '<=', ago(keptFor))
      .returning('id')
      .execute()
    for (const { id } of gone) await trx.deleteFrom('export_parts').where('export_id', '=', id).execute()
    await trx
      .deleteFrom('exports')
      .where('status', 'in', ['stopped', 'cancelled', 'expired'])
      .where('ended_at', '<=', ago(listedFor))
      .execute()
  })
}

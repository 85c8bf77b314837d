// A photo arrives as multipart/form-data, is judged by its first bytes, written anew and kept (product.md M18, §7.3).
import { MOST_PHOTOS } from '../../../miniprogram/shared/photos.ts'
import { assertMayDo, writeAs, type Ask } from '../../http/write.ts'
import type { Caller } from '../../http/caller.ts'
import { isBeforeGoldPlan } from '../../platform/times.ts'
import { createHash, randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Context } from '../../platform/context.ts'
import type { Trx } from '../../database/connection.ts'
import { keepKey, keptKey, type IdempotentRequest } from '../../http/idempotency.ts'
import { AppError, invalidField } from '../../http/problems/app-error.ts'
import { partsOf } from '../../http/form.ts'
import { malformedBody, wrongMediaType } from '../../http/problems/request-fault.ts'
import { isInstant } from '../../http/problems/validator.ts'
import { readImageHeader } from './image-header.ts'
import { linkTo } from './links.ts'
import { mostPixels, PhotoTooSlowError, reencode, UnreadablePhotoError, type Reencoded } from './reencode.ts'
import type { PhotoUploaded } from './schema.ts'

/** The phone sends at most 1.5 MB; a photo straight from a camera is taken too. */
export const mostBytes = 4 * 1024 * 1024
export const formLimits = { fileSize: mostBytes, files: 1, fields: 6, fieldSize: 200, fieldNameSize: 100, parts: 8, headerPairs: 50 }

/** A photo takes about 0.2 s and 100 MB; a phone sends two at a time, and an album of nine may come again at once. */
export const photoTurns = { atOnce: 2, perPerson: MOST_PHOTOS, inAll: 60, retryAfter: 5 }

interface PhotoForm {
  file: Buffer
  sha256: string
  taken_at: Date
}

/** @throws AppError UNSUPPORTED_MEDIA_TYPE, MALFORMED_BODY, VALIDATION_FAILED, PHOTO_TOO_LARGE, PHOTO_UNREADABLE */
export async function readPhotoForm(request: FastifyRequest): Promise<PhotoForm> {
  if (!request.isMultipart()) throw wrongMediaType(request)
  let file: Buffer | undefined
  const fields = new Map<string, unknown>()
  try {
    for await (const part of partsOf(request)) {
      if (part.type === 'file') {
        const bytes = await part.toBuffer()
        if (part.fieldname === 'file') file = bytes
      } else fields.set(part.fieldname, part.value)
    }
  } catch (error) {
    throw error instanceof AppError ? error : asProblem(error as { code?: string }, request)
  }
  if (!file) throw invalidField('file', 'REQUIRED', 'the form has no file')
  const sha256 = fields.get('sha256')
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) throw invalidField('sha256', 'WRONG_FORMAT', 'is not a SHA-256 in hex')
  const taken = fields.get('taken_at')
  if (typeof taken !== 'string' || !isInstant(taken)) throw invalidField('taken_at', 'WRONG_FORMAT', 'is not a time')
  if (createHash('sha256').update(file).digest('hex') !== sha256)
    throw invalidField('sha256', 'MISMATCH', 'is not that of the file: it was changed on the way, send it again')
  return { file, sha256, taken_at: new Date(taken) }
}

function asProblem({ code }: { code?: string }, request: FastifyRequest): AppError {
  if (code === 'FST_REQ_FILE_TOO_LARGE') return new AppError('PHOTO_TOO_LARGE')
  const isTooMuch = code === 'FST_FILES_LIMIT' || code === 'FST_FIELDS_LIMIT' || code === 'FST_PARTS_LIMIT'
  return isTooMuch ? new AppError('BODY_TOO_LARGE') : malformedBody('form', request)
}

/**
 * The same file of the same uploader is the same photo. Photos of one person are taken one after the other, and persons take turns.
 * @param gone aborted when the sender is: a photo whose turn has not come is then dropped
 * @throws AppError PHOTO_UNREADABLE, PHOTO_TOO_LARGE, IDEMPOTENCY_KEY_REUSED, OVERLOADED
 */
export async function keepPhoto(
  context: Context,
  { caller, idempotent }: Ask,
  form: PhotoForm,
  gone: AbortSignal,
): Promise<{ photo: PhotoUploaded; created: boolean }> {
  const bound = { ...idempotent, body_sha256: form.sha256 }
  await keptKey(context.db, bound, context.clock.now())
  assertIsPhoto(form.file)
  return (
    (await keptBefore(context, caller, form)) ?? context.photos.lane.run(caller.staff_id, () => keepNew(context, caller, form, bound), gone)
  )
}

async function keptBefore(
  context: Context,
  caller: Caller,
  { sha256 }: PhotoForm,
): Promise<{ photo: PhotoUploaded; created: false } | null> {
  const known = await findPhoto(context, caller, sha256)
  if (!known?.stored_at) return null
  await touch(context.db, known, context.clock.now())
  return { photo: await answer(context, known), created: false }
}

async function keepNew(
  context: Context,
  caller: Caller,
  form: PhotoForm,
  bound: IdempotentRequest,
): Promise<{ photo: PhotoUploaded; created: boolean }> {
  const { clock, photos } = context
  const { file, sha256, taken_at } = form
  // the same file may have had its turn while this one waited
  const before = await keptBefore(context, caller, form)
  if (before) return before
  const now = clock.now()
  const picture = await reencoded(context, caller, file)
  // the row first: a file whose row was never written would stay for ever
  const { created } = await writeAs(context, caller, async (trx, uploader) => {
    assertMayDo(context, uploader, 'photo.write')
    const { sp_mchid, staff_id } = uploader
    const row = {
      sp_mchid,
      id: randomUUID(),
      uploaded_by: staff_id,
      sha256,
      taken_at: isBeforeGoldPlan(taken_at) ? now : taken_at,
      uploaded_at: now,
      stored_at: null,
    }
    const inserted = await trx
      .insertInto('photos')
      .values({ ...row, width: picture.width, height: picture.height, bytes: picture.bytes.length })
      .onConflict(conflict => conflict.doNothing())
      .executeTakeFirst()
    return { created: inserted.numInsertedOrUpdatedRows === 1n }
  })
  const row = await findPhoto(context, caller, sha256)
  if (!row) throw new AppError('INTERNAL_ERROR')
  await photos.store.put(row.id, picture.bytes)
  await writeAs(context, caller, async trx => {
    await touch(trx, row, now)
    await keepKey(trx, bound, { answer: JSON.stringify({ photo_id: row.id }) }, now)
  })
  return { photo: await answer(context, row), created }
}

/** By its first bytes, before it waits for its turn. */
function assertIsPhoto(file: Buffer): void {
  const header = readImageHeader(file)
  if (!header) throw new AppError('PHOTO_UNREADABLE')
  if (header.width * header.height > mostPixels) throw new AppError('PHOTO_TOO_LARGE')
}

async function reencoded({ log }: Context, { staff_id }: Caller, file: Buffer): Promise<Reencoded> {
  try {
    return await reencode(file)
  } catch (error) {
    if (error instanceof UnreadablePhotoError) throw new AppError('PHOTO_UNREADABLE')
    if (!(error instanceof PhotoTooSlowError)) throw error
    log.warn({ staff_id, bytes: file.length, reason: error.message }, 'a photo was not decoded in time')
    throw new AppError('OVERLOADED', { retry_after: 30 })
  }
}

/** The file is there, and has its 7 days again. @throws AppError OVERLOADED when it was removed at this very moment */
async function touch(db: Context['db'] | Trx, { sp_mchid, id }: { sp_mchid: string; id: string }, now: Date): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('photos')
    .set({ stored_at: now, uploaded_at: now })
    .where('sp_mchid', '=', sp_mchid)
    .where('id', '=', id)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new AppError('OVERLOADED', { retry_after: 1 })
}

const findPhoto = ({ db }: Context, { sp_mchid, staff_id }: Caller, sha256: string) =>
  db
    .selectFrom('photos')
    .selectAll()
    .where('sp_mchid', '=', sp_mchid)
    .where('uploaded_by', '=', staff_id)
    .where('sha256', '=', sha256)
    .executeTakeFirst()

async function answer(context: Context, photo: { id: string; width: number; height: number; bytes: number }): Promise<PhotoUploaded> {
  const { id, width, height, bytes } = photo
  const { url, expires_at } = await linkTo(context, id)
  return { id, width, height, bytes, url, url_expires_at: expires_at }
}

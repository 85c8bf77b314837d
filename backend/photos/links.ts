// Links to photos: signed, for 15 minutes, so that an <image> can load them without a header and nobody can make one.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context } from '../context.ts'
import { toInstant } from '../instants.ts'
import { AppError } from '../problems/app-error.ts'
import type { PhotoLink } from './schema.ts'

const validFor = 15 * 60_000
/** made once for a database; the same in every process */
const keys = new WeakMap<Context['db'], Promise<string>>()

export async function linkTo(context: Context, photo_id: string): Promise<PhotoLink> {
  const expires = Math.floor((context.clock.now().getTime() + validFor) / 1_000)
  const signature = await sign(context, photo_id, expires)
  return { url: `/v1/photos/${photo_id}/file?expires=${expires}&signature=${signature}`, expires_at: toInstant(new Date(expires * 1_000)) }
}

/** @throws AppError PHOTO_LINK_INVALID for one that is over, and one that we did not make */
export async function assertLink(
  context: Context,
  photo_id: string,
  { expires, signature }: { expires: number; signature: string },
): Promise<void> {
  const right = Buffer.from(await sign(context, photo_id, expires))
  const given = Buffer.from(signature)
  const signed = right.length === given.length && timingSafeEqual(right, given)
  if (!signed || context.clock.now().getTime() >= expires * 1_000) throw new AppError('PHOTO_LINK_INVALID')
}

async function sign(context: Context, photo_id: string, expires: number): Promise<string> {
  const key = await keyOf(context)
  return createHmac('sha256', key).update(`${context.sp_mchid}\n${photo_id}\n${expires}`).digest('base64url')
}

function keyOf(context: Context): Promise<string> {
  if (context.photos.linkKey !== null) return Promise.resolve(context.photos.linkKey)
  const known = keys.get(context.db)
  if (known) return known
  const key = storedKey(context)
  keys.set(context.db, key)
  key.catch(() => keys.delete(context.db))
  return key
}

async function storedKey({ db, sp_mchid, clock }: Context): Promise<string> {
  const made = { sp_mchid, key: randomBytes(32).toString('base64url'), created_at: clock.now() }
  await db
    .insertInto('photo_link_keys')
    .values(made)
    .onConflict(conflict => conflict.doNothing())
    .execute()
  const { key } = await db.selectFrom('photo_link_keys').select('key').where('sp_mchid', '=', sp_mchid).executeTakeFirstOrThrow()
  return key
}

// Links to photos: signed, for 15 minutes, so that an <image> can load them without a header and nobody can make one.
import { createHmac } from 'node:crypto'
import type { Context } from '../../platform/context.ts'
import { equalTexts } from '../../platform/equal-texts.ts'
import { toInstant } from '../../platform/instants.ts'
import { AppError } from '../../http/problems/app-error.ts'
import type { LinkKey } from './link-keys.ts'
import type { PhotoFileQuery, PhotoLink } from './schema.ts'

type Links = Pick<Context, 'db' | 'sp_mchid' | 'clock'> & { photos: Pick<Context['photos'], 'linkKeys'> }

const validFor = 15 * 60_000

export async function linkTo(context: Links, photo_id: string): Promise<PhotoLink> {
  const expires = Math.floor((context.clock.now().getTime() + validFor) / 1_000)
  const key = await context.photos.linkKeys.newest(context)
  const signature = sign(context, key, photo_id, expires)
  return {
    url: `/v1/photos/${photo_id}/file?key=${key.id}&expires=${expires}&signature=${signature}`,
    expires_at: toInstant(new Date(expires * 1_000)),
  }
}

/** @throws AppError PHOTO_LINK_INVALID for one that is over, one that we did not make, and one whose key is no longer in use */
export async function assertLink(context: Links, photo_id: string, { key: id, expires, signature }: PhotoFileQuery): Promise<void> {
  const key = await context.photos.linkKeys.find(context, id)
  const over = context.clock.now().getTime() >= expires * 1_000
  if (!key || over || !equalTexts(signature, sign(context, key, photo_id, expires))) throw new AppError('PHOTO_LINK_INVALID')
}

const sign = ({ sp_mchid }: Links, { key }: LinkKey, photo_id: string, expires: number): string =>
  createHmac('sha256', key).update(`${sp_mchid}\n${photo_id}\n${expires}`).digest('base64url')

// Photos of visits and test payments. They are kept re-encoded, so nothing that a camera wrote into them (place, device) is left.
import { Type, type Static } from 'typebox'
import { Instant, Uuid } from '../../http/schema.ts'

/** POST /photos: multipart/form-data, as wx.uploadFile sends it. For the contract; field-work/photos/upload.ts reads the parts. */
export const PhotoForm = Type.Object({
  file: Type.String({ format: 'binary', description: 'JPEG or PNG, at most 4 MiB and 16 megapixels' }),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'of the file, lower-case hex' }),
  taken_at: Instant,
})

/** 201 the first time, 200 when the caller sent the same file before */
export const PhotoUploaded = Type.Object(
  {
    id: Uuid,
    width: Type.Integer(),
    height: Type.Integer(),
    bytes: Type.Integer(),
    /** as GET /photos/{photo_id}/url gives it */
    url: Type.String(),
    url_expires_at: Instant,
  },
  { $id: 'PhotoUploaded' },
)
export type PhotoUploaded = Static<typeof PhotoUploaded>

/** GET /photos/{photo_id}/url. `url` is a path on the backend: whoever has it sees the photo until then. */
export const PhotoLink = Type.Object({ url: Type.String(), expires_at: Instant }, { $id: 'PhotoLink' })
export type PhotoLink = Static<typeof PhotoLink>

export const PhotoFileQuery = Type.Object(
  {
    key: Type.String({ pattern: '^[0-9a-f]{8}$' }),
    expires: Type.Integer({ minimum: 0, maximum: 10_000_000_000 }),
    signature: Type.String({ pattern: '^[\\w-]{43}$' }),
  },
  { additionalProperties: false },
)
export type PhotoFileQuery = Static<typeof PhotoFileQuery>

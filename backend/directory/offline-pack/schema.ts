// GET /offline-pack: the shops that a phone keeps to find them without signal (product.md §8).
import { Type, type Static } from 'typebox'
import { SubMerchantRow } from '../merchants/schema.ts'
import { Instant, SubMchid, nullable } from '../../http/schema.ts'

/** rows in all, and in one answer */
export const packLimit = 5_000
export const chunkLimit = 500

export const OfflinePackRow = Type.Object(
  {
    ...SubMerchantRow.properties,
    /** mine: what 今日门店 shows */
    assigned_to_me: Type.Boolean(),
    /** what the search compares besides name, short name and address (miniprogram/shared/pack-search.ts); of the likely reading of the name */
    pinyin: Type.String(),
    pinyin_initials: Type.String(),
    /** of other readings of the name, and of a short name that is another name: 长记 is changji and zhangji */
    other_pinyin: Type.Array(Type.String()),
    other_initials: Type.Array(Type.String()),
  },
  { $id: 'OfflinePackRow' },
)
export type OfflinePackRow = Static<typeof OfflinePackRow>

export const OfflinePack = Type.Object(
  {
    /** whether to forget what the phone holds before these rows: the first pack, or one that cannot be brought up to date */
    reset: Type.Boolean(),
    /** shops to forget: out of the caller's scope, or terminated. To be applied before `items`; all in the first answer */
    removed: Type.Array(SubMchid),
    /** to be kept in place of an older row of the same sub_mchid */
    items: Type.Array(OfflinePackRow),
    next_cursor: nullable(Type.String()),
    /** false: the scope has more shops than a pack; it holds the caller's own, then those that need somebody first */
    complete: Type.Boolean(),
    /** shops in the caller's scope; 100,000 means so many or more */
    total: Type.Integer(),
    /** as the rows and their marks are, the same in all answers of one pack */
    as_of: Instant,
    /** opaque; after the last answer of a pack: what the next pack is asked with */
    since: Type.String(),
  },
  { $id: 'OfflinePack' },
)
export type OfflinePack = Static<typeof OfflinePack>

export const OfflinePackQuery = Type.Object(
  {
    /** of the pack that the phone holds; one that is too old, of another scope or not ours is answered by a whole pack with `reset` */
    since: Type.Optional(Type.String({ maxLength: 512 })),
    cursor: Type.Optional(Type.String({ maxLength: 512 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: chunkLimit, default: chunkLimit })),
  },
  { additionalProperties: false },
)
export type OfflinePackQuery = Static<typeof OfflinePackQuery>

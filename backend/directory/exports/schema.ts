// Lists as files (product.md B03): asked for, made in the background, fetched by whoever asked.
import { Type, type Static } from 'typebox'
import { Instant, Uuid, nullable } from '../../http/schema.ts'
import { AuditQuery } from '../audit-trail/schema.ts'
import { SubMerchantQuery } from '../merchants/schema.ts'

const closed = { additionalProperties: false }

export const ExportKind = Type.Union([Type.Literal('merchants'), Type.Literal('audit'), Type.Literal('rollout')])
export type ExportKind = Static<typeof ExportKind>
export const ExportFormat = Type.Union([Type.Literal('csv'), Type.Literal('xlsx')])
export type ExportFormat = Static<typeof ExportFormat>
/** queued: nobody is at it yet · running · ready: the file is there for 24 hours · stopped: see stop_code · cancelled · expired: the file is gone */
export const ExportStatus = Type.Union([
  Type.Literal('queued'),
  Type.Literal('running'),
  Type.Literal('ready'),
  Type.Literal('stopped'),
  Type.Literal('cancelled'),
  Type.Literal('expired'),
])
export type ExportStatus = Static<typeof ExportStatus>
/** The person left, may export no longer, or sees something else than when they asked; or an xlsx would be larger than 4 GB. More rows than a sheet takes stand on several. */
export const ExportStop = Type.Union([
  Type.Literal('STAFF_DISABLED'),
  Type.Literal('ACTION_FORBIDDEN'),
  Type.Literal('SCOPE_CHANGED'),
  Type.Literal('TOO_MANY_ROWS'),
])
export type ExportStop = Static<typeof ExportStop>

/** Of a sheet of an xlsx that is whole: checksum, and bytes before and after packing. */
export interface SheetSizes {
  crc: number
  packed: number
  unpacked: number
}

const { limit: _limit, cursor: _cursor, sort: _sort, count: _count, ...merchantFilter } = SubMerchantQuery.properties
const { limit: _of, cursor: _page, ...auditFilter } = AuditQuery.properties
const Language = Type.Optional(Type.Union([Type.Literal('zh-CN'), Type.Literal('en')], { description: 'of its words; zh-CN when absent' }))

/** What GET /sub-merchants, GET /audit-entries or GET /rollouts/{rollout_id}/items would list, all of it. */
export const NewExport = Type.Union(
  [
    Type.Object(
      { kind: Type.Literal('merchants'), format: ExportFormat, language: Language, filter: Type.Object(merchantFilter, closed) },
      closed,
    ),
    Type.Object(
      { kind: Type.Literal('audit'), format: ExportFormat, language: Language, filter: Type.Object(auditFilter, closed) },
      closed,
    ),
    Type.Object(
      { kind: Type.Literal('rollout'), format: ExportFormat, language: Language, filter: Type.Object({ rollout_id: Uuid }, closed) },
      closed,
    ),
  ],
  { $id: 'NewExport' },
)
export type NewExport = Static<typeof NewExport>

export const Export = Type.Object(
  {
    id: Uuid,
    kind: ExportKind,
    format: ExportFormat,
    /** as it was asked for */
    filter: Type.Record(Type.String(), Type.String()),
    status: ExportStatus,
    stop_code: nullable(ExportStop),
    /** so far */
    rows: Type.Integer({ minimum: 0 }),
    /** when it was asked for; null: nobody keeps that number */
    rows_expected: nullable(Type.Integer({ minimum: 0 })),
    /** so far */
    bytes: Type.Integer({ minimum: 0 }),
    requested_at: Instant,
    ended_at: nullable(Instant),
    /** until then it can be fetched; null: it cannot */
    kept_until: nullable(Instant),
    /** where it is fetched, by whoever asked for it, until download_expires_at; null: it cannot */
    download_url: nullable(Type.String()),
    download_expires_at: nullable(Instant),
  },
  { $id: 'Export' },
)
export type Export = Static<typeof Export>

/** The caller's own, newest first, the last 20. */
export const ExportList = Type.Object({ items: Type.Array(Export) }, { $id: 'ExportList' })
export type ExportList = Static<typeof ExportList>

export const ExportFileQuery = Type.Object(
  { key: Type.String({ maxLength: 64 }), expires: Type.Integer({ minimum: 0 }), signature: Type.String({ maxLength: 128 }) },
  closed,
)
export type ExportFileQuery = Static<typeof ExportFileQuery>

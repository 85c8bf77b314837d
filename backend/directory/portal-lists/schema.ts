// Lists of what WeChat Pay's console shows: looked through first, then recorded as portal checks (product.md B11).
import { Type, type Static } from 'typebox'
import { EvidenceDetail } from '../../evidence/schema.ts'
import { Instant, PageQuery, SubMchid, Uuid, nullable, pageOf } from '../../http/schema.ts'

const checkedAt = Type.Optional(
  Type.String({
    format: 'date-time',
    description: 'when the console was looked at, of rows that do not say; the moment of arrival when absent',
  }),
)

/** POST /portal-check-lists as JSON: what was pasted, at most 10 MB as UTF-8. Cells are parted by commas or tabs; the first line is the header. */
export const PortalCheckListText = Type.Object({ text: Type.String(), checked_at: checkedAt }, { additionalProperties: false })
export type PortalCheckListText = Static<typeof PortalCheckListText>

/** The same as multipart/form-data, as wx.uploadFile sends it. For the contract; upload.ts reads the parts. */
export const PortalCheckListForm = Type.Object({
  file: Type.String({ format: 'binary', description: 'CSV as UTF-8 or GB18030, at most 10 MB' }),
  name: Type.Optional(
    Type.String({ maxLength: 200, description: 'of the file, where the form does not name it: wx.uploadFile gives that of a copy' }),
  ),
  checked_at: checkedAt,
})

/**
 * same: what we hold · differ: something else · unknown: not in the directory, or not in the caller's scope · refused: cannot be used
 */
export const PortalCheckListGroup = Type.Union([
  Type.Literal('same'),
  Type.Literal('differ'),
  Type.Literal('unknown'),
  Type.Literal('refused'),
])
export type PortalCheckListGroup = Static<typeof PortalCheckListGroup>

/** Why a row was refused. */
export const PortalCheckRefusal = Type.Union([
  Type.Literal('PAYMENT_CODE'),
  Type.Literal('MISSING'),
  Type.Literal('LOST_DIGITS'),
  Type.Literal('NOT_A_NUMBER'),
  Type.Literal('PROVIDER_NUMBER'),
  Type.Literal('NOT_A_STATUS'),
  Type.Literal('NOT_A_TAG'),
  Type.Literal('TOO_MANY_TAGS'),
  Type.Literal('NOT_A_TIME'),
  Type.Literal('IN_THE_FUTURE'),
  Type.Literal('NOTHING_SEEN'),
  Type.Literal('DUPLICATE'),
  Type.Literal('CONTRADICTION'),
  Type.Literal('CELLS'),
  Type.Literal('CHARACTERS'),
  Type.Literal('QUOTES'),
])
export type PortalCheckRefusal = Static<typeof PortalCheckRefusal>

export const SeenField = Type.Union([
  Type.Literal('gold_plan_jsapi'),
  Type.Literal('gold_plan_miniprogram'),
  Type.Literal('receipt'),
  Type.Literal('advertising'),
  Type.Literal('ad_filter'),
])
export type SeenField = Static<typeof SeenField>

/** newer: what we hold is newer than the look, which is recorded and changes nothing */
const Difference = Type.Object({
  field: SeenField,
  /** open, closed, unknown; of the filter its tags */
  before: Type.Union([Type.String(), Type.Array(Type.String())]),
  seen: Type.Union([Type.String(), Type.Array(Type.String())]),
  newer: Type.Boolean(),
})
export type Difference = Static<typeof Difference>

export const PortalCheckListRow = Type.Object(
  {
    /** where it begins in what was sent, counted from 1 */
    line: Type.Integer(),
    group: PortalCheckListGroup,
    /** null where it cannot be one, or was a payment code */
    sub_mchid: nullable(SubMchid),
    /** null where it is not known, or not in the caller's scope */
    name: nullable(Type.String()),
    checked_at: nullable(Instant),
    seen: nullable(EvidenceDetail.portal_check),
    differences: Type.Array(Difference),
    /** field: the column at fault, empty for the row as a whole; other_line: of the row that says the same, or otherwise */
    refused: nullable(Type.Object({ field: Type.String(), code: PortalCheckRefusal, other_line: nullable(Type.Integer()) })),
    /** recorded · known: the same look was there already · gone: no longer known, or in scope; null: not recorded yet */
    outcome: nullable(Type.Union([Type.Literal('recorded'), Type.Literal('known'), Type.Literal('gone')])),
    /** when it was recorded it was not what the preview had found; `differences` are those of then */
    changed: Type.Boolean(),
  },
  { $id: 'PortalCheckListRow' },
)
export type PortalCheckListRow = Static<typeof PortalCheckListRow>

/** preview: nothing is recorded yet · stopped: who applied it may not any more */
export const PortalCheckListStatus = Type.Union([
  Type.Literal('preview'),
  Type.Literal('applying'),
  Type.Literal('applied'),
  Type.Literal('cancelled'),
  Type.Literal('stopped'),
])
export type PortalCheckListStatus = Static<typeof PortalCheckListStatus>

const Person = Type.Object({ id: Type.String(), display_name: Type.String() })

export const PortalCheckList = Type.Object(
  {
    id: Uuid,
    status: PortalCheckListStatus,
    /** of the file; null: it was pasted */
    name: nullable(Type.String()),
    /** utf-8 or gb18030 */
    encoding: Type.String(),
    checked_at: Instant,
    created_at: Instant,
    created_by: Person,
    /** when it is tidied away */
    expires_at: Instant,
    rows: Type.Integer(),
    /** together they are `rows`; newer: of those that differ, where recording changes nothing */
    counts: Type.Object({
      same: Type.Integer(),
      differ: Type.Integer(),
      unknown: Type.Integer(),
      refused: Type.Integer(),
      newer: Type.Integer(),
    }),
    /** the first 50 that differ */
    differ: Type.Array(PortalCheckListRow),
    progress: Type.Object({ done: Type.Integer(), total: Type.Integer() }),
    /** of `progress.done`; changed: they were not what the preview had found */
    results: Type.Object({ recorded: Type.Integer(), known: Type.Integer(), gone: Type.Integer(), changed: Type.Integer() }),
    applied_by: nullable(Person),
    applied_at: nullable(Instant),
    finished_at: nullable(Instant),
    /** STAFF_DISABLED, ACTION_FORBIDDEN; null unless stopped */
    stop_code: nullable(Type.String()),
  },
  { $id: 'PortalCheckList' },
)
export type PortalCheckList = Static<typeof PortalCheckList>

export const PortalCheckListRowQuery = Type.Object(
  { ...PageQuery.properties, group: Type.Union([...PortalCheckListGroup.anyOf, Type.Literal('changed')]) },
  { additionalProperties: false },
)
export type PortalCheckListRowQuery = Static<typeof PortalCheckListRowQuery>
export const PortalCheckListRowPage = pageOf(PortalCheckListRow)
export type PortalCheckListRowPage = Static<typeof PortalCheckListRowPage>

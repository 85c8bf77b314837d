// Rebate figures as they were imported (product.md B31). Money is in whole fen, eCPM in yuan as text: neither is ever a fraction of a binary number.
import { Type, type Static } from 'typebox'
import { Instant, nullable, PageQuery, SubMchid } from '../../http/schema.ts'

const closed = { additionalProperties: false }
/** 2026-10 */
export const RebateMonthName = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' })

const RebateFile = Type.Object({ file: Type.String(), imported_at: Instant })

const figure = {
  impressions: Type.Integer({ minimum: 0 }),
  /** yuan a thousand impressions, with the decimals of the file */
  ecpm: Type.String(),
  amount_fen: Type.Integer({ minimum: 0 }),
  /** yuan by which the amount is more (or less) than ecpm ÷ 1000 × impressions; null: rounding explains it */
  difference: nullable(Type.String()),
}
const Figure = Type.Object(figure)

const month = {
  sp_mchid: SubMchid,
  provider_name: Type.String(),
  month: RebateMonthName,
  /** the file whose figures are shown */
  ...RebateFile.properties,
  /** its row of the number itself; null: it has none */
  stated: nullable(Figure),
  /** its rows of merchants, added up; null: it has none */
  merchants: nullable(Type.Object({ rows: Type.Integer(), impressions: Type.Integer(), amount_fen: Type.Integer() })),
  /** rows whose amount does not fit */
  differing: Type.Integer(),
  /** rows of which an earlier file said something else, or that one of both lacks */
  contradicted: Type.Integer(),
}

export const RebateMonth = Type.Object(month)
export type RebateMonth = Static<typeof RebateMonth>

/** GET /rebates: newest month first; at most 240. */
export const RebateMonths = Type.Object({ items: Type.Array(RebateMonth) }, { $id: 'RebateMonths' })
export type RebateMonths = Static<typeof RebateMonths>

export const RebateQuery = Type.Object({ ...PageQuery.properties, only: Type.Optional(Type.Literal('marked')) }, closed)
export type RebateQuery = Static<typeof RebateQuery>

export const RebateRow = Type.Object({
  /** null: the number itself */
  sub_mchid: nullable(SubMchid),
  /** null: not in the directory, or the number itself */
  name: nullable(Type.String()),
  /** null: only an earlier file has it */
  shown: nullable(Figure),
  /** what earlier files said that is not the same, newest first */
  earlier: Type.Array(Type.Object({ ...RebateFile.properties, ...figure })),
  /** earlier files told the month without this row */
  is_new: Type.Boolean(),
})
export type RebateRow = Static<typeof RebateRow>

/** GET /rebates/{sp_mchid}/{month}: the number itself first, then merchants by number. */
export const Rebate = Type.Object(
  {
    ...month,
    /** files that were replaced, newest first */
    earlier_files: Type.Array(Type.Object({ ...RebateFile.properties, replaced_at: Instant })),
    items: Type.Array(RebateRow),
    next_cursor: nullable(Type.String()),
  },
  { $id: 'Rebate' },
)
export type Rebate = Static<typeof Rebate>

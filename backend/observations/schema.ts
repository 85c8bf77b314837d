// What WeChat Pay was seen to do here about the questions that its pages leave open, and what operators made of texts that nobody knew (product.md B16).
import { Type, type Static } from 'typebox'
import { Instant, nullable } from '../http/schema.ts'
import { OperationKind } from '../evidence/schema.ts'

const Observation = Type.Object({
  /** a sentence in the language asked for */
  what: Type.String(),
  /** as WeChat Pay worded it, without merchants: a text, a number, the name of a reading */
  text: nullable(Type.String()),
  count: Type.Integer(),
  /** null: only counted */
  first_at: nullable(Instant),
  last_at: nullable(Instant),
})

const OpenQuestion = Type.Object({
  id: Type.String(),
  /** of docs/facts.md */
  section: Type.String(),
  question: Type.String(),
  /** what would settle it */
  settled_by: Type.String(),
  /** false: nothing that passes through here can show it */
  watched: Type.Boolean(),
  seen: Type.Array(Observation),
})

/** What an operator may say that a text means (product.md §7.4). */
export const GivenClass = Type.Union([
  Type.Literal('SP_NOT_ENROLLED'),
  Type.Literal('SP_PUNISHED'),
  Type.Literal('SP_TYPE_UNSUPPORTED'),
  Type.Literal('SUB_MERCHANT_PUNISHED'),
  Type.Literal('SUB_MERCHANT_NOT_FOUND'),
  Type.Literal('RELATION_INVALID'),
  Type.Literal('GOLD_PLAN_NOT_OPEN'),
  Type.Literal('RECEIPT_LINK_MISSING'),
  Type.Literal('DEFAULT_OPEN_ACTIVE'),
  Type.Literal('REOPEN_LOCKED'),
  Type.Literal('WX_RATE_LIMITED'),
  Type.Literal('WX_UNAVAILABLE'),
  Type.Literal('WX_REJECTED'),
  Type.Literal('WX_CONFIG'),
])
export type GivenClass = Static<typeof GivenClass>

/** A refusal of WeChat Pay, without merchants: the same text of two shops is one. */
export const SeenText = Type.Object(
  {
    id: Type.String({ description: 'of status, code and text' }),
    http_status: Type.Integer(),
    wx_code: Type.String(),
    /** empty: WeChat Pay said nothing readable */
    text: Type.String(),
    /** which writes it answered; empty: none that is still recorded */
    kinds: Type.Array(OperationKind),
    count: Type.Integer(),
    first_at: nullable(Instant),
    last_at: nullable(Instant),
    /** how the next identical answer is treated; WX_UNCLASSIFIED: shown as it is */
    code: Type.String(),
    by: Type.Union([Type.Literal('program'), Type.Literal('operator'), Type.Literal('nobody')]),
    /** who gave the class, or took it back last; null: nobody ever did */
    changed: nullable(Type.Object({ display_name: Type.String(), at: Instant })),
    /** of the class, for If-Match; 0: never given */
    version: Type.Integer(),
  },
  { $id: 'SeenText' },
)
export type SeenText = Static<typeof SeenText>

/** GET /observations */
export const Observations = Type.Object(
  {
    questions: Type.Array(OpenQuestion),
    /** those without a class first, then the latest; at most 200 */
    texts: Type.Array(SeenText),
    as_of: Instant,
  },
  { $id: 'Observations' },
)
export type Observations = Static<typeof Observations>

/** PUT /observations/texts/{text_id}/class */
export const TextClassRequest = Type.Object({ code: GivenClass }, { additionalProperties: false })
export type TextClassRequest = Static<typeof TextClassRequest>

export const TextId = Type.String({ pattern: '^[0-9a-f]{32}$' })

// 报名及配置 (product.md §5.4): what has to be done on WeChat's consoles and here before a provider number works, who answered what, and what checks found.
import { Type, type Static } from 'typebox'
import { ProviderSettings } from '../company/provider-settings/schema.ts'
import { BillHealth } from '../evidence/bills/schema.ts'
import { Instant, nullable } from '../http/schema.ts'

/** In the order in which they are done. */
export const ReadinessItemId = Type.Union([
  Type.Literal('enrolment'),
  Type.Literal('contact'),
  Type.Literal('api_keys'),
  Type.Literal('default_open'),
  Type.Literal('receipt_link'),
  Type.Literal('verification_file'),
  Type.Literal('debuggers'),
  Type.Literal('callback'),
  Type.Literal('server_domains'),
  Type.Literal('message_templates'),
  Type.Literal('privacy'),
  Type.Literal('appids'),
  Type.Literal('staff'),
  Type.Literal('directory'),
])
export type ReadinessItemId = Static<typeof ReadinessItemId>

export const ReadinessAnswerWord = Type.Union([Type.Literal('done'), Type.Literal('not_needed'), Type.Literal('open')])
export type ReadinessAnswerWord = Static<typeof ReadinessAnswerWord>

/** Checks that ask somebody outside: run on demand, the newest finding is kept. */
export const OutsideCheckId = Type.Union([
  Type.Literal('keys'),
  Type.Literal('clock'),
  Type.Literal('link'),
  Type.Literal('verification_file'),
])
export type OutsideCheckId = Static<typeof OutsideCheckId>

/** Of our own tables: looked at whenever they are asked for. */
export const KnownCheckId = Type.Union([
  Type.Literal('enrolled'),
  Type.Literal('default_open'),
  Type.Literal('templates'),
  Type.Literal('appids'),
  Type.Literal('staff'),
  Type.Literal('directory'),
])
export type KnownCheckId = Static<typeof KnownCheckId>

/** unknown: it could not be looked at, which says nothing */
export const ReadinessResult = Type.Union([Type.Literal('passed'), Type.Literal('failed'), Type.Literal('unknown')])
export type ReadinessResult = Static<typeof ReadinessResult>

export const ReadinessCheck = Type.Object({
  check: Type.Union([...OutsideCheckId.anyOf, ...KnownCheckId.anyOf]),
  result: ReadinessResult,
  /** words for each are in the app; {names} in it are keys of `values` */
  code: Type.String(),
  values: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
  /** null: never run */
  checked_at: nullable(Instant),
})
export type ReadinessCheck = Static<typeof ReadinessCheck>

export const ReadinessItem = Type.Object(
  {
    item: ReadinessItemId,
    /** what counts, of answer and checks together: a check that failed leaves it open, whatever was answered */
    state: ReadinessAnswerWord,
    answer: nullable(
      Type.Object({
        answer: ReadinessAnswerWord,
        /** a display name */
        by: Type.String(),
        at: Instant,
        note: Type.String(),
      }),
    ),
    checks: Type.Array(ReadinessCheck),
    /** whether it may be answered `not_needed` */
    optional: Type.Boolean(),
    /** of the answer, for If-Match; 0: nobody answered yet */
    version: Type.Integer(),
  },
  { $id: 'ReadinessItem' },
)
export type ReadinessItem = Static<typeof ReadinessItem>

/** PUT /provider/{sp_mchid}/readiness/{item} */
export const ReadinessAnswer = Type.Object(
  { answer: ReadinessAnswerWord, note: Type.String({ maxLength: 200 }) },
  { additionalProperties: false },
)
export type ReadinessAnswer = Static<typeof ReadinessAnswer>

/** Every item of one number; the next thing to do is the first whose state is `open`. */
export const Readiness = Type.Object({ sp_mchid: Type.String(), items: Type.Array(ReadinessItem) }, { $id: 'Readiness' })
export type Readiness = Static<typeof Readiness>

/** GET /provider: every number of the company, its home first */
export const ProviderNumberList = Type.Object(
  { numbers: Type.Array(Type.Object({ ...ProviderSettings.properties, readiness: Type.Array(ReadinessItem), bills: BillHealth })) },
  { $id: 'ProviderNumberList' },
)
export type ProviderNumberList = Static<typeof ProviderNumberList>

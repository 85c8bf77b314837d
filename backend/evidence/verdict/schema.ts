// What is true about a shop's JSAPI flow, derived from evidence (product.md §5.3).
import { Type, type Static } from 'typebox'
import { Instant, nullable } from '../../http/schema.ts'

export const SwitchStatus = Type.Union([Type.Literal('unknown'), Type.Literal('open'), Type.Literal('closed')])
export type SwitchStatus = Static<typeof SwitchStatus>

export const VerdictState = Type.Union([
  Type.Literal('unknown'),
  Type.Literal('not_applicable'),
  Type.Literal('not_migrated'),
  Type.Literal('enrolled'),
  Type.Literal('verified'),
  Type.Literal('regressed'),
  Type.Literal('blocked'),
])
export type VerdictState = Static<typeof VerdictState>

/** STALE and SETTLING depend on the present moment and are computed when read; SUSPECTED is the nightly watch's (product.md §5.5); the others are stored. */
export const Attention = Type.Union([
  Type.Literal('CHECK_FAILED'),
  Type.Literal('OUT_OF_BAND'),
  Type.Literal('OPERATION_BLOCKED'),
  Type.Literal('RECEIPT_ERROR'),
  Type.Literal('SETTLING'),
  Type.Literal('STALE'),
  Type.Literal('SUSPECTED'),
])
export type Attention = Static<typeof Attention>

const Day = Type.String({ format: 'date' })
/** What the mark SUSPECTED rests on: so many JSAPI payments from the first to the last day, and not one load of the receipt page since the first. */
export const Suspicion = Type.Object({ payments: Type.Integer(), from: Day, to: Day })
export type Suspicion = Static<typeof Suspicion>

export const Verdict = Type.Object(
  {
    state: VerdictState,
    /** PAGE_SEEN, AWAITING_VERIFICATION, DEFAULT_OPEN, REOPENED, CLOSED_BY_OPERATION, CLOSED_ON_PORTAL, NEGATIVE_AFTER_VERIFIED,
     *  SEEN_NOT_OFFICIAL, NO_RECORD_OF_OPENING, NOT_JSAPI, NO_EVIDENCE; blocked carries the error code */
    reason: Type.String(),
    /** occurred_at of the evidence that decided; null without evidence */
    since: nullable(Instant),
    /** the evidence that decided */
    evidence_id: nullable(Type.String()),
    attention: Type.Array(Attention),
    /** the ladder of the verdict: when the JSAPI flow was confirmed, the plan opened, the page seen; and by what kind of evidence */
    steps: Type.Object({
      flow_confirmed: nullable(Type.Object({ at: Instant, kind: Type.String() })),
      gold_plan_opened: nullable(Type.Object({ at: Instant, kind: Type.String() })),
      page_seen: nullable(Type.Object({ at: Instant, kind: Type.String() })),
    }),
  },
  { $id: 'Migration' },
)
export type Verdict = Static<typeof Verdict>

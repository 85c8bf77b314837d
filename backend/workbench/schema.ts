// The workbench (product.md M21): counts of the caller's shops, and what to handle first.
import { Type, type Static } from 'typebox'
import { SubMerchantRow } from '../directory/merchants/schema.ts'
import { Instant, Uuid, nullable } from '../http/schema.ts'
import { ReadinessItemId } from '../readiness/schema.ts'
import { VisitRow } from '../field-work/visits/schema.ts'

const count = Type.Integer({ minimum: 0 })

/** A shop as the list gives it, and what happened there. */
export const HandledRow = Type.Object(
  {
    ...SubMerchantRow.properties,
    /** what was seen: of a regressed one `proof`, of an error of the receipt `receipt_error`, of an unresolved write its kind: `gold_plan.open`, of a suspected one its payments */
    what: Type.String(),
    /** when it was seen, or asked for */
    at: nullable(Instant),
  },
  { $id: 'HandledRow' },
)
export type HandledRow = Static<typeof HandledRow>

/** How many there are, and the first three of them in the order of the list. */
const handled = Type.Object({ count, items: Type.Array(HandledRow, { maxItems: 3 }) })

/** GET /summary */
export const SummaryQuery = Type.Object(
  { assigned_to: Type.Optional(Type.Literal('me', { description: 'only the shops assigned to the caller' })) },
  { additionalProperties: false },
)
export type SummaryQuery = Static<typeof SummaryQuery>

/** Each number is the total of GET /sub-merchants with the filter named here, for the same caller at the same time. */
export const Summary = Type.Object(
  {
    /** state=… */
    by_state: Type.Object({
      unknown: count,
      not_applicable: count,
      not_migrated: count,
      enrolled: count,
      verified: count,
      regressed: count,
      blocked: count,
    }),
    /** attention=…, in capitals there */
    attention: Type.Object({
      check_failed: count,
      out_of_band: count,
      operation_blocked: count,
      receipt_error: count,
      settling: count,
      stale: count,
      suspected: count,
    }),
    /** receipt=open */
    receipts_open: count,
    /** no filter */
    total: count,
    /** the caller's own: GET /visits?mine=true&status=returned */
    returned_visits: count,
    /** those that wait for the caller, who reviews: GET /visits?mine=false&status=submitted; 0 for who reviews none */
    visits_to_review: count,
    /** requests that wait for the caller's decision: GET /change-requests?to_decide=true; 0 for who decides none */
    pending_approvals: count,
    /** how many more of the caller's shops are 已迁移 than twelve weeks ago (GET /metrics/dashboard); null: that was not kept yet */
    verified_gain: nullable(Type.Integer()),
    /** merchants that pay and are not in the directory: GET /unlisted-merchants; 0 for who cannot add them */
    unlisted_merchants: count,
    /** the caller's own stops that are published: GET /visit-plan/stops?staff_id=me */
    planned_visits: count,
    /** how far the provider's first number is that is not ready, for who sets it up; null: all are, or it is not the caller's to set up */
    readiness: nullable(
      Type.Object({ sp_mchid: Type.String(), done: count, total: count, next: ReadinessItemId, next_position: Type.Integer() }),
    ),
    /** the caller's own: GET /notices */
    unread_notices: count,
    /** of those whom it concerns: rollouts that stopped by themselves, that wait for a look, and that run, in this order; `left` merchants have no result yet */
    rollouts: Type.Array(
      Type.Object({
        id: Uuid,
        name: Type.String(),
        status: Type.Union([Type.Literal('stopped'), Type.Literal('waiting'), Type.Literal('running')]),
        left: count,
      }),
      { maxItems: 20 },
    ),
    handle_first: Type.Object({
      /** GET /visits?mine=true&status=returned */
      returned: Type.Object({ count, items: Type.Array(VisitRow, { maxItems: 3 }) }),
      /** state=regressed */
      regressed: handled,
      /** attention=RECEIPT_ERROR */
      receipt_error: handled,
      /** attention=SUSPECTED */
      suspected: handled,
      /** operation=unresolved */
      unresolved: handled,
    }),
    as_of: Instant,
  },
  { $id: 'Summary' },
)
export type Summary = Static<typeof Summary>

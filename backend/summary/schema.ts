// The workbench (product.md M21): counts of the caller's shops, and what to handle first.
import { Type, type Static } from 'typebox'
import { SubMerchantRow } from '../merchants/schema.ts'
import { Instant } from '../problems/schema.ts'

const count = Type.Integer({ minimum: 0 })

/** How many there are, and the first three of them as the list gives them. */
const handled = Type.Object({ count, items: Type.Array(SubMerchantRow, { maxItems: 3 }) })

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
    }),
    /** receipt=open */
    receipts_open: count,
    /** no filter */
    total: count,
    /** the caller's own: GET /visits?mine=true&status=returned */
    returned_visits: count,
    handle_first: Type.Object({
      /** state=regressed */
      regressed: handled,
      /** attention=RECEIPT_ERROR */
      receipt_error: handled,
      /** operation=unresolved */
      unresolved: handled,
    }),
    as_of: Instant,
  },
  { $id: 'Summary' },
)
export type Summary = Static<typeof Summary>

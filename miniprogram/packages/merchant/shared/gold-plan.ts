// Whether a shop has the plan, as far as is known (product.md §5.1): one rule for what the app offers and for what the server does.

interface KnownPlan {
  /** of the plan for JSAPI, by the ledger */
  status: string
  /** of the shop */
  state: string
}

/** A shop whose official page was seen has the plan, whoever opened it. */
export const hasGoldPlan = ({ status, state }: KnownPlan): boolean => status === 'open' || state === 'verified'

/** Closing needs more: one that was closed here is closed, even where the page was seen before. */
export const hasGoldPlanToClose = ({ status, state }: KnownPlan): boolean =>
  status === 'open' || (status === 'unknown' && state === 'verified')

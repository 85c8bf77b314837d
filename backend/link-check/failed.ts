import type { LinkFinding, LinkFindingCode } from './schema.ts'

/** Why a page could not be fetched, as the finding that it is. */
export class VisitFailed extends Error {
  override readonly name = 'VisitFailed'
  constructor(
    readonly code: LinkFindingCode,
    readonly values: LinkFinding['values'] = {},
  ) {
    super(code)
  }
}

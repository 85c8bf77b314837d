import type { Summary, SummaryQuery } from '../../typings/api'
import type { AbortScope } from './abort-scope'
import type { Http } from './http'

export const summaryApi = (http: Http) => ({
  /** Counts of my scope, each the total of the list with the same filter, and what to handle first. */
  getSummary: async (query: SummaryQuery, scope?: AbortScope): Promise<Summary> =>
    (await http.get<Summary>('/v1/summary', { query, scope })).body,
})

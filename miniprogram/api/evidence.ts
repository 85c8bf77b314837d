import type { EvidencePage } from '../../typings/api'
import type { AbortScope } from './abort-scope'
import type { Http } from './http'

export const evidenceApi = (http: Http) => ({
  /** Newest first, withdrawn ones included. */
  listEvidence: async (sub_mchid: string, query: { cursor?: string; limit?: number }, scope?: AbortScope): Promise<EvidencePage> =>
    (await http.get<EvidencePage>(`/v1/sub-merchants/${encodeURIComponent(sub_mchid)}/evidence`, { query, scope })).body,
})

import type { EvidencePage, EvidenceRequest, EvidenceResult, WithdrawalRequest } from '../../typings/api'
import type { AbortScope } from './abort-scope'
import type { Http } from './http'

const listOf = (sub_mchid: string) => `/v1/sub-merchants/${encodeURIComponent(sub_mchid)}/evidence`

export const evidenceApi = (http: Http) => ({
  /** Newest first, withdrawn ones included. */
  listEvidence: async (sub_mchid: string, query: { cursor?: string; limit?: number }, scope?: AbortScope): Promise<EvidencePage> =>
    (await http.get<EvidencePage>(listOf(sub_mchid), { query, scope })).body,
  /** Adds an item; `request.id` is made by the caller, once: sent again it is the same item. Throws ApiError ACTION_FORBIDDEN, VALIDATION_FAILED, NOT_FOUND. */
  recordEvidence: async (sub_mchid: string, request: EvidenceRequest, key: string = request.id): Promise<EvidenceResult> =>
    (await http.write<EvidenceResult>(listOf(sub_mchid), { method: 'POST', body: request, key })).body,
  /** 撤回: the item stays, marked, and counts no more. `key` is made once per decision. Throws ApiError ALREADY_WITHDRAWN, ACTION_FORBIDDEN. */
  withdrawEvidence: async (sub_mchid: string, evidence_id: string, request: WithdrawalRequest, key: string): Promise<EvidenceResult> => {
    const path = `${listOf(sub_mchid)}/${encodeURIComponent(evidence_id)}/withdrawal`
    return (await http.write<EvidenceResult>(path, { method: 'POST', body: request, key })).body
  },
})

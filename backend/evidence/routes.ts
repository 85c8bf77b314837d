import { Type } from 'typebox'
import { askOf, idempotencyHeader, type Routes } from '../http/authenticated.ts'
import { SubMchid, Uuid } from '../http/schema.ts'
import { EvidencePage, EvidenceQuery, EvidenceRequest, EvidenceResult, recordedWith, WithdrawalRequest } from './schema.ts'
import { listEvidence, takeBackEvidence, writeEvidence } from './service.ts'

const ofMerchant = Type.Object({ sub_mchid: SubMchid })
const ofItem = Type.Object({ sub_mchid: SubMchid, evidence_id: Uuid })

export const evidenceRoutes: Routes = (app, context) => {
  const common = { tags: ['evidence'] }

  app.get(
    '/v1/sub-merchants/:sub_mchid/evidence',
    {
      schema: { ...common, params: ofMerchant, querystring: EvidenceQuery, response: { 200: EvidencePage } },
    },
    async request => listEvidence(context, request.caller, request.params.sub_mchid, request.query),
  )

  app.post(
    '/v1/sub-merchants/:sub_mchid/evidence',
    {
      config: { requires: [...new Set(Object.values(recordedWith))] },
      schema: {
        ...common,
        params: ofMerchant,
        headers: idempotencyHeader,
        body: EvidenceRequest,
        response: { 201: EvidenceResult },
      },
    },
    async (request, reply) => {
      const result = await writeEvidence(context, askOf(request, reply), request.params.sub_mchid, request.body)
      return reply.code(201).send(result)
    },
  )

  app.post(
    '/v1/sub-merchants/:sub_mchid/evidence/:evidence_id/withdrawal',
    {
      config: { requires: 'evidence.withdraw' },
      schema: {
        ...common,
        params: ofItem,
        headers: idempotencyHeader,
        body: WithdrawalRequest,
        response: { 200: EvidenceResult },
      },
    },
    (request, reply) => takeBackEvidence(context, askOf(request, reply), request.params, request.body.reason),
  )
}

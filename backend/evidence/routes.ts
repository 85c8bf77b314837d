import { Type } from 'typebox'
import { authenticated, idempotencyHeader, originOf, type Routes } from '../http/authenticated.ts'
import { idempotentRequest } from '../http/idempotency.ts'
import { Problem, SubMchid, Uuid } from '../http/schema.ts'
import { EvidencePage, EvidenceQuery, EvidenceRequest, EvidenceResult, WithdrawalRequest } from './schema.ts'
import { listEvidence, takeBackEvidence, writeEvidence } from './service.ts'

const ofMerchant = Type.Object({ sub_mchid: SubMchid })
const ofItem = Type.Object({ sub_mchid: SubMchid, evidence_id: Uuid })

export const evidenceRoutes: Routes = (app, context) => {
  const common = { tags: ['evidence'], security: [{ bearer: [] }] }

  app.get(
    '/v1/sub-merchants/:sub_mchid/evidence',
    {
      ...authenticated(context),
      schema: { ...common, params: ofMerchant, querystring: EvidenceQuery, response: { 200: EvidencePage, default: Problem } },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return listEvidence(context, request.caller, request.params.sub_mchid, request.query)
    },
  )

  app.post(
    '/v1/sub-merchants/:sub_mchid/evidence',
    {
      ...authenticated(context),
      schema: {
        ...common,
        params: ofMerchant,
        headers: idempotencyHeader,
        body: EvidenceRequest,
        response: { 201: EvidenceResult, default: Problem },
      },
    },
    async (request, reply) => {
      const { sub_mchid } = request.params
      const { result, replayed } = await writeEvidence(
        context,
        request.caller,
        sub_mchid,
        request.body,
        idempotentRequest(request),
        originOf(request),
      )
      if (replayed) void reply.header('idempotent-replayed', 'true')
      return reply.code(201).send(result)
    },
  )

  app.post(
    '/v1/sub-merchants/:sub_mchid/evidence/:evidence_id/withdrawal',
    {
      ...authenticated(context),
      schema: {
        ...common,
        params: ofItem,
        headers: idempotencyHeader,
        body: WithdrawalRequest,
        response: { 200: EvidenceResult, default: Problem },
      },
    },
    async (request, reply) => {
      const idempotent = idempotentRequest(request)
      const { result, replayed } = await takeBackEvidence(
        context,
        request.caller,
        request.params,
        request.body.reason,
        idempotent,
        originOf(request),
      )
      if (replayed) void reply.header('idempotent-replayed', 'true')
      return reply.send(result)
    },
  )
}

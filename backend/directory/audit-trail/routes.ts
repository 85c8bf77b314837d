import type { Routes } from '../../http/authenticated.ts'
import { readInTurn } from '../../http/write.ts'
import { listAuditEntries } from './list.ts'
import { AuditPage, AuditQuery } from './schema.ts'

export const auditTrailRoutes: Routes = (app, context) => {
  app.get(
    '/v1/audit-entries',
    { config: { requires: 'audit.read' }, schema: { tags: ['audit'], querystring: AuditQuery, response: { 200: AuditPage } } },
    async request => readInTurn(context, request.caller, () => listAuditEntries(context, request.caller, request.query)),
  )
}

import type { Routes } from '../../http/authenticated.ts'
import { readInTurn } from '../../http/write.ts'
import { readDashboard } from './read.ts'
import { Dashboard, DashboardQuery } from './schema.ts'

export const dashboardRoutes: Routes = (app, context) => {
  app.get(
    '/v1/metrics/dashboard',
    {
      config: { requires: 'merchant.read' },
      schema: { tags: ['metrics'], querystring: DashboardQuery, response: { 200: Dashboard } },
    },
    async request => readInTurn(context, request.caller, () => readDashboard(context, request.caller, request.query)),
  )
}

import { authenticated, type Routes } from '../http.ts'
import { toInstant, toInstantOrNull } from '../instants.ts'
import { Problem } from '../problems/schema.ts'
import { troubleOf } from '../provider-trouble/read.ts'
import { actionsOf } from './permissions.ts'
import { Me } from './schema.ts'
import { staffShape } from './shape.ts'

/** Clients older than this get 426. */
export const minClientVersion = '0.1.0'

export const staffRoutes: Routes = (app, context) => {
  app.get(
    '/v1/me',
    { ...authenticated(context), schema: { tags: ['staff'], security: [{ bearer: [] }], response: { 200: Me, default: Problem } } },
    async (request, reply) => {
      const { sp_mchid, staff_id } = request.caller
      const staff = await context.db.selectFrom('staff').selectAll().where('id', '=', staff_id).executeTakeFirstOrThrow()
      const provider = await context.db.selectFrom('provider').selectAll().where('sp_mchid', '=', sp_mchid).executeTakeFirstOrThrow()
      void reply.header('cache-control', 'no-store')
      return {
        staff: staffShape(staff),
        provider: {
          sp_mchid,
          name: provider.name,
          default_open_since: toInstantOrNull(provider.default_open_since),
          receipt_link_configured: provider.receipt_link_configured,
          stale_after_days: provider.stale_after_days,
          trouble: await troubleOf(context.db, provider),
        },
        actions: actionsOf(staff.role),
        server_time: toInstant(context.clock.now()),
        min_client_version: minClientVersion,
      }
    },
  )
}

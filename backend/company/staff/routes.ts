import type { Selectable } from 'kysely'
import type { ProviderTable } from '../../database/company-tables.ts'
import type { Routes } from '../../http/authenticated.ts'
import { toInstant, toInstantOrNull } from '../../platform/instants.ts'
import { rederivingOf } from '../provider-settings/change.ts'
import { troublesOf } from '../provider-trouble/read.ts'
import { actionsOf } from './permissions.ts'
import { Me, type ProviderTrouble } from './schema.ts'
import { inOrderOf, ofNumbers } from './scope.ts'
import { staffShape } from './shape.ts'

export const staffRoutes: Routes = (app, context) => {
  app.get('/v1/me', { schema: { tags: ['staff'], response: { 200: Me } } }, async request => {
    const { numbers, staff_id } = request.caller
    const staff = await context.db.selectFrom('staff').selectAll().where('id', '=', staff_id).executeTakeFirstOrThrow()
    const rows = await context.db.selectFrom('provider').selectAll().where(ofNumbers(numbers)).orderBy(inOrderOf(numbers)).execute()
    const provider = rows[0]!
    const troubles = await troublesOf(context.db, numbers, rows)
    return {
      staff: staffShape(staff),
      provider: {
        sp_mchid: provider.sp_mchid,
        name: provider.name,
        default_open_since: toInstantOrNull(provider.default_open_since),
        receipt_link_configured: provider.receipt_link_configured,
        stale_after_days: provider.stale_after_days,
        ...underWay(await rederivingOf(context.db, rows)),
        trouble: troubles[0] ?? null,
        ...(rows.length > 1 && { numbers: rows.map(row => numberShape(row, troubles)) }),
      },
      actions: actionsOf(staff.role),
      server_time: toInstant(context.clock.now()),
      min_client_version: context.clientGate().minClientVersion,
    }
  })
}

/** Of all numbers together. */
function underWay(parts: Awaited<ReturnType<typeof rederivingOf>>): { rederiving?: { done: number; total: number | null } } {
  if (parts.length === 0) return {}
  const total = parts.some(part => part.total === null) ? null : parts.reduce((sum, part) => sum + part.total!, 0)
  return { rederiving: { done: parts.reduce((sum, part) => sum + part.done, 0), total } }
}

const numberShape = ({ sp_mchid, name, receipt_link_configured }: Selectable<ProviderTable>, troubles: readonly ProviderTrouble[]) => ({
  sp_mchid,
  name,
  receipt_link_configured,
  trouble: troubles.find(one => one.number?.sp_mchid === sp_mchid) ?? null,
})

// How many operations wait for an outcome, for the metrics.
import type { Context } from '../platform/context.ts'
import { ofNumbers } from '../company/staff/scope.ts'

const statuses = ['pending', 'unknown', 'unresolved'] as const

export async function countUnsettled({ db, payCalls, providers }: Context): Promise<void> {
  const rows = await db
    .selectFrom('operations')
    .select(['status', eb => eb.fn.countAll<string>().as('count')])
    .where(ofNumbers(providers.numbers))
    .where('status', 'in', statuses)
    .where('settled_at', 'is', null)
    .groupBy('status')
    .execute()
  for (const status of statuses) payCalls.unsettled(status, Number(rows.find(row => row.status === status)?.count ?? 0))
}

// What our own tables know of an item.
import { sql } from 'kysely'
import type { Numbers } from '../http/caller.ts'
import { templatesOf } from '../company/notices/service.ts'
import { templateFaults } from '../company/notices/template-faults.ts'
import { ofNumbers } from '../company/staff/scope.ts'
import type { Database, Trx } from '../database/connection.ts'
import type { Role } from '../http/schema.ts'
import { toInstant } from '../platform/instants.ts'
import type { Finding } from './findings.ts'
import type { KnownCheckId } from './schema.ts'

/** @param numbers of the company: staff and appids stand under its home, which is the first */
export async function knownFindings(db: Database | Trx, sp_mchid: string, numbers: Numbers): Promise<Record<KnownCheckId, Finding>> {
  return {
    enrolled: await enrolled(db, sp_mchid),
    default_open: await defaultOpen(db, sp_mchid),
    templates: await templates(db, sp_mchid),
    appids: await appids(db, numbers[0]),
    staff: await staff(db, numbers),
    directory: await directory(db, sp_mchid),
  }
}

/** A plan under it is open or was closed, or WeChat Pay last said that it is not enrolled. */
async function enrolled(db: Database | Trx, sp_mchid: string): Promise<Finding> {
  const row = await db.selectFrom('provider').select('trouble_code').where('sp_mchid', '=', sp_mchid).executeTakeFirst()
  if (row?.trouble_code === 'SP_NOT_ENROLLED') return { result: 'failed', code: 'NOT_ENROLLED', values: {} }
  const { rows } = await sql<{ merchants: number }>`
    select coalesce(sum(count), 0)::float8 as merchants from merchant_city_counts where sp_mchid = ${sp_mchid} and gold_plan_status <> 'unknown'`.execute(
    db,
  )
  const { merchants } = rows[0]!
  return merchants > 0 ? { result: 'passed', code: 'PLANS_OPENED', values: { merchants } } : null
}

/** Once it was said that it is on, or off again, there was a decision. */
async function defaultOpen(db: Database | Trx, sp_mchid: string): Promise<Finding> {
  const last = await db
    .selectFrom('provider_default_open_changes')
    .select(['enabled', 'effective_at'])
    .where('sp_mchid', '=', sp_mchid)
    .orderBy('recorded_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ? { result: 'passed', code: last.enabled ? 'IS_ON' : 'IS_OFF', values: { since: toInstant(last.effective_at) } } : null
}

/** WeChat says of a template only when a message of it goes out. */
async function templates(db: Database | Trx, sp_mchid: string): Promise<Finding> {
  const [worst] = await templateFaults(db, await templatesOf(db, sp_mchid))
  if (!worst) return null
  const { kind, errcode, errmsg, since } = worst
  return { result: 'failed', code: `REFUSED_${kind}`, values: { answer: `${errcode} ${errmsg}`.trim(), since } }
}

async function appids(db: Database | Trx, home: string): Promise<Finding> {
  const rows = await db
    .selectFrom('appids')
    .select(['kind', eb => eb.fn.countAll<string>().as('count')])
    .where('sp_mchid', '=', home)
    .where('kind', '<>', 'unregistered')
    .where('ended_at', 'is', null)
    .groupBy('kind')
    .execute()
  const of = (kind: string) => Number(rows.find(row => row.kind === kind)?.count ?? 0)
  const values = { official_accounts: of('official_account'), mini_programs: of('mini_program'), apps: of('app') }
  return values.official_accounts > 0
    ? { result: 'passed', code: 'REGISTERED', values }
    : { result: 'failed', code: 'NO_OFFICIAL_ACCOUNT', values }
}

/** Somebody who sees the whole company, and somebody who goes to shops. */
async function staff(db: Database | Trx, numbers: Numbers): Promise<Finding> {
  const rows = await db
    .selectFrom('staff')
    .select(['role', 'status', eb => eb.fn.countAll<string>().as('count')])
    .where(ofNumbers(numbers))
    .groupBy(['role', 'status'])
    .execute()
  const count = (status: string, roles: readonly Role[]) =>
    rows.filter(row => row.status === status && roles.includes(row.role)).reduce((sum, row) => sum + Number(row.count), 0)
  const values = {
    operators: count('active', ['operator']),
    field: count('active', ['field_agent', 'region_lead']),
    others: count('active', ['auditor', 'admin']),
    invited: count('invited', ['field_agent', 'region_lead', 'operator', 'auditor', 'admin']),
  }
  const code = values.operators === 0 ? 'NO_OPERATOR' : values.field === 0 ? 'NO_FIELD_STAFF' : 'STAFF_READY'
  return { result: code === 'STAFF_READY' ? 'passed' : 'failed', code, values }
}

async function directory(db: Database | Trx, sp_mchid: string): Promise<Finding> {
  const { rows } = await sql<{ merchants: number }>`
    select coalesce(sum(count), 0)::float8 as merchants from merchant_city_counts where sp_mchid = ${sp_mchid}`.execute(db)
  const { merchants } = rows[0]!
  return merchants > 0
    ? { result: 'passed', code: 'MERCHANTS', values: { merchants } }
    : { result: 'failed', code: 'NO_MERCHANTS', values: { merchants } }
}

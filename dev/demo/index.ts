// Fills an empty database with one merchant per state and difficulty and a realistic crowd (README.md).
import { sql } from 'kysely'
import type { Clock } from '../../backend/platform/clock.ts'
import type { Database, Trx } from '../../backend/database/connection.ts'
import { comparableCode } from '../../backend/directory/scan-resolutions/code.ts'
import { analyzeDirectory } from '../../backend/directory/merchants/analyze.ts'
import { inviteHours, keepInvites } from '../../backend/company/sessions/invites.ts'
import { hashInviteCode } from '../../backend/company/sessions/secrets.ts'
import { difficultMerchants } from './difficulties.ts'
import { insertClosingRequests } from './fill-closing-requests.ts'
import { insertMerchants, type DemoMerchant } from './fill-merchants.ts'
import { insertUnsettled } from './fill-operations.ts'
import { insertRefusals } from './fill-refusals.ts'
import { insertPayments } from './fill-payments.ts'
import { insertRebates } from './fill-rebates.ts'
import { insertNotices } from './fill-notices.ts'
import { insertBills } from './fill-bills.ts'
import { insertReceipts } from './fill-receipts.ts'
import { insertRollouts } from './fill-rollouts.ts'
import { insertVisits, withoutVisits } from './fill-visits.ts'
import { insertReadiness } from './fill-readiness.ts'
import { appids, byRole, invited, inviteCode, messageTemplates, provider, receiptLinks, staff } from './organisation.ts'
import { demoMerchants, demoRandom } from './merchants.ts'
import { storeCodes } from './store-codes.ts'
import { hour } from './history.ts'

export interface DemoFill {
  /** false: the database was not empty and nothing was written */
  filled: boolean
  /** merchants written */
  merchants: number
  /** for the role 未绑定 of the phone page; absent once it is used or has expired */
  inviteCode?: string
}

/** any number, the same in every process: two fills at once do one after the other, and the second finds the database filled */
const lockNumber = 4_012_473_790

/**
 * Rows only: the files of photos are putDemoPhotos' (fill-visits.ts), WeChat's memory is wechatSideOfDemo's.
 * Only ever writes into a database without any provider, staff or merchant; anything else is left alone.
 * @param clock the histories end at its present moment
 * @param beside what lies beside the rows is put there, given that moment; before the rows can be seen, so that whoever is interrupted begins again
 */
export async function fillDemoData(
  database: Database,
  clock: Clock,
  beside: (now: Date) => Promise<void> = async () => {},
): Promise<DemoFill> {
  return database.transaction().execute(async trx => {
    await sql`select pg_advisory_xact_lock(${lockNumber})`.execute(trx)
    const now = clock.now()
    if (await isUsed(trx)) {
      return { filled: false, merchants: 0, ...((await isInviteOpen(trx, now)) ? { inviteCode } : {}) }
    }
    await beside(now)
    await insertOrganisation(trx, now)
    const random = demoRandom()
    const merchants: DemoMerchant[] = demoMerchants(random).map(withoutVisits)
    await insertMerchants(trx, now, random, merchants)
    await insertVisits(trx, now)
    await insertUnsettled(trx, now, random, difficultMerchants)
    await insertRefusals(trx, now)
    await insertClosingRequests(trx, now)
    await insertRollouts(trx, now)
    await insertNotices(trx, now)
    await insertStoreCodes(trx, now)
    // last: what is drawn by chance for the others stays as it is
    await insertReceipts(trx, now, random)
    await insertBills(trx, now)
    await insertPayments(trx, now, random)
    await insertRebates(trx, now)
    await analyzeDirectory(trx)
    return { filled: true, merchants: merchants.length, inviteCode }
  })
}

async function isUsed(trx: Trx): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`
    select exists (select from provider) or exists (select from staff) or exists (select from sub_merchants) as used`.execute(trx)
  return rows[0]!.used
}

async function isInviteOpen(trx: Trx, now: Date): Promise<boolean> {
  const open = await trx
    .selectFrom('invites')
    .select('code_hash')
    .where('code_hash', '=', hashInviteCode(inviteCode))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return open !== undefined
}

async function insertOrganisation(trx: Trx, now: Date): Promise<void> {
  const { sp_mchid } = provider
  await trx
    .insertInto('provider')
    .values({
      ...provider,
      receipt_links: JSON.stringify(receiptLinks),
      message_templates: JSON.stringify(messageTemplates),
      default_open_since: null,
      updated_at: now,
    })
    .execute()
  await trx
    .insertInto('staff')
    .values(
      staff.map(({ id, display_name, role, region_codes, status }, index) => ({
        id,
        sp_mchid,
        display_name,
        role,
        region_codes: [...region_codes],
        status,
        last_seen_at: status === 'invited' ? null : new Date(now.getTime() - (index * 7 + 1) * hour),
        created_at: now,
      })),
    )
    .execute()
  await trx
    .insertInto('appids')
    .values(
      appids.map(entry => ({
        sp_mchid,
        appid: entry.appid,
        kind: entry.kind,
        name: entry.name,
        sub_mchid: 'sub_mchid' in entry ? entry.sub_mchid : null,
        ended_at: 'endedAgo' in entry ? new Date(now.getTime() - entry.endedAgo * 24 * hour) : null,
        updated_at: now,
        updated_by: byRole('admin').id,
      })),
    )
    .execute()
  await insertReadiness(trx, now)
  const bound = staff.flatMap(({ id, openid }) => (openid === null ? [] : [{ sp_mchid, openid, staff_id: id, bound_at: now }]))
  await trx.insertInto('staff_bindings').values(bound).execute()
  const expires_at = new Date(now.getTime() + inviteHours * hour)
  await keepInvites(trx, sp_mchid, [{ staff_id: invited.id, code: inviteCode, expires_at }], null, now)
}

async function insertStoreCodes(trx: Trx, now: Date): Promise<void> {
  const rows = storeCodes.map(({ content, sub_mchid, store_name }) => ({
    sp_mchid: provider.sp_mchid,
    content: comparableCode(content),
    sub_mchid,
    store_name,
    created_at: now,
    updated_at: now,
  }))
  await trx.insertInto('store_codes').values(rows).execute()
}

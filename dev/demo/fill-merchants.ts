// Puts the demo merchants into the directory and their pasts through the code that records real evidence.
import { randomUUID } from 'node:crypto'
import type { Trx } from '../../backend/database/connection.ts'
import { recordEvidence, recordEvidenceOfMany, withdrawEvidence, type NewEvidence } from '../../backend/evidence/record.ts'
import { searchTerms } from '../../backend/directory/merchants/search-terms.ts'
import type { DifficultMerchant } from './difficult-merchant.ts'
import { day } from './history.ts'
import { itemsOfPast } from './past-items.ts'
import { byRole, provider } from './organisation.ts'
import type { Random } from './random.ts'

export type DemoMerchant = Pick<
  DifficultMerchant,
  'sub_mchid' | 'name' | 'short_name' | 'industry' | 'region_code' | 'address' | 'assigned_to' | 'status' | 'evidence'
>

/** rows in one INSERT: a statement of PostgreSQL takes 65,535 parameters */
const chunk = 500

export async function insertMerchants(trx: Trx, now: Date, random: Random, merchants: readonly DemoMerchant[]): Promise<void> {
  const { sp_mchid } = provider
  const rows = merchants.map(({ sub_mchid, name, short_name, industry, region_code, address, status, assigned_to, evidence }) => {
    const oldest = evidence.reduce((most, { ago }) => Math.max(most, ago), 0)
    const created_at = new Date(now.getTime() - oldest - random.integer(1, 300) * day)
    return {
      sp_mchid,
      sub_mchid,
      name,
      short_name,
      ...searchTerms({ name, short_name, address }),
      industry,
      region_code,
      address,
      assigned_to: assigned_to === null ? null : byRole(assigned_to).id,
      status,
      created_at,
      updated_at: created_at,
    }
  })
  for (let start = 0; start < rows.length; start += chunk) {
    await trx
      .insertInto('sub_merchants')
      .values(rows.slice(start, start + chunk))
      .execute()
  }
  const weeks = new Map<number, Map<string, Given[]>>()
  for (const { sub_mchid, evidence } of merchants) {
    if (evidence.length === 0) continue
    const { items, withdrawals } = itemsOfPast(now, random, evidence)
    if (withdrawals.length === 0 && isOfCrowd(sub_mchid)) {
      for (const item of items) addTo(weeks, item, sub_mchid, now)
      continue
    }
    await recordEvidence(trx, { sp_mchid, sub_mchid }, items, now)
    for (const withdrawal of withdrawals) await withdrawEvidence(trx, { sp_mchid, sub_mchid }, withdrawal, now)
  }
  for (const at of [...weeks.keys()].sort((one, other) => one - other))
    await recordEvidenceOfMany(trx, sp_mchid, weeks.get(at)!, new Date(at))
}

type Given = NewEvidence & { id: string }

const week = 7 * day
/** Weeks that the dashboard draws; what is older is recorded at once before them. */
const weeksBack = 13

/** see crowd.ts */
const isOfCrowd = (sub_mchid: string): boolean => sub_mchid.startsWith('19001')

/** The crowd is recorded week by week, as it happened, so that the dashboard has twelve weeks to show. */
function addTo(weeks: Map<number, Map<string, Given[]>>, item: NewEvidence, sub_mchid: string, now: Date): void {
  const ago = Math.floor((now.getTime() - item.recorded_at.getTime()) / week)
  const at = now.getTime() - Math.min(ago, weeksBack) * week
  const shops = weeks.get(at) ?? new Map<string, Given[]>()
  shops.set(sub_mchid, [...(shops.get(sub_mchid) ?? []), { ...item, id: item.id ?? randomUUID() }])
  weeks.set(at, shops)
}

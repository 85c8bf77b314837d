// What the demo's merchants with an open receipt chose for it, and thirty days of loads, of which receipt health shows a week and 收款分析 all.
import { RECEIPT_TEMPLATES, templateFor } from '../../miniprogram/packages/merchant/shared/receipt-blocks.ts'
import type { Trx } from '../../backend/database/connection.ts'
import type { LoadResult } from '../../backend/database/receipt-tables.ts'
import { dayOf } from '../../backend/http/days.ts'
import { stepOf } from '../../backend/receipts/steps.ts'
import { day } from './history.ts'
import { byRole, provider } from './organisation.ts'
import type { Random } from './random.ts'

const { sp_mchid } = provider
/** 科技面馆 is what `npm start` points customers to, whatever its industry */
const always = '1900000109'
const withLoads = 40
/** as many as there are bills of, and today */
const loadDays = 31
/** 十里停车场 has not thought of it: what it is paid says that it should (fill-payments.ts) */
const withoutParking = '1900000126'

/** After the merchants' histories: they say whose receipt is open. */
export async function insertReceipts(trx: Trx, now: Date, random: Random): Promise<void> {
  const merchants = await trx
    .selectFrom('sub_merchants')
    .select(['sub_mchid', 'industry'])
    .where('sp_mchid', '=', sp_mchid)
    .where(eb => eb.or([eb('receipt_status', '=', 'open'), eb('sub_mchid', '=', always)]))
    .orderBy('sub_mchid')
    .execute()
  const contents = merchants.map(({ sub_mchid, industry }) => {
    const code = templateFor(industry) ?? 'catering'
    const chosen = RECEIPT_TEMPLATES.find(template => template.code === code)!.blocks
    const blocks = JSON.stringify(sub_mchid === withoutParking ? chosen.filter(({ kind }) => kind !== 'parking') : chosen)
    return { sp_mchid, sub_mchid, version: 1, blocks, changed_at: new Date(now.getTime() - 8 * day), changed_by: byRole('operator').id }
  })
  for (let start = 0; start < contents.length; start += 500) {
    await trx
      .insertInto('receipt_contents')
      .values(contents.slice(start, start + 500))
      .execute()
  }
  const counters = merchants.slice(0, withLoads).flatMap(({ sub_mchid }) => loadsOf(sub_mchid, now, random))
  for (let start = 0; start < counters.length; start += 500) {
    await trx
      .insertInto('receipt_load_days')
      .values(counters.slice(start, start + 500))
      .execute()
  }
  if (counters.length > 0)
    await trx.insertInto('receipt_code_variants').values({ sp_mchid, variant: 'plain.raw.lower', loads: 4_000 }).execute()
}

/** About half of those who pay inside a web page (fill-payments.ts) tap 完成 and load the receipt. */
function loadsOf(sub_mchid: string, now: Date, random: Random) {
  return Array.from({ length: loadDays }, (_, ago) => dayOf(new Date(now.getTime() - ago * day))).flatMap(date => {
    const loads = random.integer(8, 18)
    const steps: number[] = []
    for (let load = 0; load < loads; load += 1) {
      const step = stepOf(random.integer(0, 100) === 0 ? 3_400 : random.integer(180, 900))
      steps[step] = (steps[step] ?? 0) + 1
    }
    const row = (result: LoadResult, count: number, shown = 0, ready: number[] = []) => ({
      sp_mchid,
      sub_mchid,
      day: date,
      result,
      loads: count,
      shown,
      ready_steps: Array.from(ready, one => one ?? 0),
    })
    const few = random.integer(0, 9) === 0 ? 1 : 0
    return [row('valid', loads, loads, steps), ...(few > 0 ? [row('invalid', few), row('unknown_order', 1)] : [])]
  })
}

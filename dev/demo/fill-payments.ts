// Five weeks of trade bills, counted as they are when they land: a shop for each suggestion of 收款分析 (product.md §11.1), and the others whose customers load
// a receipt. Every payment inside a web page is of the provider's own 公众号.
import { sql } from 'kysely'
import type { Trx } from '../../backend/database/connection.ts'
import { daysBack, newestBillDay } from '../../backend/evidence/bills/fetch.ts'
import { addUpRegions } from '../../backend/evidence/bills/regions.ts'
import { dayLater } from '../../backend/http/days.ts'
import { appids, provider } from './organisation.ts'
import type { Random } from './random.ts'

const { sp_mchid } = provider
const days = 35
const officialAccount = appids.find(({ kind }) => kind === 'official_account')!.appid

/** How a shop is paid: weights by hour and band, payments a day. */
interface Custom {
  hours: readonly number[]
  bands: readonly number[]
  /** inside a web page, and scanned by the shop */
  jsapi: number
  micropay: number
}
const hours = (...parts: readonly (readonly [from: number, to: number, weight: number])[]): number[] =>
  Array.from({ length: 24 }, (_, hour) => parts.reduce((sum, [from, to, weight]) => (hour >= from && hour < to ? sum + weight : sum), 0))

const lunch: Custom = { hours: hours([9, 20, 1], [11, 14, 5]), bands: [2, 6, 2, 1, 0, 0], jsapi: 26, micropay: 14 }
const quiet: Custom = { hours: hours([10, 22, 4], [14, 17, -3]), bands: [1, 5, 4, 2, 0, 0], jsapi: 24, micropay: 6 }
const parking: Custom = { hours: hours([7, 23, 1]), bands: [5, 4, 1, 0, 0, 0], jsapi: 26, micropay: 10 }
const busy: Custom = { hours: hours([10, 22, 1], [17, 21, 2]), bands: [0, 1, 2, 4, 3, 1], jsapi: 90, micropay: 20 }
/** no day has twenty payments, each week has */
const calm: Custom = { hours: hours([10, 22, 1], [18, 20, 2]), bands: [1, 3, 4, 2, 1, 0], jsapi: 7, micropay: 2 }
const even: Custom = { hours: hours([9, 21, 1]), bands: [2, 3, 2, 1, 1, 0], jsapi: 22, micropay: 8 }

/** 商户号 → how; what each stands for is in product.md §11.1 */
const shops: Readonly<Record<string, Custom>> = {
  // noodles at noon, and a receipt that begins with something else than a pick-up code: nobody chose one
  '1900000120': lunch,
  '1900000121': quiet,
  // what its receipt shows has no parking time (fill-receipts.ts)
  '1900000126': parking,
  // many pay, few load the receipt
  '1900000117': busy,
  '1900000109': even,
  '1900000122': calm,
}
/** twelve payments in all: nothing of it is told */
const few = '1900000118'

/** After the receipts: who has loads has payments, too. */
export async function insertPayments(trx: Trx, now: Date, random: Random): Promise<void> {
  const newest = newestBillDay(now)
  const others = await trx.selectFrom('receipt_load_days').select('sub_mchid').distinct().orderBy('sub_mchid').execute()
  const customs = new Map<string, Custom>(others.map(({ sub_mchid }) => [sub_mchid, even]))
  for (const [sub_mchid, custom] of Object.entries(shops)) customs.set(sub_mchid, custom)
  customs.delete(few)
  for (const day of Array.from({ length: days }, (_, back) => dayLater(newest, -back))) {
    const rows = [...customs].map(([sub_mchid, custom]) => dayAt(sub_mchid, day, custom, random))
    if (day > dayLater(newest, -12)) rows.push(dayAt(few, day, { ...even, jsapi: 1, micropay: 0 }, random))
    await trx.insertInto('payment_days').values(rows).execute()
    const payments = rows.reduce((sum, row) => sum + row.payments, 0)
    const facts = { rows: payments, payments, merchants: rows.length, tried_at: now, landed_at: now }
    // by hand: nobody asks the sandbox for them again
    await trx
      .insertInto('bill_days')
      .values({ sp_mchid, day, state: 'landed', source: 'file', sha1: `demo${day.replaceAll('-', '')}`.padEnd(40, '0'), ...facts })
      .execute()
  }
  // nobody paid before, which the sandbox says of each day as well: the worker need not ask for two months of them when it starts
  await sql`
    insert into bill_days (sp_mchid, day, state, tried_at)
    select ${sp_mchid}, day::date, 'empty', ${now}
    from generate_series(${dayLater(newest, 1 - daysBack)}::date, ${dayLater(newest, -days)}::date, interval '1 day') as day`.execute(trx)
  for (let back = 0; back < days; back += 1) await addUpRegions(trx, sp_mchid, dayLater(newest, -back))
}

function dayAt(sub_mchid: string, day: string, { hours: byHour, bands: byBand, jsapi, micropay }: Custom, random: Random) {
  const weekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
  const some = (usual: number) => Math.round(usual * (weekend ? 1.2 : 1) * (0.85 + random.next() * 0.3))
  const counts = { jsapi: some(jsapi), micropay: some(micropay) }
  const payments = counts.jsapi + counts.micropay
  return {
    sp_mchid,
    sub_mchid,
    day,
    payments,
    jsapi: JSON.stringify({ [officialAccount]: counts.jsapi }),
    native: 0,
    micropay: counts.micropay,
    app: 0,
    h5: 0,
    facepay: 0,
    other: 0,
    refunds: random.chance(0.2) ? 1 : 0,
    hours: spread(payments, byHour, random),
    bands: spread(payments, byBand, random),
  }
}

function spread(payments: number, weights: readonly number[], random: Random): number[] {
  const items = weights.map((weight, place) => [weight, place] as const)
  const counts = weights.map(() => 0)
  for (let payment = 0; payment < payments; payment += 1) counts[random.weighted(items)]! += 1
  return counts
}

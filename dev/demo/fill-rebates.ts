// Rebate figures of the last three months as if they had been imported: one month that fits, one whose amounts do not, one that a second file told otherwise.
import type { Trx } from '../../backend/database/connection.ts'
import { landMonthOfRebate, type RebateRow } from '../../backend/directory/imports/rebate-landing.ts'
import { differenceOf } from '../../backend/directory/rebates/check.ts'
import { dayOf } from '../../backend/http/days.ts'
import { day } from './history.ts'
import { provider } from './organisation.ts'

const { sp_mchid } = provider
/** 商户号 ('' for the number itself), impressions, eCPM, fen */
type Figure = readonly [sub_mchid: string, impressions: number, ecpm: string, amount_fen: number]

const even: readonly Figure[] = [
  ['', 1_860_000, '12.40', 2_306_400],
  ['1900000121', 620_000, '12.40', 768_800],
  ['1900000125', 480_000, '12.40', 595_200],
  ['1900000126', 760_000, '12.40', 942_400],
]
const uneven: readonly Figure[] = [
  ['', 1_700_000, '11.80', 2_006_000],
  ['1900000121', 600_000, '11.80', 708_000],
  // forgotten decimals, and one that is not in the directory
  ['1900000126', 700_000, '11.80', 827_000],
  ['1900009999', 400_000, '11.80', 472_000],
]
const first: readonly Figure[] = [
  ['1900000121', 600_000, '12.00', 720_000],
  ['1900000125', 500_000, '12.00', 600_000],
]
const corrected: readonly Figure[] = [
  ['1900000121', 620_000, '12.00', 744_000],
  ['1900000126', 700_000, '12.00', 840_000],
]

export async function insertRebates(trx: Trx, now: Date): Promise<void> {
  const land = (file: string, months: number, ago: number, figures: readonly Figure[]) => {
    const month = monthBefore(now, months)
    const rows = figures.map(([sub_mchid, impressions, ecpm, fen], index): RebateRow => {
      const figure = { impressions: String(impressions), ecpm, amount_fen: String(fen) }
      return {
        line: index + 2,
        month,
        sp_mchid,
        sub_mchid: sub_mchid === '' ? null : sub_mchid,
        ...figure,
        difference: differenceOf(figure),
      }
    })
    const sha256 = Buffer.from(file).toString('hex').padEnd(64, '0').slice(0, 64)
    return landMonthOfRebate(trx, { file, sha256, rows }, new Date(now.getTime() - ago * day))
  }
  await land(`返佣-${monthBefore(now, 3)}.csv`, 3, 70, first)
  await land(`返佣-${monthBefore(now, 3)}-更正.csv`, 3, 60, corrected)
  await land(`返佣-${monthBefore(now, 2)}.csv`, 2, 40, uneven)
  await land(`返佣-${monthBefore(now, 1)}.csv`, 1, 9, even)
}

/** 2026-10, of so many months before this one */
function monthBefore(now: Date, months: number): string {
  const [year, month] = dayOf(now).split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 7)
}

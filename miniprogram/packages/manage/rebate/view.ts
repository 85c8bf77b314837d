// What the page 返佣 says of figures: as they were imported, with what does not fit beside them. Nothing is computed but the difference that the backend found.
import type { Rebate, RebateMonth, RebateRow } from '../../../../typings/api'
import { absoluteTime } from '../../../rules/relative-time'
import { grouped } from '../../../shared/fill'
import type { Say } from '../../../words/say'
import './words'

type Figure = NonNullable<RebateRow['shown']>

export interface MonthRow {
  id: string
  sp_mchid: string
  month: string
  title: string
  /** of which number, where the provider has several */
  provider: string
  amount: string
  facts: string[]
  marks: string[]
}
export interface HeadView {
  title: string
  provider: string
  totals: { id: string; name: string; amount: string; text: string; mark: string }[]
  /** total of the number ≠ its merchants */
  mark: string
  file: string
  earlier: { id: string; text: string }[]
  isMarked: boolean
}
export interface ItemView {
  id: string
  name: string
  tail: string
  /** its page; '' where it is not in the directory */
  shop: string
  amount: string
  text: string
  mark: string
  earlier: { id: string; text: string }[]
}

/** 1250000 → 12,500.00; from its digits, never as a fraction */
export function yuan(fen: number): string {
  const digits = String(fen).padStart(3, '0')
  return `${grouped(digits.slice(0, -2))}.${digits.slice(-2)}`
}
/** "-5.01" → "5.01" */
const withoutSign = (difference: string): string => difference.replace(/^-/, '')

const differenceText = (difference: string | null, say: Say): string =>
  difference === null ? '' : say(difference.startsWith('-') ? 'rebate.less' : 'rebate.more_than', { yuan: withoutSign(difference) })
const figureText = ({ impressions, ecpm }: Pick<Figure, 'impressions' | 'ecpm'>, say: Say): string =>
  say('rebate.figure', { impressions, ecpm })

const isUneven = ({ stated, merchants }: RebateMonth): boolean =>
  stated !== null && merchants !== null && stated.amount_fen !== merchants.amount_fen

export function monthRow(month: RebateMonth, several: boolean, say: Say): MonthRow {
  const { sp_mchid, provider_name, stated, merchants, differing, contradicted } = month
  const amount = stated?.amount_fen ?? merchants?.amount_fen ?? 0
  return {
    id: `${sp_mchid}-${month.month}`,
    sp_mchid,
    month: month.month,
    title: month.month,
    provider: several ? `${provider_name} ${sp_mchid}` : '',
    amount: say('rebate.yuan', { yuan: yuan(amount) }),
    facts: [
      say(stated === null ? 'rebate.added_up' : 'rebate.stated'),
      ...(merchants === null ? [] : [say('rebate.merchants', { count: merchants.rows })]),
    ],
    marks: [
      ...(differing > 0 ? [say('rebate.differing', { count: differing })] : []),
      ...(isUneven(month) ? [say('rebate.uneven')] : []),
      ...(contradicted > 0 ? [say('rebate.contradicted', { count: contradicted })] : []),
    ],
  }
}

export function headView(month: Rebate, now: number, say: Say): HeadView {
  const { stated, merchants, file, imported_at, earlier_files, provider_name, sp_mchid } = month
  const when = (at: string) => absoluteTime(at, now, say)
  return {
    title: say('rebate.title', { month: month.month }),
    provider: `${provider_name} ${sp_mchid}`,
    totals: [
      ...(stated === null
        ? []
        : [
            {
              id: 'stated',
              name: say('rebate.stated'),
              amount: say('rebate.yuan', { yuan: yuan(stated.amount_fen) }),
              text: figureText(stated, say),
              mark: differenceText(stated.difference, say),
            },
          ]),
      ...(merchants === null
        ? []
        : [
            {
              id: 'added-up',
              name: say('rebate.added_up'),
              amount: say('rebate.yuan', { yuan: yuan(merchants.amount_fen) }),
              text: say('rebate.rows', { count: merchants.rows, impressions: merchants.impressions }),
              mark: '',
            },
          ]),
    ],
    mark: isUneven(month) ? say('rebate.uneven_by', { yuan: yuan(Math.abs(stated!.amount_fen - merchants!.amount_fen)) }) : '',
    file: say('rebate.file', { file, time: when(imported_at) }),
    earlier: earlier_files.map((one, index) => ({
      id: `${index}`,
      text: say('rebate.earlier_file', { file: one.file, time: when(one.imported_at), replaced: when(one.replaced_at) }),
    })),
    isMarked: month.differing + month.contradicted > 0,
  }
}

export function itemView({ sub_mchid, name, shown, earlier, is_new }: RebateRow, now: number, say: Say): ItemView {
  const marks = [
    ...(shown === null ? [say('rebate.gone')] : shown.difference === null ? [] : [differenceText(shown.difference, say)]),
    ...(is_new ? [say('rebate.is_new')] : []),
  ]
  return {
    id: sub_mchid ?? 'own',
    name: sub_mchid === null ? say('rebate.own') : (name ?? say('rebate.unlisted')),
    tail: sub_mchid ?? '',
    shop: name === null ? '' : (sub_mchid ?? ''),
    amount: shown === null ? '' : say('rebate.yuan', { yuan: yuan(shown.amount_fen) }),
    text: shown === null ? '' : figureText(shown, say),
    mark: marks.join(say('rebate.separator')),
    earlier: earlier.map((one, index) => ({
      id: `${index}`,
      text: say('rebate.said', {
        file: one.file,
        time: absoluteTime(one.imported_at, now, say),
        yuan: yuan(one.amount_fen),
        figure: figureText(one, say),
      }),
    })),
  }
}

// One merchant that pays and is not in the directory, as it is drawn. Pure.
import type { UnlistedMerchant } from '../../../../typings/api'
import { absoluteTime, dayOf } from '../../../rules/relative-time'
import type { Say } from '../../../words/say'
import './words'

export interface UnlistedRow {
  sub_mchid: string
  /** 近 30 天 62 笔, or that there are too few to say */
  payments: string
  /** 公众号 40 笔, 小程序 10 笔: what there is, the most first */
  ways: string[]
  /** since when, and when last */
  facts: string[]
  /** by whom it was put aside; '' for nobody */
  dismissed: string
  spoken: string
}

const WAYS = ['jsapi', 'miniprogram', 'unknown_appid', 'native', 'micropay', 'app', 'h5', 'facepay', 'other'] as const

export function unlistedRow(
  { sub_mchid, sp_mchid, first_day, last_day, payments, by_way, dismissed }: UnlistedMerchant,
  { severalNumbers, now }: { severalNumbers: boolean; now: number },
  say: Say,
): UnlistedRow {
  const dayText = (day: string) => dayOf(`${day}T12:00:00+08:00`, now, say)
  const known = by_way ? WAYS.flatMap(way => (by_way[way] > 0 ? [{ way, count: by_way[way] }] : [])) : []
  const ways = known
    .sort((one, other) => other.count - one.count)
    .map(({ way, count }) => say('unlisted.way', { way: say(`unlisted.way_${way}`), count }))
  const paid = payments === null ? say('unlisted.few') : say('unlisted.payments', { count: payments })
  const facts = [
    say('unlisted.since', { day: dayText(first_day) }),
    say('unlisted.last', { day: dayText(last_day) }),
    ...(severalNumbers ? [say('unlisted.under', { sp_mchid })] : []),
  ]
  return {
    sub_mchid,
    payments: paid,
    ways,
    facts,
    dismissed: dismissed
      ? say('unlisted.dismissed_by', { by: dismissed.by, time: absoluteTime(dismissed.at, now, say, { today: true }) })
      : '',
    spoken: [sub_mchid, paid, ...ways, ...facts].join(say('common.comma')),
  }
}

// "已被同事改为关闭（今天 10:12），你的修改没有执行。" (product.md M15)
import type { SubMerchant } from '../../../../typings/api'
import { tagList } from '../rules/ad-filter'
import { featureOfIntent, fieldOf, statusOf, type Intent } from '../rules/controls'
import { absoluteTime } from '../../../rules/relative-time'
import type { Language, Say } from '../../../words/say'
import '../words/words'
import '../rules/control-rows'

export interface Conflict {
  intent: Intent
  current: SubMerchant
  /** whether the person has to choose; false: it is already as wanted */
  choices: boolean
}
export interface ConflictView {
  title: string
  sentence: string
  /** 保留现状 */
  keep_label: string
  /** 仍要修改, null when there is nothing to choose */
  insist_label: string | null
}

export function conflictView({ intent, current, choices }: Conflict, now: number, language: Language, say: Say): ConflictView {
  const feature = featureOfIntent(intent)
  const field = fieldOf(current, feature)
  const time = field.changed_at === null ? '' : absoluteTime(field.changed_at, now, say, { today: true })
  const word =
    feature === 'ad_filter'
      ? tagList(current.ad_filter.industries, language) || say('ad_filter.none')
      : say(`switch.${statusOf(current, feature)}`)
  const values = { by: field.changed_by ?? say('conflict.somebody'), word, time }
  const somebody = field.changed_by === null ? say('conflict.text.nobody', values) : say('conflict.text', values)
  return {
    title: say('conflict.title', { feature: say(`feature.${feature}`) }),
    sentence: choices ? somebody : say('conflict.already', values),
    keep_label: choices ? say('conflict.keep') : say('common.ok'),
    insist_label: choices ? say('conflict.insist') : null,
  }
}

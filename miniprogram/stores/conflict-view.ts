// "已被同事改为关闭（今天 10:12），你的修改没有执行。" (product.md M15)
import type { SubMerchant } from '../../typings/api'
import { featureOfIntent, statusOf, type Intent } from '../domain/controls'
import { absoluteTime } from '../domain/relative-time'
import type { Say } from '../domain/say'

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

export function conflictView({ intent, current, choices }: Conflict, now: number, say: Say): ConflictView {
  const feature = featureOfIntent(intent)
  const field = feature === 'gold_plan' ? current.gold_plan.jsapi : current.receipt
  const time = field.changed_at === null ? '' : absoluteTime(field.changed_at, now, say, { today: true })
  const values = { by: field.changed_by ?? say('conflict.somebody'), word: say(`switch.${statusOf(current, feature)}`), time }
  const somebody = field.changed_by === null ? say('conflict.text.nobody', values) : say('conflict.text', values)
  return {
    title: say('conflict.title', { feature: say(`feature.${feature}`) }),
    sentence: choices ? somebody : say('conflict.already', values),
    keep_label: choices ? say('conflict.keep') : say('common.ok'),
    insist_label: choices ? say('conflict.insist') : null,
  }
}

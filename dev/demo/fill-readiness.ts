// How far the provider of the demo data is: most is done, the receipt link waits for its check, and 默认开通 was tried once and given up.
import type { Trx } from '../../backend/database/connection.ts'
import type { ReadinessAnswerWord, ReadinessItemId } from '../../backend/readiness/schema.ts'
import { day, hour } from './history.ts'
import { byRole, provider } from './organisation.ts'

const answers: readonly { item: ReadinessItemId; answer: ReadinessAnswerWord; note: string; by: 'operator' | 'admin'; ago: number }[] = [
  { item: 'enrolment', answer: 'done', note: '承诺函已签，存档在行政部', by: 'admin', ago: 200 * day },
  { item: 'contact', answer: 'done', note: '', by: 'admin', ago: 200 * day },
  { item: 'debuggers', answer: 'open', note: '等门店确认由谁来付款测试', by: 'operator', ago: 3 * day },
  { item: 'server_domains', answer: 'done', note: 'request、uploadFile、downloadFile 都填了', by: 'operator', ago: 190 * day },
  { item: 'message_templates', answer: 'done', note: '三个模板已登记', by: 'admin', ago: 60 * day },
]
const findings = [
  { check: 'keys', result: 'passed', code: 'BOTH_KEYS', values: {} },
  { check: 'clock', result: 'passed', code: 'AGREES', values: { seconds: 0.2 } },
] as const
const tried = [
  { enabled: true, ago: 60 * day },
  { enabled: false, ago: 53 * day },
]

export async function insertReadiness(trx: Trx, now: Date): Promise<void> {
  const { sp_mchid } = provider
  const at = (ago: number) => new Date(now.getTime() - ago)
  await trx
    .insertInto('readiness_answers')
    .values(
      answers.map(({ item, answer, note, by, ago }) => ({
        sp_mchid,
        item,
        answer,
        note,
        answered_by: byRole(by).id,
        answered_at: at(ago),
        version: 1,
      })),
    )
    .execute()
  await trx
    .insertInto('readiness_findings')
    .values(findings.map(({ values, ...found }) => ({ sp_mchid, ...found, values: JSON.stringify(values), checked_at: at(2 * hour) })))
    .execute()
  await trx
    .insertInto('provider_default_open_changes')
    .values(
      tried.map(({ enabled, ago }) => ({
        sp_mchid,
        enabled,
        effective_at: at(ago),
        recorded_at: at(ago),
        recorded_by: byRole('admin').id,
      })),
    )
    .execute()
}

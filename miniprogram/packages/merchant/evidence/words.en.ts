// English: same keys as words.zh-CN.ts.
import type { zhCN } from './words.zh-CN'

export const en: Record<keyof typeof zhCN, string> = {
  'evidence_page.empty': 'No evidence yet',
  'evidence_page.empty_sentence': 'Openings, test payments and checks on site will appear here one by one.',

  'page.evidence': 'All evidence',

  'withdraw.action': 'Withdraw',
  'withdraw.title': 'Withdraw this evidence?',
  'withdraw.point_keep': 'It stays in the list, struck through, and no longer counts',
  'withdraw.point_verdict': 'The verdict is worked out again',
  'withdraw.reason': 'Reason',
  'withdraw.reason_1': 'Wrong choice',
  'withdraw.reason_2': 'Not this shop',
  'withdraw.reason_3': 'Recorded twice',
  'withdraw.hint': '2 characters or more',
  'withdraw.done': 'Withdrawn',
}

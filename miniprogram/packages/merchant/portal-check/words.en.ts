// English: same keys as words.zh-CN.ts.
import type { zhCN } from './words.zh-CN'

export const en: Record<keyof typeof zhCN, string> = {
  'page.portal_check': 'Check the console',

  'evidence_post.offline_text': 'Your answers stay here. Submit them when there is a network.',

  'portal_check.tasks': 'What to record',
  'portal_check.task_portal_check': 'Console',
  'portal_check.task_flow_conclusion': 'Way of paying',
  'portal_check.task_unblock': 'Lift the block',
  'portal_check.path_portal_check': 'On the provider console: Provider functions > Gold Plan > Sub-merchants, look for the merchant ID.',
  'portal_check.path_default_open': 'See Provider functions > Gold Plan > Enrolment and configuration.',
  'portal_check.path_flow_conclusion': 'Look at the orders and codes of this shop: does a web page open inside WeChat when customers pay?',
  'portal_check.path_unblock':
    'Make sure that the cause is dealt with, for example a penalty settled on the merchant platform. Then it can be opened again.',
  'portal_check.field_gold_plan_jsapi': 'Gold Plan',
  'portal_check.field_gold_plan_miniprogram': 'Gold Plan, mini program scene',
  'portal_check.field_receipt': 'Merchant receipt',
  'portal_check.field_default_open': 'Open by default',
  'portal_check.field_conclusion': 'Does this shop use web payment?',
  'portal_check.open': 'Open',
  'portal_check.closed': 'Closed',
  'portal_check.unknown': 'Not clear',
  'portal_check.yes': 'Set',
  'portal_check.no': 'Not set',
  'portal_check.jsapi': 'Uses web payment',
  'portal_check.not_jsapi': 'Does not, nothing to migrate',
  'portal_check.note': 'Note',
  'portal_check.note_hint': 'Optional, nothing about customers',
  'portal_check.note_needed': 'How it was dealt with, 2 characters or more',
  'portal_check.save': 'Record',
  'portal_check.incomplete': 'First choose what you saw',
  'portal_check.incomplete_note': 'First write how it was dealt with',
  'portal_check.recorded': 'Recorded',
  'portal_check.more': 'Record another',
  'portal_check.back': 'Back to the shop',
  'portal_check.forbidden': 'Only operations may check the console',
  'portal_check.forbidden_sentence': 'When it needs checking, send the merchant ID to operations.',
}

// English: same keys as words.zh-CN.ts.
import type { zhCN } from './words.zh-CN'

export const en: Record<keyof typeof zhCN, string> = {
  'page.notices': 'Notices',

  'notices.none': 'No notice yet',
  'notices.none_sentence':
    'What became of your requests to close, shops of yours that went back or are punished, and rollouts that are over or have stopped stand here.',
  'notices.unread': '{count} unread',
  'notices.unread_mark': 'Unread',
  'notices.read_all': 'Mark all as read',
  'notices.wechat': 'Tell me by WeChat, too',
  'notices.wechat_note': "WeChat's rule: each time you allow it, one message of each kind may come.",
  'notices.allow': 'Allow once',
  'notices.allowed': '{count|message|messages} may still come',
  'notices.allowed_none': 'No message will come now',

  'notices.rejected': 'Request to close rejected',
  'notices.executed': 'Gold plan closed as requested',
  'notices.failed': 'Request to close failed',
  'notices.expired': 'Nobody decided the request in 72 hours',
  'notices.regressed': 'The shop has gone back',
  'notices.punished': 'WeChat Pay punishes the shop: it cannot be opened',
  'notices.completed': 'The rollout is over',
  'notices.stopped': 'The rollout stopped by itself',
  'notices.waiting': 'A stage is over: the rollout waits for your look',
}

// English: same keys as words.zh-CN.ts.
import type { zhCN } from './words.zh-CN'

export const en: Record<keyof typeof zhCN, string> = {
  'page.diagnostics': 'Diagnostics',

  'diagnostics.version': 'App version',
  'diagnostics.base_library': 'Base library',
  'diagnostics.wechat': 'WeChat',
  'diagnostics.system': 'System',
  'diagnostics.model': 'Phone',
  'diagnostics.network': 'Network',
  'diagnostics.server': 'Server',
  'diagnostics.clock': "Phone's clock",
  'diagnostics.storage': 'Kept on the phone',
  'diagnostics.outbox': 'Outbox',
  'diagnostics.role': 'Role',
  'diagnostics.unknown': 'Not known',
  'diagnostics.wifi': 'Wi-Fi',
  'diagnostics.mobile': 'Mobile',
  'diagnostics.weak': 'Weak',
  'diagnostics.offline': 'None',
  'diagnostics.seconds': '{seconds} s behind the server',
  'diagnostics.kilobytes': '{kilobytes} KB of 10 MB',
  'diagnostics.unsent_count': '{count|item|items}',
  'diagnostics.failed_count': '{count} refused',
  'diagnostics.held': 'Held ({held})',
  'diagnostics.requests': 'Last requests',
  'diagnostics.none': 'No requests yet',
  'diagnostics.no_answer': 'No answer',
  'diagnostics.private': 'It holds no merchant, customer, password or login',
  'diagnostics.copy': 'Copy all',
}

// English: same keys as words.zh-CN.ts.
import type { zhCN } from './words.zh-CN'

export const en: Record<keyof typeof zhCN, string> = {
  'page.login': 'Log in',

  'login.title': 'Log in to Gold Plan Companion',
  'login.sentence': "For the provider's staff. You log in with WeChat; your photo, name and phone number are not read.",
  'login.consent': 'I have read and agree to the',
  'login.guideline': 'privacy guideline',
  'login.consent_first': 'Agree to the privacy guideline first',
  'login.button': 'Log in with WeChat',
  'login.busy': 'Logging in',
  'login.bind_title': 'Bind your staff account',
  'login.bind_card': 'Your invite code is filled in. Tap “Bind” to begin.',
  'login.bind_sentence': 'This WeChat account is not bound yet. Ask the administrator for an invite code: it works once, within 72 hours.',
  'login.invite_code': 'Invite code',
  'login.bind': 'Bind',
  'login.back': 'Log in again',
}

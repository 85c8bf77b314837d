// English: same keys as pages/login/words.ts.
import type { zhCN } from '../../../pages/login/words'
import type { SameKeys } from '../../../words/table'

export const login: SameKeys<typeof zhCN> = {
  page: {
    login: 'Log in',
  },
  login: {
    title: 'Log in to Gold Plan Companion',
    sentence: "For the provider's staff. You log in with WeChat; your photo, name and phone number are not read.",
    consent: 'I agree to the',
    guideline: 'privacy guideline',
    consent_first: 'Agree to the privacy guideline first',
    button: 'Log in with WeChat',
    busy: 'Logging in',
    bind_title: 'Bind your staff account',
    bind_card: 'Your invite code is filled in. Tap “Bind” to begin.',
    bind_sentence: 'This WeChat account is not bound yet. Ask the administrator for an invite code: it works once, within 72 hours.',
    invite_code: 'Invite code',
    bind: 'Bind',
    back: 'Log in again',
  },
}

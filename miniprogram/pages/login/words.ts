// The words of this page, in 简体中文 and in English.
import { addTable } from '../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    login: ['登录', 'Log in'],
  },
  login: {
    title: ['登录点金助手', 'Log in to Gold Plan Companion'],
    sentence: [
      '给服务商的员工使用。用微信登录，不读取你的头像、昵称和手机号。',
      "For the provider's staff. You log in with WeChat; your photo, name and phone number are not read.",
    ],
    consent: ['我已阅读并同意', 'I have read and agree to the'],
    guideline: ['《隐私保护指引》', 'privacy guideline'],
    consent_first: ['先同意隐私保护指引，才能登录', 'Agree to the privacy guideline first'],
    button: ['微信登录', 'Log in with WeChat'],
    busy: ['正在登录', 'Logging in'],
    bind_title: ['绑定员工账号', 'Bind your staff account'],
    bind_card: ['邀请码已经填好，点「绑定」就能使用。', 'Your invite code is filled in. Tap “Bind” to begin.'],
    bind_sentence: [
      '这个微信还没有绑定。向管理员要一个邀请码，72 小时内有效，只能用一次。',
      'This WeChat account is not bound yet. Ask the administrator for an invite code: it works once, within 72 hours.',
    ],
    invite_code: ['邀请码', 'Invite code'],
    bind: ['绑定', 'Bind'],
    back: ['重新登录', 'Log in again'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}

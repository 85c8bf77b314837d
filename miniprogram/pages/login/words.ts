// The words of this page in 简体中文; in English: packages/system/english.
import { addChinese } from '../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const zhCN = addChinese({
  page: {
    login: '登录',
  },
  login: {
    title: '登录点金助手',
    sentence: '给服务商的员工使用。用微信登录，不读取你的头像、昵称和手机号。',
    consent: '我已阅读并同意',
    guideline: '《隐私保护指引》',
    consent_first: '先同意隐私保护指引，才能登录',
    button: '微信登录',
    busy: '正在登录',
    bind_title: '绑定员工账号',
    bind_card: '邀请码已经填好，点「绑定」就能使用。',
    bind_sentence: '这个微信还没有绑定。向管理员要一个邀请码，72 小时内有效，只能用一次。',
    invite_code: '邀请码',
    bind: '绑定',
    back: '重新登录',
  },
})
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}

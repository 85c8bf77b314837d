// 简体中文: the words of this page.
import { addWords } from '../../words/index'
import { en } from './words.en'

export const zhCN = {
  'page.login': '登录',

  'login.title': '登录点金助手',
  'login.sentence': '给服务商的员工使用。用微信登录，不读取你的头像、昵称和手机号。',
  'login.consent': '我已阅读并同意',
  'login.guideline': '《隐私保护指引》',
  'login.consent_first': '先同意隐私保护指引，才能登录',
  'login.button': '微信登录',
  'login.busy': '正在登录',
  'login.bind_title': '绑定员工账号',
  'login.bind_card': '邀请码已经填好，点「绑定」就能使用。',
  'login.bind_sentence': '这个微信还没有绑定。向管理员要一个邀请码，72 小时内有效，只能用一次。',
  'login.invite_code': '邀请码',
  'login.bind': '绑定',
  'login.back': '重新登录',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}

// 简体中文: the words of this page.
import { addWords } from '../../../words/index'
import { en } from './words.en'

export const zhCN = {
  'page.outbox': '待同步',

  'outbox.count': '{count} 项还在这台手机里',
  'outbox.last': '上次收到回执 {time}',
  'outbox.never': '这台手机还没有收到过回执',
  'outbox.mine': '要你处理 {count}',
  'outbox.automatic': '自动发送 {count}',
  'outbox.none': '都已收到',
  'outbox.none_text': '没有留在这台手机里的拜访、验证支付和照片。',
  'outbox.kind_visit': '拜访',
  'outbox.kind_evidence': '验证支付',
  'outbox.photos': '照片 {count} 张',
  'outbox.status_waiting': '等发送',
  'outbox.status_photos': '等照片',
  'outbox.status_network': '等网络',
  'outbox.status_wifi': '等 Wi-Fi',
  'outbox.status_sending': '发送中',
  'outbox.status_stalled': '还没送到',
  'outbox.status_failed': '没通过',
  'outbox.status_conflict': '有两份',
  'outbox.made': '{time} 记录',
  'outbox.tried': '已试 {count} 次',
  'outbox.next': '{time} 再试',
  'outbox.photos_of': '已传 {sent}/{count} 张',
  'outbox.photos_first': '照片先走，{what}随后',
  'outbox.conflict_text': '主管已审核先到的一份，你的修改另存着，没有替换它。',
  'outbox.field': '「{label}」没有通过',
  'outbox.edit': '修改',
  'outbox.see': '看已审核的',
  'outbox.retry': '重试',
  'outbox.remove': '删除',
  'outbox.more': '展开操作',
  'outbox.all': '现在全部发送',
  'outbox.sending': '正在发送',
  'outbox.needs_network': '需要联网',
  'outbox.remove_title': '删除这一项？',
  'outbox.remove_text': '它和它的照片会从手机里删掉，找不回来，也不会再发送。',
  'outbox.busy': '正在发送，稍后再试',
  'outbox.held_offline': '网络断开',
  'outbox.held_offline_text': '联网后自动发送，照片先走。看到这里清空才算提交成功。',
  'outbox.held_weak': '网络较慢，正在慢慢发',
  'outbox.held_weak_text': '关掉小程序会停下，打开后接着发。',
  'outbox.held_signed_out': '登录已失效，已停止发送',
  'outbox.held_signed_out_text': '重新登录后接着发，内容都在。',
  'outbox.held_disabled': '账号已停用，已停止发送',
  'outbox.held_disabled_text': '请联系管理员。内容都在这台手机里。',
  'outbox.held_outdated': '需要更新小程序，已停止发送',
  'outbox.held_outdated_text': '更新后接着发，内容都在。',
  'outbox.held_wifi': '等 Wi-Fi',
  'outbox.held_wifi_text': '设置里选了只用 Wi-Fi 传照片。',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}

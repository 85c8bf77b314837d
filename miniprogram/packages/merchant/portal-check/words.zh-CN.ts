// 简体中文: the words of this page.
import { addWords } from '../../../words/index'
import { en } from './words.en'

export const zhCN = {
  'page.portal_check': '核对服务商平台',

  'evidence_post.offline_text': '答案留在这里，联网后再提交。',

  'portal_check.tasks': '记录什么',
  'portal_check.task_portal_check': '平台核对',
  'portal_check.task_flow_conclusion': '收款方式',
  'portal_check.task_unblock': '解除受阻',
  'portal_check.path_portal_check': '在服务商平台查看：服务商功能 > 点金计划 > 特约商户管理，按商户号查找。',
  'portal_check.path_default_open': '在服务商功能 > 点金计划 > 报名及配置里看。',
  'portal_check.path_flow_conclusion': '看这家店的订单和收款码：顾客付款时微信里有没有打开网页。',
  'portal_check.path_unblock': '确认受阻的原因已经处理，例如商户已在商户平台处理完处罚。解除后才能再次开通。',
  'portal_check.field_gold_plan_jsapi': '点金计划',
  'portal_check.field_gold_plan_miniprogram': '点金计划·小程序场景',
  'portal_check.field_receipt': '商家小票',
  'portal_check.field_default_open': '默认开通',
  'portal_check.field_conclusion': '这家店用网页支付吗',
  'portal_check.open': '已开',
  'portal_check.closed': '已关',
  'portal_check.unknown': '看不清',
  'portal_check.yes': '已设',
  'portal_check.no': '没设',
  'portal_check.jsapi': '用网页支付',
  'portal_check.not_jsapi': '不用，无需迁移',
  'portal_check.note': '备注',
  'portal_check.note_hint': '可以不填，不写顾客信息',
  'portal_check.note_needed': '怎么处理的，至少 2 个字',
  'portal_check.save': '记录',
  'portal_check.incomplete': '先选看到的状态',
  'portal_check.incomplete_note': '先写怎么处理的',
  'portal_check.recorded': '已记录',
  'portal_check.more': '再记一条',
  'portal_check.back': '回到商户',
  'portal_check.forbidden': '只有运营可以核对服务商平台',
  'portal_check.forbidden_sentence': '需要核对时，把商户号发给运营。',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}

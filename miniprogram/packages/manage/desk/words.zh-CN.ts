// 简体中文: the words of this page.
import { addWords } from '../../../words/index'
import { en } from './words.en'

export const zhCN = {
  'page.desk': '管理',

  'desk.dashboard': '看板',
  'desk.dashboard_note': '各是什么状态，12 周的变化，还差哪里',
  'desk.approvals': '关闭申请',
  'desk.approvals_note': '待我处理的，和处理结果',
  'desk.notices': '提醒',
  'desk.notices_note': '申请的结果、我的商户和批量任务',
  'desk.portal_list': '平台名单',
  'desk.portal_list_note': '平台上看到的状态，一次记录很多家',
  'desk.rollouts': '批量开通',
  'desk.rollouts_note': '先试算，分批做，出问题自己停',
  'desk.unlisted': '未登记商户',
  'desk.unlisted_note': '在收款、不在目录里，一点就加入',
  'desk.visit_plan': '到店计划',
  'desk.visit_plan_note': '证据旧了的店，谁哪天去',
  'desk.loads': '小票加载',
  'desk.loads_note': '顾客付完后，小票打开得快不快',
  'desk.payments': '地区收款',
  'desk.payments_note': '各区县每天收多少笔，几点最多',
  'desk.rebate': '返佣',
  'desk.rebate_note': '按导入的文件显示，对不上的标出来',
  'desk.staff': '员工',
  'desk.staff_note': '邀请、角色、地区、停用和工作量',
  'desk.audit': '变更记录',
  'desk.audit_note': '谁在什么时候改了什么',
  'desk.exports': '导出',
  'desk.exports_note': '商户清单和变更记录做成文件',
  'desk.observations': '微信支付实况',
  'desk.observations_note': '还没有答案的事，和没见过的报错',
  'desk.appids': 'AppID 登记',
  'desk.appids_note': '哪些是公众号，哪些是小程序',
  'desk.checklist_template': '检查表',
  'desk.checklist_template_note': '到店检查问什么，改好再发布',
  'desk.readiness': '报名及配置',
  'desk.readiness_note': '还差哪几步，密钥和链接对不对',
  'desk.provider': '服务商设置',
  'desk.provider_note': '小票链接、默认开通和规则',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}

// The words of this page, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    desk: ['管理', 'Manage'],
  },
  desk: {
    dashboard: ['看板', 'Dashboard'],
    dashboard_note: ['各是什么状态，12 周的变化，还差哪里', 'States, the last 12 weeks, and where work is left'],
    approvals: ['关闭申请', 'Requests to close'],
    approvals_note: ['待我处理的，和处理结果', 'What waits for me, and what was decided'],
    notices: ['提醒', 'Notices'],
    notices_note: ['申请的结果、我的商户和批量任务', 'Results of requests, my shops and rollouts'],
    portal_list: ['平台名单', 'Console list'],
    portal_list_note: ['平台上看到的状态，一次记录很多家', 'What the console shows, many shops at once'],
    rollouts: ['批量开通', 'Rollouts'],
    rollouts_note: ['先试算，分批做，出问题自己停', 'A dry run first, then in stages'],
    unlisted: ['未登记商户', 'Not in the directory'],
    unlisted_note: ['在收款、不在目录里，一点就加入', 'Paid, but not in the directory: add with one tap'],
    visit_plan: ['到店计划', 'Visit plan'],
    visit_plan_note: ['证据旧了的店，谁哪天去', 'Old evidence: who goes where, and when'],
    loads: ['小票加载', 'Receipt loads'],
    loads_note: ['顾客付完后，小票打开得快不快', 'How fast the receipt opens after a payment'],
    payments: ['地区收款', 'Payments by district'],
    payments_note: ['各区县每天收多少笔，几点最多', 'How many a day, and at which hours'],
    rebate: ['返佣', 'Rebate'],
    rebate_note: ['按导入的文件显示，对不上的标出来', 'As imported, with mismatches marked'],
    staff: ['员工', 'Staff'],
    staff_note: ['邀请、角色、地区、停用和工作量', 'Invites, roles, regions, leavers and workload'],
    audit: ['变更记录', 'Changes'],
    audit_note: ['谁在什么时候改了什么', 'Who changed what, and when'],
    exports: ['导出', 'Exports'],
    exports_note: ['商户清单和变更记录做成文件', 'Lists of merchants and changes as files'],
    observations: ['微信支付实况', 'WeChat Pay as seen'],
    observations_note: ['还没有答案的事，和没见过的报错', 'Open questions, and errors not seen before'],
    appids: ['AppID 登记', 'Register of AppIDs'],
    appids_note: ['哪些是公众号，哪些是小程序', 'Which are official accounts, which mini programs'],
    checklist_template: ['检查表', 'Checklist'],
    checklist_template_note: ['到店检查问什么，改好再发布', 'What a visit asks; published when it is ready'],
    readiness: ['报名及配置', 'Setting up'],
    readiness_note: ['还差哪几步，密钥和链接对不对', 'What is still to do, and whether keys and links are right'],
    provider: ['服务商设置', 'Provider settings'],
    provider_note: ['小票链接、默认开通和规则', 'Receipt links, opening by default, rules'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}

// The words of this page, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    portal_check: ['核对服务商平台', 'Check the console'],
  },
  evidence_post: {
    offline_text: ['答案留在这里，联网后再提交。', 'Your answers stay here. Submit them when there is a network.'],
  },
  portal_check: {
    tasks: ['记录什么', 'What to record'],
    task_portal_check: ['平台核对', 'Console'],
    task_flow_conclusion: ['收款方式', 'Way of paying'],
    task_unblock: ['解除受阻', 'Lift the block'],
    path_portal_check: [
      '在服务商平台查看：服务商功能 > 点金计划 > 特约商户管理，按商户号查找。',
      'On the provider console: Provider functions > Gold Plan > Sub-merchants, look for the merchant ID.',
    ],
    path_default_open: ['在服务商功能 > 点金计划 > 报名及配置里看。', 'See Provider functions > Gold Plan > Enrolment and configuration.'],
    path_flow_conclusion: [
      '看这家店的订单和收款码：顾客付款时微信里有没有打开网页。',
      'Look at the orders and codes of this shop: does a web page open inside WeChat when customers pay?',
    ],
    path_unblock: [
      '确认受阻的原因已经处理，例如商户已在商户平台处理完处罚。解除后才能再次开通。',
      'Make sure that the cause is dealt with, for example a penalty settled on the merchant platform. Then it can be opened again.',
    ],
    field_gold_plan_jsapi: ['点金计划', 'Gold Plan'],
    field_gold_plan_miniprogram: ['点金计划·小程序场景', 'Gold Plan, mini program scene'],
    field_receipt: ['商家小票', 'Merchant receipt'],
    field_advertising: ['广告', 'Ads'],
    field_default_open: ['默认开通', 'Open by default'],
    field_conclusion: ['这家店用网页支付吗', 'Does this shop use web payment?'],
    open: ['已开', 'Open'],
    closed: ['已关', 'Closed'],
    unknown: ['看不清', 'Not clear'],
    yes: ['已设', 'Set'],
    no: ['没设', 'Not set'],
    jsapi: ['用网页支付', 'Uses web payment'],
    not_jsapi: ['不用，无需迁移', 'Does not, nothing to migrate'],
    note: ['备注', 'Note'],
    note_hint: ['可以不填，不写顾客信息', 'Optional, nothing about customers'],
    note_needed: ['怎么处理的，至少 2 个字', 'How it was dealt with, 2 characters or more'],
    save: ['记录', 'Record'],
    incomplete: ['先选看到的状态', 'First choose what you saw'],
    incomplete_note: ['先写怎么处理的', 'First write how it was dealt with'],
    recorded: ['已记录', 'Recorded'],
    more: ['再记一条', 'Record another'],
    back: ['回到商户', 'Back to the shop'],
    forbidden: ['只有运营可以核对服务商平台', 'Only operations may check the console'],
    forbidden_sentence: ['需要核对时，把商户号发给运营。', 'When it needs checking, send the merchant ID to operations.'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}

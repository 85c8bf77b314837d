// 简体中文: the words of this page.
import { addWords } from '../../../words/index'
import { en } from './words.en'

export const zhCN = {
  'page.onboarding': '接入向导',

  'onboarding.progress': '第 {number} 步，共 {total} 步',
  'onboarding.finished': '全部完成',
  'onboarding.step_identify': '核对是这家店',
  'onboarding.step_jsapi': '付款时打开网页吗',
  'onboarding.step_receipt': '选小票内容',
  'onboarding.step_opening': '先开小票，再开点金计划',
  'onboarding.step_filter': '同业过滤',
  'onboarding.step_test_payment': '验证支付',
  'onboarding.step_explain': '讲给商户听',
  'onboarding.status_done': '已完成',
  'onboarding.status_skipped': '商户不需要',
  'onboarding.status_next': '现在做这一步',
  'onboarding.status_ahead': '还没到',
  'onboarding.status_barred': '先跳过',
  'onboarding.help_identify': '扫店里的收款码，看是不是这一家；没有码就对店名和地址。',
  'onboarding.help_jsapi': '扫码付款，看微信里有没有打开网页。只看到网页、没有付成，也可以记下。',
  'onboarding.help_receipt': '选付完款后给顾客看的内容，可以直接用行业模板。',
  'onboarding.help_opening': '小票在前，点金计划在后，中间的订单就不会只看到官方小票。',
  'onboarding.help_opening_receipt': '点金计划已开，还差商家小票。',
  'onboarding.help_filter': '选最多 3 个行业，它们的广告不会出现在这家店。',
  'onboarding.help_test_payment': '刚开通要等 5 分钟生效，再付一笔小额，看付完后的页面。',
  'onboarding.help_explain': '把手机给店主看：顾客会看到什么，关闭之后会怎样。',
  'onboarding.barred_receipt': '还没有配置商家小票链接，请运营在服务商平台配置',
  'onboarding.not_read': '联网后才知道选了什么',
  'onboarding.wrong_shop': '这个码不是这家店的',
  'onboarding.wrong_shop_text': '扫到的是尾号 {tail} 的商户。请换一个码，或打开那一家。',
  'onboarding.wrong_shop_open': '打开那一家',
  'onboarding.do_identify': '扫收款码核对',
  'onboarding.do_jsapi': '看有没有打开网页',
  'onboarding.do_receipt': '选小票内容',
  'onboarding.do_opening': '开通点金计划',
  'onboarding.do_opening_receipt': '开通商家小票',
  'onboarding.do_filter': '设同业过滤',
  'onboarding.do_test_payment': '做一次验证支付',
  'onboarding.do_explain': '讲给商户听',
  'onboarding.side_identify': '对得上',
  'onboarding.side_jsapi': '没有网页',
  'onboarding.side_receipt': '不需要',
  'onboarding.side_opening': '不要小票',
  'onboarding.side_filter': '不需要',
  'onboarding.side_test_payment': '排查',
  'onboarding.finish': '完成，回到商户',
  'onboarding.not_applicable': '这家店无需迁移',
  'onboarding.not_applicable_text': '付款时不打开网页，不走点金计划。',
  'onboarding.forbidden': '你的角色不能接入商户',
  'onboarding.forbidden_text': '接入由业务员、区域主管和运营来做。',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}

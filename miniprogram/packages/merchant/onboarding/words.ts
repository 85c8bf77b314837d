// The words of this page, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    onboarding: ['接入向导', 'Onboarding'],
  },
  onboarding: {
    progress: ['第 {number} 步，共 {total} 步', 'Step {number} of {total}'],
    finished: ['全部完成', 'All done'],
    step_identify: ['核对是这家店', 'Make sure it is this shop'],
    step_jsapi: ['付款时打开网页吗', 'Does a web page open when paying?'],
    step_receipt: ['选小票内容', 'Choose the receipt content'],
    step_opening: ['先开小票，再开点金计划', 'Receipt first, then Gold Plan'],
    step_filter: ['同业过滤', 'Competitor ad filter'],
    step_test_payment: ['验证支付', 'Test payment'],
    step_explain: ['讲给商户听', 'Explain to the owner'],
    status_done: ['已完成', 'Done'],
    status_skipped: ['商户不需要', 'Not needed'],
    status_next: ['现在做这一步', 'To do now'],
    status_ahead: ['还没到', 'Later'],
    status_barred: ['先跳过', 'Skipped for now'],
    help_identify: [
      '扫店里的收款码，看是不是这一家；没有码就对店名和地址。',
      "Scan the shop's payment code to check that it is this shop; without a code, compare name and address.",
    ],
    help_jsapi: [
      '扫码付款，看微信里有没有打开网页。只看到网页、没有付成，也可以记下。',
      "Scan the shop's code and pay: does a web page open in WeChat? Seeing it is enough, even if nothing was paid.",
    ],
    help_receipt: ['选付完款后给顾客看的内容，可以直接用行业模板。', 'Choose what customers see after paying; a template will do.'],
    help_opening: [
      '小票在前，点金计划在后，中间的订单就不会只看到官方小票。',
      'Open the receipt first, so that no order in between shows only the official receipt.',
    ],
    help_opening_receipt: ['点金计划已开，还差商家小票。', 'Gold Plan is open, the merchant receipt is not yet.'],
    help_filter: ['选最多 3 个行业，它们的广告不会出现在这家店。', 'Choose up to 3 industries whose ads will not appear for this shop.'],
    help_test_payment: [
      '刚开通要等 5 分钟生效，再付一笔小额，看付完后的页面。',
      'A change takes 5 minutes. Then pay a small amount and look at the page that follows.',
    ],
    help_explain: [
      '把手机给店主看：顾客会看到什么，关闭之后会怎样。',
      'Show the owner your phone: what customers will see, and what closing means.',
    ],
    barred_receipt: [
      '还没有配置商家小票链接，请运营在服务商平台配置',
      'No receipt link yet: ask operations to set one up on the provider console',
    ],
    not_read: ['联网后才知道选了什么', 'Connect to see what was chosen'],
    wrong_shop: ['这个码不是这家店的', 'This code belongs to another shop'],
    wrong_shop_text: [
      '扫到的是尾号 {tail} 的商户。请换一个码，或打开那一家。',
      'It belongs to the merchant ending in {tail}. Scan another code, or open that shop.',
    ],
    wrong_shop_open: ['打开那一家', 'Open that shop'],
    do_identify: ['扫收款码核对', 'Scan a payment code'],
    do_jsapi: ['看有没有打开网页', 'See whether a page opens'],
    do_receipt: ['选小票内容', 'Choose the content'],
    do_opening: ['开通点金计划', 'Open Gold Plan'],
    do_opening_receipt: ['开通商家小票', 'Open the merchant receipt'],
    do_filter: ['设同业过滤', 'Set the filter'],
    do_test_payment: ['做一次验证支付', 'Make a test payment'],
    do_explain: ['讲给商户听', 'Explain to the owner'],
    side_identify: ['对得上', 'It matches'],
    side_jsapi: ['没有网页', 'No page'],
    side_receipt: ['不需要', 'Not needed'],
    side_opening: ['不要小票', 'No receipt'],
    side_filter: ['不需要', 'Not needed'],
    side_test_payment: ['排查', 'Find cause'],
    finish: ['完成，回到商户', 'Done, back to the shop'],
    not_applicable: ['这家店无需迁移', 'Nothing to migrate here'],
    not_applicable_text: ['付款时不打开网页，不走点金计划。', 'No web page opens when paying, so Gold Plan does not apply.'],
    forbidden: ['你的角色不能接入商户', 'Your role cannot onboard merchants'],
    forbidden_text: ['接入由业务员、区域主管和运营来做。', 'Field agents, region leads and operators do.'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}

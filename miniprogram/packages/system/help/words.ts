// The words of this page, in 简体中文 and in English. What it says of WeChat Pay is in facts.md §1.8, §2.1, §5.1, §5.3.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    help: ['帮助与诊断', 'Help and diagnostics'],
  },
  help: {
    asked: ['你问的这个提示', 'The message you asked about'],
    search: ['搜提示，如「处罚」「24 小时」', 'Search messages'],
    none: ['没有找到', 'Nothing found'],
    none_text: ['换一个词试试，或把请求编号发给运营。', 'Try another word, or send the request ID to operations.'],
    next: ['下一步：{next}', 'Next: {next}'],
    step_joint: ['；', '; '],
    diagnostics: ['诊断', 'Diagnostics'],
    diagnostics_note: ['这台手机和服务器的情况，可以复制给运营', 'This phone and the server, to copy for operations'],
    jsapi_yes: ['是 JSAPI', 'This is JSAPI'],
    jsapi_no: ['不是 JSAPI', 'Not JSAPI'],
    topic_what: ['点金计划是什么', 'What Gold Plan is'],
    what_page: [
      '顾客在网页里用 JSAPI 付完款，点「完成」后看到的那一页，由微信支付显示。开通点金计划，就是让这家商户用上这一页。',
      'The page that WeChat Pay shows when a customer has paid by JSAPI on a web page and tapped Done. Opening Gold Plan gives a merchant this page.',
    ],
    what_without: [
      '没有开通：付完后网页直接关闭，网页自己写的跳转不会执行。',
      'Without it, the web page is closed after the payment, and a redirect of its own does not run.',
    ],
    what_parts: [
      '这一页从上到下：账单，商家小票（有链接并打开才有，如取餐码、停车时长），官方广告。',
      'From top to bottom: the bill, the merchant receipt (with a link and switched on: meal code, parking time …), official ads.',
    ],
    what_not: [
      '付款码、收款码、App 里的付款没有这一页。',
      "Payments by the customer's code, by a plain payment QR code or in an app have no such page.",
    ],
    topic_history: ['从以前到现在', 'Then and now'],
    history_2020_03: ['2020 年 3 月', 'March 2020'],
    history_2020_03_text: ['接口文档里已有开通、关闭和各种报错。', 'The API documents already list opening, closing and their errors.'],
    history_2020_06: ['2020 年 6 月', 'June 2020'],
    history_2020_06_text: [
      '微信支付通知服务商：付完跳回商户页面的能力要收回，由点金计划的页面代替。',
      'WeChat Pay tells providers that the way back to a merchant page ends, and the Gold Plan page takes its place.',
    ],
    history_2020_07: ['2020-07-31', '2020-07-31'],
    history_2020_07_text: [
      '「支付后跳转指定页面」停用。这已是历史，没有倒计时；现在要做的是新商户、被关掉的商户和小票。',
      'The redirect after payment ends. It is history and has no countdown: the work now is new merchants, merchants that were closed, and receipts.',
    ],
    history_2024_11: ['2024-11-18', '2024-11-18'],
    history_2024_11_text: [
      '接口分场景：公众号网页（JSAPI）和小程序。以前只管公众号网页。',
      'The interface has scenes: web page (JSAPI) and mini program. Before, it was about the web page only.',
    ],
    history_2025_02: ['2025-02-19', '2025-02-19'],
    history_2025_02_text: [
      '小程序付完后左上角的返回键，可以由商户的小程序设置。',
      "A merchant's mini program can set the back button of the page after payment.",
    ],
    topic_cost: ['要花多少钱，有什么好处', 'What it costs and brings'],
    cost_free: ['开通点金计划、商家小票和同业过滤，都不花钱。', 'Gold Plan, merchant receipt and the competitor ad filter cost nothing.'],
    cost_merchant: [
      '顾客付完能看到账单，也能看到商户放的内容：取餐码、停车时长、优惠入口。',
      'Customers see the bill and what the merchant puts there: meal code, parking time, a way to offers.',
    ],
    cost_provider: ['服务商从官方广告得到返佣。', 'The provider gets a rebate from the official ads.'],
    topic_ads: ['广告是谁卖的', 'Who sells the ads'],
    ads_sold: [
      '页面上是微信的官方广告，由微信售卖和投放，不是商户或服务商放的。',
      "They are WeChat's official ads, sold and placed by WeChat, not by the merchant or the provider.",
    ],
    ads_filter: [
      '可以选 1 到 3 个行业，不让同行的广告出现。选了可以换，清空要到商户平台。',
      'Ads of one to three industries can be blocked. Change them here; clear them on the merchant platform.',
    ],
    ads_switch: ['显不显示广告，由区域主管或运营开关。', 'Whether ads are shown is switched by region leads and operators.'],
    topic_rebate: ['返佣怎么算', 'How the rebate is calculated'],
    rebate_formula: ['返佣（元）＝ eCPM（元）÷ 1000 × 支付后广告曝光量', 'Rebate (CNY) = eCPM (CNY) ÷ 1000 × impressions after payment'],
    rebate_where: [
      '结果在服务商平台查，按技术服务费领取。',
      'See the result on the provider console. It is collected as a technical service fee.',
    ],
    rebate_unknown: [
      '比例和门槛没有公开；关掉广告会不会没有返佣，也没有写明。',
      'Rates and thresholds are not published; whether closing ads ends the rebate is not written anywhere.',
    ],
    rebate_here: ['微信支付的接口不给金额，点金助手也不估算。', 'No interface of WeChat Pay gives an amount, and none is estimated here.'],
    topic_jsapi: ['怎么看是不是 JSAPI', 'How to tell JSAPI'],
    jsapi_ask: [
      '看顾客扫码或提交付款的时候：微信里有没有打开一个网页。打开了，就是 JSAPI。',
      'When the customer scans or submits the payment: did a web page open inside WeChat? If so, it is JSAPI.',
    ],
    jsapi_orders: [
      '只看订单分不清：小程序的订单也写着 JSAPI，要看是哪个 AppID 收的。',
      'Orders alone do not tell: those of mini programs say JSAPI, too. Look at which AppID took the payment.',
    ],
    way_web: ['打开一个网页再付', 'A web page opens first'],
    way_web_text: [
      '扫桌贴、台卡，或点公众号菜单、链接，微信里打开网页。',
      'From a sticker, a stand, a menu of an official account or a link.',
    ],
    way_mini: ['打开一个小程序再付', 'A mini program opens first'],
    way_mini_text: [
      '右上角有胶囊按钮。场景不同，点金计划要另外开通。',
      'It has the capsule button. Another scene: Gold Plan is opened for it separately.',
    ],
    way_native: ['扫完直接输金额或密码', 'Amount or password right after scanning'],
    way_native_text: ['中间没有网页。', 'There is no web page in between.'],
    way_code: ['店员扫顾客的付款码', "Staff scan the customer's code"],
    way_code_text: [
      '顾客只亮出付款码。付款码不要拍，也不要保存。',
      'The customer only shows a payment code. Do not photograph or keep it.',
    ],
    topic_errors: ['提示是什么意思，怎么办', 'What a message means and what to do'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}

// 简体中文: the words of this page. What it says of WeChat Pay is in facts.md §1.8, §2.1, §5.1, §5.3.
import { addWords } from '../../../words/index'
import { en } from './words.en'

export const zhCN = {
  'page.help': '帮助与诊断',

  'help.asked': '你问的这个提示',
  'help.search': '搜提示，如「处罚」「24 小时」',
  'help.none': '没有找到',
  'help.none_text': '换一个词试试，或把请求编号发给运营。',
  'help.next': '下一步：{next}',
  'help.then': '；',
  'help.diagnostics': '诊断',
  'help.diagnostics_note': '这台手机和服务器的情况，可以复制给运营',
  'help.jsapi_yes': '是 JSAPI',
  'help.jsapi_no': '不是 JSAPI',

  'help.topic_what': '点金计划是什么',
  'help.what_page': '顾客在网页里用 JSAPI 付完款，点「完成」后看到的那一页，由微信支付显示。开通点金计划，就是让这家商户用上这一页。',
  'help.what_without': '没有开通：付完后网页直接关闭，网页自己写的跳转不会执行。',
  'help.what_parts': '这一页从上到下：账单，商家小票（有链接并打开才有，如取餐码、停车时长），官方广告。',
  'help.what_not': '付款码、收款码、App 里的付款没有这一页。',

  'help.topic_history': '从以前到现在',
  'help.history_2020_03': '2020 年 3 月',
  'help.history_2020_03_text': '接口文档里已有开通、关闭和各种报错。',
  'help.history_2020_06': '2020 年 6 月',
  'help.history_2020_06_text': '微信支付通知服务商：付完跳回商户页面的能力要收回，由点金计划的页面代替。',
  'help.history_2020_07': '2020-07-31',
  'help.history_2020_07_text': '「支付后跳转指定页面」停用。这已是历史，没有倒计时；现在要做的是新商户、被关掉的商户和小票。',
  'help.history_2024_11': '2024-11-18',
  'help.history_2024_11_text': '接口分场景：公众号网页（JSAPI）和小程序。以前只管公众号网页。',
  'help.history_2025_02': '2025-02-19',
  'help.history_2025_02_text': '小程序付完后左上角的返回键，可以由商户的小程序设置。',

  'help.topic_cost': '要花多少钱，有什么好处',
  'help.cost_free': '开通点金计划、商家小票和同业过滤，都不花钱。',
  'help.cost_merchant': '顾客付完能看到账单，也能看到商户放的内容：取餐码、停车时长、优惠入口。',
  'help.cost_provider': '服务商从官方广告得到返佣。',

  'help.topic_ads': '广告是谁卖的',
  'help.ads_sold': '页面上是微信的官方广告，由微信售卖和投放，不是商户或服务商放的。',
  'help.ads_filter': '可以选 1 到 3 个行业，不让同行的广告出现。选了可以换，清空要到商户平台。',
  'help.ads_switch': '显不显示广告，由区域主管或运营开关。',

  'help.topic_rebate': '返佣怎么算',
  'help.rebate_formula': '返佣（元）＝ eCPM（元）÷ 1000 × 支付后广告曝光量',
  'help.rebate_where': '结果在服务商平台查，按技术服务费领取。',
  'help.rebate_unknown': '比例和门槛没有公开；关掉广告会不会没有返佣，也没有写明。',
  'help.rebate_here': '微信支付的接口不给金额，点金助手也不估算。',

  'help.topic_jsapi': '怎么看是不是 JSAPI',
  'help.jsapi_ask': '看顾客扫码或提交付款的时候：微信里有没有打开一个网页。打开了，就是 JSAPI。',
  'help.jsapi_orders': '只看订单分不清：小程序的订单也写着 JSAPI，要看是哪个 AppID 收的。',
  'help.way_web': '打开一个网页再付',
  'help.way_web_text': '扫桌贴、台卡，或点公众号菜单、链接，微信里打开网页。',
  'help.way_mini': '打开一个小程序再付',
  'help.way_mini_text': '右上角有胶囊按钮。场景不同，点金计划要另外开通。',
  'help.way_native': '扫完直接输金额或密码',
  'help.way_native_text': '中间没有网页。',
  'help.way_code': '店员扫顾客的付款码',
  'help.way_code_text': '顾客只亮出付款码。付款码不要拍，也不要保存。',

  'help.topic_errors': '提示是什么意思，怎么办',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}

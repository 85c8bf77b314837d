// 简体中文: the words that several pages of this package say.
import { addWords } from '../../../words/index'
import { en } from './en'

export const zhCN = {
  'remedy.shop': '{name}（商户号 {sub_mchid}）',
  'remedy.punished': '微信支付正在处罚这个商户号，点金计划暂时不能开通。',
  'remedy.limited': '微信支付限制了这个商户号：{cause}。',
  'remedy.cause': '{what}原因：{said}',
  'remedy.step_look': '用商户管理员的微信打开「微信支付商家助手」小程序，或在电脑上登录 pay.weixin.qq.com，看微信支付的通知。',
  'remedy.step_do': '按通知提交材料或办理，等微信支付解除。',
  'remedy.step_tell': '解除后告诉我们，我们再到店开通和验证。',

  'entry.table_sticker': '桌贴',
  'entry.counter_stand': '台卡',
  'entry.official_account': '公众号',
  'entry.h5_link': '网页链接',
  'entry.mini_program': '小程序',
  'entry.payment_code': '商家扫顾客付款码',
  'entry.native_qr': '其他二维码',
  'entry.other': '其他',

  'feature.gold_plan': '点金计划',
  'feature.gold_plan_miniprogram': '点金计划·小程序',
  'feature.receipt': '商家小票',
  'feature.advertising': '广告',
  'feature.ad_filter': '同业过滤',

  'receipt.warning.INEFFECTIVE_NEEDS_GOLD_PLAN': '点金计划未开通，顾客看不到',
  'receipt.warning.LINK_MISSING': '没有配置商家小票链接，顾客看不到',
  'receipt.warning.RECEIPT_ERROR': '最近看到小票出错，需要排查',

  'hold.receipt.open': '{seconds} 秒后开通商家小票',
  'hold.receipt.close': '{seconds} 秒后关闭商家小票',
  'hold.undone': '已撤销',
  'hold.cancelled.offline': '网络断开，未执行。联网后请重新操作。',
  'hold.cancelled.late': '离开太久，未执行。请重新操作。',
  'hold.advertising.open': '{seconds} 秒后开通广告',
  'hold.advertising.close': '{seconds} 秒后关闭广告',
  'hold.ad_filter.set': '{seconds} 秒后更新过滤标签',

  'done.gold_plan.open': '已开通',
  'done.gold_plan_miniprogram.open': '已开通',
  'done.gold_plan_miniprogram.close': '已关闭',
  'done.receipt.open': '已开通',
  'done.receipt.close': '已关闭',
  'done.advertising.open': '已开通',
  'done.advertising.close': '已关闭',
  'done.ad_filter.set': '已保存',

  'operation.title': '{what}：{title}',
  'operation.sent': '{time} 发出，{text}',
  'operation.confirming.bar': '等上面的操作有结果',
  'operation.unconfirmed.bar': '上面的操作还没有结果',
  'operation.confirming.title': '结果确认中',
  'operation.confirming.text': '还没收到微信支付的结果，有结果后再操作。',
  'operation.unconfirmed.title': '仍未确认',
  'operation.unconfirmed.text': '还是没有收到结果。可以再确认一次，不会重复操作。',
  'operation.unconfirmed.retry': '再确认一次',
  'operation.unresolved.title': '待人工确认',
  'operation.unresolved.text': '多次询问仍没有结果，由运营到服务商平台核对并记录。',

  'conflict.title': '{feature}已被改动',
  'conflict.text': '已被{by} 改为{word}（{time}），你的修改没有执行。',
  'conflict.text.nobody': '已被改为{word}（{time}），你的修改没有执行。',
  'conflict.already': '已被{by} 改为{word}（{time}），不用再操作。',
  'conflict.somebody': '同事',
  'conflict.keep': '保留现状',
  'conflict.insist': '仍要修改',

  'detail.offline_text': '内容可能不是最新的；开通和开关需要联网。',

  'evidence_line.source.app': '现场',
  'evidence_line.source.backend': '系统',
  'evidence_line.source.portal': '服务商平台',
  'evidence_line.withdrawn': '已撤回：{reason}（{by} {time}）',
  'evidence_line.photos': '{count} 张照片',
  'evidence_line.note': '备注：{note}',
  'evidence_line.reason': '原因：{reason}',
  'evidence_line.by': '{by} 记录',
  'evidence_line.by.system': '系统记录',

  'evidence_page.photos_failed': '照片打不开，请联网后重试',

  'page.receipt_health': '小票加载',

  'payment_page.paid': '支付成功',
  'payment_page.official_receipt': '微信支付的付款凭证',
  'payment_page.unread': '商家小票，内容由服务商提供',
  'payment_page.sample': '示例',
  'payment_page.ad': '广告位',
  'payment_page.ads_shown': '下方有广告',
  'payment_page.ads_possible': '下方可能有广告',
  'payment_page.ads_none': '没有广告',
  'payment_page.kept_away': '避开同行：{industries}',
  'payment_page.closed': '网页直接关闭，回到聊天',
  'payment_page.legacy_page': '跳到店里自己的网页',
  'payment_page.spoken_receipt': '商家小票：{blocks}',
  'payment_page.and': '；',

  'receipt_content.kind_pickup_code': '取餐码',
  'receipt_content.kind_parking': '停车时长',
  'receipt_content.kind_order_items': '订单内容',
  'receipt_content.kind_pickup_point': '取餐点',
  'receipt_content.kind_link': '链接按钮',
  'receipt_content.kind_notice': '提示文字',

  'troubleshoot.separator': '，',
  'troubleshoot.copied': '已复制',
  'troubleshoot.message_head': '商户号 {sub_mchid} {name}',

  'test_payment.forbidden': '你的角色不能记录',

  'evidence_post.clock': '手机时间不对',
  'evidence_post.clock_sentence': '手机时间比服务器快了 5 分钟以上，请打开手机的自动设置时间，再提交。',
  'evidence_post.unsure': '还不知道有没有记下',
  'evidence_post.unsure_text': '没有收到回应。再提交一次即可，不会记两次。',
  'evidence_post.again': '再提交一次',
  'evidence_post.offline': '网络断开',

  'miniprogram.locked': '只有运营可以开关小程序场景',
  'miniprogram.warning': '改动后还没看过网页支付：微信没有说明它会不会受影响',
  'advertising.warning': '点金计划已关闭，顾客看不到广告',

  'guided.step_1': '第 1 步，共 2 步：开通商家小票',
  'guided.step_2': '第 2 步，共 2 步：开通点金计划',
  'guided.title': '{step} · {title}',
  'guided.stay': '请留在这一页，两步都完成后再离开。',
  'guided.stands': '{stands}{sentence}',
  'guided.stands_1': '商家小票没有开通，点金计划也没有动。',
  'guided.stands_2': '商家小票已开通，点金计划没有开通，顾客还看不到小票。',
  'guided.second_not_sent': '商家小票已开通。等结果的时间太长，点金计划没有自动开通，请再点一次开通。',

  'ad_filter.none': '没有设置过滤标签',
  'ad_filter.group_shops': '吃穿用',
  'ad_filter.group_life': '生活与出行',
  'ad_filter.group_culture': '教育与文娱',
  'ad_filter.group_business': '企业与机构',

  'time.updated': '离线 · 更新于 {time}',

  'share.title': '商户 ·尾号{tail}',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}

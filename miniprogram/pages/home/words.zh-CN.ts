// 简体中文: the words of this page.
import { addWords } from '../../words/index'
import { en } from './words.en'

export const zhCN = {
  'pack.first_title': '下载离线包',
  'pack.first_sentence': '没有网络的地方，也能按商户号、店名和拼音找到你范围里的商户。',

  'home.first': '先处理这 {count} 件',
  'home.all': '全部 {count} 家',
  'home.nothing': '没有已回退的商户',
  'home.nothing_sentence': '你的负责范围里，没有商户从官方页面退回去。',
  'home.recent': '最近看过',
  'home.clear': '清除',
  'home.field': '商户号、店名或拼音首字母',
  'home.find': '找商户',
  'home.today': '{month}月{day}日 {weekday}',
  'home.weekday_0': '周日',
  'home.weekday_1': '周一',
  'home.weekday_2': '周二',
  'home.weekday_3': '周三',
  'home.weekday_4': '周四',
  'home.weekday_5': '周五',
  'home.weekday_6': '周六',
  'home.drafts': '草稿',
  'home.audit': '变更记录',
  'home.audit_note': '谁在什么时候改了什么，为什么',
  'home.desk': '管理',
  'home.desk_note': '审批、记录和服务商的设置',
  'home.readiness': '报名及配置，下一步：{step}',
  // in the order of the items (backend/readiness/schema.ts)
  'home.ready_steps': '申请开通|联络人|密钥|默认开通|小票链接|校验文件|调试人员|回调地址|服务器域名|订阅消息|隐私指引|AppID|员工|商户目录',
  'home.to_review': '等你审核的拜访',
  'home.to_decide': '待你批准的关闭申请',
  'home.to_decide_spoken': '待你批准的关闭申请 {count} 条，打开',
  'home.to_review_spoken': '等你审核的拜访 {count} 个，打开',
  'home.unsent': '待同步',
  'home.first_regressed': '已回退',
  'home.first_receipt_error': '小票出错',
  'home.first_unresolved': '待人工确认',
  'home.first_returned': '拜访被退回',
  'home.seen_regressed': '{time} 付完看到{page}',
  'home.seen_no_page': '{time} 付完看不到官方页面',
  'home.seen_receipt_error': '{time} 付完看到小票错误页',
  'home.seen_unresolved': '{time} {operation}，没等到微信支付的结果',
  'home.seen_returned': '{time} {by} 退回：{comment}',
  'home.next': '下一步：{step}',
  'home.next_returned': '改好后再提交',
  'home.next_unresolved': '到服务商平台核对，记下结果',
  'home.next_unresolved_wait': '等运营到服务商平台核对',
  'home.next_wait': '等业务员或主管处理',
  'home.mine_total': '我负责的 {count} 家',
  'home.all_total': '负责范围 {count} 家',
  'home.see_all': '看全部',
  'home.see_mine': '只看我负责的',
  'home.updated': '{time} 更新',
  'home.none_first': '没有要先处理的',
  'home.none_mine': '还没有分配给你的商户',
  'home.none_mine_sentence': '可以看负责范围里的全部商户，或扫店里的收款码。',
  'home.none_at_all': '负责范围里还没有商户',
  'home.none_at_all_sentence': '商户由运营导入，之后会出现在这里。',
  'home.open_count': '{label} {count} 家，打开名单',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}

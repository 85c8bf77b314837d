// 简体中文: the words that several pages of this package say.
import { addWords } from '../../../words/index'
import { en } from './en'

export const zhCN = {
  'visit.unusual': '超过 {limit} 秒，顾客会觉得慢',
  'visit.photo_add': '拍一张',
  'visit.photo_more': '再拍一张',
  'visit.photo_busy': '正在处理',
  'visit.photo_hint': '不要拍顾客人脸、付款码、证件',
  'visit.remove_photo': '删除照片',
  'visit.see_photo': '查看照片',
  'visit.status_submitted': '待审核',
  'visit.status_accepted': '已通过',
  'visit.status_returned': '已退回',
  'visit.empty_answer': '没有填',
  'visit.photos': '其他照片',
  'visit.reviews': '审核',
  'visit.review_accepted': '{by} 通过',
  'visit.review_returned': '{by} 退回',
  'visit.accept': '通过',
  'visit.next_review': '下一个：{name}',
  'visit.left_to_review': '还有 {count} 个等你审核',
  'visit.all_reviewed': '等你审核的都看完了',
  'visit.queue_unread': '没有读到还有几个等你审核',
  'visit.to_queue': '回到拜访',
  'visit.return': '退回',
  'visit.return_title': '退回这次拜访？',
  'visit.return_text': '填写人会在「退回」里看到原因，改好后再提交。',
  'visit.return_reason': '退回原因',
  'visit.return_hint': '要改哪里，至少 2 个字',
  'visit.return_reason_1': '照片看不清',
  'visit.return_reason_2': '缺少照片',
  'visit.return_reason_3': '入口没有看全',
  'visit.reviewed_by_other': '已由他人处理',
  'visit.reviewed_by_other_text': '下面是现在的结果，你的决定没有执行。',
  'visit.continue': '继续修改',
  'visit.open_shop': '打开商户',
  'visit.needs_network': '需要联网',
  'visit.tail': '尾号 {tail}',
  'visit.other_shop': '不在你范围里的商户',
  'visit.evidence': '记成的依据：{kinds}',
  'visit.evidence_flow_conclusion': '收款方式',
  'visit.evidence_test_payment': '验证支付',
  'visit.offline_read': '内容可能不是最新的；审核需要联网。',
} as const

addWords({ 'zh-CN': zhCN, en })
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}

// The words that several pages of this package say, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  visit: {
    unusual: ['超过 {limit} 秒，顾客会觉得慢', 'More than {limit} s: customers find that slow'],
    photo_add: ['拍一张', 'Take a photo'],
    photo_more: ['再拍一张', 'One more'],
    photo_busy: ['正在处理', 'Working'],
    photo_hint: ['不要拍顾客人脸、付款码、证件', 'No faces, payment codes or documents of customers'],
    remove_photo: ['删除照片', 'Delete photo'],
    see_photo: ['查看照片', 'Open photo'],
    status_submitted: ['待审核', 'To be reviewed'],
    status_accepted: ['已通过', 'Accepted'],
    status_returned: ['已退回', 'Returned'],
    empty_answer: ['没有填', 'Not answered'],
    photos: ['其他照片', 'Other photos'],
    reviews: ['审核', 'Review'],
    review_accepted: ['{by} 通过', 'Accepted by {by}'],
    review_returned: ['{by} 退回', 'Returned by {by}'],
    accept: ['通过', 'Accept'],
    next_review: ['下一个：{name}', 'Next: {name}'],
    left_to_review: ['还有 {count} 个等你审核', '{count} more to review'],
    all_reviewed: ['等你审核的都看完了', 'Everything is reviewed'],
    queue_unread: ['没有读到还有几个等你审核', 'Could not load how many are left to review'],
    to_queue: ['回到拜访', 'Back to visits'],
    return: ['退回', 'Return'],
    return_title: ['退回这次拜访？', 'Return this visit?'],
    return_text: ['填写人会在「退回」里看到原因，改好后再提交。', 'Its author sees the reason under Returned, and submits it again.'],
    return_reason: ['退回原因', 'Reason'],
    return_hint: ['要改哪里，至少 2 个字', 'What to correct, at least 2 characters'],
    return_reason_1: ['照片看不清', 'Photo not readable'],
    return_reason_2: ['缺少照片', 'Photo missing'],
    return_reason_3: ['入口没有看全', 'Entries incomplete'],
    reviewed_by_other: ['已由他人处理', 'Already decided by someone else'],
    reviewed_by_other_text: ['下面是现在的结果，你的决定没有执行。', 'The current result is below. Your decision was not carried out.'],
    continue: ['继续修改', 'Continue'],
    open_shop: ['打开商户', 'Open the shop'],
    needs_network: ['需要联网', 'Needs a network'],
    tail: ['尾号 {tail}', 'Ends in {tail}'],
    other_shop: ['不在你范围里的商户', 'A shop outside your area'],
    evidence: ['记成的依据：{kinds}', 'Recorded as evidence: {kinds}'],
    evidence_flow_conclusion: ['收款方式', 'way of paying'],
    evidence_test_payment: ['验证支付', 'test payment'],
    offline_read: ['内容可能不是最新的；审核需要联网。', 'This may be out of date; reviewing needs a network.'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}

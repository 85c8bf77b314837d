// The words of this page, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    outbox: ['待同步', 'Waiting to be sent'],
  },
  outbox: {
    count: ['{count} 项还在这台手机里', '{count|item is|items are} still on this phone'],
    last: ['上次收到回执 {time}', 'Last confirmed {time}'],
    never: ['这台手机还没有收到过回执', 'Nothing from this phone was confirmed yet'],
    mine: ['要你处理 {count}', 'Needs you {count}'],
    automatic: ['自动发送 {count}', 'Automatic {count}'],
    none: ['都已收到', 'Everything has arrived'],
    none_text: ['没有留在这台手机里的拜访、验证支付和照片。', 'No visit, test payment or photo is left on this phone.'],
    kind_visit: ['拜访', 'Visit'],
    kind_evidence: ['验证支付', 'Test payment'],
    photos: ['照片 {count} 张', '{count|photo|photos}'],
    status_waiting: ['等发送', 'To be sent'],
    status_photos: ['等照片', 'Waits for photos'],
    status_network: ['等网络', 'No network'],
    status_wifi: ['等 Wi-Fi', 'Waits for Wi-Fi'],
    status_sending: ['发送中', 'Sending'],
    status_stalled: ['还没送到', 'Not delivered yet'],
    status_failed: ['没通过', 'Not accepted'],
    status_conflict: ['有两份', 'Two versions'],
    made: ['{time} 记录', 'Recorded {time}'],
    tried: ['已试 {count} 次', 'Tried {count|time|times}'],
    next: ['{time} 再试', 'Next try {time}'],
    photos_of: ['已传 {sent}/{count} 张', '{sent} of {count} sent'],
    photos_first: ['照片先走，{what}随后', 'Photos first, then {what}'],
    conflict_text: [
      '主管已审核先到的一份，你的修改另存着，没有替换它。',
      'A lead reviewed the version that arrived first. Your change is kept separately and did not replace it.',
    ],
    field: ['「{label}」没有通过', '“{label}” was not accepted'],
    edit: ['修改', 'Change'],
    see: ['看已审核的', 'See the reviewed one'],
    retry: ['重试', 'Retry'],
    remove: ['删除', 'Delete'],
    more: ['展开操作', 'Show actions'],
    all: ['现在全部发送', 'Send everything now'],
    sending: ['正在发送', 'Sending'],
    needs_network: ['需要联网', 'Needs a network'],
    remove_title: ['删除这一项？', 'Delete this item?'],
    remove_text: [
      '它和它的照片会从手机里删掉，找不回来，也不会再发送。',
      'It and its photos are removed from this phone for good and are not sent.',
    ],
    busy: ['正在发送，稍后再试', 'On its way, try again later'],
    held_offline: ['网络断开', 'No network'],
    held_offline_text: [
      '联网后自动发送，照片先走。看到这里清空才算提交成功。',
      'Sent automatically once there is a network, photos first. It counts as submitted once this list is empty.',
    ],
    held_weak: ['网络较慢，正在慢慢发', 'Slow network, sending slowly'],
    held_weak_text: ['关掉小程序会停下，打开后接着发。', 'It stops when the mini program is closed and continues when it is opened.'],
    held_signed_out: ['登录已失效，已停止发送', 'Signed out, sending stopped'],
    held_signed_out_text: ['重新登录后接着发，内容都在。', 'It continues after you log in; nothing is lost.'],
    held_disabled: ['账号已停用，已停止发送', 'Account disabled, sending stopped'],
    held_disabled_text: ['请联系管理员。内容都在这台手机里。', 'Ask the administrator. Everything is still on this phone.'],
    held_outdated: ['需要更新小程序，已停止发送', 'Update needed, sending stopped'],
    held_outdated_text: ['更新后接着发，内容都在。', 'It continues after the update; nothing is lost.'],
    held_wifi: ['等 Wi-Fi', 'Waiting for Wi-Fi'],
    held_wifi_text: ['设置里选了只用 Wi-Fi 传照片。', 'Your settings send photos on Wi-Fi only.'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}

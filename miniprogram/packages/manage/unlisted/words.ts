// The words of this page, in 简体中文 and in English.
import { addTable } from '../../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    unlisted: ['未登记商户', 'Not in the directory'],
  },
  unlisted: {
    why: [
      '这些商户号在交易账单里有收款，但不在商户目录里，没有人在看它们的点金计划。',
      'Trade bills name these merchants, but they are not in the directory: nobody looks after their Gold Plan.',
    ],
    part_open: ['待处理', 'Open'],
    part_dismissed: ['已忽略', 'Put aside'],
    payments: ['近 30 天 {count} 笔', '{count|payment|payments} in 30 days'],
    few: ['近 30 天不到 20 笔', 'Fewer than 20 payments in 30 days'],
    way: ['{way} {count} 笔', '{way}: {count}'],
    way_jsapi: ['公众号网页', 'Official account'],
    way_miniprogram: ['小程序', 'Mini program'],
    way_unknown_appid: ['AppID 没登记', 'AppID not registered'],
    way_native: ['扫码', 'QR code'],
    way_micropay: ['付款码', 'Payment code'],
    way_app: ['App', 'App'],
    way_h5: ['H5', 'H5'],
    way_facepay: ['刷脸', 'Face'],
    way_other: ['其他', 'Other'],
    since: ['{day} 起有收款', 'Paid since {day}'],
    last: ['最近 {day}', 'Last {day}'],
    under: ['服务商号 {sp_mchid}', 'Provider {sp_mchid}'],
    dismissed_by: ['{time} {by} 忽略', 'Put aside {time} by {by}'],
    add: ['加入目录', 'Add'],
    dismiss: ['忽略', 'Put aside'],
    restore: ['恢复', 'Take back'],
    held_add: ['5 秒后把尾号 {tail} 加入目录', 'Adding …{tail} in 5 s'],
    held_dismiss: ['5 秒后忽略尾号 {tail}', 'Putting …{tail} aside in 5 s'],
    held_restore: ['5 秒后恢复尾号 {tail}', 'Taking …{tail} back in 5 s'],
    ended_undone: ['已撤销，没有改动。', 'Undone, nothing changed.'],
    ended_offline: ['没有网络，没有执行。', 'No network, nothing was done.'],
    ended_late: ['手机休眠过久，没有执行。', 'The phone slept too long, nothing was done.'],
    done_add: ['{sub_mchid} 已加入目录', '{sub_mchid} is in the directory'],
    done_text: [
      '名称和地区待补，下次导入商户目录时会补上。',
      'Name and region are pending and come with the next import of the directory.',
    ],
    done_dismiss: ['{sub_mchid} 已忽略', '{sub_mchid} is put aside'],
    done_restore: ['{sub_mchid} 已恢复', '{sub_mchid} is back'],
    open: ['打开这家商户', 'Open this merchant'],
    none: ['没有未登记的商户', 'No merchant is missing'],
    none_sentence: [
      '账单里收款的商户都在目录里。账单每天 10 点后自动取。',
      'Every merchant in the bills is in the directory. Bills come each day after 10:00.',
    ],
    none_dismissed: ['没有忽略的商户', 'None is put aside'],
    none_dismissed_sentence: ['忽略的商户会在这里，可以恢复。', 'Merchants that were put aside are here and can be taken back.'],
    merchant: ['商户号', 'Merchant ID'],
    paid: ['收款', 'Payments'],
    when: ['时间', 'When'],
    offline: ['没有网络', 'No network'],
    offline_text: ['可以看已加载的；加入和忽略需要联网。', 'You can read what is loaded; changes need a network.'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}

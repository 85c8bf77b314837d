// The words of this page in 简体中文; in English: packages/system/english.
import { addChinese } from '../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const zhCN = addChinese({
  page: {
    merchants: '商户',
  },
  merchants: {
    none_seen: '看过的商户里没有「{query}」',
    none_seen_filtered: '看过的商户里没有符合条件的',
    none_seen_sentence: '这台手机没有离线包，只能找看过的商户。联网后再找一次，或下载离线包。',
    pack_text: '不是最新的；开通和开关需要联网。',
    none_in_pack: '离线包里没有「{query}」',
    none_in_pack_sentence: '检查商户号是否少了一位；新导入的商户要联网才能找到。',
    none_in_part_sentence: '离线包只装了一部分商户，联网后再找一次。',
    needs_network: '按{filters}筛选需要联网',
    needs_network_sentence: '离线包里没有这一项。去掉它就能看离线结果。',
    too_long_title: '不是商户号',
    too_long_text: '商户号是 8 到 10 位数字，更长的数字不会拿去查找。',
    field: '商户号、店名或拼音首字母',
    assign: '分配',
    mine: '我负责的',
    none: '没有找到「{query}」',
    none_filtered: '没有符合条件的商户',
    none_sentence: '检查商户号是否少了一位，也可能不在你的负责范围。',
    none_filtered_sentence: '去掉一个条件再看看，也可能不在你的负责范围。',
    none_at_all: '你的范围里还没有商户',
    none_at_all_sentence: '商户由运营导入，之后会出现在这里。',
    clear: '清除条件',
    recent_searches: '最近搜过',
    clear_searches: '清除',
  },
})
declare global {
  interface PageWords extends Record<keyof typeof zhCN, string> {}
}

// The words of this page, in 简体中文 and in English.
import { addTable } from '../../words/index'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  page: {
    merchants: ['商户', 'Merchants'],
  },
  merchants: {
    none_seen: ['看过的商户里没有「{query}」', 'No “{query}” among those seen before'],
    none_seen_filtered: ['看过的商户里没有符合条件的', 'None of those seen before matches'],
    none_seen_sentence: [
      '这台手机没有离线包，只能找看过的商户。联网后再找一次，或下载离线包。',
      'This phone has no offline pack, so only merchants seen before are found. Search again with a network, or download the pack.',
    ],
    pack_text: ['不是最新的；开通和开关需要联网。', 'Not up to date. Opening and switching need a network.'],
    none_in_pack: ['离线包里没有「{query}」', 'No “{query}” in the offline pack'],
    none_in_pack_sentence: [
      '检查商户号是否少了一位；新导入的商户要联网才能找到。',
      'Check whether a digit is missing. Newly imported merchants are found only with a network.',
    ],
    none_in_part_sentence: [
      '离线包只装了一部分商户，联网后再找一次。',
      'The offline pack holds only some of the merchants. Search again with a network.',
    ],
    needs_network: ['按{filters}筛选需要联网', 'Filtering by {filters} needs a network'],
    needs_network_sentence: [
      '离线包里没有这一项。去掉它就能看离线结果。',
      'The offline pack does not hold this. Remove it to see offline results.',
    ],
    too_long_title: ['不是商户号', 'Not a merchant ID'],
    too_long_text: [
      '商户号是 8 到 10 位数字，更长的数字不会拿去查找。',
      'A merchant ID has 8 to 10 digits. Longer numbers are not looked up.',
    ],
    field: ['商户号、店名或拼音首字母', 'Merchant ID, name or pinyin'],
    assign: ['分配', 'Assign'],
    mine: ['我负责的', 'Assigned to me'],
    none: ['没有找到「{query}」', 'Nothing found for “{query}”'],
    none_filtered: ['没有符合条件的商户', 'No merchant matches'],
    none_sentence: [
      '检查商户号是否少了一位，也可能不在你的负责范围。',
      'Check that no digit is missing. It may also be outside your area.',
    ],
    none_filtered_sentence: [
      '去掉一个条件再看看，也可能不在你的负责范围。',
      'Remove a condition and look again. It may also be outside your area.',
    ],
    none_at_all: ['你的范围里还没有商户', 'No merchants in your area yet'],
    none_at_all_sentence: ['商户由运营导入，之后会出现在这里。', 'Merchants appear here once operations has imported them.'],
    clear: ['清除条件', 'Clear conditions'],
    recent_searches: ['最近搜过', 'Recent searches'],
    clear_searches: ['清除', 'Clear'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}

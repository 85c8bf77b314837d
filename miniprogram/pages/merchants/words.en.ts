// English: same keys as words.zh-CN.ts.
import type { zhCN } from './words.zh-CN'

export const en: Record<keyof typeof zhCN, string> = {
  'page.merchants': 'Merchants',

  'merchants.none_seen': 'No “{query}” among those seen before',
  'merchants.none_seen_filtered': 'None of those seen before matches',
  'merchants.none_seen_sentence':
    'This phone has no offline pack, so only merchants seen before are found. Search again with a network, or download the pack.',
  'merchants.pack_text': 'Not up to date. Opening and switching need a network.',
  'merchants.none_in_pack': 'No “{query}” in the offline pack',
  'merchants.none_in_pack_sentence': 'Check whether a digit is missing. Newly imported merchants are found only with a network.',
  'merchants.none_in_part_sentence': 'The offline pack holds only some of the merchants. Search again with a network.',
  'merchants.needs_network': 'Filtering by {filters} needs a network',
  'merchants.needs_network_sentence': 'The offline pack does not hold this. Remove it to see offline results.',
  'merchants.too_long_title': 'Not a merchant ID',
  'merchants.too_long_text': 'A merchant ID has 8 to 10 digits. Longer numbers are not looked up.',
  'merchants.field': 'Merchant ID, name or pinyin',
  'merchants.assign': 'Assign',
  'merchants.mine': 'Assigned to me',
  'merchants.none': 'Nothing found for “{query}”',
  'merchants.none_filtered': 'No merchant matches',
  'merchants.none_sentence': 'Check that no digit is missing. It may also be outside your area.',
  'merchants.none_filtered_sentence': 'Remove a condition and look again. It may also be outside your area.',
  'merchants.none_at_all': 'No merchants in your area yet',
  'merchants.none_at_all_sentence': 'Merchants appear here once operations has imported them.',
  'merchants.clear': 'Clear conditions',
  'merchants.recent_searches': 'Recent searches',
  'merchants.clear_searches': 'Clear',
}

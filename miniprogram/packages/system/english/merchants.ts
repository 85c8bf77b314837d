// English: same keys as pages/merchants/words.ts.
import type { zhCN } from '../../../pages/merchants/words'
import type { SameKeys } from '../../../words/table'

export const merchants: SameKeys<typeof zhCN> = {
  page: {
    merchants: 'Merchants',
  },
  merchants: {
    none_seen: 'No “{query}” among those seen before',
    none_seen_filtered: 'None of those seen before matches',
    none_seen_sentence:
      'This phone has no offline pack, so only merchants seen before are found. Search again with a network, or download the pack.',
    pack_text: 'Not up to date. Opening and switching need a network.',
    none_in_pack: 'No “{query}” in the offline pack',
    none_in_pack_sentence: 'Check whether a digit is missing. Newly imported merchants are found only with a network.',
    none_in_part_sentence: 'The offline pack holds only some of the merchants. Search again with a network.',
    needs_network: 'Filtering by {filters} needs a network',
    needs_network_sentence: 'The offline pack does not hold this. Remove it to see offline results.',
    too_long_title: 'Not a merchant ID',
    too_long_text: 'A merchant ID has 8 to 10 digits. Longer numbers are not looked up.',
    field: 'Merchant ID, name or pinyin',
    assign: 'Assign',
    mine: 'Assigned to me',
    none: 'Nothing found for “{query}”',
    none_filtered: 'No merchant matches',
    none_sentence: 'Check that no digit is missing. It may also be outside your area.',
    none_filtered_sentence: 'Remove a filter and look again. It may also be outside your area.',
    none_at_all: 'No merchants in your area yet',
    none_at_all_sentence: 'Merchants appear here once operations has imported them.',
    clear: 'Clear filters',
    recent_searches: 'Recent searches',
    clear_searches: 'Clear',
  },
}

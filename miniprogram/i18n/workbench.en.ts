// English for workbench.zh-CN.ts, same keys.
import type { workbenchZhCN } from './workbench.zh-CN'

export const workbenchEn: Record<keyof typeof workbenchZhCN, string> = {
  'home.first_regressed': 'Regressed',
  'home.first_receipt_error': 'Receipt error',
  'home.first_unresolved': 'To be settled',
  'home.mine_total': '{count|merchant|merchants} of mine',
  'home.all_total': '{count|merchant|merchants} in my area',
  'home.see_all': 'See all',
  'home.receipt_loads': 'Receipt loads',
  'home.see_mine': 'Mine only',
  'home.updated': 'as of {time}',
  'home.none_first': 'Nothing to handle first',
  'home.none_mine': 'No merchants are assigned to you yet',
  'home.none_mine_sentence': 'See all merchants in your area, or scan a payment code in a shop.',
  'home.none_at_all': 'No merchants in your area yet',
  'home.none_at_all_sentence': 'Operations imports merchants, then they appear here.',
  'home.open_count': '{label}, {count|merchant|merchants}, opens the list',

  'trouble.number': 'Provider number {sp_mchid} ({name}): {title}',
  'trouble.text':
    'Since {time}. {told} have been told. Until it is mended, opening and switching are refused. The verdict of each merchant stays as it is.',
  'trouble.text.nobody':
    'Since {time}. There is no operator to tell, so tell an administrator. The verdict of each merchant stays as it is.',

  'filter.title': 'Filters',
  'filter.button': 'Filters',
  'filter.button_count': 'Filters, {count} chosen',
  'filter.state': 'State',
  'filter.attention': 'Attention',
  'filter.region': 'Region',
  'filter.gold_plan': 'Gold Plan',
  'filter.receipt': 'Merchant receipt',
  'filter.advertising': 'Ads',
  'filter.assigned_to': 'Assigned to',
  'filter.operation': 'Operations',
  'filter.me': 'Me',
  'filter.none': 'Nobody',
  'filter.unresolved': 'To be settled',
  'filter.up': 'One level up',
  'filter.clear': 'Clear conditions',
  'filter.see': 'See results',
  'filter.see_count': 'See {count|merchant|merchants}',
  'filter.see_many': 'See 1000+ merchants',
  'filter.regions_failed': 'Regions did not load, tap to try again',
  'filter.chip_gold_plan': 'Gold Plan: {status}',
  'filter.chip_receipt': 'Receipt: {status}',
  'filter.chip_advertising': 'Ads: {status}',
  'merchants.sort_first': 'Regressed first',
  'merchants.sort_change': 'Sorted by {sort}, tap to change',

  'share.title': 'Merchant ending in {tail}',
}

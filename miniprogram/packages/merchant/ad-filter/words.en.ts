// English: same keys as words.zh-CN.ts.
import type { zhCN } from './words.zh-CN'

export const en: Record<keyof typeof zhCN, string> = {
  'page.ad_filter': 'Competitor ad filter',

  'ad_filter.chosen': 'Chosen',
  'ad_filter.why': 'Chosen industries do not advertise on the payment result page of this shop. At most 3.',
  'ad_filter.field': 'Find an industry, e.g. catering',
  'ad_filter.full': 'At most 3: remove one first',
  'ad_filter.no_match': 'No such industry',
  'ad_filter.no_match_sentence': 'WeChat Pay has only 36 tags. Try another word.',
  'ad_filter.overwrites': 'Saving replaces all earlier tags with the new ones',
  'ad_filter.before': 'Now',
  'ad_filter.after': 'After saving',
  'ad_filter.clear_title': 'It cannot be cleared here',
  'ad_filter.clear_text':
    'WeChat Pay needs at least 1 tag. To clear all, go to the merchant platform: Provider functions > Gold Plan > Sub-merchants > Industry filter tags.',
  'ad_filter.save': 'Save',
  'ad_filter.save_none': 'Choose at least 1',
  'ad_filter.save_wait': 'In progress',
  'ad_filter.save_unchanged': 'Nothing changed',
  'ad_filter.plan_title': 'Gold Plan is not open yet',
  'ad_filter.plan_text': 'Ads appear on the official page only, so tags are set after Gold Plan is open.',
}

// English: same keys as words.zh-CN.ts.
import type { zhCN } from './words.zh-CN'

export const en: Record<keyof typeof zhCN, string> = {
  'page.region_payments': 'Payments by district',

  'region_payments.finding': '{count} payments in 30 days',
  'region_payments.none': 'No trade bill yet',
  'region_payments.none_sentence': 'Bills are fetched each day after 10:00; this page fills when one is here.',
  'region_payments.few': 'No district had 20 payments in 30 days',
  'region_payments.few_sentence': 'A district below 20 is not shown, so that nobody can tell who paid.',
  'region_payments.few_regions': '{count|district|districts} below 20 are not shown, and in no total. ',
  'region_payments.more': '{count|more district|more districts} only in the total.',
  'region_payments.as_of':
    'Bills up to {day}. A shop counts where it stood on that day. Bills are only counted: no customers, no items, no single amounts.',
  'region_payments.stale': 'Not updated',
  'region_payments.stale_text': 'The server was not reached. This was read {time}.',
  'region_payments.mode': 'How to show it',
  'region_payments.plot': 'Plots',
  'region_payments.table': 'Tables',
  'region_payments.regions': 'Districts',
  'region_payments.days': 'Payments a day',
  'region_payments.hours': 'Hours of the day',
  'region_payments.ways': 'Ways of paying',
  'region_payments.web': 'Web page {share}',
  'region_payments.refunds': '{count|refund|refunds}',
  'region_payments.hour': '{hour}:00',
  'region_payments.spoken_days': 'Most on {day}: {count}',
  'region_payments.spoken_hours': 'Most from {from}:00 to {to}:00: {count}',
  'region_payments.way_jsapi': 'Web page in WeChat',
  'region_payments.way_miniprogram': 'Mini program',
  'region_payments.way_unknown_appid': 'AppID not registered',
  'region_payments.way_native': 'Scanned code (Native)',
  'region_payments.way_micropay': 'Shop scans customer',
  'region_payments.way_app': 'App',
  'region_payments.way_h5': 'Phone browser (H5)',
  'region_payments.way_facepay': 'Face',
  'region_payments.way_other': 'Other',
}

// English: same keys as zh-CN.ts.
import type { zhCN } from './zh-CN'

export const en: Record<keyof typeof zhCN, string> = {
  'remedy.shop': '{name} (merchant ID {sub_mchid})',
  'remedy.punished': 'WeChat Pay is penalising this merchant ID: Gold Plan cannot be opened for now.',
  'remedy.limited': 'WeChat Pay has restricted this merchant ID: {cause}.',
  'remedy.cause': '{what} Reason: {said}',
  'remedy.step_look':
    "Open the WeChat Pay merchant assistant mini program with the merchant administrator's WeChat, or log in to pay.weixin.qq.com on a computer, and read the notice from WeChat Pay.",
  'remedy.step_do': 'Submit or do what the notice asks for, then wait until WeChat Pay lifts the restriction.',
  'remedy.step_tell': 'Tell us once it is lifted: we will come to open Gold Plan and verify it.',

  'entry.table_sticker': 'Table sticker',
  'entry.counter_stand': 'Counter stand',
  'entry.official_account': 'Official account',
  'entry.h5_link': 'Web link',
  'entry.mini_program': 'Mini program',
  'entry.payment_code': "Shop scans the customer's code",
  'entry.native_qr': 'Other QR code',
  'entry.other': 'Other',

  'feature.gold_plan': 'Gold Plan',
  'feature.gold_plan_miniprogram': 'Gold Plan, mini program',
  'feature.receipt': 'Merchant receipt',
  'feature.advertising': 'Ads',
  'feature.ad_filter': 'Competitor ad filter',

  'receipt.warning.INEFFECTIVE_NEEDS_GOLD_PLAN': 'Gold Plan is not open, customers cannot see it',
  'receipt.warning.LINK_MISSING': 'No receipt link configured, customers cannot see it',
  'receipt.warning.RECEIPT_ERROR': 'The receipt failed when last seen',

  'hold.receipt.open': 'Merchant receipt opens in {seconds} s',
  'hold.receipt.close': 'Merchant receipt closes in {seconds} s',
  'hold.undone': 'Undone',
  'hold.cancelled.offline': 'The network was lost, nothing was done. Try again when connected.',
  'hold.cancelled.late': 'Away too long, nothing was done. Please start again.',
  'hold.advertising.open': 'Ads open in {seconds} s',
  'hold.advertising.close': 'Ads close in {seconds} s',
  'hold.ad_filter.set': 'Filter tags change in {seconds} s',

  'done.gold_plan.open': 'Opened',
  'done.gold_plan_miniprogram.open': 'Opened',
  'done.gold_plan_miniprogram.close': 'Closed',
  'done.receipt.open': 'Opened',
  'done.receipt.close': 'Closed',
  'done.advertising.open': 'Opened',
  'done.advertising.close': 'Closed',
  'done.ad_filter.set': 'Saved',

  'operation.title': '{what}: {title}',
  'operation.sent': 'Sent {time}. {text}',
  'operation.confirming.bar': 'Waiting for the change above',
  'operation.unconfirmed.bar': 'The change above has no result yet',
  'operation.confirming.title': 'Confirming the result',
  'operation.confirming.text': 'WeChat Pay has not answered yet. Do not repeat the operation.',
  'operation.unconfirmed.title': 'Still not confirmed',
  'operation.unconfirmed.text': 'Still no result. You can ask again, it will not be done twice.',
  'operation.unconfirmed.retry': 'Ask again',
  'operation.unresolved.title': 'To be confirmed by hand',
  'operation.unresolved.text': 'Asked several times without a result. Operations has to check the provider console and record it.',

  'conflict.title': '{feature} has changed',
  'conflict.text': '{by} set it to {word} ({time}). Your change was not made.',
  'conflict.text.nobody': 'It was set to {word} ({time}). Your change was not made.',
  'conflict.already': '{by} set it to {word} ({time}). Nothing left to do.',
  'conflict.somebody': 'A colleague',
  'conflict.keep': 'Keep it',
  'conflict.insist': 'Change it anyway',

  'detail.offline_text': 'This may be out of date. Opening and switching need a network.',

  'evidence_line.source.app': 'On site',
  'evidence_line.source.backend': 'System',
  'evidence_line.source.portal': 'Provider console',
  'evidence_line.withdrawn': 'Withdrawn: {reason} ({by}, {time})',
  'evidence_line.photos': 'Photos: {count}',
  'evidence_line.note': 'Note: {note}',
  'evidence_line.reason': 'Reason: {reason}',
  'evidence_line.by': 'Recorded by {by}',
  'evidence_line.by.system': 'Recorded by the system',

  'evidence_page.photos_failed': 'The photos cannot be opened: connect and retry',

  'page.receipt_health': 'Receipt loads',

  'payment_page.paid': 'Paid',
  'payment_page.official_receipt': "WeChat Pay's own receipt",
  'payment_page.unread': 'Merchant receipt, content from the provider',
  'payment_page.sample': 'Sample',
  'payment_page.ad': 'Ad space',
  'payment_page.ads_shown': 'Ads below',
  'payment_page.ads_possible': 'Maybe ads below',
  'payment_page.ads_none': 'No ads',
  'payment_page.kept_away': 'Ads blocked: {industries}',
  'payment_page.closed': 'The page closes, back to the chat',
  'payment_page.legacy_page': "On to the shop's own page",
  'payment_page.spoken_receipt': 'Merchant receipt: {blocks}',
  'payment_page.and': '; ',

  'receipt_content.kind_pickup_code': 'Pick-up code',
  'receipt_content.kind_parking': 'Parking time',
  'receipt_content.kind_order_items': 'Order items',
  'receipt_content.kind_pickup_point': 'Pick-up point',
  'receipt_content.kind_link': 'Link button',
  'receipt_content.kind_notice': 'Notice',

  'troubleshoot.separator': ', ',
  'troubleshoot.copied': 'Copied',
  'troubleshoot.message_head': 'Merchant ID {sub_mchid} {name}',

  'test_payment.forbidden': 'Your role cannot record this',

  'evidence_post.clock': 'The phone shows the wrong time',
  'evidence_post.clock_sentence':
    'The phone is more than 5 minutes ahead of the server. Turn on automatic time in its settings, then submit again.',
  'evidence_post.unsure': 'Not sure whether it was recorded',
  'evidence_post.unsure_text': 'No answer came. Submit again, it is not recorded twice.',
  'evidence_post.again': 'Submit again',
  'evidence_post.offline': 'No network',

  'miniprogram.locked': 'Only operators can switch the mini program scene',
  'miniprogram.warning': 'Web payment not looked at since: WeChat does not say whether it is affected',
  'advertising.warning': 'Gold Plan is closed: customers see no ads',

  'guided.step_1': 'Step 1 of 2: opening the receipt',
  'guided.step_2': 'Step 2 of 2: opening Gold Plan',
  'guided.title': '{step} · {title}',
  'guided.stay': 'Stay on this page until both steps are done.',
  'guided.stands': '{stands} {sentence}',
  'guided.stands_1': 'The receipt was not opened and Gold Plan was not touched.',
  'guided.stands_2': 'The receipt is open, Gold Plan is not: customers do not see the receipt yet.',
  'guided.second_not_sent':
    'The receipt is open. The result took too long, so Gold Plan was not opened automatically: tap once more to open it.',

  'ad_filter.none': 'No filter tags set',
  'ad_filter.group_shops': 'Food and shopping',
  'ad_filter.group_life': 'Life and travel',
  'ad_filter.group_culture': 'Education and media',
  'ad_filter.group_business': 'Business and institutions',

  'time.updated': 'Offline · updated {time}',

  'share.title': 'Merchant ending in {tail}',
}

// English: same keys as words.zh-CN.ts.
import type { zhCN } from './words.zh-CN'

export const en: Record<keyof typeof zhCN, string> = {
  'page.help': 'Help and diagnostics',

  'help.asked': 'The message you asked about',
  'help.search': 'Search messages',
  'help.none': 'Nothing found',
  'help.none_text': 'Try another word, or send the request ID to operations.',
  'help.next': 'Next: {next}',
  'help.then': '; ',
  'help.diagnostics': 'Diagnostics',
  'help.diagnostics_note': 'This phone and the server, to copy for operations',
  'help.jsapi_yes': 'This is JSAPI',
  'help.jsapi_no': 'Not JSAPI',

  'help.topic_what': 'What Gold Plan is',
  'help.what_page':
    'The page that WeChat Pay shows when a customer has paid by JSAPI on a web page and tapped Done. Opening Gold Plan gives a merchant this page.',
  'help.what_without': 'Without it, the web page is closed after the payment, and a redirect of its own does not run.',
  'help.what_parts': 'From above: the bill, the merchant receipt (with a link and switched on: meal code, parking time …), official ads.',
  'help.what_not': "Payments by the customer's code, by a plain payment QR code or in an app have no such page.",

  'help.topic_history': 'From then to now',
  'help.history_2020_03': 'March 2020',
  'help.history_2020_03_text': 'The interface pages already have opening, closing and their errors.',
  'help.history_2020_06': 'June 2020',
  'help.history_2020_06_text':
    'WeChat Pay tells providers that the way back to a merchant page ends, and the Gold Plan page takes its place.',
  'help.history_2020_07': '2020-07-31',
  'help.history_2020_07_text':
    'The redirect after payment ends. It is history and has no countdown: the work now is new merchants, merchants that were closed, and receipts.',
  'help.history_2024_11': '2024-11-18',
  'help.history_2024_11_text': 'The interface has scenes: web page (JSAPI) and mini program. Before, it was about the web page only.',
  'help.history_2025_02': '2025-02-19',
  'help.history_2025_02_text': "A merchant's mini program can set the back button of the page after payment.",

  'help.topic_cost': 'What it costs and brings',
  'help.cost_free': 'Gold Plan, merchant receipt and the competitor ad filter cost nothing.',
  'help.cost_merchant': 'Customers see the bill and what the merchant puts there: meal code, parking time, a way to offers.',
  'help.cost_provider': 'The provider gets a rebate from the official ads.',

  'help.topic_ads': 'Who sells the ads',
  'help.ads_sold': "They are WeChat's official ads, sold and placed by WeChat, not by the merchant or the provider.",
  'help.ads_filter': 'One to three industries can be kept away. They can be changed here; clearing them is done on the merchant platform.',
  'help.ads_switch': 'Whether ads are shown is switched by region leads and operators.',

  'help.topic_rebate': 'How the rebate is counted',
  'help.rebate_formula': 'Rebate (CNY) = eCPM (CNY) ÷ 1000 × impressions after payment',
  'help.rebate_where': 'The result stands on the provider console and is collected as a technical service fee.',
  'help.rebate_unknown': 'Rates and thresholds are not published; whether closing ads ends the rebate is not written anywhere.',
  'help.rebate_here': 'No interface of WeChat Pay gives an amount, and none is estimated here.',

  'help.topic_jsapi': 'How to tell JSAPI',
  'help.jsapi_ask': 'When the customer scans or submits the payment: did a web page open inside WeChat? If so, it is JSAPI.',
  'help.jsapi_orders': 'Orders alone do not tell: those of mini programs say JSAPI, too. The appid that was paid tells.',
  'help.way_web': 'A web page opens first',
  'help.way_web_text': 'From a sticker, a stand, a menu of an official account or a link.',
  'help.way_mini': 'A mini program opens first',
  'help.way_mini_text': 'It has the capsule button. Another scene: Gold Plan is opened for it separately.',
  'help.way_native': 'Amount or password right after scanning',
  'help.way_native_text': 'There is no web page in between.',
  'help.way_code': "Staff scan the customer's code",
  'help.way_code_text': 'The customer only shows a payment code. Do not photograph or keep it.',

  'help.topic_errors': 'What a message means and what to do',
}

// English: same keys as link-page.zh-CN.ts.
import type { linkPageZhCN } from './words.zh-CN'

export const linkPageEn: Record<keyof typeof linkPageZhCN, string> = {
  'page.link_check': 'Check receipt link',

  'link_check.link_provider': "This shop uses the provider's receipt link",
  'link_check.link_sub_merchant': 'This shop uses its own receipt link',
  'link_check.link_none': 'No receipt link is configured for this shop',
  'link_check.note_provider': 'Leave it empty to check the registered one.',
  'link_check.note_sub_merchant': "Enter the shop's own link. Its host must be registered first.",
  'link_check.note_none':
    'Ask operations to configure one on the provider console: Provider functions > Gold Plan > Merchant receipt link. A finished link can be checked here first.',
  'link_check.field': 'Link to check',
  'link_check.hint': 'Empty: the registered link',
  'link_check.hint_own': 'A link that begins with https://',
  'link_check.looks': 'What is checked',
  'link_check.looks_text':
    'The server opens it once: certificate, redirects, speed, framing, receipt script and verification file. Nothing is changed and no page is kept.',
  'link_check.check': 'Check',
  'link_check.again': 'Check again',
  'link_check.checking': 'Opening the link',
  'link_check.checking_text': 'Step by step; usually a few seconds.',
  'link_check.slow_text': 'The page answers slowly. A few more seconds.',
  'link_check.offline': 'No network',
  'link_check.offline_text': 'Checking needs the network. The last result stays here.',
  'link_check.forbidden': 'Your role cannot check links',
  'link_check.forbidden_sentence': 'Field agents, region leads and operations can. Send them the merchant ID.',
  'link_check.back': 'Back to the shop',
  'link_check.copy': 'Copy for the developer',
  'link_check.checked_at': 'Checked {time}',
  'link_check.took': 'Took {milliseconds} ms',
  'link_check.certificate': 'Certificate until {day}',
  'link_check.group_error': 'To fix',
  'link_check.group_warning': 'Risks',
  'link_check.group_note': 'Worth knowing',
  'link_check.fine': 'Fine: {parts}',
  'link_check.not_reached': 'Not checked: {parts}',
  'link_check.line': '{group}: {title}. {remedy}',

  'detail.link_check': 'Check receipt link',
  'detail.link_check_note': 'Opened once from the server, to see what is wrong',
  'troubleshoot.remedy_link_check': 'Check receipt link',
}

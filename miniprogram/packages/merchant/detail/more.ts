// 更多 of the merchant page: what may always be done to a shop besides the next step. A row is a line here, with its words in both languages.
import type { SubMerchant } from '../../../../typings/api'
import { addTable } from '../../../words/index'
import type { Say } from '../../../words/say'
import { needsOnboarding } from '../onboarding/rules'

/** @public read by scripts/checks/dictionaries.ts */
export const dictionary = addTable({
  detail: {
    more_onboarding: ['接入向导', 'Onboarding'],
    more_onboarding_note: [
      '一步步做：核对、开通、验证、讲解，可以随时接着做',
      'Step by step: identify, open, test, explain. Continue at any time',
    ],
    more_test_payment: ['验证支付', 'Test payment'],
    more_test_payment_note: ['付一笔小额，看付完后的页面', 'Pay a little and look at the page after it'],
    more_order_query: ['问微信支付', 'Ask WeChat Pay'],
    more_order_query_note: ['用商户单号查一笔自己的付款是不是网页支付', 'Whether a payment of your own was made in a web page'],
    more_troubleshoot: ['排查', 'Troubleshoot'],
    more_troubleshoot_note: ['一次一个问题，找到原因和谁来处理', 'One question at a time, to find the cause and who fixes it'],
    more_receipt_content: ['小票内容', 'Receipt content'],
    more_receipt_content_note: ['选付完款后给顾客看什么，并预览', 'Choose what customers see after paying, with a preview'],
    more_payments: ['收款分析', 'Payments'],
    more_limitations: ['微信支付限制', 'WeChat Pay restrictions'],
    more_limitations_note: ['限制了什么，商户要做什么', 'What is restricted, and what the merchant has to do'],
    more_portal_check: ['核对服务商平台', 'Check the console'],
    more_portal_check_note: [
      '记录平台上看到的状态、收款方式、解除受阻',
      'Record what the console shows, how the shop takes payments, a lifted block',
    ],
    more_audit: ['变更记录', 'Changes'],
    more_audit_note: ['谁在什么时候改了什么，为什么', 'Who changed what, when and why'],
    more_visit: ['到店检查', 'Visit checklist'],
    more_visit_note: ['逐项看一遍，拍照，提交给主管', 'Go through it, take photos, submit it to your lead'],
    more_explain: ['讲给商户听', 'Explain to the owner'],
    more_explain_note: ['四张大字卡片，没有网络也能看', 'Four cards in large text, also without a network'],
  },
})
declare global {
  interface PageWords extends Record<keyof typeof dictionary.en, string> {}
}

const may =
  (action: SubMerchant['allowed_actions'][number]) =>
  ({ allowed_actions }: SubMerchant): boolean =>
    allowed_actions.includes(action)
const always = () => true

/** ids are pages of this package, or `audit` */
const ROWS = [
  { id: 'onboarding', icon: 'todo-list-o', words: 'onboarding', shown: needsOnboarding },
  { id: 'test-payment', icon: 'gold-coin-o', words: 'test_payment', shown: may('evidence.write') },
  { id: 'order-query', icon: 'orders-o', words: 'order_query', shown: may('evidence.write') },
  { id: 'troubleshoot', icon: 'search', words: 'troubleshoot', shown: always },
  { id: 'receipt-content', icon: 'bill-o', words: 'receipt_content', shown: always },
  { id: 'payments', icon: 'orders-o', words: 'payments', shown: always },
  { id: 'limitations', icon: 'warning-o', words: 'limitations', shown: always },
  { id: 'portal-check', icon: 'eye-o', words: 'portal_check', shown: may('portal_check.write') },
  { id: 'audit', icon: 'records-o', words: 'audit', shown: may('audit.read') },
] as const

/** @param payments how the shop is paid, in a line; null: nothing is known of it, and there is no such row */
export const moreRows = (merchant: SubMerchant, payments: string | null, say: Say) =>
  ROWS.filter(({ id, shown }) => shown(merchant) && (id !== 'payments' || payments !== null)).map(({ id, icon, words }) => ({
    id,
    icon,
    name: say(`detail.more_${words}`),
    note: words === 'payments' ? (payments ?? '') : say(`detail.more_${words}_note`),
  }))

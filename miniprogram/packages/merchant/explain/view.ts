// 讲给商户听: four cards about one shop, from its settings, and before them one about when it is paid, if it is asked for. No state of ours, no count and no other
// shop is on them.
import { blockName, pageSpoken, pageWithoutPlan, paymentPage, type PaymentPageSettings, type PaymentPageView } from '../rules/payment-page'
import type { Say } from '../../../words/say'
import type { OwnerCard } from '../payments/view'
import './words'
import '../words/words'

export interface DrawnPage {
  page: PaymentPageView
  label: string
}
/** with the sentence under its ads */
interface DrawnWhole extends DrawnPage {
  keptAway: string
  /** the receipt has more than is drawn */
  more: boolean
}
export interface ExplainCard {
  id: 'payments' | 'change' | 'page' | 'receipt' | 'ads'
  title: string
  points: { icon: string; text: string }[]
  /** numbers tie them to the parts of the drawing */
  notes: { name: string; text: string }[]
  before: DrawnPage | null
  after: DrawnWhole | null
  receipt: DrawnPage | null
  /** when the shop is paid, hour by hour; no count */
  hours: Pick<OwnerCard, 'bars' | 'labels' | 'spoken'> | null
  foot: string
}

const plain = { points: [], notes: [], before: null, after: null, receipt: null, hours: null, foot: '' }

/** What comes first where staff came from 收款分析. */
export const paymentsCard = ({ title, points, foot, bars, labels, spoken }: OwnerCard): ExplainCard => ({
  ...plain,
  id: 'payments',
  title,
  points,
  hours: { bars, labels, spoken },
  foot,
})

export function explainCards(settings: PaymentPageSettings, say: Say): ExplainCard[] {
  // where the plan is still to be opened, the receipt is opened before it (F4b)
  const after = paymentPage(settings, { plan: true, receipt: !settings.gold_plan && settings.receipt.link })
  // what has been chosen, whether the receipt is open or not
  const chosen = paymentPage(settings, { plan: true, receipt: true })
  return [
    {
      ...plain,
      id: 'change',
      title: say('explain.change_title'),
      points: [
        { icon: 'passed', text: say('explain.change_page') },
        { icon: 'bill-o', text: say('explain.change_more') },
        { icon: 'close', text: say('explain.change_legacy') },
        { icon: 'qr', text: say('explain.change_same') },
      ],
    },
    {
      ...plain,
      id: 'page',
      title: say('explain.page_title'),
      before: part(pageWithoutPlan(settings), say),
      after: inBrief(drawn(after, say)),
      notes: [
        { name: say('explain.bill'), text: say('explain.bill_text') },
        receiptNote(after, say),
        { name: say('explain.ads'), text: say(`explain.ads_${after.ads}`) },
      ],
    },
    {
      ...plain,
      id: 'receipt',
      title: say('explain.receipt_title'),
      receipt: chosen.receipt === 'official' ? null : part(chosen, say),
      points: receiptPoints(after, chosen, say),
    },
    {
      ...plain,
      id: 'ads',
      title: say('explain.ads_title'),
      points: [
        { icon: 'bullhorn-o', text: say(`explain.ads_point_${after.ads}`) },
        ...(after.ads === 'none' ? [] : [{ icon: 'shield-o', text: filterSentence(after, say) }]),
        { icon: 'close', text: say('explain.close_page') },
        { icon: 'lock', text: say('explain.close_lock') },
      ],
    },
  ]
}

const part = (page: PaymentPageView, say: Say): DrawnPage => ({ page, label: pageSpoken(page, say) })
export const drawn = (page: PaymentPageView, say: Say): DrawnPage & { keptAway: string } => ({
  ...part(page, say),
  keptAway: page.kept_away.length > 0 ? say('payment_page.kept_away', { industries: page.kept_away.join(say('common.comma')) }) : '',
  label: pageSpoken(page, say),
})

/** The card about the whole page leaves room for what its numbers say: one block stands for the receipt, which has a card of its own. */
const inBrief = (whole: ReturnType<typeof drawn>): DrawnWhole => ({
  ...whole,
  page: { ...whole.page, blocks: whole.page.blocks.slice(0, 1) },
  more: whole.page.blocks.length > 1,
})

const namesOf = ({ blocks }: PaymentPageView, say: Say) =>
  [
    ...new Set(blocks.filter(({ kind }) => kind !== 'notice').map(block => (block.kind === 'link' ? block.text : blockName(block, say)))),
  ].join(say('common.comma'))

function receiptNote(after: PaymentPageView, say: Say): { name: string; text: string } {
  if (after.receipt === 'official') return { name: say('explain.official'), text: say('explain.official_text') }
  const names = namesOf(after, say)
  const text = after.receipt === 'unread' || names === '' ? say('explain.receipt_unread') : say('explain.receipt_text', { blocks: names })
  return { name: say('explain.receipt'), text }
}

function receiptPoints(after: PaymentPageView, chosen: PaymentPageView, say: Say) {
  const names = namesOf(chosen, say)
  const fast = { icon: 'clock-o', text: say('explain.receipt_fast') }
  const change = { icon: 'edit', text: say('explain.receipt_change') }
  if (chosen.receipt === 'official')
    return [{ icon: 'info-o', text: say('explain.receipt_none') }, { icon: 'bill-o', text: say('explain.change_more') }, fast]
  return [
    ...(after.receipt === 'official' ? [{ icon: 'info-o', text: say('explain.receipt_closed') }] : []),
    ...(names === '' ? [] : [{ icon: 'bill-o', text: say('explain.receipt_now', { blocks: names }) }]),
    fast,
    change,
  ]
}

const filterSentence = ({ kept_away }: PaymentPageView, say: Say) =>
  kept_away.length > 0 ? say('explain.filter_set', { industries: kept_away.join(say('common.comma')) }) : say('explain.filter_none')

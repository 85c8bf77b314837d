// The page after a payment at one shop, as a phone: WeChat's bill, the receipt, the ads. Laid out in em, so that one font size scales the whole drawing;
// the receipt looks as backend/receipts/page draws the real one.
import type { PaymentPageView } from '../../rules/payment-page'

const nothing: PaymentPageView = { page: 'official', receipt: 'official', blocks: [], ads: 'none', kept_away: [] }

Component({
  properties: {
    page: { type: Object, value: nothing },
    /** name of the shop on WeChat's bill */
    name: { type: String, value: '' },
    /** words of `payment_page` */
    copy: { type: Object, value: {} as Record<string, string> },
    /** "避开同行：餐饮美食、食品"; empty without ads or without a filter */
    keptAway: { type: String, value: '' },
    /** grey lines stand for blocks that are not drawn */
    more: { type: Boolean, value: false },
    /** font size in rpx; body text has 1 em */
    size: { type: Number, value: 28 },
    /** the parts bear the numbers 1 to 3 of the sentences beside the drawing */
    numbered: { type: Boolean, value: false },
    /** the receipt alone, without bill and ads */
    only: { type: String, value: '' },
    /** the drawing in one sentence, for a screen reader */
    label: { type: String, value: '' },
  },
})

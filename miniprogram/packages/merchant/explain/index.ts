// 讲给商户听: four cards (five, if it was opened from 收款分析) in large text, held towards the owner. The screen stays on, nothing can be changed, and it works without a network.
import { goBack, goTo } from '../../../behaviors/navigation'
import { bound } from '../../../behaviors/bound'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { merchantPage } from '../../../rules/deep-link'
import { settingsOf, settingsOfRow } from '../rules/payment-page'
import { absoluteTime } from '../../../rules/relative-time'
import { ofMerchant, openMerchant, toMerchant } from '../behaviors/of-merchant'
import { screenOn } from '../behaviors/screen-on'
import { stores } from '../stores/index'
import { explainCards, paymentsCard, type ExplainCard } from './view'
import './words'
import '../words/words'

const { merchant, network, onboarding, payments, preferences, receiptContent, session } = stores

const shop = () => merchant.merchant
const content = () => (receiptContent.content?.sub_mchid === shop()?.sub_mchid ? receiptContent.content : null)
/** of the shop's page; where the phone has only its row, of that; null: it has neither */
function settingsNow() {
  const current = shop()
  if (current) return settingsOf(current, content()?.blocks ?? null, preferences.language)
  return merchant.kept && settingsOfRow(merchant.kept.row, session.me?.provider.receipt_link_configured ?? false)
}

function cardsNow(): ExplainCard[] {
  const settings = settingsNow()
  const about = payments.isForOwner && payments.ownerCard
  return settings ? [...(about ? [paymentsCard(about)] : []), ...explainCards(settings, preferences.say)] : []
}

Component({
  behaviors: [
    screen({
      words: [
        'payment_page.paid',
        'payment_page.official_receipt',
        'payment_page.unread',
        'payment_page.sample',
        'payment_page.ad',
        'payment_page.closed',
        'payment_page.legacy_page',
        'explain.end',
        'explain.next',
        'explain.again',
        'explain.done',
        'explain.before',
        'explain.after',
        'explain.receipt_sample',
        'explain.pause',
        'explain.more',
      ],
      title: 'page.explain',
    }),
    signedIn,
    ofMerchant,
    screenOn,
    bound({
      name: () => merchant.shop?.name ?? '',
      cards: cardsNow,
      last: () => cardsNow().length - 1,
      // what was true then is drawn, and says so
      asOf: () => {
        const at = merchant.kept?.as_of ?? (shop() && (merchant.cached || !network.online) ? merchant.as_of : null)
        return at === null ? '' : preferences.say('explain.as_of', { time: absoluteTime(at, merchant.now, preferences.say) })
      },
      positions: () => {
        const { length: total } = cardsNow()
        return Array.from({ length: total }, (_, index) => preferences.say('explain.position', { number: index + 1, total }))
      },
    }),
  ],
  /** payments: any text where the card about them is to come first */
  properties: { sub_mchid: { type: String, value: '' }, payments: { type: String, value: '' } },
  data: {
    /** the card that is shown */
    current: 0,
    /** the card that buttons ask for: what a finger moved to is never written back, the swiper would jump */
    asked: 0,
  },
  methods: {
    begin() {
      openMerchant(this.data.sub_mchid)
      void receiptContent.open(this.data.sub_mchid)
      payments.tellOwner(this.data.sub_mchid, this.data.payments !== '')
    },
    onSwipe(event: { detail: { current: number } }) {
      if (event.detail.current !== this.data.current) this.setData({ current: event.detail.current })
    },
    onNext() {
      this.show(Math.min(this.data.current + 1, cardsNow().length - 1))
    },
    onMore() {
      goTo('/packages/system/help/index?topic=history')
    },
    onAgain() {
      this.show(0)
    },
    show(card: number) {
      // a card that was asked for before, and left by finger since, is asked for anew
      if (this.data.asked === card) this.setData({ asked: this.data.current })
      this.setData({ asked: card, current: card })
    },
    onDone() {
      onboarding.explained(this.data.sub_mchid)
      this.onEnd()
    },
    onEnd() {
      if (getCurrentPages().length > 1) goBack()
      else toMerchant(this.data.sub_mchid)
    },
    /** as on the merchant page: the card names no shop and no state */
    onShareAppMessage() {
      const { sub_mchid } = this.data
      return {
        title: preferences.say('share.title', { tail: sub_mchid.slice(-4) }),
        path: merchantPage(sub_mchid),
        imageUrl: '/packages/merchant/images/share-card.png',
      }
    },
  },
})

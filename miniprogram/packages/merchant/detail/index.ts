// 商户详情: the verdict and its proof, what may be switched, and the one thing to do next.
import { retry } from '../../../behaviors/retry'
import { goTo } from '../../../behaviors/navigation'
import { bound } from '../../../behaviors/bound'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { merchantOfLink, merchantPage } from '../../../rules/deep-link'
import { stores } from '../stores/index'
import { seePhotos } from '../behaviors/see-photos'
import { merchantFields } from './fields'
import { merchantSteps } from './steps'
import { closingSteps } from './closing'
import { notices } from './notices'
import './words'
import '../words/words'

const { merchant, preferences, session } = stores

Component({
  behaviors: [
    screen({
      words: [
        'detail.offline_text',
        'detail.kept_text',
        'detail.kept_work',
        'detail.change',
        'detail.recent',
        'detail.no_evidence',
        'detail.entries',
        'detail.entries_none',
        'detail.more',
        'closing.entry',
        'closing.entry_note',
        'detail.link_check',
        'detail.link_check_note',
        'page.receipt_health',
        'hold.undo',
      ],
      title: 'page.detail',
    }),
    signedIn,
    notices,
    closingSteps,
    merchantSteps,
    seePhotos,
    bound(merchantFields),
  ],
  // `scene` comes with a 小程序码, and says m=<商户号>
  properties: { sub_mchid: { type: String, value: '' }, scene: { type: String, value: '' } },
  pageLifetimes: {
    hide() {
      merchant.hide()
    },
  },
  methods: {
    begin() {
      const sub_mchid = merchantOfLink({ sub_mchid: this.data.sub_mchid, scene: this.data.scene }) ?? ''
      if (sub_mchid !== this.data.sub_mchid) this.setData({ sub_mchid })
      if (merchant.sub_mchid !== sub_mchid) void merchant.load(sub_mchid)
      else {
        merchant.show()
        void merchant.refresh()
      }
    },
    onUnload() {
      if (merchant.sub_mchid === this.data.sub_mchid) merchant.leave()
    },
    /** the bar continues the tint of the verdict */
    barState(): string {
      return merchant.verdict?.state ?? merchant.kept?.row.migration.state ?? ''
    },
    async onPullDownRefresh() {
      await retry(merchant.refresh)
      wx.stopPullDownRefresh()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : merchant.load(this.data.sub_mchid)))
    },
    /** The card names no shop and no state, and its picture is not the page: whoever may see the merchant sees it after logging in. */
    onShareAppMessage() {
      const { sub_mchid } = this.data
      return {
        title: preferences.say('share.title', { tail: sub_mchid.slice(-4) }),
        path: merchantPage(sub_mchid),
        imageUrl: '/packages/merchant/images/share-card.png',
      }
    },
    onOutbox() {
      goTo('/packages/system/outbox/index')
    },
    onHint(event: { detail: { id: string } }) {
      if (event.detail.id === 'open-receipt') return merchant.change('receipt.open')
      goTo(`/packages/merchant/${event.detail.id}/index?sub_mchid=${this.data.sub_mchid}`)
    },
    onEvidence() {
      goTo(`/packages/merchant/evidence/index?sub_mchid=${this.data.sub_mchid}`)
    },
  },
})

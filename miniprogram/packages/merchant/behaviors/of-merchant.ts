// Pages beside the merchant page that speak of the same merchant: they load it where nobody has, and leave it to the merchant page where that is below.
import { retry } from '../../../behaviors/retry'
import { goBack, replaceWith } from '../../../behaviors/navigation'
import { bound } from '../../../behaviors/bound'
import { stores } from '../stores/index'

const { merchant, session } = stores
const PANELS = ['error', 'offline', 'forbidden']
let shown = 0

const merchantPageBelow = () => getCurrentPages().some(({ route }) => route === 'packages/merchant/detail/index')
/** the wizard sent the person here and goes on when they come back */
const wizardBelow = () => {
  const pages = getCurrentPages()
  return pages[pages.length - 2]?.route === 'packages/merchant/onboarding/index'
}

/** In a page's `begin`. */
export function openMerchant(sub_mchid: string): void {
  if (merchant.sub_mchid !== sub_mchid) void merchant.load(sub_mchid)
  else {
    merchant.show()
    void merchant.refresh()
  }
}
/** Back to the merchant page, or there where it is not below. */
export function toMerchant(sub_mchid: string): void {
  if (merchantPageBelow() || wizardBelow()) goBack()
  else replaceWith(`/packages/merchant/detail/index?sub_mchid=${sub_mchid}`)
}

/** Data: skeleton, slow, panel, problem. Needs the property `sub_mchid`; the page calls openMerchant in `begin`. */
export const ofMerchant = Behavior({
  behaviors: [
    bound({
      skeleton: () => merchant.skeleton,
      slow: () => merchant.status === 'slow',
      panel: () => (session.status === 'error' ? 'error' : PANELS.includes(merchant.status) ? merchant.status : ''),
      problem: () => (session.status === 'error' ? session.problem : merchant.problem),
    }),
  ],
  properties: { sub_mchid: { type: String, value: '' } },
  lifetimes: {
    attached() {
      shown += 1
    },
    detached() {
      shown -= 1
      if (shown === 0 && !merchantPageBelow()) merchant.leave()
    },
  },
  pageLifetimes: {
    hide() {
      merchant.hide()
    },
  },
  methods: {
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : merchant.load(this.data.sub_mchid)))
    },
    toMerchant() {
      toMerchant(this.data.sub_mchid)
    },
  },
})

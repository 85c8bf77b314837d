// The stores of one merchant and of what is done there, beside those of the whole app.
import { reaction } from 'mobx-miniprogram'
import '../words/index'
import { context, details, known, lists, onAppHide, stores as app } from '../../../stores/index'
import { AdsStore } from '../ad-filter/store'
import { EvidenceStore } from '../evidence/store'
import { FieldTestStore } from '../test-payment/store'
import { LinkCheckStore } from '../link-check/store'
import { MerchantStore } from './merchant'
import { OrderQueryStore } from '../order-query/store'
import { OnboardingStore } from '../onboarding/store'
import { PortalCheckStore } from '../portal-check/store'
import { ReceiptHealthStore } from '../receipt-health/store'
import { ReceiptContentStore } from './receipt-content'
import { ReceiptEditorStore } from '../receipt-content/store'
import { TroubleshootingStore } from '../troubleshoot/store'
import { wireMerchantStores } from './wiring'
import { WithdrawalStore } from '../evidence/withdrawal'

const { network, preferences, recents, session } = app

const evidence = new EvidenceStore(context)
const merchant = new MerchantStore(context, session, recents, changed => lists.forEach(list => list.follow(changed)), details, known)
const ads = new AdsStore(merchant, preferences)
const fieldTest = new FieldTestStore(context, { session, merchant, outbox: app.outbox, photos: app.photos })
const troubleshooting = new TroubleshootingStore(context, session, merchant)
const portalCheck = new PortalCheckStore(context, session, merchant)
const withdrawal = new WithdrawalStore(context, withdrawn => evidence.replace(withdrawn))
const orderQuery = new OrderQueryStore(context, merchant)
const linkCheck = new LinkCheckStore(context, session, merchant)
const receiptHealth = new ReceiptHealthStore(context, session)
const receiptContent = new ReceiptContentStore(context, details)
const receiptEditor = new ReceiptEditorStore(context, session, merchant, receiptContent)
const onboarding = new OnboardingStore(context, session, merchant, receiptContent)

export const stores = {
  ...app,
  linkCheck,
  orderQuery,
  receiptHealth,
  ads,
  evidence,
  fieldTest,
  merchant,
  onboarding,
  portalCheck,
  receiptContent,
  receiptEditor,
  troubleshooting,
  withdrawal,
}

wireMerchantStores({
  session,
  network,
  merchant,
  evidence,
  receiptHealth,
  begun: [
    linkCheck,
    orderQuery,
    receiptHealth,
    fieldTest,
    troubleshooting,
    portalCheck,
    withdrawal,
    receiptContent,
    receiptEditor,
    onboarding,
  ],
})
reaction(
  () => network.online,
  online => receiptContent.networkChanged(online),
)
// A held change must not wait for somebody to come back.
onAppHide(() => merchant.hide())

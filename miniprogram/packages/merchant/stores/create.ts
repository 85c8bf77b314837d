// The stores of one merchant that several pages show, over those of the app: index.ts brings the running app's, a test its own. What one page alone shows,
// that page makes with `own`.
import { comparer, reaction } from 'mobx-miniprogram'
import type { App } from '../../../stores/create'
import { besides, made } from '../../../stores/late'
import { whenAccountLeaves } from '../../../stores/wiring'
import { AdsStore } from '../ad-filter/store'
import { ClosingStore } from '../detail/closing-store'
import { createMerchantApi } from '../endpoints'
import { EvidenceStore } from '../evidence/store'
import { WithdrawalStore } from '../evidence/withdrawal'
import { OnboardingStore } from '../onboarding/store'
import { PaymentsStore } from '../payments/store'
import { ReceiptHealthStore } from '../receipt-health/store'
import { TestPaymentStore } from '../test-payment/store'
import { TroubleshootingStore } from '../troubleshoot/store'
import { MerchantStore } from './merchant'
import { ReceiptContentStore } from './receipt-content'

/** what an account began there: an unsent answer, an open form */
interface Begun {
  reset(): void
}

export function createMerchantStores(app: App) {
  const { context, http, known } = app
  const api = createMerchantApi(http)
  const { session, network, preferences, recents, details, outbox, photos } = app.stores
  const { merchants, visits } = app.late

  const merchant = new MerchantStore(
    context,
    session,
    recents,
    changed => made(merchants, visits).forEach(list => list.follow(changed)),
    details,
    known,
  )
  const evidence = new EvidenceStore(context)
  const receiptContent = new ReceiptContentStore(context, details)
  const receiptHealth = new ReceiptHealthStore(context, api, session)
  /** what an account began here: unsent answers, open forms */
  const begun = {
    closing: new ClosingStore(context, session, merchant),
    testPayment: new TestPaymentStore(context, { session, merchant, outbox, photos }),
    onboarding: new OnboardingStore(context, session, merchant, receiptContent),
    payments: new PaymentsStore(context, api, session, details, { merchant, receiptContent }),
    receiptContent,
    receiptHealth,
    troubleshooting: new TroubleshootingStore(context, session, merchant),
    withdrawal: new WithdrawalStore(context, withdrawn => evidence.replace(withdrawn)),
  }
  const parts = { context, api, session, merchant, receiptContent }
  /** of pages that were opened */
  const owned: Begun[] = []
  // A held change must not wait for somebody to come back.
  app.onHide(() => merchant.hide())

  const forget = () => {
    merchant.discard()
    evidence.leave()
  }
  return {
    stores: besides(app.stores, { ...begun, ads: new AdsStore(merchant, preferences), evidence, merchant }),
    /** Makes the store of one page, once, when the script of that page runs. Another account finds nothing in it. */
    own<Store extends Begun>(make: (given: typeof parts) => Store): Store {
      const store = make(parts)
      owned.push(store)
      return store
    },
    /** What the app's stores mean to these. Returns how to cut the wires. */
    wire(): () => void {
      const stops = [
        whenAccountLeaves(
          session,
          () => {
            forget()
            for (const store of [...Object.values(begun), ...owned]) store.reset()
          },
          forget,
        ),
        reaction(
          () => network.online,
          online => {
            merchant.networkChanged(online)
            receiptContent.networkChanged(online)
          },
        ),
        reaction(
          () => merchant.sub_mchid,
          () => begun.closing.reset(),
        ),
        reaction(
          () => ({ open: merchant.merchant?.open_request_id ?? null, version: merchant.merchant?.version }),
          ({ open }) => begun.closing.look(open),
          { equals: comparer.structural },
        ),
        reaction(
          () => (merchant.merchant?.receipt.status === 'open' && !merchant.cached ? merchant.sub_mchid : null),
          sub_mchid => receiptHealth.glance(sub_mchid),
        ),
        reaction(
          () => ({ of: merchant.sub_mchid, live: merchant.merchant !== null && !merchant.cached }),
          ({ of, live }) => begun.payments.follow(of, live),
          { equals: comparer.structural },
        ),
      ]
      return () => stops.forEach(stop => stop())
    },
  }
}

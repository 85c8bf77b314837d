// What the app's stores mean to those of one merchant. Apart from index.ts, so that tests run the same wires.
import { reaction } from 'mobx-miniprogram'
import type { NetworkStore } from '../../../stores/network'
import type { SessionStore } from '../../../stores/session'
import type { EvidenceStore } from '../evidence/store'
import type { MerchantStore } from './merchant'
import type { ReceiptHealthStore } from '../receipt-health/store'

export interface WiredMerchantStores {
  session: SessionStore
  network: NetworkStore
  merchant: MerchantStore
  evidence: EvidenceStore
  /** says on the merchant page how its receipt does */
  receiptHealth?: Pick<ReceiptHealthStore, 'glance'>
  /** what else an account began here: unsent answers, open forms */
  begun: { reset(): void }[]
}

/** Returns how to cut the wires. */
export function wireMerchantStores({ session, network, merchant, evidence, receiptHealth, begun }: WiredMerchantStores): () => void {
  const stops = [
    reaction(
      () => network.online,
      online => merchant.networkChanged(online),
    ),
    reaction(
      () => (merchant.merchant?.receipt.status === 'open' && !merchant.cached ? merchant.sub_mchid : null),
      sub_mchid => receiptHealth?.glance(sub_mchid),
    ),
    // Locked: what is on screen goes as well.
    reaction(
      () => session.locked,
      locked => {
        if (!locked) return
        merchant.discard()
        evidence.leave()
      },
    ),
    // Another account, or none: nothing that the last one saw stays on screen, and nothing it was about to do is done.
    reaction(
      () => session.staff?.id ?? null,
      (_staff, before) => {
        if (before === null || before === undefined) return
        merchant.discard()
        evidence.leave()
        begun.forEach(store => store.reset())
      },
    ),
  ]
  return () => stops.forEach(stop => stop())
}

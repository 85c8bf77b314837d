// What one store's change means to the others. Apart from index.ts, so that tests run the same wires.
import { reaction } from 'mobx-miniprogram'
import type { EvidenceStore } from './evidence'
import type { HomeStore } from './home'
import type { MerchantStore } from './merchant'
import type { MerchantsStore } from './merchants'
import type { NetworkStore } from './network'
import type { RegionsStore } from './regions'
import type { SessionStore } from './session'

export interface WiredStores {
  session: SessionStore
  network: NetworkStore
  merchant: MerchantStore
  evidence: EvidenceStore
  home: HomeStore
  regions: RegionsStore
  /** every list of merchants */
  lists: MerchantsStore[]
  /** what else an account began here: unsent answers, open forms */
  begun: { reset(): void }[]
}

/** Returns how to cut the wires. */
export function wireStores({ session, network, merchant, evidence, home, regions, lists, begun }: WiredStores): () => void {
  const stops = [
    reaction(
      () => network.online,
      online => merchant.networkChanged(online),
    ),
    // Another account, or none: nothing that the last one saw stays on screen, and nothing it was about to do is done.
    reaction(
      () => session.staff?.id ?? null,
      (_staff, before) => {
        if (before === null || before === undefined) return
        merchant.discard()
        evidence.leave()
        home.reset()
        regions.reset()
        lists.forEach(list => list.reset())
        begun.forEach(store => store.reset())
      },
    ),
  ]
  return () => stops.forEach(stop => stop())
}

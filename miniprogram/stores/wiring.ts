// What one store's change means to the others. Apart from index.ts, so that tests run the same wires.
import { reaction } from 'mobx-miniprogram'
import type { HomeStore } from './home'
import type { MerchantsStore } from './merchants'
import type { RegionsStore } from './regions'
import type { SessionStore } from './session'

export interface WiredStores {
  session: SessionStore
  home: HomeStore
  regions: RegionsStore
  /** every list of merchants */
  lists: MerchantsStore[]
}

/** Returns how to cut the wires. */
export function wireStores({ session, home, regions, lists }: WiredStores): () => void {
  // Another account, or none: nothing that the last one saw stays on screen.
  return reaction(
    () => session.staff?.id ?? null,
    (_staff, before) => {
      if (before === null || before === undefined) return
      home.reset()
      regions.reset()
      lists.forEach(list => list.reset())
    },
  )
}

// What one store's change means to the others. Apart from index.ts, so that tests run the same wires.
import { comparer, reaction } from 'mobx-miniprogram'
import type { HomeStore } from '../pages/home/store'
import type { MerchantsStore } from './merchants'
import type { NetworkStore } from './network'
import type { OutboxStore } from './outbox'
import type { PackStore } from './pack'
import type { PreferencesStore } from './preferences'
import type { RegionsStore } from './regions'
import type { SessionStore } from './session'

export interface WiredStores {
  session: SessionStore
  network: NetworkStore
  preferences: PreferencesStore
  pack: PackStore
  outbox: OutboxStore
  home: HomeStore
  regions: RegionsStore
  /** every list of merchants */
  lists: MerchantsStore[]
}

/** Returns how to cut the wires. */
export function wireStores({ session, network, preferences, pack, home, regions, lists, outbox }: WiredStores): () => void {
  const stops = [
    // Another account, or none: nothing that the last one saw stays on screen.
    reaction(
      () => session.staff?.id ?? null,
      (_staff, before) => {
        if (before === null || before === undefined) return
        home.reset()
        regions.reset()
        lists.forEach(list => list.reset())
      },
    ),
    // Locked: what is on screen goes as well.
    reaction(
      () => session.locked,
      locked => {
        if (!locked) return
        home.reset()
        lists.forEach(list => list.reset())
      },
    ),
    // The network is back: what the phone kept gives way to what is true now.
    reaction(
      () => network.online,
      online => {
        if (session.status !== 'ready') return
        lists.forEach(list => list.networkChanged(online))
        if (!online) return
        void session.confirm()
        if (home.status !== 'idle') void home.refresh()
      },
    ),
    // Nothing is fetched ahead over a weak network.
    reaction(
      () => session.status === 'ready' && network.online && !network.weak,
      can => can && void pack.tend(),
      { fireImmediately: true },
    ),
    // What waits is sent when somebody is logged in and there is a network, and photos when it is one that they may go over.
    reaction(
      () => [session.sender, network.online, network.wifi || !preferences.photos_wifi_only] as const,
      ([sender, online]) => sender !== null && online && void outbox.flush(),
      { equals: comparer.structural, fireImmediately: true },
    ),
  ]
  return () => stops.forEach(stop => stop())
}

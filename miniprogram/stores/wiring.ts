// What one store's change means to the others.
import { comparer, reaction } from 'mobx-miniprogram'
import type { ChecklistStore } from './checklist'
import { made, type Late } from './late'
import type { MerchantsStore } from './merchants'
import type { MinuteStore } from './minute'
import type { NetworkStore } from './network'
import type { OutboxStore } from './outbox'
import type { PackStore } from './pack'
import type { PreferencesStore } from './preferences'
import type { RegionsStore } from './regions'
import type { SessionStore } from './session'
import type { UpdateStore } from './update'

/** what hears of others, or others hear of */
interface Wired {
  session: SessionStore
  network: NetworkStore
  preferences: PreferencesStore
  minute: MinuteStore
  update: UpdateStore
  readonly pack: PackStore
  readonly checklist: ChecklistStore
  readonly outbox: OutboxStore
}
/** of a page */
interface Forgetful {
  reset(): void
}
interface WiredLate {
  merchants: Late<MerchantsStore>
  visits: Late<MerchantsStore>
  home: Late<Forgetful & { status: string; refresh(): Promise<unknown> }>
  today: Late<Forgetful>
  visitLists: Late<Forgetful>
  regions: Late<RegionsStore>
}

/**
 * `gone`: another account, or none; nothing that the last one saw stays on screen. `locked`: the server has not been reached for days; what is on
 * screen goes as well. Returns how to cut the wires.
 */
export function whenAccountLeaves(session: SessionStore, gone: () => void, locked: () => void): () => void {
  const stops = [
    reaction(
      () => session.staff?.id ?? null,
      (_staff, before) => before !== null && before !== undefined && gone(),
    ),
    reaction(
      () => session.locked,
      isLocked => isLocked && locked(),
    ),
  ]
  return () => stops.forEach(stop => stop())
}

/** @param late a store that nobody asked for has nothing to forget. Returns how to cut the wires. */
export function wireStores(stores: Wired, late: WiredLate): () => void {
  const { session, network, preferences, minute, update } = stores
  /** every list of merchants */
  const lists = () => made(late.merchants, late.visits)
  const forget = () => {
    lists().forEach(list => list.reset())
    made<Forgetful>(late.home, late.today, late.visitLists).forEach(store => store.reset())
  }
  const stops = [
    whenAccountLeaves(
      session,
      () => {
        forget()
        late.regions.made?.reset()
      },
      forget,
    ),
    // The network is back: what the phone kept gives way to what is true now.
    reaction(
      () => network.online,
      online => {
        if (online) preferences.bringEnglish()
        if (session.status !== 'ready') return
        lists().forEach(list => list.networkChanged(online))
        if (!online) return
        void session.confirm()
        const home = late.home.made
        if (home && home.status !== 'idle') void home.refresh()
      },
    ),
    // Nothing is fetched ahead over a weak network.
    reaction(
      () => session.status === 'ready' && network.online && !network.weak,
      can => can && void stores.pack.tend(),
      { fireImmediately: true },
    ),
    // A visit may begin in a basement: its checklist is on the phone before.
    reaction(
      () => session.status === 'ready' && network.online,
      ready => ready && void stores.checklist.refresh(),
    ),
    // What waits is sent when somebody is logged in and there is a network, and photos when it is one that they may go over.
    reaction(
      () => [session.sender, network.online, network.wifi || !preferences.photos_wifi_only] as const,
      ([sender, online]) => sender !== null && online && void stores.outbox.flush(),
      { equals: comparer.structural, fireImmediately: true },
    ),
    reaction(
      () => minute.now,
      () => {
        session.watchLock()
        // how far verdicts have followed a change of 默认开通, and that they have
        if (session.me?.provider.rederiving && network.online) void session.measure()
      },
    ),
    reaction(
      () => session.me?.min_client_version ?? null,
      least => least !== null && update.told(least),
    ),
  ]
  return () => stops.forEach(stop => stop())
}

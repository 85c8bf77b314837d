// Stores that are made when somebody first asks for them. Until then their scripts are not run: what opens first waits for nothing that it does not show.
import { runInAction } from 'mobx-miniprogram'
import type { AccountData } from './account-data'
import type { SessionStore } from './session'
import type { Droppable } from './storage-quota'

export interface Late<T> {
  /** Makes it, the first time. */
  (): T
  /** null: nobody has asked for it */
  readonly made: T | null
}

/** @param make is called once, and may be in the middle of what is drawn: nothing that it reads is followed */
export function late<T extends object>(make: () => T): Late<T> {
  let made: T | null = null
  return Object.defineProperty(() => (made ??= runInAction(make)), 'made', { get: () => made }) as unknown as Late<T>
}

/** Those of `stores` that are there. */
export const made = <T>(...stores: Late<T>[]): T[] => stores.flatMap(store => store.made ?? [])

/** Shows what lies there for the account that is logged in, as AccountData is told when it changes. */
export function forAccount<T extends AccountData>(store: T, session: Pick<SessionStore, 'staff' | 'locked'>): T {
  store.use(store.lockable && session.locked ? null : (session.staff?.id ?? null))
  return store
}

/** For the session: an account that comes finds no store that nobody asked for; one that leaves is forgotten by each. */
export const lateData = (store: Late<AccountData>, lockable: boolean): AccountData => ({
  ...(lockable && { lockable: true as const }),
  use: staff_id => store.made?.use(staff_id),
  wipe: staff_id => store().wipe(staff_id),
})

/** For the quota. */
export const lateCache = (store: Late<Droppable>): Droppable => ({ oldest: () => store().oldest(), dropOldest: () => store().dropOldest() })

type Stores<Lates> = { readonly [Name in keyof Lates]: Lates[Name] extends Late<infer Store> ? Store : never }

/** Both as stores, those of `lates` made when they are read. */
export function withLate<Own extends object, Lates extends Record<string, Late<object>>>(own: Own, lates: Lates): Own & Stores<Lates> {
  const stores = { ...own }
  Object.keys(lates).forEach(name => Object.defineProperty(stores, name, { enumerable: true, get: lates[name]! }))
  return stores as Own & Stores<Lates>
}

/** Those of a sub-package beside the app's, which are made no earlier for it. */
export const besides = <Base extends object, Own extends object>(base: Base, own: Own): Base & Own =>
  [own, base].reduce((stores, one) => Object.defineProperties(stores, Object.getOwnPropertyDescriptors(one)), {}) as Base & Own

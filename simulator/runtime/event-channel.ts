import type { EventChannel } from './contract.ts'

/**
 * Two ends: what one emits the other's listeners get, as it is.
 * @param expose makes a function one that the app calls
 */
export function createEventChannel(expose: <F extends (...values: never[]) => unknown>(call: F) => F): [EventChannel, EventChannel] {
  const ends = [new Map<string, Set<(...args: unknown[]) => void>>(), new Map<string, Set<(...args: unknown[]) => void>>()] as const
  const end = (own: (typeof ends)[0], other: (typeof ends)[0]): EventChannel => {
    const on: EventChannel['on'] = (name, listener) => void own.set(name, (own.get(name) ?? new Set()).add(listener))
    const off: EventChannel['off'] = (name, listener) => void (listener ? own.get(name)?.delete(listener) : own.delete(name))
    const once: EventChannel['once'] = (name, listener) => {
      const heard = (...args: unknown[]) => {
        off(name, heard)
        listener(...args)
      }
      on(name, heard)
    }
    const emit: EventChannel['emit'] = (name, ...args) => [...(other.get(name) ?? [])].forEach(listener => listener(...args))
    return { on: expose(on), off: expose(off), once: expose(once), emit: expose(emit) }
  }
  return [end(ends[0], ends[1]), end(ends[1], ends[0])]
}

import type { EventChannel } from './contract.ts'

/** Two ends: what one emits the other's listeners get. */
export function createEventChannel(): [EventChannel, EventChannel] {
  const ends = [new Map<string, Set<(...args: unknown[]) => void>>(), new Map<string, Set<(...args: unknown[]) => void>>()] as const
  const end = (own: (typeof ends)[0], other: (typeof ends)[0]): EventChannel => {
    const on: EventChannel['on'] = (name, listener) => void own.set(name, (own.get(name) ?? new Set()).add(listener))
    const off: EventChannel['off'] = (name, listener) => void (listener ? own.get(name)?.delete(listener) : own.delete(name))
    return {
      on,
      off,
      once(name, listener) {
        const once = (...args: unknown[]) => {
          off(name, once)
          listener(...args)
        }
        on(name, once)
      },
      emit: (name, ...args) => [...(other.get(name) ?? [])].forEach(listener => listener(...args)),
    }
  }
  return [end(ends[0], ends[1]), end(ends[1], ends[0])]
}

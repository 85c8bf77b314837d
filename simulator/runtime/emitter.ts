import type { Emitter } from './contract.ts'

/** Listeners are called in the order they were added; one that throws does not keep the others from being called. */
export function createEmitter<Events>(): Emitter<Events> {
  const listeners = new Map<keyof Events, Set<(event: never) => void>>()
  return {
    on(name, listener) {
      const known = listeners.get(name) ?? new Set()
      listeners.set(name, known.add(listener as (event: never) => void))
    },
    off(name, listener) {
      listeners.get(name)?.delete(listener as (event: never) => void)
    },
    emit(name, event) {
      const current = Array.from(listeners.get(name) ?? [])
      for (const listener of current) {
        try {
          ;(listener as (event: unknown) => void)(event)
        } catch (error) {
          console.error(error)
        }
      }
    },
  }
}

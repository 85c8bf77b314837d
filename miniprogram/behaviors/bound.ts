// Binds slices of the stores to a page's data. mobx-miniprogram-bindings sends a field whole when anything in it changed; a merchant's verdict,
// switches and proofs change by single words, so here only the leaves that differ are sent, once a tick.
import { reaction, toJS } from 'mobx-miniprogram'
import { changesOf } from './changes'

interface Binding {
  /** what the page shows, field by field */
  shown: Record<string, unknown>
  waiting: boolean
  stops: (() => void)[]
}

/** A page may have several: each keeps its own fields. */
export function bound(fields: Record<string, () => unknown>) {
  const bindings = new WeakMap<object, Binding>()
  return Behavior({
    lifetimes: {
      attached() {
        const binding: Binding = { shown: {}, waiting: false, stops: [] }
        const next: Record<string, unknown> = {}
        bindings.set(this, binding)
        const send = () => {
          binding.waiting = false
          if (bindings.get(this) !== binding) return
          const changes: Record<string, unknown> = {}
          Object.keys(next).forEach(field => {
            changesOf(field, binding.shown[field], next[field], changes)
            binding.shown[field] = next[field]
            delete next[field]
          })
          if (Object.keys(changes).length > 0) this.setData(copyOf(changes))
        }
        Object.entries(fields).forEach(([field, read]) =>
          binding.stops.push(
            reaction(
              () => toJS(read()),
              value => {
                next[field] = value
                if (binding.waiting) return
                binding.waiting = true
                wx.nextTick(send)
              },
              { fireImmediately: true },
            ),
          ),
        )
        // the first picture is complete
        send()
      },
      detached() {
        bindings.get(this)?.stops.forEach(stop => stop())
        bindings.delete(this)
      },
    },
  })
}

/** What a page is given is its own: later leaves are written into it, and another page compares with the store's. */
const copyOf = (changes: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(changes).map(([path, value]) => [
      path,
      typeof value === 'object' && value !== null ? (JSON.parse(JSON.stringify(value)) as unknown) : value,
    ]),
  )

// Binds a list of a store to a page's data.
import { reaction } from 'mobx-miniprogram'
import { nextPortion, rowsPatch } from './rows-patch'

const stops = new WeakMap<object, () => void>()

/**
 * Keeps `field` of a page's data, an array of groups, equal to the rows that `read` gives. Many new rows come a portion after the other, each when the one
 * before is drawn: a tap in between need not wait for all of them.
 */
export const rowsIn = <Row extends object>(field: string, read: () => readonly Row[]) =>
  Behavior({
    lifetimes: {
      attached() {
        let wanted: readonly Row[] = []
        let shown: readonly Row[] = []
        let drawing = false
        const send = () => {
          const next = nextPortion(shown, wanted)
          const patch = rowsPatch(field, shown, next)
          shown = next
          drawing = next.length < wanted.length
          this.setData(patch, drawing ? goOn : undefined)
        }
        const goOn = () => {
          if (stops.has(this)) send()
        }
        const stop = reaction(
          read,
          rows => {
            wanted = rows
            if (!drawing) send()
          },
          { fireImmediately: true },
        )
        stops.set(this, stop)
      },
      detached() {
        stops.get(this)?.()
        stops.delete(this)
      },
    },
  })

// Binds a list of a store to a page's data.
import { reaction } from 'mobx-miniprogram'
import { rowsPatch } from './rows-patch'

const stops = new WeakMap<object, () => void>()

/** Keeps `field` of a page's data, an array of groups, equal to the rows that `read` gives. */
export const rowsIn = <Row extends object>(field: string, read: () => readonly Row[]) =>
  Behavior({
    lifetimes: {
      attached() {
        stops.set(
          this,
          reaction(read, (after, before) => this.setData(rowsPatch(field, before ?? [], after)), { fireImmediately: true }),
        )
      },
      detached() {
        stops.get(this)?.()
        stops.delete(this)
      },
    },
  })

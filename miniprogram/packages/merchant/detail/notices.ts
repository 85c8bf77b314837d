// Says what has happened: a toast for a success, a dialog for what did not happen.
import { reaction } from 'mobx-miniprogram'
import { sayDone, sayNote, tellPerson } from '../../../behaviors/telling'
import { stores } from '../stores/index'

/** behaviors/screen paints the bar */
interface Painted {
  paint(): void
}
const stops = new WeakMap<object, () => void>()

export const notices = Behavior({
  lifetimes: {
    attached() {
      const { merchant } = stores
      const stopNotices = reaction(
        () => merchant.notice,
        notice => {
          if (!notice) return
          if (notice.kind === 'dialog') void tellPerson(notice.text)
          else if (notice.kind === 'done') sayDone(notice.text)
          else sayNote(notice.text)
        },
      )
      const stopTint = reaction(
        () => merchant.verdict?.state ?? merchant.kept?.row.migration.state,
        () => (this as unknown as Painted).paint(),
      )
      stops.set(this, () => {
        stopNotices()
        stopTint()
      })
    },
    detached() {
      stops.get(this)?.()
      stops.delete(this)
    },
  },
})

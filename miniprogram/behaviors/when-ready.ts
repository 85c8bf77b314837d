// The login page: as soon as somebody is logged in, on to the page that was asked for.
import { beginAt, goToTab } from './navigation'
import { reaction } from 'mobx-miniprogram'
import { stores } from '../stores/index'

const stops = new WeakMap<object, () => void>()

export const whenReady = Behavior({
  lifetimes: {
    detached() {
      stops.get(this)?.()
      stops.delete(this)
    },
  },
  methods: {
    onLoad({ next }: { next?: string }) {
      const go = () => (next ? beginAt(decodeURIComponent(next)) : goToTab('/pages/home/index'))
      const ready = () => stores.session.status === 'ready'
      stops.set(
        this,
        reaction(ready, isReady => isReady && void go(), { fireImmediately: true }),
      )
    },
  },
})

// 默认开通: since when it holds, what it was before, and the sheet in which the moment is chosen. Data: since, history, rederiving, sinceOpen, picked, today,
// earliest, sinceFault.
import { bound } from '../../../behaviors/bound'
import { stores } from '../stores/index'
import { historyOf, pickedOf, rederivingView, sinceOf, sinceText } from './view'
import './words'

const { preferences, provider, session } = stores
// asked each time: the language may change while the page is open
const say: typeof preferences.say = (...given) => preferences.say(...given)
/** there was no gold plan before (backend/platform/times.ts) */
const EARLIEST = '2020-01-01'

export const sinceSheet = Behavior({
  behaviors: [
    bound({
      since: () => (provider.settings ? sinceText(provider.settings.default_open_since, session.serverNow(), say) : ''),
      history: () => (provider.current ? historyOf(provider.current, session.serverNow(), say) : []),
      rederiving: () => rederivingView(provider.current?.rederiving ?? null, say),
    }),
  ],
  data: { sinceOpen: false, picked: { date: '', time: '' }, today: '', earliest: EARLIEST, sinceFault: '' },
  methods: {
    onSince() {
      const now = session.serverNow()
      const since = provider.settings?.default_open_since
      this.setData({ sinceOpen: true, sinceFault: '', picked: pickedOf(since ?? now), today: pickedOf(now).date })
    },
    onSincePicked({ currentTarget, detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.setData({ [`picked.${currentTarget.dataset.part}`]: detail.value, sinceFault: '' })
    },
    onSinceOn() {
      const since = sinceOf(this.data.picked)
      if (Date.parse(since) > session.serverNow()) return void this.setData({ sinceFault: say('provider.since_future') })
      if (this.data.picked.date < EARLIEST) return void this.setData({ sinceFault: say('provider.since_early') })
      provider.change({ default_open_since: since })
      this.onSinceClose()
    },
    onSinceOff() {
      provider.change({ default_open_since: null })
      this.onSinceClose()
    },
    onSinceClose() {
      this.setData({ sinceOpen: false })
    },
  },
})

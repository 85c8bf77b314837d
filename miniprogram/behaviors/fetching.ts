// For the placeholder of a component of another package: fetches that package, and says how that goes.
import { fetchPackage, type ComponentPackage } from '../phone/packages'
import { app, stores } from '../stores/index'
import '../words/words'

/** what is on the phone is put in the placeholder's place before anybody could read that it comes */
const SAID_AFTER_MS = 400

/** Data: fetching '' nothing is said · coming · failed; said. */
export const fetching = Behavior({
  data: { fetching: '' as '' | 'coming' | 'failed', said: {} as Record<string, string> },
  methods: {
    fetch(from: ComponentPackage): Promise<void> {
      const { say } = stores.preferences
      let over = false
      const tell = (fetching: 'coming' | 'failed') =>
        this.setData({
          fetching,
          said: {
            title: say(`absent.${fetching}`),
            text: say('absent.text'),
            line: say('absent.line'),
            retry: say('common.retry'),
            close: say('common.cancel'),
          },
        })
      app.context.timers.set(() => over || tell('coming'), SAID_AFTER_MS)
      return Promise.resolve()
        .then(fetchPackage[from])
        .then(
          () => {
            over = true
            // mostly nothing was said: the component is in its place by now
            if (this.data.fetching !== '') this.setData({ fetching: '' })
          },
          () => {
            over = true
            tell('failed')
          },
        )
    },
  },
})

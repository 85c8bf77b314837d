// 管理: what the provider's own people decide, look after and set; everybody sees the rooms of their own work.
import { bound } from '../../../behaviors/bound'
import { goTo } from '../../../behaviors/navigation'
import { retry } from '../../../behaviors/retry'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { wide } from '../behaviors/wide'
import { stores } from '../stores/index'
import { roomsFor } from './rooms'
import './words'

const { preferences, session } = stores
// asked each time: the language may change while the page is open
const say: typeof preferences.say = (...given) => preferences.say(...given)

Component({
  behaviors: [
    screen({ words: [], title: 'page.desk', large: false }),
    signedIn,
    wide,
    bound({
      status: () => session.status,
      problem: () => session.problem,
      rooms: () =>
        roomsFor(session.me?.actions ?? []).map(({ id, icon, url, name, note }) => ({ id, icon, url, name: say(name), note: say(note) })),
    }),
  ],
  data: { wide: false },
  methods: {
    onRoom(event: WechatMiniprogram.BaseEvent) {
      goTo(event.currentTarget.dataset.url as string)
    },
    onRetry() {
      void retry(session.start)
    },
  },
})

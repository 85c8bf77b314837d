// 诊断: what somebody who helps asks first. Nothing is sent; a button copies it. It works without a network and before anybody is logged in.
import { bound } from '../../../behaviors/bound'
import { screen } from '../../../behaviors/screen'
import { copyText } from '../../../behaviors/telling'
import { releaseVersion, version } from '../../../config'
import { app, stores } from '../../../stores/index'
import { phoneFacts } from './phone-facts'
import { asText, lines, requestLines } from './view'
import './words'

const { minute, network, outbox, preferences, session } = stores
const say: typeof preferences.say = (...given) => preferences.say(...given)
let phone: ReturnType<typeof phoneFacts> = { wechat: '', base_library: '', system: '', model: '' }

/** host only */
const hostOf = (url: string) => url.replace(/^\w+:\/\//, '').split(/[/?#]/)[0] ?? ''

const factLines = () =>
  lines(
    {
      ...phone,
      version: releaseVersion() || version(),
      server: hostOf(app.baseUrl()),
      online: network.online,
      weak: network.weak,
      wifi: network.wifi,
      // asked each minute
      behind: minute.now > 0 && session.me !== null ? session.serverNow() - Date.now() : null,
      storage: app.context.phone.storageUsed(),
      unsent: outbox.unsent,
      failed: outbox.failed,
      held: outbox.held,
      role: session.role_label,
      requests: app.lastRequests,
    },
    say,
  )
const requests = () => (minute.now > 0 ? requestLines(app.lastRequests, say) : [])

Component({
  behaviors: [
    screen({
      words: ['diagnostics.requests', 'diagnostics.none', 'diagnostics.copy', 'diagnostics.private'],
      title: 'page.diagnostics',
      large: false,
    }),
    bound({ lines: factLines, requests }),
  ],
  lifetimes: {
    created() {
      phone = phoneFacts()
    },
  },
  methods: {
    onCopy() {
      copyText(asText(factLines(), requests(), say))
    },
    onRequest(event: WechatMiniprogram.BaseEvent) {
      copyText(event.currentTarget.dataset.id as string)
    },
  },
})

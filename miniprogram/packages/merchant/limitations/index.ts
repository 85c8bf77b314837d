// 微信支付限制: what WeChat Pay limits of this shop, what its owner has to do, and one question to WeChat Pay.
import { bound } from '../../../behaviors/bound'
import { retry } from '../../../behaviors/retry'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { copyText } from '../../../behaviors/telling'
import { ofMerchant, openMerchant } from '../behaviors/of-merchant'
import { remedyFor } from '../rules/remedy'
import { own, stores } from '../stores/index'
import { LimitationsStore } from './store'
import './words'
import '../words/words'

const { merchant, network, preferences } = stores
const limitations = own(({ api, context, merchant, session }) => new LimitationsStore(context, api, session, merchant))
const say: typeof preferences.say = (key, values) => preferences.say(key, values)

/** What the owner is sent; '' where there is nothing that the owner could do. */
const message = (): string => (merchant.merchant && remedyFor(merchant.merchant, say)?.message) ?? ''

/** What WeChat Pay said since the page was opened; '': nobody asked. */
function saidJustNow(): string {
  if (!limitations.answered) return ''
  if (limitations.answered.limited) return say('limitations.said_limited')
  return say(limitations.view?.state === 'planned' ? 'limitations.said_planned' : 'limitations.said_free')
}

Component({
  behaviors: [
    screen({
      words: [
        'limitations.ask',
        'limitations.copy_link',
        'limitations.how',
        'limitations.offline',
        'limitations.offline_text',
        'limitations.past',
        'limitations.read_only',
        'limitations.send',
        'limitations.todo',
      ],
      title: 'page.limitations',
      large: false,
    }),
    signedIn,
    ofMerchant,
    bound({
      name: () => merchant.merchant?.name ?? '',
      view: () => limitations.view,
      listPanel: () => (limitations.view ? '' : limitations.status),
      listSkeleton: () => limitations.skeleton,
      listProblem: () => limitations.problem,
      answered: saidJustNow,
      asking: () => limitations.asking,
      mayAsk: () => limitations.mayAsk,
      offline: () => !network.online,
      sends: () => message() !== '',
      refusal: () => limitations.refusal,
    }),
  ],
  properties: { sub_mchid: { type: String, value: '' } },
  methods: {
    begin() {
      openMerchant(this.data.sub_mchid)
      void limitations.open(this.data.sub_mchid)
    },
    onUnload() {
      limitations.leave()
    },
    onAgain() {
      void retry(limitations.refresh)
    },
    onAsk() {
      void limitations.ask()
    },
    onLink(event: WechatMiniprogram.BaseEvent) {
      copyText(event.currentTarget.dataset.link as string)
    },
    onSend() {
      copyText(message())
    },
    onRefusal() {
      limitations.dismiss()
    },
    onRefusalAct() {
      limitations.dismiss()
      void limitations.ask()
    },
  },
})

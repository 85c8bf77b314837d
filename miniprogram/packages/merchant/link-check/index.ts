// 检查小票链接: what can be seen of the receipt link from outside, gravest first, each with its remedy.
import { copyText } from '../../../behaviors/telling'
import { box } from '../behaviors/box'
import { bound } from '../../../behaviors/bound'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { ofMerchant, openMerchant } from '../behaviors/of-merchant'
import { own, stores } from '../stores/index'
import { LinkCheckStore } from './store'
import './words'
import '../words/words'

const { merchant, network, preferences } = stores
const linkCheck = own(({ api, context, merchant, session }) => new LinkCheckStore(context, api, session, merchant))
const say: typeof preferences.say = (key, values) => preferences.say(key, values)

Component({
  behaviors: [
    screen({
      words: [
        'link_check.again',
        'link_check.back',
        'link_check.check',
        'link_check.checking',
        'link_check.checking_text',
        'link_check.copy',
        'link_check.field',
        'link_check.forbidden',
        'link_check.forbidden_sentence',
        'link_check.looks',
        'link_check.looks_text',
        'link_check.offline',
        'link_check.offline_text',
        'link_check.slow_text',
        'link_note.outside',
      ],
      title: 'page.link_check',
      large: false,
    }),
    signedIn,
    ofMerchant,
    box('url', 'onUrl', () => linkCheck.url, linkCheck.type),
    bound({
      name: () => merchant.merchant?.name ?? '',
      forbidden: () => linkCheck.forbidden,
      link: () =>
        linkCheck.registered && {
          kind: linkCheck.registered,
          fact: say(`link_check.link_${linkCheck.registered}`),
          note: say(`link_check.note_${linkCheck.registered}`),
          hint: say(linkCheck.registered === 'provider' ? 'link_check.hint' : 'link_check.hint_own'),
        },
      checking: () => linkCheck.checking,
      late: () => linkCheck.slow,
      locked: () => linkCheck.locked ?? '',
      offline: () => !network.online,
      refused: () => linkCheck.problem,
      result: () => linkCheck.result,
    }),
  ],
  properties: { sub_mchid: { type: String, value: '' } },
  methods: {
    begin() {
      openMerchant(this.data.sub_mchid)
      linkCheck.open(this.data.sub_mchid)
    },
    onUnload() {
      linkCheck.leave()
    },
    /** the key of the keyboard brings its own value */
    onGo(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      linkCheck.type(event.detail.value)
      this.onCheck()
    },
    onCheck() {
      void linkCheck.check()
      wx.pageScrollTo({ scrollTop: 0, duration: 0 })
    },
    onCopy() {
      copyText(linkCheck.text, 'troubleshoot.copied')
    },
  },
})

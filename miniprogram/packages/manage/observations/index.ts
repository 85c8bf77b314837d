// 微信支付实况: what facts.md does not know and this installation saw, and what a text means that the program does not know. Two columns where there is room.
import { bound } from '../../../behaviors/bound'
import { retry } from '../../../behaviors/retry'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import type { SheetView } from '../../visit/components/confirm-sheet/view'
import type { GivenClass } from '../../../../typings/api'
import { askedOfAdmin } from '../behaviors/whom-to-ask'
import { wide } from '../behaviors/wide'
import { stores } from '../stores/index'
import { PARTS, type Part } from './store'
import { CLASSES, classLabel } from './view'
import './words'

const { network, observations, preferences, session } = stores
const say: typeof preferences.say = (...given) => preferences.say(...given)
/** the text that a sheet is about */
let chosen = ''
const PANELS = ['error', 'offline', 'forbidden']

const revokeSheet = (text: string): SheetView => ({
  title: say('observations.revoke_title'),
  facts: [text],
  before: null,
  after: null,
  points: [{ icon: 'revoke', text: say('observations.revoke_text') }],
  reason: null,
  cancel: say('common.cancel'),
  confirm: say('observations.revoke'),
})

Component({
  behaviors: [
    screen({
      words: [
        'observations.questions_title',
        'observations.texts_title',
        'observations.classify',
        'observations.change',
        'observations.revoke',
        'observations.sheet_title',
        'observations.sheet_text',
        'observations.confirm',
        'observations.no_texts',
        'observations.no_texts_sentence',
        'observations.overtaken',
        'observations.overtaken_text',
        'switch.locked.offline',
      ],
      title: 'page.observations',
    }),
    signedIn,
    wide,
    bound({
      sessionError: () => session.status === 'error',
      sessionProblem: () => session.problem,
      panel: () => (PANELS.includes(observations.status) ? observations.status : ''),
      slow: () => observations.status === 'slow',
      skeleton: () => observations.skeleton,
      ready: () => observations.status === 'ready',
      problem: () => askedOfAdmin(observations.problem, say),
      questions: () => observations.questions,
      texts: () => observations.texts,
      sending: () => observations.sending,
      refusal: () => observations.refusal,
      overtaken: () => observations.overtaken,
      offline: () => !network.online,
      part: () => observations.part,
      parts: () => PARTS.map(id => ({ id, label: say(`observations.${id}_title`), on: id === observations.part })),
    }),
  ],
  data: {
    wide: false,
    chosenText: '',
    classes: [] as { code: GivenClass; label: string }[],
    code: '' as GivenClass | '',
    choosing: false,
    revoking: false,
    sheet: {} as SheetView,
  },
  methods: {
    begin() {
      void observations.refresh()
    },
    onUnload() {
      observations.leave()
    },
    async onPullDownRefresh() {
      await retry(observations.refresh)
      wx.stopPullDownRefresh()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : observations.refresh()))
    },
    onPart(event: WechatMiniprogram.BaseEvent) {
      observations.choose(event.currentTarget.dataset.part as Part)
    },
    textOf(event: WechatMiniprogram.BaseEvent) {
      const { id } = event.currentTarget.dataset as { id: string }
      return observations.texts.find(text => text.id === id)
    },
    onClassify(event: WechatMiniprogram.BaseEvent) {
      const text = this.textOf(event)
      if (!text || !network.online || observations.sending) return
      const classes = CLASSES.map(code => ({ code, label: classLabel(code, say) }))
      chosen = text.id
      this.setData({ classes, chosenText: text.text, code: '', choosing: true })
    },
    onClass(event: WechatMiniprogram.BaseEvent) {
      this.setData({ code: event.currentTarget.dataset.code as GivenClass })
    },
    onCloseClasses() {
      this.setData({ choosing: false })
    },
    onConfirmClass() {
      const { code } = this.data
      if (code === '') return
      this.setData({ choosing: false })
      void observations.setClass(chosen, code)
    },
    onRevoke(event: WechatMiniprogram.BaseEvent) {
      const text = this.textOf(event)
      if (!text || !network.online || observations.sending) return
      chosen = text.id
      this.setData({ sheet: revokeSheet(text.text), revoking: true })
    },
    onKeep() {
      this.setData({ revoking: false })
    },
    onConfirmRevoke() {
      this.setData({ revoking: false })
      void observations.setClass(chosen, null)
    },
    onRefusalAct() {
      void retry(observations.again)
    },
    onRefusalClose() {
      observations.dismiss()
    },
  },
})

// 报名及配置: how far a number is, what comes next, and each item with its path, who may do it, what was answered and what a machine found.
import { bound } from '../../../behaviors/bound'
import { retry } from '../../../behaviors/retry'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { sayDone, sayNote } from '../../../behaviors/telling'
import { firstCharacters } from '../../../shared/characters'
import { holdsPaymentCode } from '../../../shared/payment-code'
import type { ReadinessAnswerWord, ReadinessItemId } from '../../../../typings/api'
import { askedOfAdmin } from '../behaviors/whom-to-ask'
import { wide } from '../behaviors/wide'
import { stores } from '../stores/index'
import { billsView } from './bills'
import { itemView, ringOf, rowOf } from './view'
import './words'

const { network, preferences, readiness, session } = stores
// asked each time: the language may change while the page is open
const say: typeof preferences.say = (...given) => preferences.say(...given)
const longestNote = 200
const ANSWERS: readonly ReadinessAnswerWord[] = ['done', 'not_needed', 'open']

function detail() {
  const { item, items } = readiness
  if (!item) return null
  return itemView(item, { position: items.indexOf(item) + 1, total: items.length }, session.serverNow(), say)
}
const progress = () => {
  const { done, items } = readiness
  const total = items.length
  return {
    done,
    total,
    ...ringOf(done, total),
    spoken: say('readiness.ring', { done, total }),
    title: done === total ? say('readiness.complete') : say('readiness.left', { count: total - done }),
  }
}

Component({
  behaviors: [
    screen({
      words: [
        'readiness.answer',
        'readiness.bills',
        'readiness.bills_again',
        'readiness.bills_by_hand',
        'readiness.bills_by_hand_text',
        'readiness.bills_why',
        'readiness.by_hand',
        'readiness.by_machine',
        'readiness.cancel',
        'readiness.check',
        'readiness.checking',
        'readiness.checking_text',
        'readiness.choose',
        'readiness.complete_text',
        'readiness.contradicted',
        'readiness.contradicted_text',
        'readiness.next',
        'readiness.note',
        'readiness.note_hint',
        'readiness.offline',
        'readiness.offline_text',
        'readiness.overtaken',
        'readiness.overtaken_text',
        'readiness.path',
        'readiness.read_only',
        'readiness.save',
        'readiness.who',
        'readiness.why',
      ],
      title: 'page.readiness',
      large: false,
    }),
    signedIn,
    wide,
    bound({
      status: () => (session.status === 'error' ? 'error' : readiness.status),
      problem: () => (session.status === 'error' ? session.problem : askedOfAdmin(readiness.problem, say)),
      skeleton: () => readiness.skeleton,
      numbers: () =>
        readiness.numbers.length > 1
          ? readiness.numbers.map(({ sp_mchid, name }) => ({ sp_mchid, label: name, on: sp_mchid === readiness.current?.sp_mchid }))
          : [],
      progress,
      next: () =>
        readiness.next && { ...rowOf(readiness.next, session.serverNow(), say), why: say(`readiness.${readiness.next.item}_why`) },
      rows: () => readiness.items.map(item => ({ ...rowOf(item, session.serverNow(), say), here: item.item === readiness.item_id })),
      view: detail,
      bills: () => readiness.current && billsView(readiness.current.bills, session.serverNow(), say),
      askingForBills: () => readiness.askingForBills,
      mayAnswer: () => readiness.mayAnswer,
      checking: () => readiness.checking,
      offline: () => !network.online,
      sending: () => readiness.sending,
      overtaken: () => readiness.overtaken !== null,
      refusal: () => readiness.refusal,
    }),
  ],
  properties: { item: { type: String, value: '' } },
  data: { wide: false, answering: false, answers: [] as { id: ReadinessAnswerWord; label: string; on: boolean }[], note: '' },
  methods: {
    begin() {
      if (this.data.item !== '' && readiness.item_id === null) readiness.open(this.data.item as ReadinessItemId)
      void readiness.refresh()
    },
    onUnload() {
      readiness.leave()
    },
    async onPullDownRefresh() {
      await retry(readiness.refresh)
      wx.stopPullDownRefresh()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : readiness.refresh()))
    },
    onNumber(event: WechatMiniprogram.BaseEvent) {
      readiness.choose(event.currentTarget.dataset.id as string)
    },
    /** opens an item, or closes the one that is open */
    onItem(event: WechatMiniprogram.BaseEvent) {
      const item = event.currentTarget.dataset.item as ReadinessItemId
      if (item === readiness.item_id && !this.data.wide) readiness.close()
      else readiness.open(item)
    },
    onCheck() {
      void readiness.check()
    },
    async onBills() {
      if (await readiness.askForBills()) sayDone(say('readiness.bills_asked'))
    },
    onAnswering() {
      const { item } = readiness
      if (!item) return
      const answer = item.answer?.answer ?? 'done'
      this.setData({ answering: true, note: item.answer?.note ?? '', answers: this.choices(answer) })
    },
    choices(answer: ReadinessAnswerWord) {
      const offered = ANSWERS.filter(one => one !== 'not_needed' || readiness.item?.optional)
      return offered.map(id => ({ id, label: say(`readiness.answer_${id}`), on: id === answer }))
    },
    onAnswer(event: WechatMiniprogram.BaseEvent) {
      const answer = event.currentTarget.dataset.id as ReadinessAnswerWord
      this.setData({ answers: this.choices(answer) })
    },
    onNote(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      const text = event.detail.value
      if (!holdsPaymentCode(text)) {
        this.data.note = firstCharacters(text, longestNote)
        return
      }
      // what was typed does not stay in the box, whatever the view believes it holds
      this.setData({ note: text })
      this.setData({ note: '' })
      sayNote(say('payment_code.title'))
    },
    onCancel() {
      this.setData({ answering: false })
    },
    async onSave() {
      const { answers, note } = this.data
      this.setData({ answering: false })
      await readiness.answer({ answer: answers.find(({ on }) => on)?.id ?? 'done', note })
    },
    onRefusal() {
      readiness.dismiss()
    },
  },
})

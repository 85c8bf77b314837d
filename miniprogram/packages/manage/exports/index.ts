// 导出: what is to be exported, where the link says so, and my last files.
import { observable, runInAction } from 'mobx-miniprogram'
import type { NewExport } from '../../../../typings/api'
import { bound } from '../../../behaviors/bound'
import { retry } from '../../../behaviors/retry'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { sayNote } from '../../../behaviors/telling'
import { listFilter, listWords } from './of-list'
import { filterOf, filterWords, fromLink } from '../shops/filter'
import { ageOf } from '../behaviors/age'
import { wide } from '../behaviors/wide'
import { stores } from '../stores/index'
import './words'

const { exporting, merchants, network, preferences, session } = stores
// asked each time: the language may change while the page is open
const say: typeof preferences.say = (...given) => preferences.say(...given)
/** what the link of the page narrows it to, in whose words the page says so; null: what the list 商户 is narrowed to */
const narrowed = observable.box<{ filter: Parameters<typeof filterWords>[0]; names: Parameters<typeof filterWords>[1] } | null>(null)
const idOf = (event: WechatMiniprogram.BaseEvent) => event.currentTarget.dataset.id as string

Component({
  behaviors: [
    screen({
      words: [
        'exports.new',
        'exports.new_note',
        'exports.of_list',
        'exports.everything',
        'exports.audit',
        'exports.rollout',
        'exports.rollout_note',
        'exports.make_xlsx',
        'exports.make_csv',
        'exports.fetch',
        'exports.fetching',
        'exports.share',
        'exports.save',
        'exports.cancel',
        'exports.none',
        'exports.none_sentence',
        'switch.locked.offline',
      ],
      title: 'page.exports',
      large: false,
    }),
    signedIn,
    wide,
    ageOf(exporting),
    bound({
      status: () => (session.status === 'error' ? 'error' : exporting.status),
      problem: () => (session.status === 'error' ? session.problem : exporting.problem),
      skeleton: () => exporting.skeleton,
      words() {
        const link = narrowed.get()
        return link === null ? listWords(merchants, say) : filterWords(link.filter, link.names, session.serverNow(), say)
      },
      rows: () => exporting.rows,
      saves: () => exporting.saves,
      offline: () => !network.online,
      sending: () => exporting.sending,
      failed: () => (exporting.said === 'gone' || exporting.said === 'failed' ? say(`exports.${exporting.said}`) : ''),
      refusal: () => exporting.refusal,
    }),
  ],
  properties: {
    /** merchants: by the filter of the link · audit: the trail · rollout: the merchants of one · '': what the list 商户 is narrowed to at the moment */
    kind: { type: String, value: '' },
    rollout_id: { type: String, value: '' },
    state: { type: String, value: '' },
    region_code: { type: String, value: '' },
    assigned_to: { type: String, value: '' },
    on: { type: String, value: '' },
    since_from: { type: String, value: '' },
    since_to: { type: String, value: '' },
    proof: { type: String, value: '' },
    receipt_ready: { type: String, value: '' },
    region: { type: String, value: '' },
    person: { type: String, value: '' },
  },
  data: { wide: false, asked: false },
  pageLifetimes: {
    hide() {
      exporting.hide()
    },
  },
  methods: {
    asked() {
      const { state, region_code, assigned_to, on, since_from, since_to, proof, receipt_ready } = this.data
      return filterOf({ state, region_code, assigned_to, on, since_from, since_to, proof, receipt_ready })
    },
    begin() {
      const { region, person } = this.data
      const names = { ...(region && { region: fromLink(region) }), ...(person && { person: fromLink(person) }) }
      runInAction(() => narrowed.set(this.data.kind === '' ? null : { filter: this.asked(), names }))
      exporting.show()
    },
    onUnload() {
      exporting.leave()
    },
    async onPullDownRefresh() {
      await retry(exporting.refresh)
      wx.stopPullDownRefresh()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : exporting.refresh()))
    },
    async onMake(event: WechatMiniprogram.BaseEvent) {
      const format = event.currentTarget.dataset.format as NewExport['format']
      const { language } = preferences
      const { kind, rollout_id } = this.data
      const body: NewExport =
        kind === 'audit'
          ? { kind, format, language, filter: {} }
          : kind === 'rollout'
            ? { kind, format, language, filter: { rollout_id } }
            : { kind: 'merchants', format, language, filter: this.data.kind === '' ? listFilter(merchants) : this.asked() }
      if (!exporting.sending && (await exporting.make(body))) this.setData({ asked: true })
    },
    onFetch(event: WechatMiniprogram.BaseEvent) {
      void exporting.fetch(idOf(event))
    },
    async onShare(event: WechatMiniprogram.BaseEvent) {
      await exporting.share(idOf(event))
      if (exporting.said === 'done') sayNote(say('exports.done'))
    },
    async onSave(event: WechatMiniprogram.BaseEvent) {
      await exporting.save(idOf(event))
      if (exporting.said === 'done') sayNote(say('exports.done'))
    },
    onCancelExport(event: WechatMiniprogram.BaseEvent) {
      void exporting.cancel(idOf(event))
    },
    onRefusal() {
      exporting.dismiss()
    },
  },
})

// 变更记录: of one shop (from its page) or of everything that I may read; a table where the window has room for one.
import { bound } from '../../../behaviors/bound'
import { goTo } from '../../../behaviors/navigation'
import { retry } from '../../../behaviors/retry'
import { rowsIn } from '../../../behaviors/rows'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { copyText } from '../../../behaviors/telling'
import { merchantPage } from '../../../rules/deep-link'
import { wide } from '../behaviors/wide'
import { stores } from '../stores/index'
import { RANGES, type AuditRange } from './store'
import { ACTIONS, actionLabel, type AuditAction } from './view'
import './words.zh-CN'

const { audit, preferences, session } = stores
// asked each time: the language may change while the page is open
const say: typeof preferences.say = (...given) => preferences.say(...given)
const FOOTERS: Record<string, string> = { loading: 'loading', end: 'no_more', error: 'load_more_failed', more: 'loading' }
const of = <Name extends string>(event: WechatMiniprogram.BaseEvent, name: Name) => event.currentTarget.dataset[name] as string

Component({
  behaviors: [
    screen({
      words: [
        'audit.filter',
        'audit.export',
        'audit.every_action',
        'audit.time',
        'audit.who',
        'audit.what',
        'audit.shop',
        'audit.change',
        'audit.why',
        'audit.request',
        'audit.when',
        'audit.only_person',
        'audit.no_change',
        'audit.clear',
      ],
      title: 'page.audit',
      large: false,
    }),
    signedIn,
    wide,
    rowsIn('groups', () =>
      audit.rows.map(row => ({
        ...row,
        reason_text: row.reason && say('audit.reason', { reason: row.reason }),
        request_text: row.request_id && say('audit.request_of', { id: row.request_id }),
      })),
    ),
    bound({
      status: () => (session.status === 'error' ? 'error' : audit.status),
      panel: () => (audit.problem?.code === 'NOT_FOUND' ? 'forbidden' : audit.status === 'offline' ? 'offline' : 'error'),
      problem: () => (session.status === 'error' ? session.problem : audit.problem),
      skeleton: () => audit.skeleton,
      more: () => audit.more,
      footer: () => FOOTERS[audit.more],
      ofShop: () => audit.sub_mchid !== null,
      ranges: () => RANGES.map(days => ({ days, label: say(`audit.days_${days}`), on: days === audit.days })),
      action: () => (audit.action === null ? '' : actionLabel(audit.action, say)),
      actions: () => ACTIONS.map(id => ({ id, label: actionLabel(id, say), on: id === audit.action })),
      person: () => audit.person && say('audit.only', { name: audit.person.name }),
      filtered: () => audit.filtered,
      emptyTitle: () => say(audit.filtered ? 'audit.none_filtered' : 'audit.none'),
      emptySentence: () => say(audit.filtered ? 'audit.none_filtered_sentence' : 'audit.none_sentence'),
    }),
  ],
  properties: { sub_mchid: { type: String, value: '' } },
  data: { choosing: false, wide: false },
  methods: {
    begin() {
      audit.open(this.data.sub_mchid)
    },
    onUnload() {
      audit.leave()
    },
    async onPullDownRefresh() {
      await retry(audit.refresh)
      wx.stopPullDownRefresh()
    },
    onReachBottom() {
      void audit.loadMore()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : audit.refresh()))
    },
    onRange(event: WechatMiniprogram.BaseEvent) {
      audit.chooseDays(Number(of(event, 'days')) as AuditRange)
    },
    onChoose() {
      this.setData({ choosing: !this.data.choosing })
    },
    onAction(event: WechatMiniprogram.BaseEvent) {
      const action = of(event, 'action') as AuditAction
      this.setData({ choosing: false })
      audit.chooseAction(action === audit.action ? null : action)
    },
    onEveryAction() {
      this.setData({ choosing: false })
      audit.chooseAction(null)
    },
    onWho(event: WechatMiniprogram.BaseEvent) {
      audit.choosePerson({ id: of(event, 'actor'), name: of(event, 'name') })
    },
    onEverybody() {
      audit.choosePerson(null)
    },
    onClear() {
      audit.clear()
    },
    onExport() {
      goTo('/packages/manage/exports/index?kind=audit')
    },
    onShop(event: WechatMiniprogram.BaseEvent) {
      const sub_mchid = of(event, 'id')
      if (sub_mchid !== '') goTo(merchantPage(sub_mchid))
    },
    onRequest(event: WechatMiniprogram.BaseEvent) {
      copyText(of(event, 'id'))
    },
  },
})

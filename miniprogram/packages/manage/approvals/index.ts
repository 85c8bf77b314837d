// 关闭申请: who asked for what, and the decision of another person. With a request in its link the page shows that one; in a window with room for both
// the list stands beside it.
import { retry } from '../../../behaviors/retry'
import { bound } from '../../../behaviors/bound'
import { goTo } from '../../../behaviors/navigation'
import { rowsIn } from '../../../behaviors/rows'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import type { SheetView } from '../../visit/components/confirm-sheet/view'
import { merchantPage } from '../../../rules/deep-link'
import { wide } from '../behaviors/wide'
import { stores } from '../stores/index'
import type { Part } from './store'
import { approveSheet, cancelSheet, iconOf, rejectSheet } from './view'
import './words'

const { approvals, network, preferences, session, subscriptions } = stores
const say: typeof preferences.say = (key, values) => preferences.say(key, values)
const PANELS = ['error', 'offline', 'forbidden']
const sheets = { approve: approveSheet, reject: rejectSheet, cancel: cancelSheet }
type Asked = keyof typeof sheets

const rows = () => approvals.list.rows.map(row => ({ ...row, icon: iconOf(row.status), here: row.id === approvals.request_id }))

Component({
  behaviors: [
    screen({
      words: [
        'approvals.approve',
        'approvals.reject',
        'approvals.cancel',
        'approvals.choose',
        'approvals.tell_me',
        'approvals.line_asked',
        'approvals.line_reason',
        'approvals.line_expires',
        'approvals.line_comment',
        'approvals.offline',
        'approvals.offline_text',
        'approvals.open_shop',
        'approvals.overtaken',
        'approvals.overtaken_text',
        'switch.locked.offline',
      ],
      title: 'page.approvals',
    }),
    signedIn,
    wide,
    rowsIn('rows', rows),
    bound({
      sessionError: () => session.status === 'error',
      sessionProblem: () => session.problem,
      parts: () => approvals.parts.map(id => ({ id, label: say(`approvals.${id}`), on: approvals.part === id })),
      listStatus: () => approvals.list.status,
      listSkeleton: () => approvals.list.skeleton,
      listProblem: () => approvals.list.problem,
      listMore: () => approvals.list.more,
      listAsOf: () => approvals.list.as_of_label,
      emptyTitle: () => say(`approvals.none_${approvals.part}`),
      emptySentence: () => say(`approvals.none_${approvals.part}_sentence`),
      chosen: () => approvals.request_id !== null,
      skeleton: () => approvals.skeleton,
      slow: () => approvals.status === 'slow',
      panel: () => (PANELS.includes(approvals.status) ? approvals.status : ''),
      problem: () => approvals.problem,
      view: () => approvals.view && { ...approvals.view, icon: iconOf(approvals.view.status) },
      tellMe: () => approvals.request?.status === 'pending' && approvals.view?.can_cancel && subscriptions.isUseful('closing'),
      overtaken: () => approvals.overtaken,
      offline: () => !network.online,
      sending: () => approvals.sending,
      refusal: () => approvals.refusal,
    }),
  ],
  properties: { request_id: { type: String, value: '' } },
  data: { wide: false, sheet: {} as SheetView, asking: '' as Asked | '' },
  pageLifetimes: {
    hide() {
      approvals.hide()
    },
  },
  methods: {
    begin() {
      approvals.show()
      void subscriptions.load()
      void this.load()
    },
    /** What is drawn: the list, the request, or both. */
    async load() {
      const { request_id, wide: both } = this.data
      if (request_id === '' && !both) approvals.close()
      const shown = request_id || (both ? approvals.request_id : null)
      await Promise.all([
        request_id === '' || both ? approvals.refresh() : null,
        shown === null || shown === '' ? null : approvals.open(shown),
      ])
    },
    widthChanged() {
      void this.load()
    },
    onUnload() {
      approvals.hide()
      approvals.close()
    },
    async onPullDownRefresh() {
      await retry(() => this.load())
      wx.stopPullDownRefresh()
    },
    onReachBottom() {
      if (this.data.request_id === '' || this.data.wide) void approvals.loadMore()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : this.load()))
    },
    onPart(event: WechatMiniprogram.BaseEvent) {
      approvals.choose(event.currentTarget.dataset.part as Part)
      wx.pageScrollTo({ scrollTop: 0, duration: 0 })
      void approvals.refresh()
    },
    onRow(event: WechatMiniprogram.BaseEvent) {
      const id = event.currentTarget.dataset.id as string
      if (this.data.wide) void approvals.open(id)
      else goTo(`/packages/manage/approvals/index?request_id=${id}`)
    },
    onTellMe() {
      void subscriptions.askIfUseful('closing')
    },
    onShop() {
      const { request } = approvals
      if (request) goTo(merchantPage(request.sub_mchid))
    },
    onAct(event: WechatMiniprogram.BaseEvent) {
      const asked = event.currentTarget.dataset.act as Asked
      const { request } = approvals
      if (request && network.online && !approvals.sending) this.setData({ sheet: sheets[asked](request, say), asking: asked })
    },
    onCancel() {
      this.setData({ asking: '' })
    },
    onConfirm(event: { detail: { reason: string } }) {
      const { asking } = this.data
      this.setData({ asking: '' })
      if (asking === 'approve') void approvals.approve()
      else if (asking === 'reject') void approvals.reject(event.detail.reason)
      else if (asking === 'cancel') void approvals.cancel()
    },
    onRefusal() {
      approvals.dismiss()
    },
    onRefusalAct() {
      void approvals.again()
    },
  },
})

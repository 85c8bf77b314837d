// 批量开通: the rollouts of the company, and how the one in front stands. With an id in its link the page shows that one; in a window with room for both the
// list stands beside it.
import type { RolloutStep } from '../../../../typings/api'
import { bound } from '../../../behaviors/bound'
import { goTo } from '../../../behaviors/navigation'
import { retry } from '../../../behaviors/retry'
import { rowsIn } from '../../../behaviors/rows'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import type { SheetView } from '../../visit/components/confirm-sheet/view'
import { merchantPage } from '../../../rules/deep-link'
import { wide } from '../behaviors/wide'
import { stores } from '../stores/index'
import { sheetOf, type Cause } from './view'
import './words'

const { network, preferences, rollouts, session, subscriptions } = stores
// asked each time: the language may change while the page is open
const say: typeof preferences.say = (...given) => preferences.say(...given)
const PANELS = ['error', 'offline', 'forbidden']
const KINDS: Partial<Record<RolloutStep, string>> = { start: 'primary', resume: 'primary', 'retry-failed': 'secondary' }

Component({
  behaviors: [
    screen({
      words: [
        'rollouts.new',
        'rollouts.choose',
        'rollouts.offline',
        'rollouts.offline_text',
        'rollouts.preview',
        'rollouts.excluded',
        'rollouts.progress_title',
        'rollouts.causes',
        'rollouts.stages',
        'rollouts.none',
        'rollouts.none_sentence',
        'rollouts.export',
      ],
      title: 'page.rollouts',
    }),
    signedIn,
    wide,
    rowsIn('rows', () => rollouts.rows.map(row => ({ ...row, here: row.id === rollouts.rollout_id }))),
    bound({
      listStatus: () => (session.status === 'error' ? 'error' : rollouts.list_status),
      listSkeleton: () => rollouts.list_skeleton,
      listProblem: () => (session.status === 'error' ? session.problem : rollouts.list_problem),
      listMore: () => rollouts.list_more,
      writes: () => rollouts.writes,
      chosen: () => rollouts.rollout_id !== null,
      skeleton: () => rollouts.skeleton,
      panel: () => (PANELS.includes(rollouts.status) ? rollouts.status : ''),
      problem: () => rollouts.problem,
      view: () => rollouts.view,
      steps: () =>
        (rollouts.view?.steps ?? []).map(id => ({
          id,
          kind: KINDS[id] ?? 'quiet',
          label: say(`rollouts.step.${id}`),
          loading: rollouts.sending === id,
        })),
      offline: () => !network.online,
      itemsOpen: () => rollouts.cause !== null,
      itemsTitle: () => rollouts.items_title,
      items: () => rollouts.item_rows,
      itemsStatus: () => rollouts.items_status,
      itemsMore: () => rollouts.items_more,
      itemsProblem: () => rollouts.items_problem,
      refusal: () => rollouts.refusal,
    }),
  ],
  properties: { id: { type: String, value: '' } },
  data: { wide: false, sheet: {} as SheetView, asking: '' as RolloutStep | '' },
  pageLifetimes: {
    hide() {
      rollouts.hide()
    },
  },
  methods: {
    begin() {
      rollouts.show()
      if (rollouts.writes) void subscriptions.load()
      void this.load()
    },
    /** What is drawn: the list, the one in front, or both. */
    async load() {
      const { id, wide: both } = this.data
      if (id === '' && !both) rollouts.close()
      const shown = id || (both ? rollouts.rollout_id : null)
      await Promise.all([id === '' || both ? rollouts.refresh() : null, shown === null || shown === '' ? null : rollouts.open(shown)])
    },
    widthChanged() {
      void this.load()
    },
    onUnload() {
      rollouts.hide()
      rollouts.close()
    },
    async onPullDownRefresh() {
      await retry(() => this.load())
      wx.stopPullDownRefresh()
    },
    onReachBottom() {
      if (this.data.id === '' || this.data.wide) void rollouts.loadMore()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : this.load()))
    },
    onRow(event: WechatMiniprogram.BaseEvent) {
      const id = event.currentTarget.dataset.id as string
      if (this.data.wide) void rollouts.open(id)
      else goTo(`/packages/manage/rollouts/index?id=${id}`)
    },
    onNew() {
      goTo('/packages/manage/rollout-new/index')
    },
    onCause(event: WechatMiniprogram.BaseEvent) {
      const { view } = rollouts
      const cause = [...(view?.causes ?? []), ...(view?.excluded ?? [])].find((one: Cause) => one.id === event.currentTarget.dataset.id)
      if (cause?.opens) rollouts.openItems(cause)
    },
    onItemsEnd() {
      void rollouts.moreItems()
    },
    onItemsRetry() {
      void retry(rollouts.readItems)
    },
    onItemsClose() {
      rollouts.closeItems()
    },
    onItem(event: WechatMiniprogram.BaseEvent) {
      const { id, opens } = event.currentTarget.dataset as { id: string; opens: boolean }
      if (opens) goTo(merchantPage(id))
    },
    onExport() {
      goTo(`/packages/manage/exports/index?kind=rollout&rollout_id=${rollouts.rollout_id}`)
    },
    onStep(event: WechatMiniprogram.BaseEvent) {
      const step = event.currentTarget.dataset.step as RolloutStep
      const { rollout } = rollouts
      if (!rollout || !network.online || rollouts.sending !== '') return
      const sheet = sheetOf(step, rollout, say)
      if (sheet === null) void rollouts.step(step)
      else this.setData({ sheet, asking: step })
    },
    onCancel() {
      this.setData({ asking: '' })
    },
    onConfirm() {
      const { asking } = this.data
      this.setData({ asking: '' })
      // who starts it waits for its end
      if (asking === 'start' || asking === 'resume') void subscriptions.askIfUseful('rollout')
      if (asking !== '') void rollouts.step(asking)
    },
    onRefusal() {
      rollouts.dismiss()
    },
  },
})

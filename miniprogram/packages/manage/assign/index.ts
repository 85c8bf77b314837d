// 分配商户: from the list of 商户 with its filters, to one person or to nobody.
import { bound } from '../../../behaviors/bound'
import { retry } from '../../../behaviors/retry'
import { rowsIn } from '../../../behaviors/rows'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import type { SheetView } from '../../visit/components/confirm-sheet/view'
import { activeChips } from '../../../rules/filters'
import { stateShortKey } from '../../../rules/states'
import { HOLD_MS } from '../../../rules/undo-hold'
import { choosePerson, choosingPerson } from '../behaviors/choosing-person'
import { wide } from '../behaviors/wide'
import type { Taker } from '../stores/assignees'
import { stores } from '../stores/index'
import { assignSheet } from './view'
import '../words/people.words'
import './words'

const { assign, network, preferences, session } = stores
const { shops } = assign
// asked each time: the language may change while the page is open
const say: typeof preferences.say = (...given) => preferences.say(...given)

/** whom the sheet asks about, and how many shops */
const asked = new WeakMap<object, { taker: Taker; count: number }>()

const rows = () => {
  const chosen = new Set(assign.chosen)
  return shops.rows.map(({ sub_mchid, name, tail, place, state, state_label }) => ({
    sub_mchid,
    name,
    facts: say('assign.facts', { tail, place }),
    state,
    state_label,
    on: assign.all || chosen.has(sub_mchid),
  }))
}

/** What 商户 was filtered by, in words. */
const filterWords = (): string => {
  const { filters } = shops
  const parts = [
    ...(filters.assigned_to === 'me' ? [say('filter.me')] : []),
    ...filters.state.map(state => say(stateShortKey(state))),
    ...activeChips(filters, say).map(({ label }) => label),
  ]
  return parts.join(say('common.comma'))
}

Component({
  behaviors: [
    screen({
      words: [
        'assign.all_note',
        'assign.give',
        'assign.none',
        'assign.none_sentence',
        'hold.undo',
        'people.none',
        'people.none_sentence',
        'people.nobody',
        'people.nobody_note',
        'people.search',
        'switch.locked.offline',
      ],
      title: 'page.assign',
    }),
    signedIn,
    wide,
    choosingPerson,
    rowsIn('groups', rows),
    bound({
      status: () => (session.status === 'error' ? 'error' : shops.status),
      problem: () => (session.status === 'error' ? session.problem : shops.problem),
      skeleton: () => shops.skeleton,
      more: () => shops.more,
      filters: filterWords,
      canTakeAll: () => assign.canTakeAll,
      all: () => assign.all,
      allLabel: () => say('assign.all', { total: shops.total_label }),
      count: () => (assign.all ? shops.total_label : say('assign.chosen', { count: assign.chosen.length })),
      anything: () => assign.anything,
      busy: () => assign.counting || assign.sending,
      offline: () => !network.online,
      held: () =>
        assign.held &&
        (assign.held.taker.id === ''
          ? say('assign.held_nobody', { count: assign.held.count })
          : say('assign.held', { count: assign.held.count, name: assign.held.taker.name })),
      ended: () => (assign.ended ? say(`assign.ended_${assign.ended}`) : ''),
      run: () => assign.runView,
      refusal: () => assign.refusal,
    }),
  ],
  data: { wide: false, holdMs: HOLD_MS, sheet: {} as SheetView, asking: false },
  pageLifetimes: {
    hide() {
      assign.hide()
    },
  },
  methods: {
    begin() {
      void assign.open()
    },
    onUnload() {
      assign.close()
    },
    async onPullDownRefresh() {
      await retry(shops.refresh)
      wx.stopPullDownRefresh()
    },
    onReachBottom() {
      void shops.loadMore()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : shops.refresh()))
    },
    onTick(event: WechatMiniprogram.BaseEvent) {
      if (!assign.held) assign.toggle(event.currentTarget.dataset.id as string)
    },
    onAll() {
      if (!assign.held) assign.toggleAll()
    },
    onGive() {
      if (!assign.anything || assign.held || assign.counting || assign.sending || !network.online) return
      const count = assign.all ? shops.total_label : say('assign.chosen', { count: assign.chosen.length })
      choosePerson(this, say('assign.who'), count, null)
    },
    async personTaken(taker: Taker) {
      const count = await assign.count(taker)
      if (!count) return
      asked.set(this, { taker, count: count.changing })
      this.setData({ sheet: assignSheet(count, taker, say), asking: true })
    },
    onCancel() {
      this.setData({ asking: false })
    },
    onConfirm() {
      this.setData({ asking: false })
      const { taker, count } = asked.get(this)!
      if (count > 0) assign.begin(taker, count)
    },
    onUndo() {
      assign.undo()
    },
    onRefusal() {
      assign.dismiss()
    },
    onRefusalAct() {
      void assign.again()
    },
  },
})

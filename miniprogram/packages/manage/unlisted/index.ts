// 未登记商户: who pays and is not in the directory; one tap adds it or puts it aside, and 5 s to take that back. A table where there is room.
import { bound } from '../../../behaviors/bound'
import { goTo } from '../../../behaviors/navigation'
import { retry } from '../../../behaviors/retry'
import { rowsIn } from '../../../behaviors/rows'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { HOLD_MS } from '../../../rules/undo-hold'
import { askedOfAdmin } from '../behaviors/whom-to-ask'
import { wide } from '../behaviors/wide'
import { stores } from '../stores/index'
import { PARTS, type ActId, type Part } from './store'
import './words'

const { network, preferences, session, unlisted } = stores
// asked each time: the language may change while the page is open
const say: typeof preferences.say = (...given) => preferences.say(...given)

function doneBanner() {
  const { done } = unlisted
  if (!done) return null
  return {
    fact: say(`unlisted.done_${done.id}`, { sub_mchid: done.sub_mchid }),
    text: done.id === 'add' ? say('unlisted.done_text') : '',
    actions: done.id === 'add' ? [{ id: done.sub_mchid, label: say('unlisted.open') }] : [],
  }
}

Component({
  behaviors: [
    screen({
      words: [
        'unlisted.why',
        'unlisted.add',
        'unlisted.dismiss',
        'unlisted.restore',
        'unlisted.merchant',
        'unlisted.paid',
        'unlisted.when',
        'unlisted.offline',
        'unlisted.offline_text',
        'hold.undo',
      ],
      title: 'page.unlisted',
    }),
    signedIn,
    wide,
    rowsIn('groups', () => unlisted.rows),
    bound({
      status: () => (session.status === 'error' ? 'error' : unlisted.status),
      panel: () => (unlisted.problem?.code === 'ACTION_FORBIDDEN' ? 'forbidden' : unlisted.status === 'offline' ? 'offline' : 'error'),
      problem: () => (session.status === 'error' ? session.problem : askedOfAdmin(unlisted.problem, say)),
      skeleton: () => unlisted.skeleton,
      more: () => unlisted.more,
      part: () => unlisted.part,
      parts: () => PARTS.map(id => ({ id, label: say(`unlisted.part_${id}`), on: id === unlisted.part })),
      emptyTitle: () => say(unlisted.part === 'open' ? 'unlisted.none' : 'unlisted.none_dismissed'),
      emptySentence: () => say(unlisted.part === 'open' ? 'unlisted.none_sentence' : 'unlisted.none_dismissed_sentence'),
      offline: () => !network.online,
      sending: () => unlisted.sending,
      busy: () => unlisted.held?.sub_mchid ?? '',
      held: () => (unlisted.held ? say(`unlisted.held_${unlisted.held.id}`, { tail: unlisted.held.sub_mchid.slice(-4) }) : ''),
      ended: () => (unlisted.ended ? say(`unlisted.ended_${unlisted.ended}`) : ''),
      done: doneBanner,
      refusal: () => unlisted.refusal,
    }),
  ],
  data: { wide: false, holdMs: HOLD_MS },
  pageLifetimes: {
    hide() {
      unlisted.hide()
    },
  },
  methods: {
    begin() {
      void unlisted.refresh()
    },
    onUnload() {
      unlisted.leave()
    },
    async onPullDownRefresh() {
      await retry(unlisted.refresh)
      wx.stopPullDownRefresh()
    },
    onReachBottom() {
      void unlisted.loadMore()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : unlisted.refresh()))
    },
    onPart(event: WechatMiniprogram.BaseEvent) {
      void unlisted.choose(event.currentTarget.dataset.part as Part)
    },
    onAct(event: WechatMiniprogram.BaseEvent) {
      const { act, id } = event.currentTarget.dataset as { act: ActId; id: string }
      if (unlisted.sending !== id && unlisted.held?.sub_mchid !== id) unlisted.begin({ id: act, sub_mchid: id })
    },
    onUndo() {
      unlisted.undo()
    },
    onOpen(event: { detail: { id: string } }) {
      goTo(`/packages/merchant/detail/index?sub_mchid=${event.detail.id}`)
    },
    onRefusalAct() {
      void retry(unlisted.again)
    },
    onRefusal() {
      unlisted.dismiss()
    },
  },
})

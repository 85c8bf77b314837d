// 拜访记录: what was answered, read only; the lead accepts it or returns it with a reason, its author goes on with one that was returned.
import { retry } from '../../../behaviors/retry'
import { goTo, goToTab, replaceWith } from '../../../behaviors/navigation'
import { previewPhotos } from '../../../behaviors/telling'
import { bound } from '../../../behaviors/bound'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import type { SheetView } from '../components/confirm-sheet/view'
import { stores } from '../stores/index'
import './words'
import '../words/words'

const { network, preferences, session, visitDetail, visitLists } = stores
const say: typeof preferences.say = (key, values) => preferences.say(key, values)
const PANELS = ['error', 'offline', 'forbidden']

/** null before a decision */
function queueView(): { next: string; left: string } | null {
  const { queue } = visitDetail
  if (!queue) return null
  const { next, left } = queue
  if (left === null) return { next: '', left: say('visit.queue_unread') }
  if (!next) return { next: '', left: say('visit.all_reviewed') }
  return {
    next: say('visit.next_review', { name: next.merchant?.name ?? say('visit.other_shop') }),
    left: say('visit.left_to_review', { count: left >= 1000 ? '1,000+' : left }),
  }
}

function returnSheet(): SheetView {
  return {
    title: say('visit.return_title'),
    facts: visitDetail.view ? [visitDetail.view.name] : [],
    before: null,
    after: null,
    points: [{ icon: 'user-o', text: say('visit.return_text') }],
    reason: {
      label: say('visit.return_reason'),
      choices: [say('visit.return_reason_1'), say('visit.return_reason_2'), say('visit.return_reason_3')],
      placeholder: say('visit.return_hint'),
      payment_code: say('payment_code.text'),
    },
    cancel: say('common.cancel'),
    confirm: say('visit.return'),
    danger: true,
  }
}

Component({
  behaviors: [
    screen({
      words: [
        'visit.accept',
        'visit.return',
        'visit.continue',
        'visit.to_queue',
        'visit.open_shop',
        'visit.photos',
        'visit.reviews',
        'visit.needs_network',
        'visit.reviewed_by_other',
        'visit.reviewed_by_other_text',
        'visit.photo_busy',
        'visit.see_photo',
        'visit.remove_photo',
        'visit.photo_add',
        'visit.photo_more',
        'visit.photo_hint',
        'network.offline',
        'visit.offline_read',
      ],
      title: 'page.visit_detail',
    }),
    signedIn,
    bound({
      skeleton: () => visitDetail.skeleton,
      slow: () => visitDetail.status === 'slow',
      panel: () => (session.status === 'error' ? 'error' : PANELS.includes(visitDetail.status) ? visitDetail.status : ''),
      problem: () => (session.status === 'error' ? session.problem : visitDetail.problem),
      view: () => visitDetail.view,
      evidence: () => (visitDetail.evidence ? say('visit.evidence', { kinds: visitDetail.evidence }) : ''),
      canReview: () => visitDetail.canReview,
      canContinue: () => visitDetail.canContinue,
      queue: queueView,
      deciding: () => visitDetail.deciding ?? '',
      overtaken: () => visitDetail.overtaken,
      offline: () => !network.online,
      refusal: () => visitDetail.refusal,
    }),
  ],
  properties: { visit_id: { type: String, value: '' } },
  data: { sheet: {} as SheetView, asking: false },
  methods: {
    begin() {
      void visitDetail.open(this.data.visit_id)
    },
    onUnload() {
      visitDetail.leave()
    },
    async onPullDownRefresh() {
      await retry(() => visitDetail.open(this.data.visit_id))
      wx.stopPullDownRefresh()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : visitDetail.open(this.data.visit_id)))
    },
    onAccept() {
      if (network.online) void visitDetail.review('accepted')
    },
    onReturn() {
      if (network.online && !visitDetail.deciding) this.setData({ sheet: returnSheet(), asking: true })
    },
    onCancel() {
      this.setData({ asking: false })
    },
    onConfirm(event: { detail: { reason: string } }) {
      this.setData({ asking: false })
      void visitDetail.review('returned', event.detail.reason)
    },
    /** The next one in the place of this one: 返回 leads to the list, not through all that were decided. */
    onNext() {
      const next = visitDetail.queue?.next
      if (!next) return
      this.setData({ visit_id: next.id })
      wx.pageScrollTo({ scrollTop: 0, duration: 0 })
      void visitDetail.open(next.id)
    },
    onQueue() {
      visitLists.chooseTeam('submitted')
      goToTab('/pages/visits/index')
    },
    onContinue() {
      replaceWith(`/packages/visit/edit/index?visit_id=${this.data.visit_id}`)
    },
    onShop() {
      const visit = visitDetail.visit
      if (visit?.merchant) goTo(`/packages/merchant/detail/index?sub_mchid=${visit.sub_mchid}`)
    },
    onSee(event: WechatMiniprogram.CustomEvent<{ photo_id: string }>) {
      const view = visitDetail.view
      if (!view) return
      const photos = [...view.sections.flatMap(({ items }) => items.flatMap(item => item.photos)), ...view.others].filter(({ src }) => src)
      const current = photos.find(({ id }) => id === event.detail.photo_id)?.src
      if (current)
        previewPhotos(
          photos.map(({ src }) => src),
          current,
        )
    },
    onRefusal() {
      visitDetail.dismiss()
    },
    onRefusalAct() {
      visitDetail.dismiss()
      void visitDetail.open(this.data.visit_id)
    },
  },
})

// 到店计划: for who plans, days with people and a tap that shows them their shops; for who visits, the next shops.
import { reaction } from 'mobx-miniprogram'
import { bound } from '../../../behaviors/bound'
import { goTo } from '../../../behaviors/navigation'
import { retry } from '../../../behaviors/retry'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { sayDone } from '../../../behaviors/telling'
import { wide } from '../behaviors/wide'
import { stores } from '../stores/index'
import type { Chosen } from './store'
import './words'

const { network, preferences, session, visitPlan } = stores
// asked each time: the language may change while the page is open
const say: typeof preferences.say = (...given) => preferences.say(...given)
const stops = new WeakMap<object, () => void>()
const PANELS = ['error', 'offline']

Component({
  behaviors: [
    screen({
      words: [
        'visit_plan.choose',
        'visit_plan.why',
        'visit_plan.why_mine',
        'visit_plan.publish',
        'visit_plan.none',
        'visit_plan.none_sentence',
        'visit_plan.none_mine',
        'visit_plan.none_mine_sentence',
        'visit_plan.offline',
        'visit_plan.offline_text',
      ],
      title: 'page.visit_plan',
    }),
    signedIn,
    wide,
    bound({
      status: () => visitPlan.status,
      panel: () => (session.status === 'error' ? 'error' : PANELS.includes(visitPlan.status) ? visitPlan.status : ''),
      problem: () => (session.status === 'error' ? session.problem : visitPlan.problem),
      skeleton: () => visitPlan.skeleton,
      plans: () => visitPlan.plans,
      view: () => visitPlan.view,
      groups: () => visitPlan.groups,
      chosen: () => (visitPlan.chosen ? `${visitPlan.chosen.day} ${visitPlan.chosen.staff_id}` : ''),
      sending: () => visitPlan.sending,
      offline: () => !network.online,
      publishAll: () => (visitPlan.view ? say('visit_plan.publish_all', { count: visitPlan.view.unpublished }) : ''),
      refusal: () => visitPlan.refusal,
    }),
  ],
  data: { wide: false },
  lifetimes: {
    attached() {
      stops.set(
        this,
        reaction(
          () => visitPlan.published,
          () => sayDone(say('visit_plan.done')),
        ),
      )
    },
    detached() {
      stops.get(this)?.()
      stops.delete(this)
    },
  },
  methods: {
    begin() {
      void visitPlan.refresh()
    },
    onUnload() {
      visitPlan.leave()
    },
    async onPullDownRefresh() {
      await retry(visitPlan.refresh)
      wx.stopPullDownRefresh()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : visitPlan.refresh()))
    },
    chosenOf(event: WechatMiniprogram.BaseEvent): Chosen {
      const { day, staff } = event.currentTarget.dataset as { day: string; staff: string }
      return { day, staff_id: staff }
    },
    onPerson(event: WechatMiniprogram.BaseEvent) {
      void visitPlan.choose(this.chosenOf(event))
    },
    onPublish(event: WechatMiniprogram.BaseEvent) {
      if (network.online && visitPlan.sending === '') void visitPlan.publish(this.chosenOf(event))
    },
    onPublishAll() {
      if (network.online && visitPlan.sending === '') void visitPlan.publish({})
    },
    onShop(event: WechatMiniprogram.BaseEvent) {
      goTo(`/packages/merchant/detail/index?sub_mchid=${event.currentTarget.dataset.id as string}`)
    },
    onRefusalAct() {
      void retry(visitPlan.again)
    },
    onRefusal() {
      visitPlan.dismiss()
    },
  },
})

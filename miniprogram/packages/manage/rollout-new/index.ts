// 新批量任务: what to do at which merchants. Its end is a dry run; nothing is touched here.
import type { NewRollout } from '../../../../typings/api'
import { bound } from '../../../behaviors/bound'
import { replaceWith } from '../../../behaviors/navigation'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { wide } from '../behaviors/wide'
import '../rollouts/words.zh-CN'
import { stores } from '../stores/index'
import { ACTIONS, newRollout, PLANS, type Asked } from './rules'

const { network, preferences, rollouts } = stores
// asked each time: the language may change while the page is open
const say: typeof preferences.say = (...given) => preferences.say(...given)

Component({
  behaviors: [
    screen({
      words: [
        'rollouts.name',
        'rollouts.name_example',
        'rollouts.action',
        'rollouts.of',
        'rollouts.of_filter',
        'rollouts.of_list',
        'rollouts.filter_plan',
        'rollouts.filter_region',
        'rollouts.filter_region_example',
        'rollouts.list_label',
        'rollouts.industries',
        'rollouts.try',
        'rollouts.try_note',
        'rollouts.offline',
        'rollouts.offline_text',
      ],
      title: 'page.rollout_new',
      large: false,
    }),
    signedIn,
    wide,
    bound({
      offline: () => !network.online,
      trying: () => rollouts.trying,
      refusal: () => rollouts.refused,
    }),
  ],
  data: {
    wide: false,
    name: '',
    action: 'both' as Asked['action'],
    by: 'filter' as Asked['by'],
    plan: '' as Asked['plan'],
    region: '',
    industries: '',
    lines: 0,
    count: '',
    actions: [] as { id: string; label: string }[],
    plans: [] as { id: string; label: string }[],
    ready: false,
  },
  methods: {
    begin() {
      this.setData({
        actions: ACTIONS.map(id => ({ id, label: say(id === 'both' ? 'rollouts.action.both' : `rollouts.action.${id}`) })),
        plans: PLANS.map(id => ({
          id,
          label: say(id === '' ? 'rollouts.filter_any' : id === 'unknown' ? 'rollouts.filter_unknown' : 'rollouts.filter_closed'),
        })),
      })
      this.judge()
    },
    onUnload() {
      rollouts.dismiss()
    },
    asked(): Asked {
      const { name, action, by, plan, region, industries } = this.data
      return { name, action, by, plan, region, industries, list: pasted.text }
    },
    /** Whether there is something to try. */
    judge() {
      this.setData({ ready: newRollout(this.asked()) !== null })
    },
    onName(event: { detail: { value: string } }) {
      this.setData({ name: event.detail.value })
      this.judge()
    },
    onAction(event: WechatMiniprogram.BaseEvent) {
      this.setData({ action: event.currentTarget.dataset.id as Asked['action'] })
      this.judge()
    },
    onBy(event: WechatMiniprogram.BaseEvent) {
      this.setData({ by: event.currentTarget.dataset.id as Asked['by'] })
      this.judge()
    },
    onPlan(event: WechatMiniprogram.BaseEvent) {
      this.setData({ plan: event.currentTarget.dataset.id as Asked['plan'] })
      this.judge()
    },
    onRegion(event: { detail: { value: string } }) {
      this.setData({ region: event.detail.value })
      this.judge()
    },
    onIndustries(event: { detail: { value: string } }) {
      this.setData({ industries: event.detail.value })
      this.judge()
    },
    /** A hundred thousand numbers stay out of what is drawn: only their count is. */
    onList(event: { detail: { value: string } }) {
      pasted.text = event.detail.value
      const lines = pasted.text.split(/[\s,，;；]+/).filter(Boolean).length
      this.setData({ lines, count: say('rollouts.list_count', { count: lines }) })
      this.judge()
    },
    async onTry() {
      const body: NewRollout | null = newRollout(this.asked())
      if (body === null || rollouts.trying || !network.online) return
      const id = await rollouts.make(body)
      if (id !== null) replaceWith(`/packages/manage/rollouts/index?id=${id}`)
    },
    onRefusal() {
      rollouts.dismiss()
    },
  },
  lifetimes: {
    attached() {
      pasted.text = ''
    },
  },
})

/** what is in the box of numbers */
const pasted = { text: '' }

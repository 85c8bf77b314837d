// 变更记录: of one shop (from its page) or of everything that I may read; a table where the window has room for one.
import { bound } from '../../../behaviors/bound'
import { goTo } from '../../../behaviors/navigation'
import { rowsIn } from '../../../behaviors/rows'
import { screen } from '../../../behaviors/screen'
import { signedIn } from '../../../behaviors/signed-in'
import { copyText } from '../../../behaviors/telling'
import { merchantPage } from '../../../rules/deep-link'
import { listOnScreen } from '../behaviors/list-on-screen'
import { wide } from '../behaviors/wide'
import { stores } from '../stores/index'
import { ACTIONS, actionLabel, type AuditAction } from './actions'
import { RANGES, type AuditRange } from './store'
import './words'

const { audit, preferences } = stores
const { list } = audit
// asked each time: the language may change while the page is open
const say: typeof preferences.say = (...given) => preferences.say(...given)
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
    listOnScreen(list, { forbidden: 'NOT_FOUND' }),
    bound({
      ofShop: () => audit.sub_mchid !== null,
      ranges: () => RANGES.map(days => ({ days, label: say(`audit.days_${days}`), on: days === list.filter.days })),
      action: () => (list.filter.action === null ? '' : actionLabel(list.filter.action, say)),
      actions: () => ACTIONS.map(id => ({ id, label: actionLabel(id, say), on: id === list.filter.action })),
      person: () => list.filter.person && say('audit.only', { name: list.filter.person.name }),
      emptyTitle: () => say(list.narrowed ? 'audit.none_filtered' : 'audit.none'),
      emptySentence: () => say(list.narrowed ? 'audit.none_filtered_sentence' : 'audit.none_sentence'),
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
    onRange(event: WechatMiniprogram.BaseEvent) {
      void list.narrow({ days: Number(of(event, 'days')) as AuditRange })
    },
    onChoose() {
      this.setData({ choosing: !this.data.choosing })
    },
    onAction(event: WechatMiniprogram.BaseEvent) {
      const action = of(event, 'action') as AuditAction
      this.setData({ choosing: false })
      void list.narrow({ action: action === list.filter.action ? null : action })
    },
    onEveryAction() {
      this.setData({ choosing: false })
      void list.narrow({ action: null })
    },
    onWho(event: WechatMiniprogram.BaseEvent) {
      void list.narrow({ person: { id: of(event, 'actor'), name: of(event, 'name') } })
    },
    onEverybody() {
      void list.narrow({ person: null })
    },
    onClear() {
      void list.clear()
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

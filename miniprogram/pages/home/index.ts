// 工作台: what to handle first, how many shops of each kind, what was looked at, and the way to any other shop.
import { sayNote } from '../../behaviors/telling'
import { retry } from '../../behaviors/retry'
import { goTo, goToTab } from '../../behaviors/navigation'
import { bound } from '../../behaviors/bound'
import { connection } from '../../behaviors/connection'
import { providerTrouble } from '../../behaviors/provider-trouble'
import { scanning } from '../../behaviors/scanning'
import { screen } from '../../behaviors/screen'
import { signedIn } from '../../behaviors/signed-in'
import { merchantOfLink, merchantPage, type PageOptions } from '../../rules/deep-link'
import { packWords } from '../../rules/pack-facts'
import { districtOf } from '../../rules/region'
import { dayOf } from '../../rules/relative-time'
import { FIRST_FILTERS, type CountFilter, type FirstGroup } from './rules'
import { whatWorks } from '../../phone/what-works'
import { stores } from '../../stores/index'
import './words'
import { chinaClock } from '../../shared/china-time'
import { grouped } from '../../shared/fill'

const { drafts, home, network, outbox, pack, preferences, recents, session, visitLists } = stores
const say: typeof preferences.say = (key, values) => preferences.say(key, values)

/** Status bar and the row of the capsule button, in px: the page draws its own head beside it. */
function headOfPage(): { barTop: number; barHeight: number } {
  const { statusBarHeight } = whatWorks('getWindowInfo', () => wx.getWindowInfo(), { statusBarHeight: 20 } as WechatMiniprogram.WindowInfo)
  const below = { top: statusBarHeight + 4, height: 32 } as WechatMiniprogram.ClientRect
  const capsule = whatWorks('getMenuButtonBoundingClientRect', () => wx.getMenuButtonBoundingClientRect(), below)
  return { barTop: statusBarHeight, barHeight: (capsule.top - statusBarHeight) * 2 + capsule.height }
}
/** the merchant of the link that the page was opened with, until it is open */
let linked: string | null = null
const totalTitle = () => say(home.mine ? 'home.mine_total' : 'home.all_total', { count: home.total })

/** field work on this phone that is not over */
function workOf() {
  const counts = { unsent: outbox.unsent, drafts: drafts.list.length }
  const icons = { unsent: 'upgrade', drafts: 'edit' }
  return (['unsent', 'drafts'] as const)
    .filter(id => counts[id] > 0)
    .map(id => ({ id, icon: icons[id], label: say(`home.${id}`), count: counts[id] }))
}

Component({
  behaviors: [
    screen({
      words: [
        'home.brand',
        'home.recent',
        'home.clear',
        'home.field',
        'home.see_all',
        'home.see_mine',
        'home.desk',
        'home.desk_note',
        'home.none_mine',
        'home.none_mine_sentence',
        'home.none_at_all',
        'home.none_at_all_sentence',
        'merchants.tail',
        'mine.default_open',
        'pack.first_title',
        'pack.first_sentence',
        'scan.button',
        'scan.busy',
      ],
      title: 'home.brand',
      tab: 0,
    }),
    signedIn,
    scanning,
    connection,
    providerTrouble,
    bound({
      status: () => (session.status === 'error' ? 'error' : home.status),
      problem: () => (session.status === 'error' ? session.problem : home.problem),
      skeleton: () => home.skeleton,
      area: () => session.staff?.region_names.map(districtOf).join(say('common.comma')) ?? '',
      today: todayText,
      asOf: () => (home.summary ? say('home.updated', { time: home.as_of }) : ''),
      providerDefault: () => Boolean(session.me?.provider.default_open_since),
      work: workOf,
      todo: () => home.todo,
      firstTitle: () => (home.first_count > 0 ? say('home.first', { count: home.first_count }) : say('home.none_first')),
      firstGroups: () => home.first_groups,
      first: () => home.first,
      mine: () => home.mine,
      totalTitle,
      bar: () => home.bar,
      seesMetrics: () => session.me?.actions.includes('metrics.read') ?? false,
      cells: () =>
        home.cells.map(cell => ({
          ...cell,
          count: grouped(cell.count),
          spoken: say('home.open_count', { label: cell.label, count: cell.count }),
        })),
      packCard: () => packCard(),
      recents: () => recents.merchants.map(({ sub_mchid, name }) => ({ sub_mchid, name })),
    }),
  ],
  data: headOfPage(),
  methods: {
    /** A 小程序码 may lead to the first page of the app: its merchant opens above. */
    onLoad(options: PageOptions) {
      linked = merchantOfLink(options)
    },
    begin() {
      const opened = linked
      linked = null
      if (opened !== null) goTo(merchantPage(opened))
      else void home.refresh()
    },
    onHide() {
      home.leave()
    },
    onPullDownRefresh() {
      void retry(home.refresh).then(() => wx.stopPullDownRefresh())
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : home.refresh()))
    },
    onOpen(event: WechatMiniprogram.BaseEvent) {
      goTo(`/packages/merchant/detail/index?sub_mchid=${event.currentTarget.dataset.id as string}`)
    },
    onFirst(event: WechatMiniprogram.BaseEvent) {
      goTo(event.currentTarget.dataset.url as string)
    },
    onTodo(event: WechatMiniprogram.BaseEvent) {
      const { id, url } = event.currentTarget.dataset as { id: string; url: string }
      if (id !== 'to-review') return void goTo(url)
      visitLists.chooseTeam('submitted')
      goToTab('/pages/visits/index')
    },
    onDesk() {
      goTo('/packages/manage/desk/index')
    },
    onMine() {
      if (!home.mayShow(!home.mine)) return void sayNote(say('switch.locked.offline'))
      void home.showMine(!home.mine)
    },
    onGroup(event: WechatMiniprogram.BaseEvent) {
      const kind = event.currentTarget.dataset.kind as FirstGroup['kind']
      if (kind === 'lists') return void goTo('/packages/manage/portal-list/index')
      if (kind !== 'returned') return this.openList(FIRST_FILTERS[kind])
      visitLists.choose('returned')
      goToTab('/pages/visits/index')
    },
    onCell(event: WechatMiniprogram.BaseEvent) {
      this.openList(event.currentTarget.dataset.filter as CountFilter)
    },
    onTotal() {
      this.openList({})
    },
    /** 商户 with just this filter: its count is the number that was tapped */
    openList({ state, attention, receipt, operation }: CountFilter) {
      void stores.merchants.showOnly({
        state: state ? [state] : [],
        attention: attention ? [attention] : [],
        receipt: receipt ?? null,
        operation: operation ?? null,
        assigned_to: home.mine ? 'me' : null,
      })
      goToTab('/pages/merchants/index')
    },
    onPack() {
      void pack.refresh()
    },
    onWork(event: WechatMiniprogram.BaseEvent) {
      const { id } = event.currentTarget.dataset as { id: 'unsent' | 'drafts' }
      if (id === 'unsent') return void goTo('/packages/system/outbox/index')
      visitLists.choose(id)
      goToTab('/pages/visits/index')
    },
    onFind() {
      stores.merchants.askForKeys()
      goToTab('/pages/merchants/index')
    },
    onClearRecents() {
      recents.clearMerchants()
    },
  },
})

/** 11月20日 周五: in Shanghai, whatever the phone's zone. */
function todayText(): string {
  const now = session.serverNow()
  return say('home.today', { day: dayOf(now, now, say), weekday: say(`home.weekday_${chinaClock(now).getUTCDay()}` as 'home.weekday_0') })
}

/** 下载离线包, until there is one: what it is for, how far it is, why it stopped. Without a network there is nothing to tap. */
function packCard(): { note: string; action: string } | null {
  if (session.status !== 'ready' || pack.facts !== null) return null
  const { note, action } = packWords(pack, session.serverNow(), say)
  if (!network.online && pack.progress === null) return null
  return { note: [pack.problem?.title, note].filter(Boolean).join(say('connection.stop')), action: network.online ? action : '' }
}

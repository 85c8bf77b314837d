// 商户: find one by number, name or pinyin, and by what is true about it.
import type { VerdictState } from '../../../typings/api'
import { retry } from '../../behaviors/retry'
import { goTo } from '../../behaviors/navigation'
import { bound } from '../../behaviors/bound'
import { conditionsNow } from '../../behaviors/connection'
import { filtering } from '../../behaviors/filtering'
import { rowsIn } from '../../behaviors/rows'
import { scanning, withScanner } from '../../behaviors/scanning'
import { screen } from '../../behaviors/screen'
import { signedIn } from '../../behaviors/signed-in'
import { activeChips } from '../../rules/filters'
import { stores } from '../../stores/index'
import './words'

const { merchants, preferences, recents, session } = stores
const hasQuery = () => merchants.query.trim() !== ''

Component({
  behaviors: [
    screen({
      words: [
        'merchants.field',
        'merchants.recent_searches',
        'merchants.clear_searches',
        'merchants.assign',
        'merchants.mine',
        'merchants.tail',
        'merchants.receipt_open',
        'merchants.advertising_open',
        'merchants.no_evidence',
        'merchants.clear',
        'merchants.too_long_title',
        'merchants.too_long_text',
        'filter.title',
        'filter.up',
        'filter.clear',
        'filter.regions_failed',
        'payment_code',
        'scan.button',
        'scan.busy',
      ],
      title: 'page.merchants',
      tab: 1,
    }),
    signedIn,
    scanning,
    filtering,
    rowsIn('groups', () => merchants.rows),
    bound({
      query: () => merchants.query,
      searches: () => recents.searches,
      follow: () => chipOfChoice(),
      refused: () => merchants.refused ?? '',
      status: () => (session.status === 'error' ? 'error' : merchants.status),
      problem: () => (session.status === 'error' ? session.problem : merchants.problem),
      skeleton: () => merchants.skeleton,
      conditions: banners,
      total: () => merchants.total_label,
      more: () => merchants.more,
      assigns: () => merchants.kept_of === null && session.me?.actions.includes('merchant.assign'),
      narrowed: () => hasQuery() || merchants.filter_count > 0,
      emptyTitle: () => emptyWords().title,
      emptySentence: () => emptyWords().sentence,
    }),
  ],
  data: { typing: false, finding: false },
  pageLifetimes: {
    hide() {
      this.setData({ typing: false, finding: false })
    },
  },
  methods: {
    begin() {
      if (merchants.takeKeys()) wx.nextTick(() => this.setData({ typing: true, finding: true }))
      void merchants.enter()
    },
    onUnload() {
      merchants.leave()
    },
    onPullDownRefresh() {
      void retry(merchants.refresh).then(() => wx.stopPullDownRefresh())
    },
    onReachBottom() {
      void merchants.loadMore()
    },
    onQuery(event: { detail: { value: string } }) {
      const { value } = event.detail
      merchants.setQuery(value)
      // A customer's payment code does not stay on the screen either.
      if (merchants.refused === 'payment_code') this.selectComponent('#search').clear(value)
    },
    onSubmit(event: { detail: { value: string } }) {
      // the key of the keyboard brings its own value
      if (event.detail.value !== merchants.query) this.onQuery(event)
      // A link in the box is somebody's code: the rules of scanning decide what it is.
      if (merchants.query.includes('://')) void withScanner(scan => scan.take({ result: merchants.query })).then(found => this.open(found))
      else void merchants.submit()
    },
    onKeys() {
      this.setData({ finding: true })
    },
    /** so that the next tap on the workbench's field gives them again */
    onKeysGone() {
      this.setData({ typing: false })
    },
    onSearchAgain(event: WechatMiniprogram.BaseEvent) {
      void merchants.searchAgain(event.currentTarget.dataset.text as string)
    },
    onClearSearches() {
      recents.clearSearches()
    },
    onMine() {
      void merchants.setFilters({ assigned_to: merchants.filters.assigned_to === 'me' ? null : 'me' })
    },
    onState(event: WechatMiniprogram.BaseEvent) {
      void merchants.toggleState(event.currentTarget.dataset.state as VerdictState)
    },
    onAssign() {
      goTo('/packages/manage/assign/index')
    },
    onClear() {
      merchants.setQuery('')
      void merchants.clearFilters()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : merchants.refresh()))
    },
    onOpen(event: WechatMiniprogram.BaseEvent) {
      merchants.remember()
      this.open(event.currentTarget.dataset.id as string)
    },
    open(sub_mchid: string | null) {
      if (sub_mchid !== null) goTo(`/packages/merchant/detail/index?sub_mchid=${sub_mchid}`)
    },
  },
})

/** Rows that are not the server's of this moment say so in the banner of the network, whatever else it says. */
function banners() {
  const asOf = merchants.as_of_label
  const conditions = conditionsNow()
  if (asOf === null) return conditions
  const fact = conditions.find(({ id }) => id === 'state-offline')
  if (fact) return conditions.map(one => (one === fact ? { ...one, fact: asOf } : one))
  // the network is back, the server's rows are on their way
  return [{ id: 'offline-results', icon: 'clock-o', fact: asOf, text: preferences.say('merchants.pack_text') }, ...conditions]
}

/** The chip that a choice made elsewhere put on comes into sight: of seven states three are. */
function chipOfChoice(): string {
  const { state, assigned_to } = merchants.filters
  if (state.length > 0) return `chip-${state[0]}`
  const [active] = activeChips(merchants.filters, preferences.say)
  return active ? `active-${active.id}` : assigned_to === 'me' ? 'chip-mine' : ''
}

function emptyWords(): { title: string; sentence: string } {
  const { say } = preferences
  const filters = merchants.needs_network
  if (filters !== '') return { title: say('merchants.needs_network', { filters }), sentence: say('merchants.needs_network_sentence') }
  if (merchants.kept_of === 'seen' && hasQuery())
    return { title: say('merchants.none_seen', { query: merchants.query.trim() }), sentence: say('merchants.none_seen_sentence') }
  if (merchants.kept_of === 'seen') return { title: say('merchants.none_seen_filtered'), sentence: say('merchants.none_seen_sentence') }
  if (merchants.kept_of === 'pack' && hasQuery()) {
    const sentence = say(merchants.pack_is_part ? 'merchants.none_in_part_sentence' : 'merchants.none_in_pack_sentence')
    return { title: say('merchants.none_in_pack', { query: merchants.query.trim() }), sentence }
  }
  if (hasQuery()) return { title: say('merchants.none', { query: merchants.query.trim() }), sentence: say('merchants.none_sentence') }
  if (merchants.filter_count > 0) return { title: say('merchants.none_filtered'), sentence: say('merchants.none_filtered_sentence') }
  return { title: say('merchants.none_at_all'), sentence: say('merchants.none_at_all_sentence') }
}

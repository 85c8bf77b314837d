// 拜访: where to go today, what is begun, what was sent, what came back, and what waits for a lead's review.
import { retry } from '../../behaviors/retry'
import { goTo, goToTab } from '../../behaviors/navigation'
import { bound } from '../../behaviors/bound'
import { connection } from '../../behaviors/connection'
import { rowsIn } from '../../behaviors/rows'
import { screen } from '../../behaviors/screen'
import { signedIn } from '../../behaviors/signed-in'
import type { MessageKey } from '../../words/say'
import { stores } from '../../stores/index'
import { TEAM_STATUSES, type VisitSegment } from './store'
import type { VisitStatus } from '../../../typings/api'
import { areaList, refreshArea } from './area'
import { draftRows } from './draft-rows'
import './words'

const { drafts, home, network, outbox, preferences, session, today, visitLists, visits } = stores
const say: typeof preferences.say = (key, values) => preferences.say(key, values)

const localRows = () => draftRows(drafts, outbox, session.serverNow(), say)
/** those that wait for my review: of the list where it was read, else of the workbench */
const toReview = () => visitLists.to_review ?? home.to_review
function countOf(segment: VisitSegment): number {
  if (segment === 'drafts') return localRows().length
  return segment === 'team' ? toReview() : 0
}
const teamChips = () =>
  visitLists.segment === 'team'
    ? TEAM_STATUSES.map(status => ({
        status,
        label: say(`visits.status_${status}`) + (status === 'submitted' && toReview() > 0 ? ` ${toReview()}` : ''),
        on: visitLists.team_status === status,
      }))
    : []
/** what an empty list says */
function emptyWords(): { title: string; sentence: string } {
  const { segment, team_status } = visitLists
  const what =
    segment !== 'team' ? segment : team_status === 'submitted' ? (visitLists.reviews ? 'team' : 'waiting') : `team_${team_status}`
  return { title: say(`visits.no_${what}` as MessageKey), sentence: say(`visits.no_${what}_sentence` as MessageKey) }
}
const segments = () =>
  visitLists.segments.map(id => {
    const name = say(`visits.${id}`)
    const count = countOf(id)
    return { id, label: count > 0 ? say('visits.segment_count', { name, count }) : name, on: visitLists.segment === id }
  })

Component({
  behaviors: [
    screen({
      words: [
        'visits.all_shops',
        'visits.head',
        'visits.my_shops',
        'visits.no_drafts',
        'visits.no_drafts_sentence',
        'visits.none',
        'visits.none_assigned',
        'visits.none_assigned_sentence',
        'visits.none_sentence',
        'visits.nothing_today',
        'visits.begun',
        'visits.new',
        'visits.new_note',
        'visits.sentence',
        'merchants.tail',
        'merchants.receipt_open',
        'merchants.advertising_open',
        'merchants.no_evidence',
        'hold.undo',
      ],
      title: 'page.visits',
      tab: 2,
    }),
    signedIn,
    connection,
    areaList,
    rowsIn('rows', () => visitLists.list?.rows ?? []),
    bound({
      segment: () => visitLists.segment,
      area: () => visitLists.whole_area,
      segments,
      sessionError: () => session.status === 'error',
      sessionProblem: () => session.problem,
      // 今天
      todayStatus: () => today.status,
      todaySkeleton: () => today.skeleton,
      todayProblem: () => today.problem,
      todayPack: () => today.as_of_label,
      todayGroups: () => (visitLists.segment === 'today' ? today.groups : []),
      todayOthers: () => (today.others > 0 && !today.has_more ? say('visits.others', { count: today.others }) : ''),
      todayNothing: () => say('visits.nothing_today_sentence', { count: today.assigned }),
      // what is begun is on this phone, whatever else is not
      begun: () => (visitLists.segment === 'today' && !network.online ? localRows() : []),
      mayVisit: () => session.me?.actions.includes('visit.write') ?? false,
      // 草稿
      drafts: () => (visitLists.segment === 'drafts' ? localRows() : []),
      discarded: () => (drafts.discarded ? say('visits.draft_deleted', { name: drafts.discarded.shop.name }) : ''),
      // lists of the server
      listStatus: () => visitLists.list?.status ?? '',
      listSkeleton: () => visitLists.list?.skeleton ?? false,
      listProblem: () => visitLists.list?.problem ?? null,
      listMore: () => visitLists.list?.more ?? 'end',
      listAsOf: () => visitLists.list?.as_of_label ?? '',
      teamChips,
      emptyTitle: () => emptyWords().title,
      emptySentence: () => emptyWords().sentence,
    }),
  ],
  methods: {
    begin() {
      void this.refresh()
    },
    refresh(): Promise<unknown> | undefined {
      if (visitLists.segment !== 'today') return visitLists.list?.refresh()
      return visitLists.whole_area ? refreshArea() : today.refresh()
    },
    onHide() {
      today.leave()
      visitLists.list?.leave()
    },
    onSegment(event: WechatMiniprogram.BaseEvent) {
      visitLists.list?.leave()
      visitLists.choose(event.currentTarget.dataset.segment as VisitSegment)
      wx.pageScrollTo({ scrollTop: 0, duration: 0 })
      void this.refresh()
    },
    onTeam(event: WechatMiniprogram.BaseEvent) {
      visitLists.list?.leave()
      visitLists.chooseTeam(event.currentTarget.dataset.status as VisitStatus)
      wx.pageScrollTo({ scrollTop: 0, duration: 0 })
      void this.refresh()
    },
    onArea() {
      visitLists.showArea(!visitLists.whole_area)
      void this.refresh()
    },
    onOpen(event: WechatMiniprogram.BaseEvent) {
      goTo(`/packages/merchant/detail/index?sub_mchid=${event.currentTarget.dataset.id as string}`)
    },
    onDraft(event: WechatMiniprogram.BaseEvent) {
      goTo(`/packages/visit/edit/index?visit_id=${event.currentTarget.dataset.id as string}`)
    },
    onVisit(event: WechatMiniprogram.BaseEvent) {
      goTo(`/packages/visit/detail/index?visit_id=${event.currentTarget.dataset.id as string}`)
    },
    /** a visit begins at a shop: the list finds it, with or without a network */
    onNew() {
      goToTab('/pages/merchants/index')
    },
    onUndo() {
      drafts.undo()
    },
    onPullDownRefresh() {
      void retry(() => this.refresh()).then(() => wx.stopPullDownRefresh())
    },
    onReachBottom() {
      if (visitLists.segment === 'today' && visitLists.whole_area) void visits.loadMore()
      else if (visitLists.segment === 'today') today.drawMore()
      else void visitLists.list?.loadMore()
    },
    onRetry() {
      void retry(() => (session.status === 'error' ? session.start() : this.refresh()))
    },
  },
})

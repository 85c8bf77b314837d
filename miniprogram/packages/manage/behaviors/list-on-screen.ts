// What every page of a narrowed list has: its state, its end, pull down, 重试. Data: status, panel, problem, skeleton, more, narrowed.
import { bound } from '../../../behaviors/bound'
import { retry } from '../../../behaviors/retry'
import type { ProblemView } from '../../../rules/error-copy'
import type { FilteredList } from '../stores/filtered-list'
import { stores } from '../stores/index'
import { ageOf } from './age'

const { session } = stores

interface OnScreen {
  /** the code that means that this person may not see the list */
  forbidden: string
  /** in words of the page; else the list's own */
  problem?: () => ProblemView | null
}

export function listOnScreen(
  list: Pick<
    FilteredList<unknown, object>,
    'status' | 'stale' | 'as_of' | 'problem' | 'skeleton' | 'more' | 'narrowed' | 'refresh' | 'loadMore'
  >,
  { forbidden, problem = () => list.problem }: OnScreen,
) {
  return Behavior({
    behaviors: [
      ageOf(list),
      bound({
        status: () => (session.status === 'error' ? 'error' : list.status),
        panel: () => (list.problem?.code === forbidden ? 'forbidden' : list.status === 'offline' ? 'offline' : 'error'),
        problem: () => (session.status === 'error' ? session.problem : problem()),
        skeleton: () => list.skeleton,
        more: () => list.more,
        narrowed: () => list.narrowed,
      }),
    ],
    methods: {
      async onPullDownRefresh() {
        await retry(list.refresh)
        wx.stopPullDownRefresh()
      },
      onReachBottom() {
        void list.loadMore()
      },
      onRetry() {
        void retry(() => (session.status === 'error' ? session.start() : list.refresh()))
      },
    },
  })
}

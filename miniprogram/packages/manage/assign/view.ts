// What the page about assigning shops says: of the choice, before it is done, while it goes on, and of what was left. Pure.
import type { AssignmentCount, AssignmentRun, RefusedShops } from '../../../../typings/api'
import type { SheetView } from '../../visit/components/confirm-sheet/view'
import type { Taker } from '../stores/assignees'
import type { MessageKey, Say } from '../../../words/say'
import './words'

/** of a reason so many shops are named */
const NAMED = 5

/** "2 家不在他的地区，不会动：尾号 0101、0102" */
export function refusalLines(refused: readonly RefusedShops[], say: Say): string[] {
  return refused.map(({ reason, count, sub_mchids }) => {
    const tails = sub_mchids.slice(0, NAMED).map(sub_mchid => sub_mchid.slice(-4))
    return say(`assign.refused_${reason}` satisfies MessageKey, { count, tails: tails.join(say('common.comma')) })
  })
}

/** What is asked before anything is done. */
export function assignSheet(count: AssignmentCount, taker: Taker, say: Say): SheetView {
  const { changing, same } = count
  return {
    title:
      taker.id === '' ? say('assign.sheet_nobody', { count: changing }) : say('assign.sheet_title', { count: changing, name: taker.name }),
    facts: [],
    before: null,
    after: null,
    points: [
      { icon: 'shop-o', text: say('assign.sheet_found', { total: count.total }) },
      ...(same > 0
        ? [{ icon: 'passed', text: say(taker.id === '' ? 'assign.sheet_same_nobody' : 'assign.sheet_same', { count: same }) }]
        : []),
      ...refusalLines(count.refused, say).map(text => ({ icon: 'warning-o', text })),
    ],
    reason: null,
    cancel: changing > 0 ? say('common.cancel') : '',
    confirm: changing > 0 ? say('assign.confirm') : say('common.ok'),
  }
}

export interface RunView {
  status: AssignmentRun['status']
  icon: string
  title: string
  /** per cent */
  done: number
  lines: string[]
}

export function runView(run: AssignmentRun, say: Say): RunView {
  const { status, staff, changed, same, total, code } = run
  const done = total === 0 ? 100 : Math.min(100, Math.floor((run.done / total) * 100))
  const name = staff?.display_name ?? ''
  const titles: Record<AssignmentRun['status'], string> = {
    running: say('assign.running', { done: run.done, total }),
    finished: staff ? say('assign.finished', { count: changed, name }) : say('assign.finished_nobody', { count: changed }),
    stopped: say('assign.stopped', { count: changed }),
  }
  return {
    status,
    icon: status === 'running' ? 'underway-o' : status === 'finished' ? 'passed' : 'warning-o',
    title: titles[status],
    done,
    lines: [
      ...(code === null ? [] : [say(stoppedBecause(code))]),
      ...(same > 0 ? [say(staff ? 'assign.sheet_same' : 'assign.sheet_same_nobody', { count: same })] : []),
      ...refusalLines(run.refused, say),
    ],
  }
}

function stoppedBecause(code: string): MessageKey {
  switch (code) {
    case 'NOT_ACTIVE':
    case 'ROLE_WITHOUT_SHOPS':
      return 'assign.stopped_taker'
    default:
      return 'assign.stopped_asker'
  }
}

// What a list that changed sends to the view, in groups of 20: WeChat warns from 60 children of one node, and a page of rows is then one small setData.

export const GROUP = 20

/** rows that are drawn in one go: 10 of the directory's list hold the thread for 50 ms and more, and five to eight fill a screen */
const PORTION = 5
/** so that a list of hundreds, drawn anew, stays below WeChat's 20 setData in a second */
const MOST_PORTIONS = 12

type Patch = Record<string, unknown>

/**
 * What to give setData so that `field` (an array of groups) shows `after` instead of `before`: only new and changed rows, by path.
 * A list that became shorter, or starts with another row, is sent whole.
 */
export function rowsPatch<Row extends object>(field: string, before: readonly Row[], after: readonly Row[]): Patch {
  if (beginsAnew(before, after)) return { [field]: groupsOf(after) }
  const patch: Patch = {}
  after.forEach((row, index) => {
    if (index < before.length && same(before[index], row)) return
    const group = Math.floor(index / GROUP)
    if (group * GROUP >= before.length) patch[`${field}[${group}]`] = after.slice(group * GROUP, (group + 1) * GROUP)
    else patch[`${field}[${group}][${index % GROUP}]`] = row
  })
  return patch
}

const beginsAnew = <Row>(before: readonly Row[], after: readonly Row[]): boolean =>
  after.length < before.length || before.length === 0 || !same(before[0], after[0])

/** What is shown next on the way from `shown` to `wanted`: what changed among the shown rows, and a portion of the new ones. */
export function nextPortion<Row extends object>(shown: readonly Row[], wanted: readonly Row[]): readonly Row[] {
  const there = beginsAnew(shown, wanted) ? 0 : shown.length
  return wanted.slice(0, there + Math.max(PORTION, Math.ceil(wanted.length / MOST_PORTIONS)))
}

export function groupsOf<Row>(rows: readonly Row[]): Row[][] {
  const groups: Row[][] = []
  for (let start = 0; start < rows.length; start += GROUP) groups.push(rows.slice(start, start + GROUP))
  return groups
}

const same = (one: unknown, other: unknown) => one === other || JSON.stringify(one) === JSON.stringify(other)

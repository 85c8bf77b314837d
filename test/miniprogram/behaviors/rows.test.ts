// A long list reaches the screen in small pieces: what is drawn already is not sent again.
import { describe, expect, test } from '@jest/globals'
import { GROUP, groupsOf, nextPortion, rowsPatch } from '../../../miniprogram/behaviors/rows-patch.ts'

const rows = (count: number, word = 'a') => Array.from({ length: count }, (_, index) => ({ id: `${index}`, word }))

/** What setData would make of it: paths like groups[1] and groups[1][3]. */
function applied(field: Record<string, unknown>, patch: Record<string, unknown>): unknown {
  const data = structuredClone(field)
  for (const [path, value] of Object.entries(patch)) {
    const steps = path.split(/[[\].]+/).filter(Boolean)
    const last = steps.pop()!
    const target = steps.reduce<Record<string, unknown>>((holder, step) => holder[step] as Record<string, unknown>, data)
    target[last] = value
  }
  return data.groups
}
const patched = (before: object[], after: object[]) => applied({ groups: groupsOf(before) }, rowsPatch('groups', before, after))

describe('rows in groups', () => {
  test('given a shown page, when the next page arrives, then only the new group is sent', () => {
    const patch = rowsPatch('groups', rows(GROUP), rows(2 * GROUP))
    expect(Object.keys(patch)).toEqual(['groups[1]'])
    expect(patched(rows(GROUP), rows(2 * GROUP))).toEqual(groupsOf(rows(2 * GROUP)))
  })

  test('given a group that is not full, when rows are added, then the shown ones are not sent again', () => {
    const patch = rowsPatch('groups', rows(18), rows(43))
    expect(Object.keys(patch)).toEqual(['groups[0][18]', 'groups[0][19]', 'groups[1]', 'groups[2]'])
    expect(patched(rows(18), rows(43))).toEqual(groupsOf(rows(43)))
  })

  test('given one row changed, then that row is sent alone', () => {
    const after = rows(45).map((row, index) => (index === 27 ? { ...row, word: 'b' } : row))
    expect(rowsPatch('groups', rows(45), after)).toEqual({ 'groups[1][7]': after[27] })
  })

  test('given another first row, or fewer rows, then the list is sent whole', () => {
    expect(rowsPatch('groups', rows(45), rows(45, 'b'))).toEqual({ groups: groupsOf(rows(45, 'b')) })
    expect(rowsPatch('groups', rows(45), rows(3))).toEqual({ groups: groupsOf(rows(3)) })
    expect(rowsPatch('groups', rows(3), [])).toEqual({ groups: [] })
  })

  test('no group has more children than WeChat likes', () => {
    expect(Math.max(...groupsOf(rows(145)).map(group => group.length))).toBeLessThan(60)
  })
})

describe('portions', () => {
  /** until all is shown: how many rows after each step, and what the view then has */
  function drawn(shown: object[], wanted: object[]): { steps: number[]; view: unknown } {
    const steps: number[] = []
    let view: unknown = groupsOf(shown)
    for (let at: readonly object[] = shown; steps.length === 0 || at.length < wanted.length;) {
      const next = nextPortion(at, wanted)
      view = applied({ groups: view }, rowsPatch('groups', at, next))
      at = next
      steps.push(at.length)
    }
    return { steps, view }
  }

  test.each([
    ['a first page comes in four', rows(0), rows(20), [5, 10, 15, 20]],
    ['a further page, too', rows(20), rows(40), [25, 30, 35, 40]],
    ['a group that is not full is filled', rows(18), rows(43), [23, 28, 33, 38, 43]],
    ['another list begins anew', rows(40), rows(25, 'b'), [5, 10, 15, 20, 25]],
    ['a shorter one, too', rows(40), rows(7), [5, 7]],
    ['none is there at once', rows(40), rows(0), [0]],
    ['changes among the shown rows come at once', rows(20), [...rows(3), ...rows(20, 'b').slice(3)], [20]],
    ['hundreds come in a dozen', rows(0), rows(1_000), Array.from({ length: 12 }, (_, index) => Math.min(1_000, (index + 1) * 84))],
  ])('%s', (_name, shown, wanted, steps) => {
    expect(drawn(shown, wanted)).toEqual({ steps, view: groupsOf(wanted) })
  })
})

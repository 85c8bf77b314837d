// The newest evidence of a shop on its page.
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { changesOf } from '../../../../../miniprogram/behaviors/changes.ts'
import { ringOf } from '../../../../../miniprogram/packages/merchant/detail/ring.ts'

const inOrder = <Row>({ rows, order }: { rows: (Row | null)[]; order: number[] }) => order.map(place => rows[place])

describe('the newest rows of a growing list', () => {
  it('given one more, it alone moves in, in the place of the one that leaves', () => {
    const before = ringOf(['c', 'b', 'a'], 7)
    const after = ringOf(['d', 'c', 'b'], 8)
    expect(Object.keys(changesOf('rows', before.rows, after.rows))).toHaveLength(1)
    expect(inOrder(after)).toEqual(['d', 'c', 'b'])
  })

  it('reads newest first, however many there are and whatever the count says', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(), { maxLength: 5 }), fc.nat(20), (newest, count) => {
        expect(inOrder(ringOf(newest, count))).toEqual(newest)
      }),
    )
  })
})

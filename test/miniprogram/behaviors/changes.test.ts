import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { changesOf } from '../../../miniprogram/behaviors/changes.ts'

/** setData as WeChat documents it: paths with dots and indices. */
function apply(data: Record<string, unknown>, changes: Record<string, unknown>): Record<string, unknown> {
  const result = structuredClone(data)
  for (const [path, value] of Object.entries(changes)) {
    const steps = path.replaceAll(/\[(\d+)\]/g, '.$1').split('.')
    let at = result
    for (const step of steps.slice(0, -1)) at = at[step] as Record<string, unknown>
    at[steps.at(-1)!] = structuredClone(value)
  }
  return result
}

describe('what is sent to the view', () => {
  it('is the word that changed, not the object around it', () => {
    const before = { title: '点金计划', word: '已关', facts: [{ text: 'a' }, { text: 'b' }], note: '本系统开通，业务员 03，11月20日 14:05' }
    expect(changesOf('row', before, { ...before, word: '已开', facts: [{ text: 'a' }, { text: 'c' }] })).toEqual({
      'row.word': '已开',
      'row.facts[1].text': 'c',
    })
  })

  it('is nothing when nothing changed', () => {
    expect(changesOf('row', { a: [1, { b: null }] }, { a: [1, { b: null }] })).toEqual({})
  })

  it('is the whole where its leaves with their paths would be longer', () => {
    expect(changesOf('order', [0, 1, 2], [1, 2, 0])).toEqual({ order: [1, 2, 0] })
  })

  it('is the whole where something went away', () => {
    expect(changesOf('row', { a: 1, b: 2 }, { a: 1 })).toEqual({ row: { a: 1 } })
    expect(changesOf('row', [1, 2], [1])).toEqual({ row: [1] })
  })

  it('always makes the view show what the store says', () => {
    const key = fc.constantFrom('a', 'b', 'c')
    const { tree } = fc.letrec(tie => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(null, true, 0, 1, '已开', ''),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 3, noNullPrototype: true }),
      ),
    }))
    fc.assert(
      fc.property(tree, tree, (before, after) => {
        expect(apply({ field: before }, changesOf('field', before, after))).toEqual({ field: after })
      }),
      { numRuns: 2_000 },
    )
  })
})

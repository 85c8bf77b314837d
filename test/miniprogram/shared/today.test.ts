import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { placeOf, streetOf } from '../../../miniprogram/rules/region.ts'
import { todayGroups, visitReason } from '../../../miniprogram/shared/today.ts'
import type { Attention, SubMerchantRow, VerdictState } from '../../../typings/api.ts'

const row = (sub_mchid: string, region_code: string, state: VerdictState, attention: Attention[] = []) => ({
  sub_mchid,
  region_code,
  region_name: region_code,
  address: '',
  migration: { state, attention, reason: '', since: null, proof: null } as SubMerchantRow['migration'],
})

describe('where a shop is', () => {
  it.each([
    ['深圳市南山区粤海街道科技路 3 号', '深圳市南山区', '粤海街道科技路 3 号', '南山区粤海街道科技路 3 号'],
    ['东莞市东大街 6 号', '广东省东莞市', '东大街 6 号', '东莞市东大街 6 号'],
    ['一层, 二层', '深圳市南山区', '一层, 二层', '南山区一层, 二层'],
    ['', '深圳市南山区', '', '南山区'],
    ['深圳市南山区', '深圳市南山区', '', '南山区'],
  ])('%s in %s is %s, and %s among other districts', (address, region, street, place) => {
    expect([streetOf(address, region), placeOf(address, region)]).toEqual([street, place])
  })
})

describe("today's shops", () => {
  it('given equals, then neighbours stand together', () => {
    const at = (sub_mchid: string, address: string) => ({ ...row(sub_mchid, 'A', 'unknown'), address })
    const [group] = todayGroups([at('1', '科技路 3 号'), at('2', '后海路 9 号'), at('3', '科技路 1 号')], new Set())
    expect(group!.rows.map(one => one.row.address)).toEqual(['后海路 9 号', '科技路 1 号', '科技路 3 号'])
  })

  it('given shops of two districts, then the district with the worst is first, and in it what is worst', () => {
    const groups = todayGroups(
      [row('1', 'A', 'unknown'), row('2', 'B', 'enrolled'), row('3', 'B', 'regressed'), row('4', 'A', 'verified', ['STALE'])],
      new Set(),
    )
    expect(groups.map(({ region_code, rows }) => [region_code, ...rows.map(one => one.row.sub_mchid)])).toEqual([
      ['B', '3', '2'],
      ['A', '1', '4'],
    ])
  })

  it('given a shop that needs nobody, then it is left out, unless somebody was there today: then it is ticked off at the end', () => {
    const rows = [row('1', 'A', 'verified'), row('2', 'A', 'verified'), row('3', 'A', 'regressed'), row('4', 'A', 'unknown')]
    const [group] = todayGroups(rows, new Set(['2', '3']))
    expect(group!.rows.map(({ row: { sub_mchid }, done }) => [sub_mchid, done])).toEqual([
      ['4', false],
      ['2', true],
      ['3', true],
    ])
    expect(group!.left).toBe(1)
  })

  it('an error of the receipt and a failed check are reasons even where the page was seen', () => {
    expect(visitReason(row('1', 'A', 'verified', ['RECEIPT_ERROR', 'STALE']))).toBe('receipt_error')
    expect(visitReason(row('1', 'A', 'not_migrated', ['CHECK_FAILED']))).toBe('check_failed')
    expect(visitReason(row('1', 'A', 'not_applicable'))).toBeNull()
  })

  it('no shop that needs somebody is lost and none is there twice', () => {
    const states: VerdictState[] = ['unknown', 'not_applicable', 'not_migrated', 'enrolled', 'verified', 'regressed', 'blocked']
    const shops = fc.uniqueArray(
      fc.record({
        id: fc.integer({ min: 1, max: 99 }),
        region: fc.constantFrom('A', 'B', 'C'),
        state: fc.constantFrom(...states),
        stale: fc.boolean(),
      }),
      { selector: ({ id }) => id },
    )
    fc.assert(
      fc.property(shops, fc.array(fc.integer({ min: 1, max: 99 })), (made, been) => {
        const rows = made.map(({ id, region, state, stale }) => row(String(id), region, state, stale ? ['STALE'] : []))
        const visited = new Set(been.map(String))
        const shown = todayGroups(rows, visited).flatMap(group => group.rows.map(one => one.row.sub_mchid))
        const wanted = rows.filter(one => visitReason(one) !== null || visited.has(one.sub_mchid)).map(one => one.sub_mchid)
        expect([...shown].sort()).toEqual([...wanted].sort())
      }),
    )
  })
})

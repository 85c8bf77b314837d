// The visit plan (product.md §5.6): as few visits as are missing, nobody over the day's number, a day in one district where it can be. Pure.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { freshShare, planVisits, visitsNeeded, type OldShop, type Visitor } from '../../../../backend/directory/visit-plan/rule.ts'

const agent = (staff_id: string, ...districts: string[]): Visitor => ({ staff_id, covers: code => districts.includes(code) })
const old = (count: number, region_code: string, change: Partial<OldShop> = {}): OldShop[] =>
  Array.from({ length: count }, (_, index) => ({
    sub_mchid: `${region_code}${String(index).padStart(3, '0')}`,
    region_code,
    staff_id: null,
    suspected: false,
    loaded: false,
    overdue: false,
    since: index,
    ...change,
  }))

describe('how many visits', () => {
  test.each([
    [{ verified: 100, fresh: 95, planned: 0 }, 0],
    [{ verified: 100, fresh: 94, planned: 0 }, 1],
    [{ verified: 100, fresh: 40, planned: 5 }, 50],
    [{ verified: 0, fresh: 0, planned: 0 }, 0],
    [{ verified: 3, fresh: 2, planned: 0 }, 1],
  ])('given %j, then %i', (given, needed) => {
    expect(visitsNeeded(given)).toBe(needed)
  })
  test('given any counts, then that many visits are enough and one less is not', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), (verified, part) => {
        const fresh = Math.min(part, verified)
        const needed = visitsNeeded({ verified, fresh, planned: 0 })
        expect(fresh + needed).toBeGreaterThanOrEqual(freshShare * verified)
        if (needed > 0) expect(fresh + needed - 1).toBeLessThan(freshShare * verified)
      }),
    )
  })
})

describe('who goes where on which day', () => {
  test('given two districts and two people who work in both, then each has whole days in one of them', () => {
    const shops = [...old(16, '440305'), ...old(16, '440304')]
    const { stops } = planVisits(32, shops, [agent('one', '440305', '440304'), agent('two', '440305', '440304')], { perDay: 8 })
    const days = new Map<string, Set<string>>()
    for (const { staff_id, day, sub_mchid } of stops)
      days.set(`${staff_id} ${day}`, (days.get(`${staff_id} ${day}`) ?? new Set()).add(sub_mchid.slice(0, 6)))
    expect([days.size, ...[...days.values()].map(({ size }) => size)]).toEqual([4, 1, 1, 1, 1])
  })
  test('given somebody has few shops in one district and a whole day of them in another, then no day is in both', () => {
    const shops = [...old(3, '440304', { staff_id: 'one' }), ...old(8, '440305', { staff_id: 'one' })]
    const { stops } = planVisits(11, shops, [agent('one', '440304', '440305')], { perDay: 8 })
    expect(stops.map(({ sub_mchid, day }) => `${sub_mchid.slice(0, 6)} ${day}`)).toEqual([
      ...Array<string>(8).fill('440305 0'),
      ...Array<string>(3).fill('440304 1'),
    ])
  })
  test('given a shop is somebody’s who visits shops, then that person goes; given nobody works there, then it is said', () => {
    const shops = [...old(2, '440305', { staff_id: 'two' }), ...old(3, '110105')]
    const { stops, without_anybody } = planVisits(5, shops, [agent('one', '440305'), agent('two', '440305')], { perDay: 8 })
    expect([stops.map(({ staff_id }) => staff_id), without_anybody]).toEqual([['two', 'two'], 3])
  })
  test('given one that is suspected, then it comes first in its district, then the oldest', () => {
    const shops = [...old(3, '440305'), { ...old(1, '440305')[0]!, sub_mchid: 'gone', suspected: true, since: 99 }]
    const { stops } = planVisits(2, shops, [agent('one', '440305')], { perDay: 8 })
    expect(stops.map(({ sub_mchid }) => sub_mchid)).toEqual(['gone', '440305000'])
  })
  test('given one whose receipt was loaded lately, then it is left to prove itself while others are enough, unless it is overdue or suspected', () => {
    const people = [agent('one', '440305', '440304')]
    const loaded = (change: Partial<OldShop> = {}) => ({
      ...old(1, '440304', { loaded: true, since: -9, ...change })[0]!,
      sub_mchid: 'loaded',
    })
    const chosen = (needed: number, one: OldShop) =>
      planVisits(needed, [...old(3, '440305'), one], people, { perDay: 8 }).stops.map(({ sub_mchid }) => sub_mchid)
    expect(chosen(3, loaded())).not.toContain('loaded')
    expect(chosen(4, loaded())).toEqual(['440305000', '440305001', '440305002', 'loaded'])
    expect(chosen(3, loaded({ overdue: true }))[0]).toBe('loaded')
    expect(chosen(4, loaded({ suspected: true }))).toContain('loaded')
  })
  test('given an overdue shop in a district with few old ones, then its person goes there first and takes them along, before fuller districts of anybody', () => {
    const shops = [
      ...old(16, '440305'),
      ...old(2, '440304'),
      ...old(1, '440304', { overdue: true, since: 99 }).map(shop => ({ ...shop, sub_mchid: 'late' })),
    ]
    const { stops } = planVisits(4, shops, [agent('one', '440305'), agent('two', '440304')], { perDay: 8 })
    expect(stops.map(({ sub_mchid, staff_id }) => [staff_id, sub_mchid])).toEqual([
      ['two', 'late'],
      ['two', '440304000'],
      ['two', '440304001'],
      ['one', '440305000'],
    ])
  })
  test('given stops that are published already, then a day has room for the rest of it alone', () => {
    const { stops } = planVisits(10, old(10, '440305'), [agent('one', '440305')], { perDay: 8, taken: new Map([['one', [6, 8, 0]]]) })
    expect(stops.map(({ day, place }) => [day, place]).slice(0, 3)).toEqual([
      [0, 6],
      [0, 7],
      [2, 0],
    ])
  })
  test('given any shops and people, then no shop twice, never more than are needed, nobody over the number of a day or outside their districts', () => {
    const district = fc.constantFrom('440305', '440304', '440303', '110105')
    const arbitrary = fc.record({
      shops: fc.uniqueArray(
        fc.record({
          sub_mchid: fc.stringMatching(/^\d{8}$/),
          region_code: district,
          suspected: fc.boolean(),
          loaded: fc.boolean(),
          overdue: fc.boolean(),
          since: fc.nat(1_000),
        }),
        {
          selector: ({ sub_mchid }) => sub_mchid,
          maxLength: 80,
        },
      ),
      people: fc.uniqueArray(fc.record({ staff_id: fc.constantFrom('a', 'b', 'c', 'd'), districts: fc.uniqueArray(district) }), {
        selector: ({ staff_id }) => staff_id,
      }),
      needed: fc.nat(100),
      perDay: fc.integer({ min: 1, max: 9 }),
      days: fc.integer({ min: 1, max: 14 }),
    })
    fc.assert(
      fc.property(arbitrary, ({ shops, people, needed, perDay, days }) => {
        const visitors = people.map(({ staff_id, districts }) => agent(staff_id, ...districts))
        const { stops, without_anybody } = planVisits(
          needed,
          shops.map(shop => ({ ...shop, staff_id: null })),
          visitors,
          { perDay, days },
        )
        const placed = new Map(shops.map(shop => [shop.sub_mchid, shop.region_code]))
        const perPerson = new Map<string, number>()
        for (const { sub_mchid, staff_id, day } of stops) {
          expect(visitors.find(one => one.staff_id === staff_id)!.covers(placed.get(sub_mchid)!)).toBe(true)
          perPerson.set(`${staff_id} ${day}`, (perPerson.get(`${staff_id} ${day}`) ?? 0) + 1)
        }
        expect(new Set(stops.map(({ sub_mchid }) => sub_mchid)).size).toBe(stops.length)
        expect(Math.max(0, ...perPerson.values())).toBeLessThanOrEqual(perDay)
        // no day is left empty while somebody has shops left: only the last may be cut
        const reachable = shops.length - without_anybody
        expect(stops.length).toBeLessThanOrEqual(Math.min(needed, reachable))
        if (days * perDay >= shops.length) expect(stops.length).toBe(Math.min(needed, reachable))
      }),
    )
  })
})

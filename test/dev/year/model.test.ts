// The simulated year, small: the same seed is the same year, and evidence by itself keeps its promise in it.
import { expect, test } from '@jest/globals'
import { fewestVisits, simulateYear } from '../../../dev/year/model.ts'

const year = (withEvidence: boolean, { seed = 8, receiptsOpened = 0 } = {}) =>
  simulateYear({ seed, merchants: 300, staff: 2, withEvidence, receiptsOpened })

test('given 300 shops, then evidence that comes by itself keeps 95 % fresh with a third of the visits and hardly more than any plan needs, and closings are found in days', () => {
  const [without, withIt] = [year(false), year(true)]
  expect(withIt.fresh.mean).toBeGreaterThanOrEqual(0.95)
  expect(withIt.visits).toBeLessThan(without.visits / 3)
  const fewest = fewestVisits({ seed: 8, merchants: 300 })
  expect(withIt.visitsFor.plan).toBeGreaterThanOrEqual(fewest)
  expect(withIt.visitsFor.plan).toBeLessThan(1.3 * fewest)
  expect(withIt.closings).toBe(without.closings)
  expect(withIt.unnoticed.median).toBeLessThanOrEqual(14)
  expect(without.unnoticed.median).toBeGreaterThan(14)
  expect(year(true, { receiptsOpened: 0.3 }).visits).toBeLessThan(without.visits / 4)
})
test('given the same seed, then it is the same year; given another, then another', () => {
  expect(year(true)).toEqual(year(true))
  expect(year(true, { seed: 7 })).not.toEqual(year(true))
})

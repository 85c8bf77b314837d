// Rollouts beside people: how many calls a second a process takes, by what a statement waits. The machine is a model, the time a number.
import { describe, expect, it } from '@jest/globals'
import { createPace, type Pace } from '../../../../backend/controls/rollouts/pace.ts'

const lookMs = 25

/** What a statement waits where so many calls a second are made of `most`: a queue before one counter. */
const waitAt = (perSecond: number, most: number, calm: number) => calm / (1 - Math.min(0.95, perSecond / most))

/** Runs these paces together for so many seconds. @returns calls a second of all of them, at the end */
function together(count: number, seconds: number, most: number, calm: (now: number) => number = () => 1, asked = 1_000): number {
  let now = 1_700_000_000_000
  const paces: Pace[] = Array.from({ length: count }, () => createPace(() => now))
  for (const pace of paces) {
    pace.note(calm(now))
    pace.calmNow()
  }
  const made = ({ perSecond, restMs }: Pace) => (restMs() > 0 ? 0 : Math.min(perSecond(), asked))
  const all = () => paces.reduce((sum, pace) => sum + made(pace), 0)
  let sum = 0
  let looks = 0
  for (const end = now + seconds * 1_000; now < end; now += lookMs) {
    const wait = waitAt(all(), most, calm(now))
    for (const pace of paces) {
      pace.left((made(pace) * lookMs) / 1_000)
      pace.note(wait)
    }
    if (now < end - 15_000) continue
    sum += all()
    looks += 1
  }
  return sum / looks
}

/** One pace that has seen what is calm. @returns also what lets the time until the next look pass */
function outsideRest() {
  let now = 1_700_000_001_000
  const pace = createPace(() => now)
  pace.note(1)
  pace.calmNow()
  return { pace, look: () => void (now += lookMs) }
}

describe('the pace of rollouts beside people', () => {
  it('given a machine with room, then it takes what keeps a statement at a third longer than in a rest', () => {
    const perSecond = together(1, 60, 800)
    expect(perSecond).toBeGreaterThan(160)
    expect(perSecond).toBeLessThan(230)
  })

  it('given two processes, then they take together what one would', () => {
    const perSecond = together(2, 90, 800)
    expect(perSecond).toBeGreaterThan(150)
    expect(perSecond).toBeLessThan(230)
  })

  it('given a machine that others fill from some moment on, then the next rests show it, and the pace is by what is left', () => {
    const since = 1_700_000_030_000
    const perSecond = together(1, 120, 800, now => (now < since ? 1 : 4))
    // four times as slow with or without rollouts: they are not what people wait for
    expect(perSecond).toBeGreaterThan(160)
  })

  it('given a process that begins while another one is at work, then what it took for calm holds until the first rest only', () => {
    let now = 1_700_000_001_000
    const pace = createPace(() => now)
    pace.note(4)
    pace.calmNow()
    const goOn = (ms: number) => {
      for (const until = now + ms; now < until; now += lookMs) {
        pace.left((pace.perSecond() * lookMs) / 1_000)
        pace.note(pace.restMs() > 0 ? 1 : 1.6)
      }
    }
    goOn(15_000)
    const before = pace.perSecond()
    goOn(4_000)
    expect(pace.perSecond()).toBeLessThan(before)
  })

  it('given a rollout whose rate is far below it, then the pace does not grow into what nobody has tried', () => {
    const { pace, look } = outsideRest()
    const before = pace.perSecond()
    for (let looks = 0; looks < 400; looks += 1) {
      look()
      if (looks % 40 === 0) pace.left(1)
      pace.note(1)
    }
    expect(pace.perSecond()).toBe(before)
  })

  it('given statements that take ever longer, then some calls still leave', () => {
    const { pace, look } = outsideRest()
    for (let looks = 0; looks < 2_000; looks += 1) {
      look()
      pace.left(1)
      pace.note(pace.restMs() > 0 ? 1 : 500)
    }
    expect(pace.perSecond()).toBeLessThan(5)
    expect(pace.perSecond()).toBeGreaterThanOrEqual(1)
  })

  it('given a stage that waits for its last items, then what others do meanwhile does not slow the next one', () => {
    const { pace, look } = outsideRest()
    const before = pace.perSecond()
    for (let looks = 0; looks < 400; looks += 1) {
      look()
      pace.note(20)
    }
    expect(pace.perSecond()).toBe(before)
  })
})

import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { HOLD_MS, LATE_MS, UndoHold, type HoldEnd } from '../../../miniprogram/rules/undo-hold.ts'
import { ManualTimers } from '../support/manual-timers.ts'

/** What a person, the network and WeChat can do to a hold, in any order. */
type Happening = { do: 'start' | 'undo' | 'leave' | 'offline' | 'online' } | { do: 'pass'; ms: number } | { do: 'sleep'; ms: number }

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.constantFrom<Happening>({ do: 'start' }, { do: 'undo' }, { do: 'leave' }, { do: 'offline' }, { do: 'online' }),
  fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 12_000 }) }),
  fc.record({ do: fc.constant('sleep' as const), ms: fc.integer({ min: 1, max: 12_000 }) }),
)

function world() {
  const timers = new ManualTimers(0)
  const sent: { intent: number; at: number; online: boolean }[] = []
  const ended: { intent: number; end: HoldEnd }[] = []
  const network = { online: true }
  const hold = new UndoHold<number>(timers, {
    send: intent => void sent.push({ intent, at: timers.now(), online: network.online }),
    ended: (intent, end) => void ended.push({ intent, end }),
    online: () => network.online,
  })
  return { timers, sent, ended, network, hold }
}

describe('undo hold', () => {
  it('whatever happens in whatever order: at most one send a hold, never after undo, never offline, never long after its time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 40 }), async happenings => {
        const { timers, sent, ended, network, hold } = world()
        const begun = new Map<number, number>()
        const undone = new Set<number>()
        for (const it of happenings) {
          const held = hold.current?.intent
          if (it.do === 'start') {
            const intent = begun.size
            if (hold.start(intent)) begun.set(intent, timers.now())
          } else if (it.do === 'undo') {
            if (held !== undefined) undone.add(held)
            hold.undo()
          } else if (it.do === 'leave') hold.leave()
          else if (it.do === 'online') network.online = true
          else if (it.do === 'offline') {
            network.online = false
            hold.lost()
          } else if (it.do === 'pass') await timers.advance(it.ms)
          else if (it.do === 'sleep') {
            timers.sleep(it.ms)
            timers.wake()
          }
        }
        network.online = true
        await timers.advance(60_000)

        expect(new Set(sent.map(({ intent }) => intent)).size).toBe(sent.length)
        for (const { intent, at, online } of sent) {
          expect(undone.has(intent)).toBe(false)
          expect(online).toBe(true)
          expect(at - begun.get(intent)!).toBeLessThanOrEqual(HOLD_MS + LATE_MS)
        }
        expect(ended.map(({ intent }) => intent)).toEqual([...begun.keys()])
        expect(ended.filter(({ end }) => end === 'sent').map(({ intent }) => intent)).toEqual(sent.map(({ intent }) => intent))
        expect(timers.pending).toBe(0)
      }),
      { numRuns: 500 },
    )
  })

  it.each([-3_600_000, -86_400_000 * 365, 3_600_000])(
    'given the clock was set by %d ms meanwhile, then nobody knows how old the tap is, and nothing is sent',
    by => {
      for (const way of ['leave', 'wake'] as const) {
        const { hold, timers, sent, ended } = world()
        hold.start(1)
        timers.setClock(by)
        timers.sleep(HOLD_MS)
        if (way === 'leave') hold.leave()
        else timers.wake()
        expect([sent, ended]).toEqual([[], [{ intent: 1, end: 'late' }]])
      }
    },
  )

  it('given a clock that was kept right by some milliseconds, then it is sent', () => {
    const { hold, timers, sent } = world()
    hold.start(1)
    timers.setClock(-200)
    hold.leave()
    expect(sent).toMatchObject([{ intent: 1 }])
  })

  it('holds one intent at a time and none while offline', () => {
    const { hold, network } = world()
    expect(hold.start(1)).toBe(true)
    expect(hold.start(2)).toBe(false)
    expect(hold.current).toEqual({ intent: 1, endsAt: HOLD_MS })
    hold.undo()
    network.online = false
    expect(hold.start(3)).toBe(false)
  })
})

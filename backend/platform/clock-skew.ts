// How far this process's clock is from others: the database's, by which all processes can be compared, and WeChat Pay's, which refuses what is signed five
// minutes off. Measured, shown in metrics, and said above two seconds.
import { sql } from 'kysely'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import type { Database } from '../database/connection.ts'

type OtherClock = 'database' | 'wechatpay'

/** seconds; above it whoever keeps the machines is told */
const mostSkew = 2
/** seconds; a measurement that took longer than this says too little */
const mostRoundTrip = 2

export interface SkewGauge {
  /** @param seconds by which the other clock is ahead of ours */
  clockSkew(other: OtherClock, seconds: number): void
}

export interface ClockSkew {
  /**
   * @param there what the other clock said, some time between the two
   * @param resolution of what it said, seconds
   */
  note(other: OtherClock, there: Date, between: { began: Date; tookMs: number }, resolution?: number): void
  /** the newest measurement of this process; `seconds` by which the other clock is ahead of ours, `began` by ours */
  latest(other: OtherClock): { seconds: number; began: Date } | undefined
}

/** Alarms once when a clock goes astray, and says when it agrees again. */
export function watchClocks(gauge: SkewGauge, log: Pick<Log, 'error' | 'warn'>): ClockSkew {
  const astray = new Set<OtherClock>()
  const measured = new Map<OtherClock, { seconds: number; began: Date }>()
  return {
    latest: other => measured.get(other),
    note(other, there, { began, tookMs }, resolution = 0) {
      if (tookMs > mostRoundTrip * 1_000) return
      // in the middle of the question, and of the second that a header names
      const seconds = (there.getTime() - began.getTime() - tookMs / 2) / 1_000 + resolution / 2
      gauge.clockSkew(other, seconds)
      measured.set(other, { seconds, began })
      const known = Math.abs(seconds) - tookMs / 2_000 - resolution / 2
      if (known > mostSkew && !astray.has(other)) {
        astray.add(other)
        log.error({ other, seconds }, 'the clock of this machine and the other one disagree: set both by NTP')
      } else if (Math.abs(seconds) <= mostSkew && astray.delete(other)) log.warn({ other, seconds }, 'the clocks agree again')
    },
  }
}

/** The machine's clock, not the domain's: that one may be moved where there is a sandbox. */
export async function measureDatabaseClock(
  { db, skew }: { db: Database; skew: ClockSkew },
  ours: Clock = { now: () => new Date() },
): Promise<void> {
  // the first statement of a connection pays for making it
  await sql`select 1`.execute(db)
  const began = ours.now()
  const since = performance.now()
  const { rows } = await sql<{ there: Date }>`select clock_timestamp() as there`.execute(db)
  skew.note('database', rows[0]!.there, { began, tookMs: performance.now() - since })
}

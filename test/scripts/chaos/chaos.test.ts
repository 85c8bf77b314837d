// A minute of scripts/chaos: two processes of the backend, PostgreSQL and the sandbox, under traffic, while the seed decides what happens to them.
import { expect, test } from '@jest/globals'
import { reportLines } from '../../../scripts/chaos/report.ts'
import { runChaos } from '../../../scripts/chaos/run.ts'

test('given a minute of kills, stops, cuts, delays, moved clocks and lost rights, then ledger, WeChat Pay and what was acknowledged agree', async () => {
  const settings = { seed: 20_261_129, minutes: 1 }
  const report = await runChaos(settings)
  if (report.violations.length > 0) throw new Error(reportLines(settings, report).join('\n'))
  // it met something: a run in which nothing was acknowledged proves nothing
  expect(report.claims).toBeGreaterThan(20)
}, 1_800_000)

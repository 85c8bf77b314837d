// `npm run year -- --seed N [--merchants 10000] [--staff 17]`: a year with and without evidence that comes by itself, from the same seed.
import { commandLine, wholeNumber } from '../command-line.ts'
import { fewestVisits, simulateYear, type YearResult } from './model.ts'

const { values, refuse } = commandLine('npm run year -- [--seed 1] [--merchants 10000] [--staff 17]', {
  options: { seed: { type: 'string', default: '1' }, merchants: { type: 'string', default: '10000' }, staff: { type: 'string' } },
})
const seed = wholeNumber(values.seed, [0, Number.MAX_SAFE_INTEGER], refuse)
const merchants = wholeNumber(values.merchants, [100, 10_000_000], refuse)
const staff = values.staff === undefined ? null : wholeNumber(values.staff, [1, 100_000], refuse)

const opened = 0.3
const seldom = 0.1
const run = (withEvidence: boolean, receiptsOpened = 0): YearResult =>
  simulateYear({ seed, merchants, withEvidence, receiptsOpened, ...(staff !== null && { staff }) })
const [alone, byItself, andOpened, andSeldom] = [run(false), run(true), run(true, opened), run(true, seldom)]
const percent = (share: number) => `${(100 * share).toFixed(1)} %`
const cells = (...values: string[]) => values.map(value => value.padStart(18)).join('')
const row = (what: string, of: (result: YearResult) => string) =>
  console.log(`${what.padEnd(44)}${cells(of(alone), of(byItself), of(andOpened), of(andSeldom))}`)

console.log(`${merchants.toLocaleString('en')} merchants, seed ${seed}`)
console.log(`${''.padEnd(44)}${cells('visits alone', 'by itself', `${100 * opened} % opened *`, `${100 * seldom} % opened *`)}`)
row('proof under 90 days, mean of the year', ({ fresh }) => percent(fresh.mean))
row('  worst day from day 120 on', ({ fresh }) => percent(fresh.least))
row('visits', ({ visits }) => visits.toLocaleString('en'))
row('  by the plan', ({ visitsFor }) => visitsFor.plan.toLocaleString('en'))
row('    at the very least', result => (result === byItself ? fewestVisits({ seed, merchants }).toLocaleString('en') : ''))
row('  because of a hint', ({ visitsFor }) => visitsFor.hint.toLocaleString('en'))
row('  after a reopening', ({ visitsFor }) => visitsFor.reopened.toLocaleString('en'))
row('  of those of visits alone', ({ visits }) => percent(visits / alone.visits))
row('closed on the console', ({ closings }) => closings.toLocaleString('en'))
row('  unnoticed, median days', ({ unnoticed }) => String(unnoticed.median))
row('  unnoticed, p95 days', ({ unnoticed }) => String(unnoticed.p95))
row('  not found by the end of the year', ({ open }) => String(open))
row('hints where nothing was wrong', ({ falseHints }) => String(falseHints))
console.log(
  '* at so many visits to a shop whose receipt is closed, it is opened: the app proposes it there; how many owners agree is assumed',
)

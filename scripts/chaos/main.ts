// `npm run chaos -- --seed 7 --minutes 5`: exits with 1 where a rule was broken (README.md).
import { commandLine, wholeNumber } from '../../dev/command-line.ts'
import { reportLines } from './report.ts'
import { runChaos } from './run.ts'

const { values, refuse } = commandLine('npm run chaos -- [--seed 1] [--minutes 5]', {
  options: { seed: { type: 'string', default: '1' }, minutes: { type: 'string', default: '5' } },
})
const seed = wholeNumber(values.seed, [0, Number.MAX_SAFE_INTEGER], refuse)
const minutes = Number(values.minutes)
if (!(minutes > 0 && minutes <= 600)) refuse(`"${values.minutes}" are no minutes up to 600`)

const stopped = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopped.abort())

const report = await runChaos({ seed, minutes, say: line => console.log(line), signal: stopped.signal })
console.log(`\n${reportLines({ seed, minutes }, report).join('\n')}`)
process.exit(report.violations.length > 0 ? 1 : stopped.signal.aborted ? 130 : 0)

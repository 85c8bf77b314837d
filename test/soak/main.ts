// `npm run soak -- --merchants 100000 --kills 10 --processes 2 --seed 7 [--rate 600] [--per-second 50]`: exits with 1 where a rule was broken.
import { commandLine, wholeNumber } from '../../dev/command-line.ts'
import { reportLines, runSoak } from './run.ts'

const usage =
  'npm run soak -- [--merchants 1–100000] [--kills 10] [--processes 1–4] [--seed N] [--rate changes a minute, 1–10000; absent: none] [--per-second calls that WeChat Pay takes]'
const { values, refuse } = commandLine(usage, {
  options: {
    merchants: { type: 'string', default: '100000' },
    kills: { type: 'string', default: '10' },
    processes: { type: 'string', default: '2' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    rate: { type: 'string' },
    'per-second': { type: 'string' },
  },
})
const whole = (given: string | undefined, least: number, most: number): number => wholeNumber(given, [least, most], refuse)
const options = {
  merchants: whole(values.merchants, 1, 100_000),
  kills: whole(values.kills, 0, 1_000),
  processes: whole(values.processes, 1, 4),
  seed: whole(values.seed, 0, Number.MAX_SAFE_INTEGER),
  rate: values.rate === undefined ? null : whole(values.rate, 1, 10_000),
  mostPerSecond: values['per-second'] === undefined ? null : whole(values['per-second'], 1, 100_000),
  calmTaps: 150,
  limits: true,
  say: (line: string) => console.log(line),
}
console.log(`seed ${options.seed}`)
const report = await runSoak(options)
console.log(`\n${reportLines(options, report).join('\n')}`)
process.exit(report.violations.length > 0 ? 1 : 0)

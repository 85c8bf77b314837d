// `npm run load -- --phones 1000 --minutes 10 [--until-bends]`: exits with 1 where anything was answered wrongly (README.md).
import { commandLine, wholeNumber } from '../../dev/command-line.ts'
import { createJournal } from '../../scripts/chaos/journal.ts'
import { signsOfBending } from './judgement.ts'
import { bendLines, stepLines } from './report.ts'
import { runStep, type Step } from './run.ts'
import { createLoadWorld, type LoadWorld } from './world.ts'

/** Bounded on every side: sockets of one machine, and an hour. */
const most = { phones: 27_000, minutes: 60, merchants: 1_000_000 }
/** a step of --until-bends: everybody logs in, and two minutes of work */
const bendMinutes = 3
/** everybody logs in within the first minute, of a short run within its first third */
const rampOf = (lasts: number) => Math.min(60, lasts * 20)
/** for the world and the last answers, beside what the steps take */
const besideMs = 15 * 60_000

const usage = `npm run load -- [--phones 1–${most.phones}] [--minutes 1–${most.minutes}] [--merchants 1000–${most.merchants}] [--processes 1–4] [--seed N] [--pace 1–100] [--until-bends]`
const { values, refuse } = commandLine(usage, {
  options: {
    phones: { type: 'string', default: '1000' },
    minutes: { type: 'string', default: '10' },
    merchants: { type: 'string', default: '20000' },
    processes: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    pace: { type: 'string', default: '1' },
    'until-bends': { type: 'boolean', default: false },
  },
})
const whole = (given: string | undefined, least: number, highest: number): number => wholeNumber(given, [least, highest], refuse)
const phones = whole(values.phones, 1, most.phones)
const minutes = whole(values.minutes, 1, most.minutes)
const merchants = whole(values.merchants, 1_000, most.merchants)
const processes = whole(values.processes, 1, 4)
const seed = whole(values.seed, 0, Number.MAX_SAFE_INTEGER)
const pace = whole(values.pace, 1, 100)

/** phones of each step, and for how many minutes */
const steps: [phones: number, minutes: number][] = [[phones, minutes]]
if (values['until-bends']) for (let more = 3 * phones; more <= most.phones; more *= 3) steps.push([more, bendMinutes])

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort())
const limitMs = steps.reduce((sum, [, lasts]) => sum + lasts * 60_000, besideMs)
setTimeout(() => {
  console.error(`it was not over after ${limitMs / 60_000} min: ending it`)
  stop.abort()
}, limitMs).unref()

const journal = createJournal(line => console.log(line))
let world: LoadWorld | null = null
let errors = 0
try {
  world = await createLoadWorld(journal, { merchants, processes, staff: steps.at(-1)![0] })
  let bent = false
  for (const [step, [count, lasts]] of steps.entries()) {
    if (stop.signal.aborted || bent) break
    journal.note(`${count} phones for ${lasts} min`)
    const lived: Step = await runStep(world, {
      phones: count,
      seconds: lasts * 60,
      rampSeconds: rampOf(lasts),
      // keys of writes come of it: with the same ones the backend would take a write for one of the step before
      seed: seed + step,
      pace,
      stop: stop.signal,
    })
    errors += lived.tally.errors
    console.log(`\n${stepLines(lived).join('\n')}\n`)
    bent = signsOfBending(lived).length > 0
    if (values['until-bends'] && bent) console.log(bendLines(lived).join('\n'))
  }
  if (values['until-bends'] && !bent && !stop.signal.aborted) console.log(`it does not bend at ${steps.at(-1)![0]} phones`)
} catch (error) {
  errors += 1
  console.error(error)
  for (const backend of world?.backends ?? []) console.error(backend.log().join('\n'))
} finally {
  await world?.close()
}
process.exit(stop.signal.aborted ? 130 : errors > 0 || journal.violations.length > 0 ? 1 : 0)

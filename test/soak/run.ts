// One soak: a rollout over all merchants, as a person starts and watches it, while processes are killed and WeChat Pay has a bad day.
import { availableParallelism } from 'node:os'
import type { Rollout } from '../../backend/controls/rollouts/schema.ts'
import { seededRandom, type Random } from '../../dev/demo/random.ts'
import { createJournal, type Journal, type Violation } from '../../scripts/chaos/journal.ts'
import { pause } from '../../scripts/chaos/pause.ts'
import { quantile } from '../bench/measure.ts'
import { checkSoak } from './check.ts'
import { exchangeLimit } from './exchange.ts'
import { createSoakPerson, type SoakPerson } from './person.ts'
import { signingLimit } from './signing.ts'
import { tapUntil, type Tap } from './taps.ts'
import { createSoakWorld, regions, tapShops, type SoakSettings, type SoakWorld } from './world.ts'

export interface SoakOptions extends SoakSettings {
  /** decides what WeChat Pay answers to which call, and at which share of the work which process is killed; what a kill meets is the machine's */
  seed: number
  kills: number
  /** calls that WeChat Pay takes in a second; null: any number */
  mostPerSecond: number | null
  /** taps before it */
  calmTaps: number
  /** whether the machine is asked what it could do */
  limits: boolean
  say?: (line: string) => void
}

/** half of them, and 99 of 100, wait no longer */
interface Waits {
  p50: number
  p99: number
}

export interface SoakReport {
  violations: readonly Violation[]
  /** operations of the rollout's last stage that WeChat Pay carried out, a second */
  perSecond: number
  /** of this machine: RSA signatures a second; signed requests that the sandbox answers and the client verifies, without a database. Null: not asked for */
  limits: { signing: number; exchange: number } | null
  /** seconds of one core that the sandbox and this harness took, of `cores` × `seconds` */
  besideSeconds: number
  seconds: number
  /** milliseconds that taps wait, before and while it runs; apart: those of no kill, of which none was sent from a kill until `afterKillMs` after the process was back */
  tap: { calm: Waits; meanwhile: Waits; taps: number; lost: number; busy: number; apart: { waits: Waits; taps: number } }
  /** the most calls of one second */
  busiestSecond: number
}

/** shares of a bad day at WeChat Pay */
const badDay = {
  system_error: 0.01,
  lost_after: 0.005,
  lost_before: 0.005,
  gateway_timeout: 0.002,
  bad_gateway: 0.002,
  cut_body: 0.002,
}
/** "too fast" in a run without a rate: each halves it, and it grows back by 5 % a minute */
const tooFastTimes = 5
/** milliseconds for which a process that was started again counts as new */
const afterKillMs = 5_000
/** milliseconds between two taps */
const tapPauseMs = 150
/** until what the last kill left open is known: a process counts as gone after 30 s, then it is asked again after 5 s */
const settleMs = 300_000

export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const { seed, merchants, kills, say = () => {} } = options
  const journal = createJournal(say)
  const random = seededRandom(seed)
  const world = await createSoakWorld(journal, options)
  try {
    const limits = options.limits ? { signing: await signingLimit(), exchange: await exchangeLimit(world) } : null
    const calm = await tapUntil(world, seededRandom(seed + 1), ({ answered }) => answered.length >= options.calmTaps, tapPauseMs)
    journal.note(`${calm.answered.length} taps before it`)
    await world.sandbox.setWeather({ seed, shares: sharesOf(options), mostPerSecond: options.mostPerSecond, spares: new Set(tapShops) })
    const person = createSoakPerson(world, 'demo-operator')
    const id = await begin(person, journal, merchants)
    let over = false
    const cpu = process.cpuUsage()
    const began = performance.now()
    const [meanwhile, killed] = await Promise.all([
      tapUntil(world, seededRandom(seed + 2), () => over, tapPauseMs),
      killAt(world, journal, random, { id, kills, merchants, isOver: () => over }),
      watch(person, journal, id).finally(() => (over = true)),
    ])
    const seconds = (performance.now() - began) / 1_000
    const apart = meanwhile.answered.filter(({ sentAt }) => !killed.some(({ at, backAt }) => sentAt >= at && sentAt < backAt + afterKillMs))
    const { user, system } = process.cpuUsage(cpu)
    for (const refusal of new Set(meanwhile.refused)) journal.violation(`a tap was answered with ${refusal}`)
    // what the rollout wrote is new to the planner
    await world.sql('analyze')
    await checkSoak(world, journal, id, merchants)
    const busiestSecond = Math.max(0, ...(await world.sandbox.callsOfSeconds()).values())
    await checkRate(world, journal, id, options.rate)
    return {
      violations: journal.violations,
      perSecond: await rateOf(world, id),
      limits,
      besideSeconds: (user + system) / 1e6,
      seconds,
      tap: {
        calm: waitsOf(calm.answered),
        meanwhile: waitsOf(meanwhile.answered),
        taps: meanwhile.answered.length,
        lost: meanwhile.lost,
        busy: meanwhile.busy,
        apart: { waits: waitsOf(apart), taps: apart.length },
      },
      busiestSecond,
    }
  } finally {
    await world.close()
  }
}

function waitsOf(taps: readonly Tap[]): Waits {
  const waits = taps.map(({ ms }) => ms)
  return { p50: quantile(waits, 0.5), p99: quantile(waits, 0.99) }
}

const sharesOf = ({ rate, merchants }: SoakOptions) => ({ ...badDay, rate_limited_429: rate === null ? tooFastTimes / (2 * merchants) : 0 })

async function begin(person: SoakPerson, journal: Journal, merchants: number): Promise<string> {
  const body = { name: '全部开通', action: 'gold_plan.open', with_receipt: true, filter: { region_code: regions.rollout } }
  const made = await person.ask<Rollout>('POST', '/v1/rollouts', { body })
  if (made.status !== 201) throw new Error(`the dry run was answered with ${made.status}: ${JSON.stringify(made.body)}`)
  journal.note(`the dry run took ${Math.round(made.ms)} ms: ${made.body.preview.will_change} will change`)
  if (made.body.preview.will_change !== merchants)
    journal.violation(`of ${merchants} merchants ${made.body.preview.will_change} will change`)
  await step(person, made.body, 'start')
  return made.body.id
}

const step = (person: SoakPerson, { id, version }: Rollout, what: string) =>
  person.ask<Rollout>('POST', `/v1/rollouts/${id}/${what}`, { ifMatch: `"${version}"` })

/** Looks each half second; a stage that is over and a stop are looked at and let on. */
async function watch(person: SoakPerson, journal: Journal, id: string): Promise<void> {
  let settling = 0
  for (let seen = ''; ; await pause(500)) {
    const { body: now } = await person.ask<Rollout>('GET', `/v1/rollouts/${id}`)
    const { succeeded, failed, skipped, pending, working } = now.progress
    const line = `${now.status} ${now.stage}${now.stop_code ? ` ${now.stop_code}` : ''}`
    if (line !== seen) journal.note(`${(seen = line)}: ${succeeded} done, ${failed} failed, ${skipped} skipped`)
    if (now.status === 'waiting' || now.status === 'stopped') await step(person, now, 'resume')
    else if (now.status === 'completed') {
      if (failed === 0) return
      journal.note(`${failed} failed are tried again: ${now.progress.causes.map(({ code, count }) => `${code} ${count}`).join(', ')}`)
      if (now.progress.causes.every(({ code }) => code === 'UNRESOLVED')) return
      await step(person, now, 'retry-failed')
    }
    settling = pending === 0 && working > 0 ? settling + 500 : 0
    if (settling > settleMs) return journal.violation(`${working} items still have no result ${settleMs / 1_000} s after the others`)
  }
}

/** By performance.now(): when a process was killed, and when it listened again. */
interface Kill {
  at: number
  backAt: number
}

/** Each kill comes at a share of the work that the seed decides. */
async function killAt(
  { backends, sql }: SoakWorld,
  journal: Journal,
  random: Random,
  { id, kills, merchants, isOver }: { id: string; kills: number; merchants: number; isOver: () => boolean },
): Promise<Kill[]> {
  const killed: Kill[] = []
  const shares = Array.from({ length: kills }, () => 0.02 + random.next() * 0.9).sort((one, other) => one - other)
  for (const share of shares) {
    const backend = random.pick(backends)
    const away = random.integer(200, 2_500)
    for (;;) {
      if (isOver()) return killed
      const [row] = await sql<{ ended: number }>(
        `select count(*)::int as ended from rollout_items where rollout_id = $1 and status not in ('pending', 'working')`,
        [id],
      )
      if (row!.ended >= share * merchants) break
      await pause(200)
    }
    journal.note(`kill -9 of ${backend.name} at ${(share * 100).toFixed(0)} %`)
    const at = performance.now()
    await backend.kill()
    await pause(away)
    await backend.start()
    killed.push({ at, backAt: performance.now() })
  }
  return killed
}

/** Of the last stage, without its first and last twentieth: a stage waits for what was lost in the one before, and for what a kill left open, which is no work. */
async function rateOf({ sql }: SoakWorld, id: string): Promise<number> {
  const [row] = await sql<{ rate: number }>(
    `with done as (select a.answered_at as at from rollout_items i join operations o using (sp_mchid, sub_mchid) join operation_attempts a on a.operation_id = o.id
         where i.rollout_id = $1 and o.request_id = $1::text and a.phase = 'succeeded' and i.stage = (select max(stage) from rollout_items where rollout_id = $1)),
       bulk as (select percentile_disc(array[0.05, 0.95]) within group (order by at) as edges, count(*) as n from done)
     select 0.9 * n / nullif(extract(epoch from edges[2] - edges[1]), 0)::float8 as rate from bulk`,
    [id],
  )
  return Number(row!.rate)
}

/** No second has more than its share of first calls; what was lost is asked for again beside it. */
async function checkRate({ sql }: SoakWorld, journal: Journal, id: string, rate: number | null): Promise<void> {
  if (rate === null) return
  const [row] = await sql<{ most: number }>(
    `select coalesce(max(n), 0)::int as most from (select count(*) as n from operation_attempts a join operations o on o.id = a.operation_id
       where o.request_id = $1 and a.attempt = 1 and a.phase <> 'process_ended' group by date_trunc('second', a.sent_at)) as seconds`,
    [id],
  )
  // moments are given out a quarter of a second ahead, and a process that stood still in between sends then
  const share = Math.ceil((1.25 * rate) / 60)
  journal.note(`the busiest second had ${row!.most} calls, its share is ${share}`)
  if (row!.most > share) journal.violation(`a second had ${row!.most} calls where ${share} were allowed`)
}

export function reportLines(options: SoakOptions, report: SoakReport): string[] {
  const { tap, busiestSecond, violations } = report
  const [first, ...others] = violations
  const ratio = (of: keyof Waits) => (tap.meanwhile[of] / tap.calm[of]).toFixed(1)
  return [
    `seed ${options.seed}: ${options.merchants} merchants, ${options.processes} processes, ${options.kills} kills, rate ${options.rate === null ? 'none' : `${options.rate}/min`}`,
    ...rateLines(options, report),
    `a tap waits (p99) ${tap.calm.p99.toFixed(0)} ms calm, ${tap.meanwhile.p99.toFixed(0)} ms meanwhile, ratio ${ratio('p99')} (${tap.taps} taps, ${tap.lost} lost with a process, ${tap.busy} told to ask again)`,
    `those of no kill (${tap.apart.taps} taps: none from a kill until ${afterKillMs / 1_000} s after the process was back) wait ${tap.apart.waits.p99.toFixed(0)} ms, ratio ${(tap.apart.waits.p99 / tap.calm.p99).toFixed(1)}`,
    `half of them wait ${tap.calm.p50.toFixed(0)} ms calm, ${tap.meanwhile.p50.toFixed(0)} ms meanwhile, ratio ${ratio('p50')}`,
    `the busiest second at WeChat Pay had ${busiestSecond} calls`,
    ...(first ? [`first violation: ${first.what}`, ...first.ledTo.map(line => `  ${line}`)] : ['nothing was violated']),
    ...others.map(({ what }) => `then: ${what}`),
  ]
}

function rateLines({ rate }: SoakOptions, { perSecond, limits, besideSeconds, seconds }: SoakReport): string[] {
  const achieved = `achieved ${perSecond.toFixed(0)}/s in ${seconds.toFixed(0)} s`
  if (limits === null) return [achieved]
  const cores = availableParallelism()
  const most = (limit: number) => (rate === null ? limit : Math.min(limit, rate / 60))
  // the sandbox verifies and signs each call on the same cores, which at a provider's WeChat Pay does elsewhere
  const own = 1 - besideSeconds / (cores * seconds)
  const { signing, exchange } = limits
  return [
    `${achieved}; RSA alone signs ${signing.toFixed(0)}/s on ${cores} cores; ratio ${(perSecond / most(signing)).toFixed(2)} of ${most(signing).toFixed(0)}/s`,
    `the bare exchange, signed and verified on both sides without a database, makes ${exchange.toFixed(0)}/s; ratio ${(perSecond / most(exchange)).toFixed(2)} of ${most(exchange).toFixed(0)}/s`,
    `the sandbox and this harness took ${(100 * (1 - own)).toFixed(0)} % of the cores: without them ${(perSecond / own).toFixed(0)}/s, ratio ${(perSecond / own / most(signing)).toFixed(2)}`,
  ]
}

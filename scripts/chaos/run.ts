// One run: a quarter to warm up, a look at what the processes hold, the rest, and then the truth.
import { seededRandom, type Random } from '../../dev/demo/random.ts'
import { acts } from './acts.ts'
import { createCaller } from './caller.ts'
import { checkEverything } from './check.ts'
import type { Claim } from './claims.ts'
import { liftEverything, ofMachines, ofSurroundings, ofWechatPay, type Disturbance } from './disturbances.ts'
import { figuresOf, isFlat, told, type Figures } from './figures.ts'
import { createJournal, type Violation } from './journal.ts'
import { pause } from './pause.ts'
import { createWorld, type World } from './world.ts'

export interface ChaosOptions {
  /** decides what is done and in which order; when it meets what is the machine's */
  seed: number
  minutes: number
  say?: (line: string) => void
  /** ends the run early; everything that it began is ended all the same */
  signal?: AbortSignal
}

export interface ChaosReport {
  violations: readonly Violation[]
  /** how often each disturbance came, and each kind of request was answered how */
  counts: [kind: string, times: number][]
  claims: number
  figures: string[]
}

/** people at work at once */
const phones = 8
/** Before that, a heap still grows for good reasons. */
const judgeFiguresFromMinutes = 3
/** until everything that was lost is known; its questions are minutes apart, so the clock is moved */
const settleMs = 180_000
const stepMs = 61 * 60_000
/** The clock's step while phones wait for what is asked again after half a minute, two, ten. */
const hurryMs = 61_000

export async function runChaos({ seed, minutes, say = () => {}, signal }: ChaosOptions): Promise<ChaosReport> {
  const journal = createJournal(say)
  const world = await createWorld(journal)
  try {
    const claims: Claim[] = []
    const began = Date.now()
    const end = began + minutes * 60_000
    const isOver = () => Date.now() >= end || (signal?.aborted ?? false)
    const quarter = began + (end - began) / 4
    // a failure of ours ends the run; until then it must not be lost
    const traffic = Promise.all(
      Array.from({ length: phones }, (_, index) => beBusy(world, seededRandom(seed * 1_000 + index), claims, isOver)),
    )
    const lanes = [ofMachines, ofSurroundings, ofWechatPay].map((kinds, lane) =>
      disturb(world, kinds, seededRandom(seed * 1_000 + 900 + lane), { isOver, quarter }),
    )
    const early = atQuarter(world, quarter, isOver)
    await Promise.all([...lanes, early])
    journal.note('everything is lifted')
    await liftEverything(world)
    await until(traffic, () => world.sandbox.control.clock.advance(hurryMs))
    await settle(world, signal)
    if (!signal?.aborted) await checkEverything(world, claims)
    const figures = await judgeFigures(world, await early, minutes >= judgeFiguresFromMinutes)
    return { violations: journal.violations, counts: journal.counts(), claims: claims.length, figures }
  } finally {
    await world.close()
  }
}

async function beBusy(world: World, random: Random, claims: Claim[], isOver: () => boolean): Promise<void> {
  const caller = createCaller(world, random)
  while (!isOver()) {
    await random.weighted(acts)({ world, random, caller, claims })
    await pause(random.integer(30, 250))
  }
}

/** Each kind once in an order of chance, then all again: a short run meets as many kinds as it has time for. */
async function disturb(
  world: World,
  kinds: readonly Disturbance[],
  random: Random,
  { isOver, quarter }: { isOver: () => boolean; quarter: number },
): Promise<void> {
  let left: Disturbance[] = []
  while (!isOver()) {
    if (left.length === 0) left = [...kinds]
    const [next] = left.splice(random.integer(0, left.length - 1), 1)
    world.journal.note(next!.name)
    world.journal.count(`: ${next!.name}`)
    await next!.run({ world, random, onlyFirst: Date.now() >= quarter })
    await pause(random.integer(300, 1_500))
  }
}

async function atQuarter(world: World, quarter: number, isOver: () => boolean): Promise<Figures | null> {
  while (Date.now() < quarter && !isOver()) await pause(200)
  return lastingFigures(world)
}

/** Of the process that stays; a moment of standing still is waited out. */
async function lastingFigures({ backends }: World): Promise<Figures | null> {
  for (let tries = 0; tries < 5; tries += 1) {
    const figures = await figuresOf(backends[1])
    if (figures) return figures
    await pause(1_000)
  }
  return null
}

/** @param meanwhile every few seconds, as long as it is not done */
async function until(work: Promise<unknown>, meanwhile: () => void): Promise<void> {
  const timer = setInterval(meanwhile, 3_000)
  await work.finally(() => clearInterval(timer))
}

/** Asked again at once instead of after an hour, until nothing is open. */
async function settle({ sql, sandbox, journal }: World, signal?: AbortSignal): Promise<void> {
  const deadline = Date.now() + settleMs
  while (Date.now() < deadline) {
    if (signal?.aborted) return
    const [row] = await sql<{ open: number }>(`select count(*)::int as open from operations where status in ('pending', 'unknown')`)
    if (row!.open === 0) return
    sandbox.control.clock.advance(stepMs)
    journal.note(`${row!.open} operations have no outcome yet: an hour passes`)
    await pause(3_000)
  }
}

async function judgeFigures(world: World, then: Figures | null, judged: boolean): Promise<string[]> {
  const now = await lastingFigures(world)
  if (!then || !now) return ['the lasting process could not be measured']
  if (judged && !isFlat(then, now))
    world.journal.violation(`the lasting process held ${told(then)} after a quarter, and ${told(now)} at the end`)
  return [`after a quarter: ${told(then)}`, `at the end: ${told(now)}`]
}

// What a process does beside its requests. Each job has a loop of its own, so that one that hangs or fails does not delay the others.
import { sealAudit } from './platform/audit/sealing.ts'
import { measureDatabaseClock } from './platform/clock-skew.ts'
import { adoptAbandoned, startAsking } from './controls/ask-again.ts'
import { carryOutApproved } from './controls/closing/carry-out.ts'
import { finishUnresolved } from './controls/closing/finish.ts'
import { reduceOldRollouts } from './controls/rollouts/tidy.ts'
import { startRollouts } from './controls/rollouts/work.ts'
import { countUnsettled } from './controls/unsettled.ts'
import type { Context } from './platform/context.ts'
import { dropExpiredKeys } from './http/idempotency.ts'
import { dropOldMoves, foldCounters } from './directory/dashboard/tidy.ts'
import { dropOldExports } from './directory/exports/service.ts'
import { makeExports } from './directory/exports/work.ts'
import { applyLists } from './directory/portal-lists/apply.ts'
import { planNightly } from './directory/visit-plan/night.ts'
import { dropOldLists } from './directory/portal-lists/tidy.ts'
import { removeUnattachedPhotos } from './field-work/photos/clean.ts'
import { rederiveByRegister } from './evidence/rederive-by-register.ts'
import { takeBills } from './evidence/bills/take.ts'
import { dropOldBills } from './evidence/bills/tidy.ts'
import { watchMerchants } from './evidence/suspicion/watch.ts'
import { askAboutLimitations, dropOldNotifications } from './evidence/limitations/asking.ts'
import { rederiveChanged } from './evidence/rederive.ts'
import { measureProvider } from './company/provider-trouble/note.ts'
import { sendMessages } from './company/notices/send.ts'
import { dropOldNotices } from './company/notices/service.ts'
import { dropOldScopes } from './evidence/past-scope.ts'
import { dropOldTickets, dropOldTries } from './company/sessions/service.ts'
import { carryOnAssigning, dropOldRuns } from './directory/assignments/run.ts'

export interface Worker {
  /** Nothing new begins; waits for what is under way, but not longer than a few seconds. */
  stop(): Promise<void>
}

export interface Job {
  /** for the log */
  name: string
  /** pause between rounds, real time */
  everyMs: number
  /** before the first round; default 0 */
  firstAfterMs?: number
  /** @param goOn asked before each further piece of a long round: false when the process is to end */
  round(goOn: () => boolean): Promise<unknown>
}

const minute = 60_000
const hour = 60 * minute
/** what a round that was under way at the end may still take; what it holds of the database is a transaction, which ends by itself, or a call that others find left behind */
const patienceMs = 4_000

/** @param everyMs pause between rounds of what is done all the time, real time; what is done each minute pauses sixty times as long */
export function startWorker(context: Context, everyMs = 1_000): Worker {
  const { receipts } = context
  const asking = startAsking(context)
  const rollouts = startRollouts(context)
  const always = (name: string, round: Job['round']): Job => ({ name, everyMs, round })
  const eachMinute = (name: string, round: Job['round']): Job => ({ name, everyMs: Math.min(minute, 60 * everyMs), round })
  let hourlies = 0
  // one after the other: a process that has just begun has people to answer
  const hourly = (name: string, round: Job['round']): Job => ({ name, everyMs: hour, firstAfterMs: 2 * everyMs * (hourlies += 1), round })
  const loops = [
    always('lost answers', () => asking.claimDue()),
    always('abandoned operations', () => adoptAbandoned(context)),
    always('closing of gold plans', goOn => carryOutApproved(context, goOn)),
    always('closings that a look at the console settled', () => finishUnresolved(context)),
    always('messages to staff', goOn => sendMessages(context, goOn)),
    always('rollouts', goOn => rollouts.round(goOn)),
    always('loads of receipts', () => receipts.settle()),
    always('pending receipts', goOn => receipts.recheck(goOn)),
    always('verdicts by the default-open setting', goOn => rederiveChanged({ ...context, numbers: context.providers.numbers }, goOn)),
    always('verdicts by the register of appids', goOn => rederiveByRegister({ ...context, numbers: context.providers.numbers }, goOn)),
    always('shops that change hands', goOn => carryOnAssigning(context, goOn)),
    always('what WeChat Pay limits', () => askAboutLimitations(context)),
    always('lists from the console', goOn => applyLists({ ...context, numbers: context.providers.numbers }, goOn)),
    always('exports', goOn => makeExports({ ...context, numbers: context.providers.numbers }, goOn)),
    always('counters of shops', () => foldCounters(context)),
    always('count of unsettled operations', () => countUnsettled(context)),
    always("provider's trouble", () => measureProvider(context)),
    eachMinute('seals of the audit trail', goOn => sealAudit(context, goOn)),
    eachMinute('trade bills', goOn => takeBills(context, goOn)),
    eachMinute('the nightly watch', goOn => watchMerchants({ ...context, numbers: context.providers.numbers }, goOn)),
    eachMinute('the plan of visits', () => planNightly({ ...context, numbers: context.providers.numbers })),
    eachMinute('clocks', () => measureDatabaseClock(context)),
    hourly('expired keys', () => dropExpiredKeys(context.db, context.clock.now())),
    hourly('items of old rollouts', goOn => reduceOldRollouts(context, goOn)),
    hourly('old notices to staff', () => dropOldNotices(context)),
    hourly('wrong invite codes', () => dropOldTries(context)),
    hourly('tickets of strangers', () => dropOldTickets(context)),
    hourly('old assignments of shops', () => dropOldRuns(context)),
    hourly('old notifications', () => dropOldNotifications(context)),
    hourly('states of days long ago', () => dropOldMoves(context)),
    hourly('old exports', () => dropOldExports(context)),
    hourly('old lists from the console', () => dropOldLists(context)),
    hourly('past scopes', () => dropOldScopes(context)),
    hourly('photos that belong to nothing', () => removeUnattachedPhotos(context)),
    hourly('unfinished photo files', () => context.photos.store.removeUnfinished(hour)),
    hourly('what old trade bills left', goOn => dropOldBills(context, goOn)),
    hourly('old loads of receipts', () => receipts.dropOld()),
  ].map(job => repeat(context, job))
  return {
    async stop() {
      await within(patienceMs, Promise.all([...loops.map(loop => loop.stop()), asking.stop()]))
    },
  }
}

/** A job that fails is tried again later and later, at most half a minute or its own pause; the first failure in a row is said. */
export function repeat({ log }: Pick<Context, 'log'>, { name, everyMs, firstAfterMs = 0, round }: Job): Worker {
  let stopped = false
  let failures = 0
  let timer: NodeJS.Timeout | undefined
  let underWay: Promise<void> = Promise.resolve()
  const work = async () => {
    try {
      await round(() => !stopped)
      if (failures > 0) log.info({ job: name, failures }, 'a job of the worker works again')
      failures = 0
    } catch (error) {
      failures += 1
      if (failures === 1) log.error({ err: error, job: name }, 'a job of the worker failed; it is tried again')
    }
    if (!stopped) timer = setTimeout(next, Math.min(everyMs * 2 ** Math.min(failures, 10), Math.max(everyMs, 30_000)))
  }
  const next = () => {
    underWay = work()
  }
  if (firstAfterMs > 0) timer = setTimeout(next, firstAfterMs)
  else next()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await underWay
    },
  }
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise(done => {
    timer = setTimeout(done, ms)
  })
  await Promise.race([work, over])
  clearTimeout(timer)
}

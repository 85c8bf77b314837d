// One run of the checks that ask outside: in no transaction, never longer than ten seconds, and one for all who ask at the same time.
import { receiptLinksOf } from '../company/provider-settings/receipt-hosts.ts'
import type { ReceiptLink } from '../company/provider-settings/schema.ts'
import type { Context } from '../platform/context.ts'
import { checkKeys } from './keys.ts'
import { checkLinks } from './links.ts'
import type { OutsideFinding } from './findings.ts'
import type { OutsideCheckId } from './schema.ts'

declare module '../platform/context.ts' {
  interface Context {
    /** runs under way in this process, by number */
    readinessRuns: Map<string, Promise<ReadinessRun>>
  }
}

export interface ReadinessRun {
  at: Date
  /** what was looked at: of other links it says nothing */
  links: readonly ReceiptLink[]
  findings: OutsideFinding[]
}

/** milliseconds of real time: less than the app waits for an answer */
const longest = 10_000

export function runChecks(context: Context, sp_mchid: string): Promise<ReadinessRun> {
  const { readinessRuns } = context
  const underWay = readinessRuns.get(sp_mchid)
  if (underWay) return underWay
  const run = begin(context, sp_mchid).finally(() => readinessRuns.delete(sp_mchid))
  readinessRuns.set(sp_mchid, run)
  return run
}

async function begin(context: Context, sp_mchid: string): Promise<ReadinessRun> {
  const at = context.clock.now()
  const links = await receiptLinksOf(context.db, sp_mchid)
  const signal = AbortSignal.timeout(Math.min(context.slowCallMs, longest))
  const findings = await Promise.all([
    inTime(checkKeys(context, sp_mchid, signal), ['keys', 'clock']),
    inTime(checkLinks(context, sp_mchid, links), ['link', 'verification_file']),
  ])
  return { at, links, findings: findings.flat() }
}

/** What takes longer is not known this time. */
async function inTime(work: Promise<OutsideFinding[]>, checks: readonly OutsideCheckId[]): Promise<OutsideFinding[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<OutsideFinding[]>(done => {
    const found = checks.map(check => ({ check, result: 'unknown' as const, code: 'TOOK_TOO_LONG', values: {} }))
    timer = setTimeout(() => done(found), longest)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

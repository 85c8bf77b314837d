// The audit trail at a provider's size: how soon a page of each filter is read, what a seal costs a write, how fast entries are sealed and verified.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { aloneLimits } from '../../backend/database/client.ts'
import { connect, type Database } from '../../backend/database/connection.ts'
import { sealAudit } from '../../backend/platform/audit/sealing.ts'
import { verifyAudit } from '../../backend/platform/audit/verify.ts'
import { listAuditEntries } from '../../backend/directory/audit-trail/list.ts'
import type { AuditQuery } from '../../backend/directory/audit-trail/schema.ts'
import type { Context } from '../../backend/platform/context.ts'
import type { Caller } from '../../backend/http/caller.ts'
import { systemClock } from '../../backend/platform/clock.ts'
import { startBackend, type Backend } from '../backend/support/backend.ts'
import { callerAs, onServer, sp_mchid } from './database.ts'
import { megabytesNow, quantile, timed, timedEach, type Report } from './measure.ts'

const most = { p99: 20, cost: 0.02 }
const pagesEach = 300
const writesEach = 40
const rounds = 16
/** the first round is for warming up, each has two turns */
const writes = (1 + rounds) * 2 * writesEach

/** @param rows entries; there is a shop for each fifty of them, and a person for each hundred shops */
export async function measureAudit(rows: number): Promise<Report> {
  const backend = await startBackend()
  const db = connect(backend.databaseUrl, 4, aloneLimits)
  const report: Report = { lines: ['', `audit trail, ${rows} entries`], missed: [] }
  try {
    await fill(backend.ownerUrl, rows)
    await measurePages(db, rows, report)
    await measureSealing(db, report)
    await measureWrites(backend, report)
  } finally {
    await db.destroy()
    await backend.close()
  }
  return report
}

const shopsOf = (rows: number) => Math.max(Math.ceil(rows / 50), writes)

async function fill(ownerUrl: string, rows: number): Promise<void> {
  const [shops, staff] = [shopsOf(rows), Math.ceil(rows / 5_000)]
  await onServer(ownerUrl, [
    `insert into staff (id, sp_mchid, display_name, role, region_codes, status, created_at)
     select 'staff-' || i, '${sp_mchid}', '业务员 ' || i, 'field_agent', '{440300}', 'active', now() from generate_series(1, ${staff}) as i`,
    `insert into sub_merchants (sp_mchid, sub_mchid, name, short_name, address, search_name, search_short_name, search_address, pinyin, pinyin_initials, terms,
       region_code, assigned_to, created_at, updated_at)
     select '${sp_mchid}', (1910000000 + i)::text, '测试店' || i, '测试店', '', '', '', '', '', '', '{}', (array['440305', '440304', '110105', '310101'])[1 + i % 4],
       'staff-' || (1 + i % ${staff}), now(), now() from generate_series(0, ${shops - 1}) as i`,
    `insert into audit_entries (sp_mchid, at, actor_id, actor_role, action, target_type, target_id, before, after, request_id, client)
     select '${sp_mchid}', now() - (${rows} - i) * interval '6 seconds', case when i % 10 > 0 then 'staff-' || (1 + i % ${staff}) end, 'field_agent',
       (array['receipt.open', 'receipt.close', 'gold_plan.open', 'visit.submit', 'test_payment.write', 'merchant.assigned', 'ad_filter.set'])[1 + i % 7],
       'sub_merchant', (1910000000 + (i::bigint * 7919) % ${shops})::text, '{"receipt": "closed"}', '{"receipt": "open"}', gen_random_uuid()::text, '1.0.0'
     from generate_series(1, ${rows}) as i`,
    'vacuum analyze',
  ])
}

async function measurePages(db: Database, rows: number, { lines, missed }: Report): Promise<void> {
  const [shops, staff] = [shopsOf(rows), Math.ceil(rows / 5_000)]
  const auditor = callerAs('auditor')
  const ago = (share: number) => new Date(Date.now() - share * rows * 6_000).toISOString()
  const kinds: [name: string, caller: Caller, query: (index: number) => AuditQuery][] = [
    ['everything', auditor, () => ({})],
    ['a shop', auditor, index => ({ sub_mchid: String(1_910_000_000 + ((index * 31) % shops)) })],
    ['a person', auditor, index => ({ actor: `staff-${1 + (index % staff)}` })],
    ['the system', auditor, () => ({ actor: 'system' })],
    ['nobody there', auditor, () => ({ actor: 'nobody' })],
    ['an action', auditor, index => ({ action: ['receipt.open', 'visit.submit'][index % 2]! })],
    ['from, to', auditor, index => ({ from: ago(((index % 90) + 10) / 100), to: ago(((index % 90) + 9) / 100) })],
    ['a person and an action', auditor, index => ({ actor: `staff-${1 + (index % staff)}`, action: 'visit.submit' })],
    ['a lead', callerAs('region_lead', { region_codes: ['440300'] }), () => ({})],
    ['an agent, own shops', callerAs('field_agent', { region_codes: ['440300'], assigned_only: true }), () => ({})],
  ]
  lines.push('  a page of 20, ms             p50     p99   next p99   select 1 p50')
  for (const [name, caller, query] of kinds) {
    const [first, next, idle]: number[][] = [[], [], []]
    for (let index = 0; index < pagesEach; index += 1) {
      const context = { db } as unknown as Context
      const asked = query(index)
      idle!.push(await timed(() => sql`select 1`.execute(db)))
      let cursor: string | null = null
      first!.push(await timed(async () => void (cursor = (await listAuditEntries(context, caller, asked)).next_cursor)))
      if (cursor !== null) next!.push(await timed(() => listAuditEntries(context, caller, { ...asked, cursor: cursor! })))
    }
    const p99 = quantile(first!, 0.99)
    const cells = [quantile(first!, 0.5), p99, next!.length > 0 ? quantile(next!, 0.99) : 0, quantile(idle!, 0.5)]
    lines.push(`  ${name.padEnd(24)}${cells.map(cell => cell.toFixed(1).padStart(9)).join('')}`)
    if (p99 > most.p99) missed.push(`audit, ${name}, ${rows} entries: p99 ${p99.toFixed(1)} ms, aim ${most.p99}`)
  }
}

async function measureSealing(db: Database, { lines, missed }: Report): Promise<void> {
  let sealed = 0
  const sealing = await timed(async () => void (sealed = await sealAudit({ db, clock: systemClock })))
  // months of entries came at one moment: to whoever kept the newest root, none of them is late
  const { root } = await db.selectFrom('audit_seals').select('root').orderBy('number', 'desc').limit(1).executeTakeFirstOrThrow()
  let faults = 0
  const verifying = await timed(async () => void (faults = (await verifyAudit(db, root)).faultCount))
  const rate = (ms: number) => Math.round(sealed / (ms / 1_000))
  lines.push(
    `  sealed ${sealed} entries at ${rate(sealing)}/s, verified at ${rate(verifying)}/s; ${megabytesNow()} MB of memory afterwards`,
  )
  if (faults > 0) missed.push(`audit: ${faults} faults in a trail that nobody touched`)
}

/** A shop's plan is opened, from the request to the answer, with and without what sealing added to the table of entries, turn by turn. */
async function measureWrites(backend: Backend, { lines, missed }: Report): Promise<void> {
  const columns = {
    with: [
      'alter table audit_entries alter column written_in set default pg_current_xact_id()',
      'create index audit_entries_as_written on audit_entries (written_in, id)',
    ],
    without: ['drop index audit_entries_as_written', `alter table audit_entries alter column written_in set default '0'`],
  }
  const costs: number[] = []
  const times: number[] = []
  let shop = 1_910_000_000
  const usual = async () => {
    const ms = await usualOf(() => openPlan(backend, String(shop++)))
    times.push(ms)
    return ms
  }
  // each round begins as the last one ended, so that neither side is always the later one
  for (let round = 0; round <= rounds; round += 1) {
    const first = await usual()
    await onServer(backend.ownerUrl, round % 2 === 0 ? columns.without : columns.with)
    const second = await usual()
    const [sealed, bare] = round % 2 === 0 ? [first, second] : [second, first]
    if (round > 0) costs.push(sealed / bare - 1)
  }
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`
  const cost = quantile(costs, 0.5)
  const spread = `half of ${rounds} rounds between ${percent(quantile(costs, 0.25))} and ${percent(quantile(costs, 0.75))}`
  lines.push(
    `  opening a plan takes ${quantile(times, 0.5).toFixed(1)} ms, of which sealing ${percent(cost)} (${spread}); aim <= ${percent(most.cost)}`,
  )
  if (cost > most.cost) missed.push(`audit: sealing costs a write ${percent(cost)}, aim ${percent(most.cost)}`)
}

/** ms that a quarter of the writes stays below: what else the machine does makes some of them longer and none shorter */
async function usualOf(write: () => Promise<void>): Promise<number> {
  return quantile(await timedEach(writesEach, write), 0.25)
}

async function openPlan(backend: Backend, sub_mchid: string): Promise<void> {
  const headers = { 'idempotency-key': randomUUID(), 'if-match': '"1"' }
  const path = `/v1/sub-merchants/${sub_mchid}/gold-plan/jsapi`
  const { status, text } = await backend.call('operator', 'PUT', path, { body: { status: 'open' }, headers })
  if (status !== 200) throw new Error(`the plan of ${sub_mchid} was not opened: ${status} ${text}`)
}

// The audit trail at a provider's size: how soon a page of each filter is read, what a seal costs a write, how fast entries are sealed and verified.
import { sql } from 'kysely'
import pg from 'pg'
import { aloneLimits } from '../../backend/database/client.ts'
import { connect, type Database } from '../../backend/database/connection.ts'
import { migrate } from '../../backend/database/migrate.ts'
import { recordAudit } from '../../backend/platform/audit/record.ts'
import { sealAudit } from '../../backend/platform/audit/sealing.ts'
import { verifyAudit } from '../../backend/platform/audit/verify.ts'
import { listAuditEntries } from '../../backend/directory/audit-trail/list.ts'
import type { AuditQuery } from '../../backend/directory/audit-trail/schema.ts'
import type { Context } from '../../backend/platform/context.ts'
import type { Caller } from '../../backend/http/caller.ts'
import { systemClock } from '../../backend/platform/clock.ts'

type Report = { lines: string[]; missed: string[] }

const most = { p99: 20, cost: 0.02 }
const pagesEach = 300
const writesEach = 400
const sp_mchid = '1900000001'

/** @param rows entries; there is a shop for each fifty of them, and a person for each hundred shops */
export async function measureAudit(postgresUrl: string, rows: number): Promise<Report> {
  const ownerUrl = await filled(postgresUrl, rows)
  const url = Object.assign(new URL(process.env.TEST_PROGRAM_URL!), { pathname: new URL(ownerUrl).pathname }).href
  const db = connect(url, 4, aloneLimits)
  const report: Report = { lines: ['', `audit trail, ${rows} entries`], missed: [] }
  try {
    await measurePages(db, rows, report)
    await measureSealing(db, report)
    await measureWrites(db, ownerUrl, report)
  } finally {
    await db.destroy()
  }
  return report
}

async function filled(postgresUrl: string, rows: number): Promise<string> {
  const ownerUrl = Object.assign(new URL(postgresUrl), { pathname: '/audit' }).href
  await onServer(postgresUrl, ['create database audit'])
  await migrate(ownerUrl)
  const [shops, staff] = [Math.ceil(rows / 50), Math.ceil(rows / 5_000)]
  await onServer(ownerUrl, [
    `insert into provider (sp_mchid, name, updated_at) values ('${sp_mchid}', '示例服务商', now())`,
    `insert into staff (id, sp_mchid, display_name, role, region_codes, status, created_at)
     select 'staff-' || i, '${sp_mchid}', '业务员 ' || i, 'field_agent', '{440300}', 'active', now() from generate_series(1, ${staff}) as i`,
    `insert into sub_merchants (sp_mchid, sub_mchid, name, short_name, address, search_name, search_short_name, search_address, pinyin, pinyin_initials, terms,
       region_code, assigned_to, created_at, updated_at)
     select '${sp_mchid}', (1700000000 + i)::text, '测试店' || i, '测试店', '', '', '', '', '', '', '{}', (array['440305', '440304', '110105', '310101'])[1 + i % 4],
       'staff-' || (1 + i % ${staff}), now(), now() from generate_series(0, ${shops - 1}) as i`,
    `insert into audit_entries (sp_mchid, at, actor_id, actor_role, action, target_type, target_id, before, after, request_id, client)
     select '${sp_mchid}', now() - (${rows} - i) * interval '6 seconds', case when i % 10 > 0 then 'staff-' || (1 + i % ${staff}) end, 'field_agent',
       (array['receipt.open', 'receipt.close', 'gold_plan.open', 'visit.submit', 'test_payment.write', 'merchant.assigned', 'ad_filter.set'])[1 + i % 7],
       'sub_merchant', (1700000000 + (i::bigint * 7919) % ${shops})::text, '{"receipt": "closed"}', '{"receipt": "open"}', gen_random_uuid()::text, '1.0.0'
     from generate_series(1, ${rows}) as i`,
    'vacuum analyze',
  ])
  return ownerUrl
}

async function onServer(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

const quantile = (times: readonly number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.ceil(times.length * share) - 1)]!

const callerAs = (role: Caller['role'], more: Partial<Caller> = {}): Caller => ({
  sp_mchid,
  numbers: [sp_mchid],
  staff_id: 'staff-1',
  session_hash: '',
  display_name: '',
  role,
  region_codes: [],
  assigned_only: false,
  stale_after_days: 90,
  ...more,
})

async function measurePages(db: Database, rows: number, { lines, missed }: Report): Promise<void> {
  const [shops, staff] = [Math.ceil(rows / 50), Math.ceil(rows / 5_000)]
  const auditor = callerAs('auditor')
  const ago = (share: number) => new Date(Date.now() - share * rows * 6_000).toISOString()
  const kinds: [name: string, caller: Caller, query: (index: number) => AuditQuery][] = [
    ['everything', auditor, () => ({})],
    ['a shop', auditor, index => ({ sub_mchid: String(1_700_000_000 + ((index * 31) % shops)) })],
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

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

async function measureSealing(db: Database, { lines, missed }: Report): Promise<void> {
  let sealed = 0
  const sealing = await timed(async () => void (sealed = await sealAudit({ db, clock: systemClock })))
  let faults = 0
  const verifying = await timed(async () => void (faults = (await verifyAudit(db)).faultCount))
  const rate = (ms: number) => Math.round(sealed / (ms / 1_000))
  const memory = Math.round(process.memoryUsage().rss / 1_048_576)
  lines.push(`  sealed ${sealed} entries at ${rate(sealing)}/s, verified at ${rate(verifying)}/s; ${memory} MB of memory afterwards`)
  if (faults > 0) missed.push(`audit: ${faults} faults in a trail that nobody touched`)
}

/** Entries alone, each in its transaction: a write of the backend does far more beside it. With and without what sealing added to the table, turn by turn. */
async function measureWrites(db: Database, ownerUrl: string, { lines, missed }: Report): Promise<void> {
  const ratios: number[] = []
  for (let round = 0; round < 5; round += 1) {
    const sealedToo = await writeEntries(db)
    await onServer(ownerUrl, ['drop index audit_entries_as_written', `alter table audit_entries alter column written_in set default '0'`])
    const without = await writeEntries(db)
    await onServer(ownerUrl, [
      'alter table audit_entries alter column written_in set default pg_current_xact_id()',
      'create index audit_entries_as_written on audit_entries (written_in, id)',
    ])
    if (round > 0) ratios.push(sealedToo / without)
  }
  const cost = quantile(ratios, 0.5) - 1
  const spread = ratios.map(one => `${((one - 1) * 100).toFixed(1)} %`).join(', ')
  lines.push(
    `  an entry written alone, with sealing beside without: ${(cost * 100).toFixed(1)} % (rounds ${spread}); aim <= ${most.cost * 100} %`,
  )
  if (cost > most.cost) missed.push(`audit: sealing costs a write ${(cost * 100).toFixed(1)} %, aim ${most.cost * 100} %`)
}

/** @returns median ms */
async function writeEntries(db: Database): Promise<number> {
  const times: number[] = []
  for (let index = 0; index < writesEach; index += 1) {
    const entry = {
      sp_mchid,
      at: new Date(),
      actor: { staff_id: 'staff-1', role: 'field_agent' as const },
      action: 'receipt.open',
      target: { type: 'sub_merchant' as const, id: '1700000001' },
      before: { receipt: 'closed' },
      after: { receipt: 'open' },
      origin: { request_id: `request-${index}`, client: '1.0.0' },
    }
    times.push(await timed(() => db.transaction().execute(trx => recordAudit(trx, entry))))
  }
  return quantile(times, 0.5)
}

// The dashboard at a provider's size: how soon it is read, how soon the list behind a number of a past day is, and what keeping the counters costs a write.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import { aloneLimits } from '../../backend/database/client.ts'
import { connect, type Database } from '../../backend/database/connection.ts'
import { readDashboard } from '../../backend/directory/dashboard/read.ts'
import { weekEnds } from '../../backend/directory/dashboard/marks.ts'
import { countFaults } from '../../backend/directory/counts/faults.ts'
import { listMerchants } from '../../backend/directory/merchants/list.ts'
import { recordEvidence } from '../../backend/evidence/record.ts'
import type { Context } from '../../backend/platform/context.ts'
import { systemClock } from '../../backend/platform/clock.ts'
import { aProvider, callerAs, makeDatabase, onServer, sp_mchid, type BenchDatabase } from './database.ts'
import { quantile, timed, type Report } from './measure.ts'

const most = { p99: 100, cost: 0.1 }
const readsEach = 200
const writesEach = 400
const blocks = 20
const regions = "(array['440305', '440304', '440106', '441900', '110105', '310101', '330106', '510104', '420106', '320505'])"

/** @param rows merchants, with twelve weeks of days */
export async function measureDashboard(postgresUrl: string, rows: number): Promise<Report> {
  const { ownerUrl, url } = await filled(postgresUrl, rows)
  const db = connect(url, 4, aloneLimits)
  const report: Report = { lines: ['', `dashboard, ${rows} merchants, twelve weeks of days`], missed: [] }
  try {
    await measureReads(db, report)
    await measureWrites(db, ownerUrl, rows, report)
    const faults = await countFaults(db, new Date())
    report.lines.push(`  counters beside a full count: ${faults.length} differences`)
    if (faults.length > 0) report.missed.push(`dashboard: ${faults.length} counters differ from a full count`)
  } finally {
    await db.destroy()
  }
  return report
}

/** Each merchant moved twice in the twelve weeks; 250 people have shops, one district in a thousand of China's is played by a made-up code beside the ten real ones. */
async function filled(postgresUrl: string, rows: number): Promise<BenchDatabase> {
  const made = await makeDatabase(postgresUrl, 'bench_dashboard')
  const state = "(array['unknown', 'unknown', 'not_migrated', 'enrolled', 'verified', 'verified', 'regressed', 'not_applicable'])"
  await onServer(made.ownerUrl, [
    aProvider,
    `insert into staff (id, sp_mchid, display_name, role, region_codes, status, created_at)
     select 'staff-' || i, '${sp_mchid}', '业务员 ' || i, 'field_agent', '{440300}', 'active', now() from generate_series(1, 250) as i`,
    `insert into sub_merchants (sp_mchid, sub_mchid, name, short_name, address, search_name, search_short_name, search_address, pinyin, pinyin_initials, terms,
       region_code, assigned_to, migration_state, migration_since, migration_proof, receipt_ready_ms, created_at, updated_at, state_moved_on)
     select '${sp_mchid}', (1700000000 + i)::text, '测试店' || i, '测试店', '', '', '', '', '', '', '{}',
       case when i % 3 = 0 then ${regions}[1 + i % 10] else lpad((11 + i % 30)::text, 2, '0') || lpad((1 + i / 30 % 12)::text, 2, '0') || lpad((1 + i / 360 % 9)::text, 2, '0') end,
       'staff-' || (1 + i % 250), ${state}[1 + i % 8], now() - (i % 200) * interval '1 day',
       case when i % 8 in (4, 5) then 'test_payment:official_receipt' when i % 8 = 6 then 'test_payment:closed' end,
       case when i % 5 = 0 then i % 6000 end, now() - interval '300 days', now(),
       ${movedOn(1, '(1700000000 + i)')}
     from generate_series(0, ${rows - 1}) as i`,
    `insert into merchant_state_moves (sp_mchid, sub_mchid, from_day, day, from_state, to_state)
     select sp_mchid, sub_mchid, case n when 0 then china_day(created_at) else ${movedOn(0, 'sub_mchid::bigint')} end, ${movedOn('n', 'sub_mchid::bigint')},
       case n when 0 then 'unknown' else 'enrolled' end, case n when 0 then 'enrolled' else migration_state end
     from sub_merchants, generate_series(0, 1) as n order by n`,
    'select recount_merchants(), recount_merchant_facets()',
    'vacuum analyze',
  ])
  return made
}

/** Each in the first six weeks to 已开通, in the last six to what it is. */
const movedOn = (move: 0 | 1 | 'n', sub_mchid: string) => `china_day(now() - (84 - 42 * ${move} - ${sub_mchid} % 42) * interval '1 day')`

async function measureReads(db: Database, { lines, missed }: Report): Promise<void> {
  const context = { db, clock: systemClock } as unknown as Context
  const operator = callerAs('operator')
  const lead = callerAs('region_lead', { region_codes: ['440300'] })
  const agent = callerAs('field_agent', { region_codes: ['440300'] })
  // when most had still another state, and when half had
  const [long, lately] = [3, 9].map(week => weekEnds(systemClock.now())[week]!)
  const reads: [name: string, bound: boolean, read: () => Promise<unknown>][] = [
    ['everything', true, () => readDashboard(context, operator, {})],
    ['a province', true, () => readDashboard(context, operator, { region_code: '440000' })],
    ['a district', true, () => readDashboard(context, operator, { region_code: '440305' })],
    ['a lead', true, () => readDashboard(context, lead, {})],
    ['an agent, own shops', true, () => readDashboard(context, agent, {})],
    ['list: verified now', false, () => listMerchants(context, operator, { state: 'verified', count: 'exact' })],
    ['list: over 3 s', false, () => listMerchants(context, operator, { receipt_ready: 'over_3s', count: 'exact' })],
    ['list: verified then', true, () => listMerchants(context, operator, { state: 'verified', on: lately, count: 'exact' })],
    ['list: regressed then', true, () => listMerchants(context, operator, { state: 'regressed', on: lately, count: 'exact' })],
    ['list: none was then', true, () => listMerchants(context, operator, { state: 'verified', on: long, count: 'exact' })],
    ['list: all left since', true, () => listMerchants(context, operator, { state: 'enrolled', on: long, count: 'exact' })],
    ['list: a lead, then', true, () => listMerchants(context, lead, { state: 'verified', on: lately, count: 'exact' })],
    ['list: own, then', true, () => listMerchants(context, agent, { state: 'verified', on: lately, assigned_to: 'me', count: 'exact' })],
  ]
  lines.push('  ms                          p50     p99   select 1 p50')
  for (const [name, bound, read] of reads) {
    const [times, idle]: number[][] = [[], []]
    for (let index = 0; index < (bound ? readsEach : readsEach / 10); index += 1) {
      idle!.push(await timed(() => sql`select 1`.execute(db)))
      times!.push(await timed(read))
    }
    const p99 = quantile(times!, 0.99)
    lines.push(
      `  ${name.padEnd(24)}${[quantile(times!, 0.5), p99, quantile(idle!, 0.5)].map(cell => cell.toFixed(1).padStart(8)).join('')}`,
    )
    if (bound && p99 > most.p99) missed.push(`dashboard, ${name}: p99 ${p99.toFixed(1)} ms, aim ${most.p99}`)
  }
}

/** A test payment that turns a verdict, with the counters' triggers and without, block by block. */
async function measureWrites(db: Database, ownerUrl: string, rows: number, { lines, missed }: Report): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  const times = { kept: [] as number[], bare: [] as number[] }
  try {
    for (let block = 0; block < blocks; block += 1) {
      const kind = block % 2 === 0 ? 'kept' : 'bare'
      const word = kind === 'kept' ? 'enable' : 'disable'
      await owner.query(`alter table sub_merchants ${word} trigger merchants_changed, ${word} trigger note_moved`)
      for (let index = 0; index < (2 * writesEach) / blocks; index += 1)
        times[kind].push(await timed(() => write(db, (block * 7_919 + index * 104_729) % rows, index)))
    }
  } finally {
    await owner.query('alter table sub_merchants enable trigger merchants_changed, enable trigger note_moved')
    await owner.query('select recount_merchants(), recount_merchant_facets()')
    await owner.end()
  }
  const [kept, bare] = [quantile(times.kept, 0.5), quantile(times.bare, 0.5)]
  const cost = kept / bare - 1
  lines.push(
    `  a write that turns a verdict: p50 ${kept.toFixed(2)} ms with the counters, ${bare.toFixed(2)} without: ${(cost * 100).toFixed(1)} %`,
  )
  lines.push(`    p99 ${quantile(times.kept, 0.99).toFixed(1)} ms with, ${quantile(times.bare, 0.99).toFixed(1)} without`)
  if (cost > most.cost) missed.push(`dashboard: the counters cost a write ${(cost * 100).toFixed(1)} %, aim ${most.cost * 100} %`)
}

const write = (db: Database, shop: number, turn: number): Promise<unknown> =>
  db.transaction().execute(trx => {
    const now = systemClock.now()
    const after_page = turn % 2 === 0 ? ('official_receipt' as const) : ('closed' as const)
    return recordEvidence(
      trx,
      { sp_mchid, sub_mchid: String(1_700_000_000 + shop) },
      [
        {
          id: randomUUID(),
          kind: 'test_payment',
          detail: { entry: 'table_sticker', web_page_opened: true, payee_matches: 'yes', after_page, ready_seconds: turn % 5 },
          occurred_at: now,
          recorded_at: now,
          recorded_by: 'staff-1',
          source: 'app',
        },
      ],
      now,
    )
  })

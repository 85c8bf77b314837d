// What the page 收款分析 asks of the backend, over HTTP, among many merchants with five weeks of bills each, beside `select 1` on the same database; and the
// districts of a lead.
import pg from 'pg'
import { dayLater, dayOf } from '../../backend/http/days.ts'
import { seededRandom } from '../../dev/demo/random.ts'
import { startBackend, type Backend } from '../backend/support/backend.ts'
import { sp_mchid } from './database.ts'
import { quantile, timedEach, type Report } from './measure.ts'

const aims = { page: 20 }
const asked = 2_000
const first = 1_000_000_000
/** what the page reads of a shop that is paid often */
const days = 35

/** @param rows merchants, each with five weeks of days */
export async function measureInsight(rows: number): Promise<Report> {
  const backend = await startBackend()
  const owner = new pg.Client({ connectionString: backend.ownerUrl })
  await owner.connect()
  try {
    // a Monday after ten: the five weeks before are whole
    backend.sandbox.control.clock.set(new Date('2026-11-30T03:00:00Z'))
    const newest = dayLater(dayOf(backend.clock.now()), -1)
    const began = performance.now()
    await fill(owner, backend.ownerUrl, rows, newest)
    const filled = (performance.now() - began) / 1_000
    const random = seededRandom(20_261_129)
    const page = () => ask(backend, 'operator', `/v1/sub-merchants/${first + random.integer(0, rows - 1)}/payments`)
    const plain = await timedEach(asked, () => owner.query('select 1'))
    // each shop is asked for once, so that its pages come from wherever they are; only what all share is warm
    for (let warm = 0; warm < 200; warm += 1) await page()
    const blocks = await blocksOf(owner)
    const before = process.cpuUsage()
    const pages = await timedEach(asked, page)
    const spent = process.cpuUsage(before)
    const now = await blocksOf(owner)
    const touched = { hit: now.hit - blocks.hit, read: now.read - blocks.read }
    const districts = await timedEach(50, () => ask(backend, 'region_lead', '/v1/metrics/payments'))
    const all = await timedEach(50, () => ask(backend, 'operator', '/v1/metrics/payments'))
    const line = (name: string, times: readonly number[]) =>
      `  ${name.padEnd(34)}p50 ${quantile(times, 0.5).toFixed(1).padStart(7)}   p99 ${quantile(times, 0.99).toFixed(1).padStart(7)}`
    return {
      lines: [
        `payments of ${rows.toLocaleString('en')} merchants, ${days} days each (ms); filled in ${filled.toFixed(0)} s`,
        line('select 1', plain),
        line('one merchant, the newest weeks', pages),
        `  ${'of it, this process'.padEnd(34)}${((spent.user + spent.system) / 1_000 / asked).toFixed(1)} ms of a core`,
        `  ${'pages of the database for it'.padEnd(34)}${((touched.hit + touched.read) / asked).toFixed(0)}, of them ${(touched.read / asked).toFixed(1)} not in its buffers`,
        line('districts of a city (lead)', districts),
        line('districts of everything (operator)', all),
      ],
      missed:
        quantile(pages, 0.99) > aims.page ? [`one merchant's page p99 ${quantile(pages, 0.99).toFixed(1)} ms, aim <= ${aims.page} ms`] : [],
    }
  } finally {
    await owner.end()
    await backend.close()
  }
}

/** Connections say what they touched once they are idle for a moment. */
async function blocksOf(owner: pg.Client): Promise<{ hit: number; read: number }> {
  await new Promise(done => setTimeout(done, 1_500))
  const { rows } = await owner.query<{ hit: number; read: number }>(
    'select blks_hit::float as hit, blks_read::float as read from pg_stat_database where datname = current_database()',
  )
  return rows[0]!
}

const settings = 'set synchronous_commit = off'

async function fill(owner: pg.Client, ownerUrl: string, rows: number, newest: string): Promise<void> {
  await owner.query(settings)
  await owner.query('set session_replication_role = replica')
  await owner.query(
    `insert into sub_merchants (sp_mchid, sub_mchid, name, short_name, address, search_name, search_short_name, search_address, pinyin, pinyin_initials, terms,
       region_code, created_at, updated_at)
     select $1, (${first} + i)::text, '测试店' || i, '测试店', '', '', '', '', '', '', '{}', (440300 + i % 300)::text, now(), now()
     from generate_series(0, ${rows - 1}) as i`,
    [sp_mchid],
  )
  await owner.query(
    `insert into bill_days (sp_mchid, day, state, source, sha1, landed_at)
     select $1, $2::date - i, 'landed', 'file', repeat('0', 40), now() from generate_series(0, ${days - 1}) as i`,
    [sp_mchid, newest],
  )
  // Thirty-five million rows, in the order in which bills come, day by day: with indexes and a log of what is written they take longer than anybody waits. Two
  // processors write two halves; the index by day serves no page.
  await owner.query('alter table payment_days set unlogged')
  await owner.query('alter table payment_days drop constraint payment_days_pkey')
  await owner.query('drop index payment_days_by_day')
  await Promise.all([0, 1].map(half => fillDays(ownerUrl, rows, newest, half)))
  await owner.query("set maintenance_work_mem = '1GB'")
  await owner.query('alter table payment_days add primary key (sp_mchid, sub_mchid, day)')
  await owner.query(
    `insert into payment_region_days (sp_mchid, region_code, day, payments, jsapi, native, micropay, app, h5, facepay, other, refunds, hours, bands)
     select s.sp_mchid, s.region_code, d.day, s.shops * 40, jsonb_build_object('wx0f1c1a1acc000001', s.shops * 25, 'wx0a1b2c3d4e000002', s.shops * 5),
       s.shops * 10, 0, 0, 0, 0, 0, s.shops, p.hours::bigint[], p.bands::bigint[]
     from (select sp_mchid, region_code, count(*) as shops from sub_merchants group by sp_mchid, region_code) as s
       cross join (select day from bill_days) as d cross join (select hours, bands from payment_days limit 1) as p`,
  )
  for (const table of ['payment_days', 'sub_merchants', 'payment_region_days', 'bill_days']) await owner.query(`analyze ${table}`)
  await owner.query('checkpoint')
}

/** Every second day, the oldest first. */
async function fillDays(ownerUrl: string, rows: number, newest: string, half: number): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(settings)
    for (let back = days - 1 - half; back >= 0; back -= 2)
      await client.query(
        `insert into payment_days (sp_mchid, sub_mchid, day, payments, jsapi, native, micropay, app, h5, facepay, other, refunds, hours, bands)
         select $1, (${first} + i)::text, $2::date, 40, '{"wx0f1c1a1acc000001": 25, "wx0a1b2c3d4e000002": 5}', 10, 0, 0, 0, 0, 0, 1,
           array[0,0,0,0,0,0,0,1,2,2,3,5,8,4,2,1,1,2,4,3,1,1,0,0], array[10,20,5,3,1,1] from generate_series(0, ${rows - 1}) as i`,
        [sp_mchid, dayLater(newest, -back)],
      )
  } finally {
    await client.end()
  }
}

async function ask(backend: Backend, role: 'operator' | 'region_lead', path: string): Promise<void> {
  const { status, text } = await backend.call(role, 'GET', path)
  if (status !== 200) throw new Error(`${path} was answered ${status}: ${text.slice(0, 300)}`)
}

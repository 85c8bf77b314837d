// After a change of 默认开通 every verdict of that number is derived anew: how many merchants a second, beside a bare UPDATE of the same columns of the same rows.
import { sql } from 'kysely'
import pg from 'pg'
import { requestLimits } from '../../backend/database/client.ts'
import { connect, type Database } from '../../backend/database/connection.ts'
import { systemClock } from '../../backend/platform/clock.ts'
import { changeProvider, lockProvider, settableOf } from '../../backend/company/provider-settings/change.ts'
import { rederiveChanged } from '../../backend/evidence/rederive.ts'
import { aProvider, makeDatabase, onServer, sp_mchid, type BenchDatabase } from './database.ts'
import { megabytesNow, quantile, timed, type Report } from './measure.ts'

/** merchants a second */
const least = 5_000
const rounds = 3

/** @param rows merchants, each with one test payment that saw no official page and one look at the console */
export async function measureDefaultOpen(postgresUrl: string, rows: number): Promise<Report> {
  const { ownerUrl, url } = await filled(postgresUrl, rows)
  const db = connect(url, 4, requestLimits)
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    const rates: { derived: number; bare: number }[] = []
    for (let round = 0; round < rounds; round += 1) {
      const since = round % 2 === 0 ? new Date(Date.now() - 86_400_000).toISOString() : null
      await switchTo(db, since)
      const derived = await timed(() => derive(db, rows))
      await assertAll(db, since === null ? 'SEEN_NOT_OFFICIAL' : 'DEFAULT_OPEN', rows)
      const bare = await timed(() => bareUpdate(owner))
      rates.push({ derived: (rows / derived) * 1_000, bare: (rows / bare) * 1_000 })
      await owner.query('vacuum analyze sub_merchants')
    }
    return reportOf(rows, rates)
  } finally {
    await owner.end()
    await db.destroy()
  }
}

function reportOf(rows: number, rates: readonly { derived: number; bare: number }[]): Report {
  const derived = quantile(
    rates.map(one => one.derived),
    0.5,
  )
  const bare = quantile(
    rates.map(one => one.bare),
    0.5,
  )
  const line = `${Math.round(derived)} merchants/s derived anew, every one with its entry in the trail; a bare UPDATE of the same columns ${Math.round(bare)}/s`
  return {
    lines: [
      '',
      `default-open, ${rows} merchants, ${rounds} rounds, the middle one`,
      `  ${line}: ${(derived / bare).toFixed(2)} of it; ${megabytesNow()} MB of memory`,
      `  rounds ${rates.map(one => `${Math.round(one.derived)} beside ${Math.round(one.bare)}`).join(', ')}`,
    ],
    missed: derived < least ? [`default-open: ${Math.round(derived)} merchants/s, aim ${least}`] : [],
  }
}

async function filled(postgresUrl: string, rows: number): Promise<BenchDatabase> {
  const made = await makeDatabase(postgresUrl, 'bench_default_open')
  await onServer(made.ownerUrl, [
    aProvider,
    `insert into sub_merchants (sp_mchid, sub_mchid, name, short_name, address, search_name, search_short_name, search_address, pinyin, pinyin_initials, terms,
       region_code, created_at, updated_at)
     select '${sp_mchid}', (1700000000 + i)::text, '测试店' || i, '测试店', '科技园路' || i || '号', '测试店' || i, '测试店', '科技园路' || i, 'ceshidian' || i, 'csd' || i,
       array['测', '试', '店', '测试', '试店', '科技', '技园', i::text], (array['440305', '440304', '110105', '310101'])[1 + i % 4], now(), now()
     from generate_series(0, ${rows - 1}) as i`,
    `insert into evidence (sp_mchid, sub_mchid, id, kind, occurred_at, recorded_at, source, detail)
     select '${sp_mchid}', (1700000000 + i)::text, gen_random_uuid(), 'test_payment', now() - interval '30 days', now() - interval '30 days', 'app',
       '{"entry": "table_sticker", "web_page_opened": true, "payee_matches": "yes", "after_page": "closed"}'
     from generate_series(0, ${rows - 1}) as i`,
    `insert into evidence (sp_mchid, sub_mchid, id, kind, occurred_at, recorded_at, source, detail)
     select '${sp_mchid}', (1700000000 + i)::text, gen_random_uuid(), 'portal_check', now() - interval '40 days', now() - interval '40 days', 'portal',
       '{"receipt": "open", "advertising": "open"}'
     from generate_series(0, ${rows - 1}) as i`,
    'vacuum analyze',
  ])
  return made
}

const switchTo = (db: Database, default_open_since: string | null): Promise<void> =>
  db.transaction().execute(async trx => {
    const row = (await lockProvider(trx, sp_mchid))!
    await changeProvider(trx, row, { ...settableOf(row), default_open_since }, { actor: null, origin: null }, systemClock.now())
  })

async function derive(db: Database, rows: number): Promise<void> {
  const looked = await rederiveChanged({ db, clock: systemClock, numbers: [sp_mchid], log: { info: () => {} } })
  if (looked !== rows) throw new Error(`${looked} of ${rows} merchants were derived anew`)
}

async function assertAll(db: Database, reason: string, rows: number): Promise<void> {
  const answer = await sql<{ count: string }>`select count(*) from sub_merchants where migration_reason = ${reason}`.execute(db)
  if (Number(answer.rows[0]!.count) !== rows) throw new Error(`${answer.rows[0]!.count} of ${rows} merchants are ${reason}`)
}

/** What is there already, moved by nothing but a version: the price of the rows, their indexes, counters and triggers alone. */
const bareUpdate = (owner: pg.Client): Promise<unknown> =>
  owner.query(
    `update sub_merchants set gold_plan_status = case gold_plan_status when 'open' then 'unknown' else 'open' end, switches = switches, migration_reason = migration_reason,
       migration_state = case migration_state when 'enrolled' then 'not_migrated' else 'enrolled' end, migration_since = migration_since + interval '1 second',
       migration_steps = migration_steps, migration_proof = migration_proof, version = version + 1, updated_at = now() where sp_mchid = $1`,
    [sp_mchid],
  )

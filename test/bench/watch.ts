// The nightly watch and the plan of visits over many merchants, as an installation runs them: within the limits of the program's own connections.
import { sql } from 'kysely'
import { requestLimits } from '../../backend/database/client.ts'
import { connect } from '../../backend/database/connection.ts'
import { planNightly } from '../../backend/directory/visit-plan/night.ts'
import { watchMerchants } from '../../backend/evidence/suspicion/watch.ts'
import { dayLater, dayOf } from '../../backend/http/days.ts'
import { systemClock } from '../../backend/platform/clock.ts'
import { aProvider, makeDatabase, onServer, sp_mchid, type BenchDatabase } from './database.ts'
import { megabytesNow, timed, type Report } from './measure.ts'

const appid = 'wx0f1c1a1acc000001'
/** seconds for 1,000,000 merchants, and as many fewer for fewer */
const most = 60
const days = 7
const people = 200

/** @param rows verified merchants with an open receipt and payments on each of seven days; of fifty one is suspected, of ten one is old */
export async function measureWatch(postgresUrl: string, rows: number): Promise<Report> {
  const newest = dayLater(dayOf(systemClock.now()), -1)
  const { url } = await filled(postgresUrl, rows, newest)
  const db = connect(url, 4, requestLimits)
  try {
    const context = { db, clock: systemClock, sp_mchid }
    const first = await timed(() => watchMerchants({ ...context, numbers: [sp_mchid] }))
    const { rows: found } = await sql<{
      count: number
    }>`select count(*)::integer as count from sub_merchants where suspected_at is not null`.execute(db)
    if (found[0]!.count !== Math.ceil(rows / 50)) throw new Error(`${found[0]!.count} of ${Math.ceil(rows / 50)} are suspected`)
    await sql`update watch_nights set night = night - 1`.execute(db)
    const again = await timed(() => watchMerchants({ ...context, numbers: [sp_mchid] }))
    const plan = await timed(() => planNightly({ ...context, numbers: [sp_mchid] }))
    const aim = (most * rows) / 1_000
    const shown = (ms: number) => `${(ms / 1_000).toFixed(1)} s`
    return {
      lines: [
        '',
        `watch, ${rows.toLocaleString('en')} verified merchants, ${days} days of payments`,
        `  first night ${shown(first)}, again ${shown(again)}; ${Math.round((rows / first) * 1_000).toLocaleString('en')} merchants/s`,
        `  plan of visits for ${people} people ${shown(plan)}`,
        `  ${megabytesNow()} MB of memory`,
      ],
      missed: Math.max(first, again) > aim ? [`watch: ${shown(Math.max(first, again))}, aim ${shown(aim)}`] : [],
    }
  } finally {
    await db.destroy()
  }
}

async function filled(postgresUrl: string, rows: number, newest: string): Promise<BenchDatabase> {
  const made = await makeDatabase(postgresUrl, 'bench_watch')
  const each = `from generate_series(0, ${rows - 1}) as i`
  await onServer(made.ownerUrl, [
    aProvider,
    `insert into staff (id, sp_mchid, display_name, role, region_codes, status, created_at)
     select 'agent-' || i, '${sp_mchid}', '业务员 ' || i, 'field_agent', array[(array['440305', '440304', '110105', '310101'])[1 + i % 4]], 'active', now()
     from generate_series(0, ${people - 1}) as i`,
    `insert into appids (sp_mchid, appid, kind, updated_at, updated_by) values ('${sp_mchid}', '${appid}', 'official_account', now(), 'agent-0')`,
    `insert into sub_merchants (sp_mchid, sub_mchid, name, short_name, address, search_name, search_short_name, search_address, pinyin, pinyin_initials, terms,
       region_code, created_at, updated_at, migration_state, migration_reason, migration_since, receipt_status)
     select '${sp_mchid}', (1700000000 + i)::text, '测试店' || i, '测试店', '科技园路' || i || '号', '测试店' || i, '测试店', '科技园路' || i, 'ceshidian' || i, 'csd' || i,
       array['测', '试', '店', i::text], (array['440305', '440304', '110105', '310101'])[1 + i % 4], now(), now(),
       'verified', 'PAGE_SEEN', now() - case when i % 10 = 0 then interval '100 days' else interval '30 days' end, 'open' ${each}`,
    `insert into bill_days (sp_mchid, day, state, sha1, landed_at) values ('${sp_mchid}', '${newest}', 'landed', 'x', now())`,
    `insert into payment_days (sp_mchid, sub_mchid, day, payments, jsapi, native, micropay, app, h5, facepay, other, refunds, hours, bands)
     select '${sp_mchid}', (1700000000 + i)::text, '${newest}'::date - back, 5, '{"${appid}": 5}', 0, 0, 0, 0, 0, 0, 0, array_fill(0, array[24]), array_fill(0, array[6])
     ${each}, generate_series(0, ${days - 1}) as back`,
    `insert into receipt_load_days (sp_mchid, sub_mchid, day, result, loads, shown, ready_steps)
     select '${sp_mchid}', (1700000000 + i)::text, '${newest}'::date, 'valid', 3, 3, '{}' ${each} where i % 50 <> 0`,
    'vacuum analyze',
  ])
  return made
}

// Exports at a provider's size: rows a second beside COPY of the same rows to a file, and how much memory the process that makes them takes at most.
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { copyOut } from '../../backend/backup/copy.ts'
import { aProvider, makeDatabase, sp_mchid } from './database.ts'
import { run, timed, type Report } from './measure.ts'

const mostMegabytes = 200

/** @param rows merchants */
export async function measureExport(postgresUrl: string, rows: number): Promise<Report> {
  const { ownerUrl, url } = await makeDatabase(postgresUrl, 'bench_export')
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  const report: Report = { lines: ['', `exports, ${rows} merchants`], missed: [] }
  const folder = mkdtempSync(join(tmpdir(), 'goldplan-export-'))
  try {
    await fill(owner, rows)
    const copied = await measureCopy(owner, rows, join(folder, 'copy.txt'))
    report.lines.push(
      `  COPY to a file       ${copied.perSecond.toFixed(0).padStart(9)} rows/s ${copied.megabytes.toFixed(1).padStart(9)} MB`,
    )
    for (const format of ['csv', 'xlsx'] as const) {
      const { perSecond, megabytes, memory } = await measureFormat(owner, url, format, rows)
      const share = (perSecond / copied.perSecond).toFixed(2)
      report.lines.push(
        `  ${format.padEnd(21)}${perSecond.toFixed(0).padStart(9)} rows/s ${megabytes.toFixed(1).padStart(9)} MB, ${share} of COPY; ${memory} MB of memory at most`,
      )
      if (memory > mostMegabytes) report.missed.push(`export, ${format}: ${memory} MB of memory, aim ${mostMegabytes}`)
    }
  } finally {
    await owner.end()
    rmSync(folder, { recursive: true, force: true })
  }
  return report
}

async function fill(owner: pg.Client, rows: number): Promise<void> {
  await owner.query(aProvider)
  await owner.query(
    `insert into staff (id, sp_mchid, display_name, role, region_codes, status, created_at) values ('staff-1', '${sp_mchid}', '运营', 'operator', '{}', 'active', now())`,
  )
  await owner.query(
    `insert into sub_merchants (sp_mchid, sub_mchid, name, short_name, address, search_name, search_short_name, search_address, pinyin, pinyin_initials, terms,
       region_code, assigned_to, migration_state, migration_since, migration_proof, created_at, updated_at)
     select '${sp_mchid}', (1700000000 + i)::text, '测试店' || i, '测试店', '深圳市南山区粤海街道科苑路 ' || i || ' 号', '', '', '', '', '', '{}',
       (array['440305', '440304', '110105', '310101'])[1 + i % 4], 'staff-1', 'verified', now() - i * interval '1 second', 'test_payment:official_receipt', now(), now()
     from generate_series(0, ${rows - 1}) as i`,
  )
  await owner.query('vacuum analyze')
}

async function measureCopy(owner: pg.Client, rows: number, path: string): Promise<{ perSecond: number; megabytes: number }> {
  const { stream } = copyOut(
    owner,
    `copy (select sub_mchid, name, short_name, region_code, address, migration_state, migration_since, migration_proof, migration_attention, gold_plan_status,
      receipt_status, advertising_status, receipt_ready_ms, assigned_to from sub_merchants order by sp_mchid, sub_mchid) to stdout with (format csv)`,
  )
  const ms = await timed(() => pipeline(stream, createWriteStream(path)))
  return { perSecond: (rows / ms) * 1_000, megabytes: statSync(path).size / 1_048_576 }
}

async function measureFormat(owner: pg.Client, url: string, format: 'csv' | 'xlsx', rows: number) {
  await owner.query(
    `insert into exports (id, sp_mchid, kind, format, filter, language, requested_by, scope, requested_at, request_id, status, rows_expected)
     values (gen_random_uuid(), '${sp_mchid}', 'merchants', $1, '{}', 'zh-CN', 'staff-1', '["operator",[],false]', now(), 'bench', 'queued', $2)`,
    [format, rows],
  )
  const { seconds, megabytes: memory, said } = await run(['test/bench/exporter.mjs'], { DATABASE_URL: url })
  const { rows: made } = await owner.query<{ status: string; rows: string; bytes: string }>(
    'select status, rows, bytes from exports where format = $1',
    [format],
  )
  if (made[0]?.status !== 'ready' || Number(made[0].rows) !== rows)
    throw new Error(`the export is ${made[0]?.status} with ${made[0]?.rows} rows: ${said.slice(-500)}`)
  return { perSecond: rows / seconds, megabytes: Number(made[0].bytes) / 1_048_576, memory }
}

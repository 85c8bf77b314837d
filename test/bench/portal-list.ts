// A list from the console as an operator sends it, over HTTP: its preview, and its recording as portal checks, beside COPY alone of the rows that each leaves.
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { applyLists } from '../../backend/directory/portal-lists/apply.ts'
import type { PortalCheckList } from '../../backend/directory/portal-lists/schema.ts'
import { sp_mchid, startBackend, type Backend } from '../backend/support/backend.ts'

type Report = { lines: string[]; missed: string[] }

const first = 1_000_000_000
/** a list holds no more (portal-lists/rows.ts) */
const most = 200_000

/** @param given merchants in the directory, and rows of the list */
export async function measurePortalList(given: number): Promise<Report> {
  const rows = Math.min(given, most)
  const backend = await startBackend()
  const owner = new pg.Client({ connectionString: backend.ownerUrl })
  await owner.connect()
  try {
    await fill(owner, rows)
    const previewed = await timed(rows, () => send(backend, rows))
    const { id } = previewed.result
    const applied = await timed(rows, () => record(backend, id))
    const preview = await copied(owner, 'portal_check_list_rows', rows)
    const evidence = await copied(owner, 'evidence', rows)
    const figure = (perSecond: number) => Math.round(perSecond).toLocaleString('en').padStart(9)
    const share = (part: number, whole: number) => `${Math.round((part / whole) * 100)} %`
    const count = rows.toLocaleString('en')
    return {
      lines: [
        `list from the console, ${count} rows (rows/s, share of COPY of what it leaves, with indexes)`,
        `  COPY of the preview's rows    ${figure(preview)}   100 %`,
        `  preview, from sent to answer  ${figure(previewed.perSecond)}   ${share(previewed.perSecond, preview)}`,
        `  COPY of the portal checks     ${figure(evidence)}   100 %`,
        `  recording them                ${figure(applied.perSecond)}   ${share(applied.perSecond, evidence)}   with verdicts, the trail, and what became of each row`,
      ],
      missed: [],
    }
  } finally {
    await owner.end()
    await backend.close()
  }
}

async function fill(owner: pg.Client, rows: number): Promise<void> {
  await owner.query(
    `insert into sub_merchants (sp_mchid, sub_mchid, name, short_name, address, search_name, search_short_name, search_address, pinyin, pinyin_initials, terms,
       region_code, created_at, updated_at)
     select $1, (${first} + i)::text, '测试店' || i, '测试店', '', '', '', '', '', '', '{}', '440305', now(), now() from generate_series(0, ${rows - 1}) as i`,
    [sp_mchid],
  )
  await owner.query('vacuum analyze')
}

async function send(backend: Backend, rows: number): Promise<PortalCheckList> {
  const lines = Array.from({ length: rows }, (_, index) => `${first + index},${index % 2 ? 'open' : 'closed'},,${index % 3 ? 'open' : ''}`)
  const text = `sub_mchid,gold_plan_jsapi,gold_plan_miniprogram,receipt\n${lines.join('\n')}\n`
  const headers = { 'idempotency-key': randomUUID() }
  const { status, body } = await backend.call<PortalCheckList>('operator', 'POST', '/v1/portal-check-lists', { body: { text }, headers })
  if (status !== 201 || body.counts.differ !== rows)
    throw new Error(`the list was answered ${status}: ${JSON.stringify(body).slice(0, 500)}`)
  return body
}

async function record(backend: Backend, id: string): Promise<void> {
  const headers = { 'idempotency-key': randomUUID() }
  await backend.call('operator', 'POST', `/v1/portal-check-lists/${id}/apply`, { headers })
  await applyLists({ db: backend.db, clock: backend.clock, numbers: [sp_mchid] })
  const { body } = await backend.call<PortalCheckList>('operator', 'GET', `/v1/portal-check-lists/${id}`)
  if (body.status !== 'applied' || body.results.recorded !== body.rows)
    throw new Error(`it was not recorded: ${JSON.stringify(body.results)}`)
}

async function timed<T>(rows: number, work: () => Promise<T>): Promise<{ result: T; perSecond: number }> {
  const began = performance.now()
  const result = await work()
  return { result, perSecond: (rows / (performance.now() - began)) * 1_000 }
}

/** @returns rows/s of COPY into a table of the same columns, checks and indexes */
async function copied(owner: pg.Client, table: string, rows: number): Promise<number> {
  const folder = (await owner.query<{ data_directory: string }>('show data_directory')).rows[0]!.data_directory
  const file = join(folder, 'goldplan-bench-list.copy')
  try {
    await owner.query(`copy ${table} to '${file}'`)
    await owner.query(`create table copied (like ${table} including all)`)
    await owner.query('checkpoint')
    const { perSecond } = await timed(rows, () => owner.query(`copy copied from '${file}'`))
    await owner.query('drop table copied')
    return perSecond
  } finally {
    rmSync(file, { force: true })
  }
}

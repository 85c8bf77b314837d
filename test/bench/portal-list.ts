// A list from the console as an operator sends it, over HTTP: its preview, and its recording as portal checks, beside COPY alone of the rows that each leaves.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { applyLists } from '../../backend/directory/portal-lists/apply.ts'
import type { PortalCheckList } from '../../backend/directory/portal-lists/schema.ts'
import { startBackend, type Backend } from '../backend/support/backend.ts'
import { copyRates, sp_mchid } from './database.ts'
import { timed, type Report } from './measure.ts'

const first = 1_000_000_000
/** a list holds no more (portal-lists/rows.ts) */
const most = 200_000

/** @param given merchants in the directory, and rows of the list */
export async function measurePortalList(given: number): Promise<Report> {
  const rows = Math.min(given, most)
  const perSecond = (ms: number) => (rows / ms) * 1_000
  const backend = await startBackend()
  const owner = new pg.Client({ connectionString: backend.ownerUrl })
  await owner.connect()
  try {
    await fill(owner, rows)
    let id = ''
    const previewed = perSecond(await timed(async () => void ({ id } = await send(backend, rows))))
    const applied = perSecond(await timed(() => record(backend, id)))
    const preview = (await copyRates(owner, 'portal_check_list_rows', ['all']))[0]!
    const evidence = (await copyRates(owner, 'evidence', ['all']))[0]!
    const figure = (rate: number) => Math.round(rate).toLocaleString('en').padStart(9)
    const share = (part: number, whole: number) => `${Math.round((part / whole) * 100)} %`
    const count = rows.toLocaleString('en')
    return {
      lines: [
        `list from the console, ${count} rows (rows/s, share of COPY of what it leaves, with indexes)`,
        `  COPY of the preview's rows    ${figure(preview)}   100 %`,
        `  preview, from sent to answer  ${figure(previewed)}   ${share(previewed, preview)}`,
        `  COPY of the portal checks     ${figure(evidence)}   100 %`,
        `  recording them                ${figure(applied)}   ${share(applied, evidence)}   with verdicts, the trail, and what became of each row`,
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

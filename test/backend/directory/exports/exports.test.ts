// Exports: opened again by other libraries than those that wrote them, row by row; whoever asked, and nobody else; a killed process loses nothing.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import readXlsxFile from 'read-excel-file/node'
import { searchTerms } from '../../../../backend/directory/merchants/search-terms.ts'
import { dropOldExports } from '../../../../backend/directory/exports/service.ts'
import { sheetRows } from '../../../../backend/directory/exports/xlsx-sheet.ts'
import { FORMATS, xlsxWith } from '../../../../backend/directory/exports/formats.ts'
import { makeExports } from '../../../../backend/directory/exports/work.ts'
import type { Export, ExportList } from '../../../../backend/directory/exports/schema.ts'
import type { Role } from '../../../../backend/http/schema.ts'
import { regionName } from '../../../../backend/company/regions/divisions.ts'
import { eventually } from '../../../support/eventually.ts'
import { startBackend, hour, minute, sp_mchid, type Backend } from '../../support/backend.ts'

let backend: Backend
const count = 12_000
/** Names that break files: what a spreadsheet would run, and what separates cells and rows. */
const names = [
  '=1+1',
  '+86 755',
  '-5',
  '@home',
  '\t制表',
  '\r回车',
  '逗号,店',
  '引"号"店',
  '两\n行',
  '🍜 面 👨‍👩‍👧',
  "'单引号",
  '＝全角',
  '',
  ' 空 格 ',
]
const region = (index: number) => ['440305', '440304', '110105'][index % 3]!
const assigned = (index: number) => (index % 5 === 0 ? 'staff-field_agent' : null)

beforeAll(async () => {
  backend = await startBackend()
  const now = backend.clock.now()
  const terms = searchTerms({ name: '店', short_name: '', address: '' })
  const rows = Array.from({ length: count }, (_, index) => ({
    sp_mchid,
    sub_mchid: String(1_700_000_000 + index),
    name: names[index % names.length] || `店${index}`,
    short_name: names[(index + 3) % names.length]!,
    address: `路 ${index} 号`,
    ...terms,
    region_code: region(index),
    assigned_to: assigned(index),
    created_at: now,
    updated_at: now,
  }))
  for (let start = 0; start < count; start += 1_000)
    await backend.db
      .insertInto('sub_merchants')
      .values(rows.slice(start, start + 1_000))
      .execute()
})
afterAll(() => backend?.close())

const ask = (role: Role, body: object) =>
  backend.call<Export>(role, 'POST', '/v1/exports', { body, headers: { 'idempotency-key': randomUUID() } })
const read = (role: Role, id: string) => backend.call<Export>(role, 'GET', `/v1/exports/${id}`)
const make = () => makeExports({ db: backend.db, clock: backend.clock, numbers: [sp_mchid] })

async function made(role: Role, body: object): Promise<Export> {
  const { status, body: asked } = await ask(role, body)
  expect([status, asked.status]).toEqual([201, 'queued'])
  await make()
  return (await read(role, asked.id)).body
}

async function fetchFile(role: Role, url: string): Promise<{ status: number; bytes: Buffer; headers: Headers }> {
  const { token } = (await backend.call<{ token: string }>(null, 'POST', '/v1/sessions', { body: { code: `demo-${role}` } })).body
  const answer = await fetch(backend.url + url, { headers: { authorization: `Bearer ${token}` } })
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()), headers: answer.headers }
}

/** What a lead sees, in the order of the file. */
const rowsOfLead = () =>
  backend.db.selectFrom('sub_merchants').selectAll().where('region_code', 'like', '4403%').orderBy('sub_mchid').execute()

/** Empty cells are not in the file. */
const sheetOf = async (bytes: Buffer): Promise<string[][]> =>
  (await readXlsxFile(bytes, { trim: false }))[0]!.data.map(row => row.map(cell => (cell === null ? '' : String(cell))))

const opened = (bytes: Buffer): string[][] => parse(bytes, { bom: true, relax_column_count: true })
const safe = (text: string) => (/^[=+\-@\t\r＝＋－＠]/u.test(text) ? `'${text}` : text)

test('given a lead who exports all as CSV, then another reader finds every row of their regions, in UTF-8, with no cell that a spreadsheet would run', async () => {
  const file = await made('region_lead', { kind: 'merchants', format: 'csv', filter: {} })
  const expected = await rowsOfLead()
  expect(file).toMatchObject({ status: 'ready', rows: expected.length, rows_expected: expected.length })
  const { bytes, headers } = await fetchFile('region_lead', file.download_url!)
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="merchants-\d{8}T\d{4}\.csv"$/)
  expect(bytes.length).toBe(file.bytes)
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const [heads, ...rows] = opened(bytes)
  expect(heads!.slice(0, 6)).toEqual(['商户号', '名称', '简称', '地区', '地址', '状态'])
  expect(rows.map(row => row.slice(0, 5))).toEqual(
    expected.map(row => [row.sub_mchid, safe(row.name), safe(row.short_name), regionName(row.region_code), row.address]),
  )
  expect(rows.flat().filter(cell => /^[=+\-@\t\r]/.test(cell))).toEqual([])
})

test('given the same as Excel, then another reader finds the same rows, and text that looks like a formula is text', async () => {
  const file = await made('region_lead', { kind: 'merchants', format: 'xlsx', language: 'en', filter: {} })
  const expected = await rowsOfLead()
  const { bytes, headers } = await fetchFile('region_lead', file.download_url!)
  expect(headers.get('content-type')).toContain('spreadsheetml')
  const [heads, ...rows] = await sheetOf(bytes)
  expect(heads!.slice(0, 3)).toEqual(['Merchant ID', 'Name', 'Short name'])
  expect(rows.map(row => row.slice(0, 5))).toEqual(
    expected.map(row => [row.sub_mchid, row.name, row.short_name, regionName(row.region_code), row.address]),
  )
})

test('given a filter and a search, then the file has what the list has; given an agent, then only the shops assigned to them', async () => {
  const filtered = await made('operator', { kind: 'merchants', format: 'csv', filter: { region_code: '110105', q: '1700000002' } })
  expect(
    opened((await fetchFile('operator', filtered.download_url!)).bytes)
      .slice(1)
      .map(([id]) => id),
  ).toEqual(['1700000002'])
  const own = await made('field_agent', { kind: 'merchants', format: 'csv', filter: {} })
  expect(own.rows).toBe(Array.from({ length: count }).filter((_, index) => region(index) === '440305' && assigned(index) !== null).length)
  expect((await ask('operator', { kind: 'merchants', format: 'csv', filter: { state: 'nonsense' } })).body).toMatchObject({
    code: 'VALIDATION_FAILED',
  })
})

test('given the trail of what was exported, then it says who exported what and how many rows, and is itself exported', async () => {
  const trail = await made('auditor', { kind: 'audit', format: 'csv', filter: { action: 'export.finish' } })
  const rows = opened((await fetchFile('auditor', trail.download_url!)).bytes).slice(1)
  expect(rows).toHaveLength(4)
  const lead = rows.filter(row => row[1] === 'region_lead')
  expect(lead.map(row => (JSON.parse(row[8]!) as { rows: number }).rows)).toEqual([8_000, 8_000])
  const { rows: downloads } = await sql<{
    actor_id: string
  }>`select actor_id from audit_entries where action = 'export.download' order by at`.execute(backend.db)
  expect(downloads.map(({ actor_id }) => actor_id)).toContain('staff-region_lead')
})

test('given somebody else, then neither the export nor its link is there; given a link of 15 minutes ago, or a file of a day ago, then it is gone', async () => {
  const file = await made('operator', { kind: 'merchants', format: 'csv', filter: { region_code: '110105' } })
  for (const other of ['admin', 'region_lead'] as const) {
    expect((await read(other, file.id)).status).toBe(404)
    expect((await fetchFile(other, file.download_url!)).status).toBe(404)
    expect((await backend.call<ExportList>(other, 'GET', '/v1/exports')).body.items.some(({ id }) => id === file.id)).toBe(false)
  }
  expect(
    (
      await fetchFile(
        'operator',
        file.download_url!.replace(/signature=./, begins => (begins.endsWith('_') ? 'signature=A' : 'signature=_')),
      )
    ).status,
  ).toBe(404)
  backend.sandbox.control.clock.advance(16 * minute)
  const late = await fetchFile('operator', file.download_url!)
  expect([late.status, JSON.parse(late.bytes.toString())]).toEqual([410, expect.objectContaining({ code: 'EXPORT_GONE' })])
  expect((await fetchFile('operator', (await read('operator', file.id)).body.download_url!)).status).toBe(200)
  // a link of its last minutes is no longer than the file, whether or not anybody has tidied since; before, nobody tidies it away
  backend.sandbox.control.clock.advance(24 * hour - 21 * minute)
  await dropOldExports(backend.app.context)
  const last = (await read('operator', file.id)).body.download_url!
  expect((await fetchFile('operator', last)).status).toBe(200)
  backend.sandbox.control.clock.advance(6 * minute)
  expect((await fetchFile('operator', last)).status).toBe(410)
  expect((await read('operator', file.id)).body).toMatchObject({ status: 'expired', download_url: null })
  await dropOldExports(backend.app.context)
  expect(await backend.db.selectFrom('export_parts').select('part').where('export_id', '=', file.id).execute()).toEqual([])
})

test('given a lead who loses a region, then what is under way stops, what is ready is not given, and both say why', async () => {
  const ready = await made('region_lead', { kind: 'merchants', format: 'csv', filter: {} })
  const { body: waiting } = await ask('region_lead', { kind: 'merchants', format: 'csv', filter: {} })
  const regions = (to: string[]) =>
    backend.db.updateTable('staff').set({ region_codes: to }).where('id', '=', 'staff-region_lead').execute()
  await regions(['440304'])
  try {
    await make()
    expect((await read('region_lead', waiting.id)).body).toMatchObject({
      status: 'stopped',
      stop_code: 'SCOPE_CHANGED',
      download_url: null,
    })
    expect((await read('region_lead', ready.id)).body).toMatchObject({ status: 'stopped', stop_code: 'SCOPE_CHANGED', download_url: null })
    expect((await fetchFile('region_lead', ready.download_url!)).status).toBe(410)
  } finally {
    await regions(['440300'])
  }
})

test('given one that is cancelled, then nothing of it is kept and nobody goes on with it', async () => {
  const { body: asked } = await ask('operator', { kind: 'merchants', format: 'xlsx', filter: {} })
  const cancel = await backend.call<Export>('operator', 'POST', `/v1/exports/${asked.id}/cancellation`, {
    body: {},
    headers: { 'idempotency-key': randomUUID() },
  })
  expect(cancel.body).toMatchObject({ status: 'cancelled' })
  expect(await make()).toBe(0)
})

test('given a long one, when a colleague asks for a short one, then that is made meanwhile; given five of mine, then a sixth waits', async () => {
  const long = await ask('operator', { kind: 'merchants', format: 'csv', filter: {} })
  let parts = 0
  const makeParts = (most: number) => {
    parts = 0
    return makeExports({ db: backend.db, clock: backend.clock, numbers: [sp_mchid] }, () => (parts += 1) <= most)
  }
  await makeParts(2)
  const short = await ask('auditor', { kind: 'merchants', format: 'csv', filter: { region_code: '110101' } })
  await makeParts(4)
  expect([(await read('auditor', short.body.id)).body.status, (await read('operator', long.body.id)).body.status]).toEqual([
    'ready',
    'running',
  ])
  for (let more = 0; more < 4; more += 1) expect((await ask('operator', { kind: 'audit', format: 'csv', filter: {} })).status).toBe(201)
  const sixth = await ask('operator', { kind: 'audit', format: 'csv', filter: {} })
  expect([sixth.status, sixth.body]).toMatchObject([429, { code: 'RATE_LIMITED', retry_after: 30 }])
  await make()
  expect((await ask('operator', { kind: 'audit', format: 'csv', filter: {} })).status).toBe(201)
  await make()
})

describe('an xlsx of more rows than a sheet takes', () => {
  const sheetsOf = async (limits: Parameters<typeof xlsxWith>[0], filter: object = {}) => {
    const { body: asked } = await ask('operator', { kind: 'merchants', format: 'xlsx', filter })
    await makeExports({ db: backend.db, clock: backend.clock, numbers: [sp_mchid] }, () => true, { ...FORMATS, xlsx: xlsxWith(limits) })
    const file = (await read('operator', asked.id)).body
    if (file.status !== 'ready') return { file, sheets: [] }
    const { bytes } = await fetchFile('operator', file.download_url!)
    expect(bytes.length).toBe(file.bytes)
    const sheets = (await readXlsxFile(bytes, { trim: false })).map(({ sheet, data }) => ({ sheet, ids: data.map(([id]) => String(id)) }))
    return { file, sheets }
  }
  const numbers = Array.from({ length: count }, (_, index) => String(1_700_000_000 + index))

  test('then the rest stands in further sheets, each with the heads, and no row is lost or there twice', async () => {
    const { file, sheets } = await sheetsOf({ rows: 5_000 })
    expect(file).toMatchObject({ status: 'ready', rows: count })
    expect(sheets.map(({ sheet, ids }) => [sheet, ids[0], ids.length - 1])).toEqual([
      ['Sheet1', '商户号', 5_000],
      ['Sheet2', '商户号', 5_000],
      ['Sheet3', '商户号', 2_000],
    ])
    expect(sheets.flatMap(({ ids }) => ids.slice(1))).toEqual(numbers)
  })

  test('and they fill their sheets to the last row, then no empty sheet follows', async () => {
    const { sheets } = await sheetsOf({ rows: 4_000 }, { region_code: '440305' })
    expect(sheets.map(({ ids }) => ids.length - 1)).toEqual([4_000])
    const { sheets: halves } = await sheetsOf({ rows: 2_000 }, { region_code: '440305' })
    expect(halves.map(({ ids }) => ids.length - 1)).toEqual([2_000, 2_000])
  })

  test('or more bytes, then a sheet ends before its archive could no longer say how long it is', async () => {
    const { sheets } = await sheetsOf({ bytes: 1_000_000 })
    expect(sheets.length).toBeGreaterThan(2)
    expect(sheets.flatMap(({ ids }) => ids.slice(1))).toEqual(numbers)
  })

  test('and the whole file would be larger than an archive can be, then it stops and says so', async () => {
    const { file } = await sheetsOf({ fileBytes: 50_000 })
    expect(file).toMatchObject({ status: 'stopped', stop_code: 'TOO_MANY_ROWS', download_url: null })
  })
})

test('given a cell that is longer than a spreadsheet takes, then it is cut before half a character, and the file opens', () => {
  const cellOf = (text: string) => /preserve">([^<]*)</.exec(sheetRows([[text]], 0))![1]!
  for (const text of ['店'.repeat(32_767), '🍜'.repeat(16_383)]) expect(cellOf(text)).toBe(text)
  expect(cellOf('店'.repeat(32_768))).toBe(`${'店'.repeat(32_766)}…`)
  expect(cellOf('🍜'.repeat(16_384))).toBe(`${'🍜'.repeat(16_383)}…`)
})

test('given a process that is killed in the middle of a file, when another goes on, then the file is the one that one process would have made', async () => {
  const { body: asked } = await ask('operator', { kind: 'merchants', format: 'xlsx', filter: {} })
  const child = spawn(process.execPath, ['--import', 'tsx', new URL('./exporter.ts', import.meta.url).pathname], {
    env: { ...process.env, DATABASE_URL: backend.databaseUrl },
    stdio: 'ignore',
  })
  const ended = new Promise(done => child.once('exit', done))
  await eventually('a part is there', async () => (await read('operator', asked.id)).body.bytes > 0)
  child.kill('SIGKILL')
  await ended
  await make()
  const file = (await read('operator', asked.id)).body
  expect(file).toMatchObject({ status: 'ready', rows: count })
  const rows = await sheetOf((await fetchFile('operator', file.download_url!)).bytes)
  expect(rows.slice(1).map(([id]) => id)).toEqual(Array.from({ length: count }, (_, index) => String(1_700_000_000 + index)))
})

// The import of a directory as a person runs it, beside COPY alone: the same finished rows into the same table and indexes on the same server, which
// is what any load must cost. The share that is left is spent on checking rows, spelling names, and the audit trail.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { migrate } from '../../backend/database/migrate.ts'
import { seededRandom } from '../../dev/demo/random.ts'
import { shopName } from '../../dev/demo/shop-names.ts'
import { built } from '../support/programs.ts'
import divisions from '../../backend/company/regions/divisions.json' with { type: 'json' }

export interface ImportBench {
  lines: string[]
  missed: string[]
}

/** megabytes that the importing process may take, however long the file is */
const MEMORY_AIM = 256

/** 市辖区 only groups districts: nothing stands there */
const districts = (divisions as [string, string][]).filter(([code, name]) => !code.endsWith('00') && name !== '市辖区')
const towns = ['桂湾街道', '城关镇', '新安街道', '河西街道', '东湖街道', '石桥镇', '清河乡', '开福街道']
const columns = 'sub_mchid,name,short_name,industry,region_code,address,assigned_to,status'

/**
 * In a database of its own.
 * @param serverUrl of the owner role, any database of the server
 * @param rows of the file
 */
export async function measureImport(serverUrl: string, rows: number): Promise<ImportBench> {
  const server = new pg.Client({ connectionString: serverUrl })
  await server.connect()
  const folder = mkdtempSync(join(tmpdir(), 'goldplan-bench-import-'))
  try {
    await server.query('create database bench_import')
    const url = Object.assign(new URL(serverUrl), { pathname: '/bench_import' }).href
    await migrate(url)
    return await measure(url, folder, rows)
  } finally {
    await server.query('drop database if exists bench_import with (force)')
    await server.end()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(url: string, folder: string, rows: number): Promise<ImportBench> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const plain = join(folder, 'merchants.csv')
  const checked = join(folder, 'checked.csv')
  try {
    await client.query(
      `insert into provider (sp_mchid, name, updated_at) values ('1900000001', '示例服务商', now()) on conflict do nothing`,
    )
    await writeFile(plain, rows, columns, () => '')
    await writeFile(checked, Math.ceil(rows / 10), `${columns},gold_plan_jsapi,receipt,checked_at`, index =>
      index % 2 ? ',open,closed,2024-03-01' : ',closed,,2024-03-01',
    )
    const first = await said('new', runImport(url, plain))
    const again = await said('the same file again', runImport(url, plain))
    const looks = await said('looks at the console', runImport(url, checked))
    const copy = await measureCopy(client, rows)
    const share = (one: Run) => `${Math.round((one.perSecond / copy.indexed) * 100)} %`
    const lines = [
      `import of ${rows.toLocaleString('en')} merchants (rows/s, share of COPY into the same table and indexes)`,
      `  COPY alone, with indexes     ${figure(copy.indexed)}   100 %`,
      `  COPY alone, without indexes  ${figure(copy.bare)}   ${Math.round((copy.bare / copy.indexed) * 100)} %`,
      `  npm run import, new          ${figure(first.perSecond)}   ${share(first)}   peak memory ${first.megabytes} MB`,
      `  the same file again          ${figure(again.perSecond)}   ${share(again)}   peak memory ${again.megabytes} MB`,
      `  looks at the console         ${figure(looks.perSecond)}   ${share(looks)}   peak memory ${looks.megabytes} MB (${Math.ceil(rows / 10).toLocaleString('en')} rows)`,
    ]
    const peak = Math.max(first.megabytes, again.megabytes)
    return { lines, missed: peak > MEMORY_AIM ? [`peak memory of the import ${peak} MB, aim ${MEMORY_AIM} MB`] : [] }
  } finally {
    await client.end()
  }
}

/** A million rows take minutes: what is known is said at once. */
async function said(what: string, run: Promise<Run>): Promise<Run> {
  const { perSecond, megabytes } = await run
  console.log(`import, ${what}: ${Math.round(perSecond).toLocaleString('en')} rows/s, peak memory ${megabytes} MB`)
  return { perSecond, megabytes }
}

const figure = (perSecond: number) => Math.round(perSecond).toLocaleString('en').padStart(9)

async function writeFile(path: string, rows: number, header: string, more: (index: number) => string): Promise<void> {
  const random = seededRandom(20_261_124)
  const file = createWriteStream(path)
  file.write(`${header}\n`)
  for (let index = 0; index < rows; index += 1) {
    const [region, place] = districts[Math.floor(random.next() ** 2 * districts.length)]!
    const town = random.pick(towns)
    const { name, short_name, industry } = shopName(random, town)
    const address = `${place}${town}${random.integer(1, 399)} 号`
    const sub_mchid = 1_000_000_000 + ((index * 7_368_787) % 899_999_963)
    const line = `${sub_mchid},${name},${short_name},${industry ?? ''},${region},${address},,active${more(index)}\n`
    if (!file.write(line)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'finish')
}

interface Run {
  perSecond: number
  megabytes: number
}

/** The command in a process of its own: its own memory, its own start. */
async function runImport(url: string, path: string): Promise<Run> {
  const programUrl = Object.assign(new URL(process.env.TEST_PROGRAM_URL!), { pathname: new URL(url).pathname }).href
  const report = fileURLToPath(new URL('report-memory.mjs', import.meta.url))
  const child = spawn(process.execPath, ['--import', report, ...built('backend/directory/imports/main.ts', path)], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, DATABASE_URL: programUrl, SP_MCHID: '1900000001' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let said = ''
  child.stdout!.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()))
  let peak = { kilobytes: 0, seconds: 0 }
  child.on('message', message => (peak = message as typeof peak))
  const [code] = (await once(child, 'close')) as [number | null]
  const read = /读了 (\d+) 行/.exec(said)
  if (code !== 0 || !read || !said.includes('退回 0')) throw new Error(`the import ended with ${code}: ${said.slice(-500)}`)
  return { perSecond: Number(read[1]) / peak.seconds, megabytes: Math.round(peak.kilobytes / 1_024) }
}

async function measureCopy(client: pg.Client, rows: number): Promise<{ indexed: number; bare: number }> {
  const { rows: found } = await client.query<{ column_name: string }>(
    `select column_name from information_schema.columns where table_name = 'sub_merchants' and is_generated = 'NEVER' order by ordinal_position`,
  )
  const names = found.map(one => one.column_name).join(', ')
  const folder = (await client.query<{ data_directory: string }>('show data_directory')).rows[0]!.data_directory
  const file = join(folder, 'goldplan-bench.copy')
  await client.query(`copy (select ${names} from sub_merchants) to '${file}'`)
  const into = async (like: string) => {
    await client.query(`create table copied (like sub_merchants including ${like})`)
    await client.query('checkpoint')
    const began = performance.now()
    await client.query(`copy copied (${names}) from '${file}'`)
    const perSecond = (rows / (performance.now() - began)) * 1_000
    await client.query('drop table copied')
    return perSecond
  }
  try {
    return { indexed: await into('all'), bare: await into('generated') }
  } finally {
    rmSync(file, { force: true })
  }
}

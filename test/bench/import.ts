// The import of a directory as a person runs it, beside COPY alone: the same finished rows into the same table and indexes on the same server, which
// is what any load must cost. The share that is left is spent on checking rows, spelling names, and the audit trail.
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { seededRandom } from '../../dev/demo/random.ts'
import { shopName } from '../../dev/demo/shop-names.ts'
import { built } from '../support/programs.ts'
import { aProvider, copyRates, makeDatabase, onServer, sp_mchid, type BenchDatabase } from './database.ts'
import { run, type Report } from './measure.ts'
import divisions from '../../backend/company/regions/divisions.json' with { type: 'json' }

/** megabytes that the importing process may take, however long the file is */
const MEMORY_AIM = 256
/** rows a second */
const RATE_AIMS = { new: 8_000, again: 30_000 }

/** 市辖区 only groups districts: nothing stands there */
const districts = (divisions as [string, string][]).filter(([code, name]) => !code.endsWith('00') && name !== '市辖区')
const towns = ['桂湾街道', '城关镇', '新安街道', '河西街道', '东湖街道', '石桥镇', '清河乡', '开福街道']
const columns = 'sub_mchid,name,short_name,industry,region_code,address,assigned_to,status'

/**
 * In a database of its own.
 * @param serverUrl of the owner role, any database of the server
 * @param rows of the file
 */
export async function measureImport(serverUrl: string, rows: number): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'goldplan-bench-import-'))
  try {
    return await measure(await makeDatabase(serverUrl, 'bench_import'), folder, rows)
  } finally {
    await onServer(serverUrl, ['drop database if exists bench_import with (force)'])
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure({ ownerUrl, url }: BenchDatabase, folder: string, rows: number): Promise<Report> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const plain = join(folder, 'merchants.csv')
  const checked = join(folder, 'checked.csv')
  try {
    await client.query(aProvider)
    await writeFile(plain, rows, columns, () => '')
    await writeFile(checked, Math.ceil(rows / 10), `${columns},gold_plan_jsapi,receipt,checked_at`, index =>
      index % 2 ? ',open,closed,2024-03-01' : ',closed,,2024-03-01',
    )
    const first = await said('new', runImport(url, plain))
    const again = await said('the same file again', runImport(url, plain))
    const looks = await said('looks at the console', runImport(url, checked))
    const [indexed, bare] = await copyRates(client, 'sub_merchants', ['all', 'generated'])
    const copy = { indexed: indexed!, bare: bare! }
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
    const missed = peak > MEMORY_AIM ? [`peak memory of the import ${peak} MB, aim ${MEMORY_AIM} MB`] : []
    const slow = (what: string, { perSecond }: Run, aim: number) => {
      if (perSecond < aim) missed.push(`${what}: ${Math.round(perSecond)} rows/s, aim ${aim}`)
    }
    slow('new rows', first, RATE_AIMS.new)
    slow('the same file again', again, RATE_AIMS.again)
    return { lines, missed }
  } finally {
    await client.end()
  }
}

/** A million rows take minutes: what is known is said at once. */
async function said(what: string, running: Promise<Run>): Promise<Run> {
  const { perSecond, megabytes } = await running
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
  // as `npm run import` and backend/operations.md start it
  const program = ['--max-semi-space-size=4', ...built('backend/directory/imports/main.ts', path)]
  const { code, said, seconds, megabytes } = await run(program, { DATABASE_URL: url, SP_MCHID: sp_mchid })
  const read = /读了 (\d+) 行/.exec(said)
  if (code !== 0 || !read || !said.includes('退回 0')) throw new Error(`the import ended with ${code}: ${said.slice(-500)}`)
  return { perSecond: Number(read[1]) / seconds, megabytes }
}

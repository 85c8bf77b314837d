// A trade bill by hand as a person runs it, beside gunzip and counting lines alone: whatever reads the file must do at least that.
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createGzip } from 'node:zlib'
import { dayLater, dayOf } from '../../backend/http/days.ts'
import { seededRandom } from '../../dev/demo/random.ts'
import { ALL_COLUMNS, billText, changedBill } from '../../dev/sandbox/index.ts'
import { built } from '../support/programs.ts'
import { aProvider, makeDatabase, onServer, sp_mchid } from './database.ts'
import { run, type Report } from './measure.ts'

const aims = { megabytes: 200, share: 0.25 }
const merchants = 100_000

/** In a database of its own. @param rows of the bill */
export async function measureBill(serverUrl: string, rows: number): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'goldplan-bench-bill-'))
  try {
    const { ownerUrl, url } = await makeDatabase(serverUrl, 'bench_bill')
    await onServer(ownerUrl, [aProvider])
    const file = join(folder, 'bill.csv.gz')
    await writeBill(file, rows)
    return await measure(url, file, rows)
  } finally {
    await onServer(serverUrl, ['drop database if exists bench_bill with (force)'])
    rmSync(folder, { recursive: true, force: true })
  }
}

/** As WeChat Pay writes rows; of a hundred merchants most payments, of the others some. */
async function writeBill(path: string, rows: number): Promise<void> {
  const day = dayLater(dayOf(new Date()), -1)
  const [header, sample, , totals] = billText(changedBill(day, undefined, { payments: [{ sub_mchid: '1900000000' }] }), sp_mchid).split(
    '\r\n',
  )
  if (!header?.includes(ALL_COLUMNS)) throw new Error('the sandbox writes other columns')
  const random = seededRandom(20_261_129)
  const zip = createGzip({ level: 6 })
  const file = zip.pipe(createWriteStream(path))
  const types = ['JSAPI', 'JSAPI', 'JSAPI', 'NATIVE', 'MICROPAY', 'APP', 'MWEB']
  const parts = sample!.split(',`')
  zip.write(`${header}\r\n`)
  let text = ''
  for (let row = 0; row < rows; row += 1) {
    const serial = String(row).padStart(12, '0')
    parts[0] = `\`${day} ${String(random.integer(0, 23)).padStart(2, '0')}:${String(random.integer(10, 59))}:${String(random.integer(10, 59))}`
    parts[3] = String(1_900_000_000 + Math.floor(random.next() ** 2 * merchants))
    parts[5] = `4200002${random.integer(100_000_000, 999_999_999)}${serial}`
    parts[6] = `A${random.integer(100_000_000, 999_999_999)}${serial}`
    parts[7] = `oUpF8uMuAJO_${random.integer(100_000_000, 999_999_999)}${serial}`
    parts[8] = random.pick(types)
    parts[12] = `${random.integer(1, 399)}.${random.integer(10, 99)}`
    text += `${parts.join(',`')}\r\n`
    if (text.length < 1_000_000) continue
    if (!zip.write(text)) await once(zip, 'drain')
    text = ''
  }
  zip.end(
    `${text}总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额\r\n${totals!.replace(/^`\d+/, `\`${rows}`)}\r\n`,
  )
  await once(file, 'finish')
}

async function measure(url: string, file: string, rows: number): Promise<Report> {
  const plain = (): number => {
    const began = performance.now()
    const { status } = spawnSync('sh', ['-c', `gunzip -c '${file}' | wc -l`])
    if (status !== 0) throw new Error('gunzip failed')
    return rows / ((performance.now() - began) / 1_000)
  }
  plain()
  const alone = plain()
  const first = await importBill(url, file, rows)
  const again = await importBill(url, file, rows)
  const figure = (perSecond: number) => Math.round(perSecond).toLocaleString('en').padStart(9)
  const line = (name: string, one: Run) =>
    `  ${name.padEnd(30)}${figure(one.perSecond)}   ${(one.perSecond / alone).toFixed(2)} of it   peak memory ${one.megabytes} MB`
  const share = first.perSecond / alone
  const peak = Math.max(first.megabytes, again.megabytes)
  return {
    lines: [
      `trade bill of ${rows.toLocaleString('en')} rows, ${merchants.toLocaleString('en')} merchants (rows/s)`,
      `  gunzip | wc -l                ${figure(alone)}`,
      line('npm run import, new', first),
      line('the same file again', again),
    ],
    missed: [
      ...(share < aims.share ? [`reading a bill is ${share.toFixed(2)} of gunzip | wc -l, aim >= ${aims.share}`] : []),
      ...(peak > aims.megabytes ? [`peak memory ${peak} MB, aim <= ${aims.megabytes} MB`] : []),
    ],
  }
}

interface Run {
  perSecond: number
  megabytes: number
}

async function importBill(url: string, path: string, rows: number): Promise<Run> {
  const program = built('backend/directory/imports/main.ts', path)
  const { code, said, seconds, megabytes } = await run(program, { DATABASE_URL: url, SP_MCHID: '', INIT_CWD: '/' })
  if (code !== 0 || !said.includes(`${rows} 行`)) throw new Error(`the import ended with ${code}: ${said.slice(-500)}`)
  return { perSecond: rows / seconds, megabytes }
}

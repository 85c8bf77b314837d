// A trade bill by hand: downloaded from WeChat Pay's console, zipped or not. It lands as those that come by themselves.
import { createReadStream } from 'node:fs'
import type { Database } from '../../database/connection.ts'
import { assertIsOf, landBill, type Landed } from '../../evidence/bills/land.ts'
import { BillRefused, type BillRefusal } from '../../evidence/bills/refused.ts'
import { readBill, unzipped } from '../../evidence/bills/unzip.ts'
import type { Clock } from '../../platform/clock.ts'
import { ImportError } from './columns.ts'
import { blocksOf, encodings } from './file.ts'

/** bytes of the first line that are looked at */
const longestHeader = 4_096
/** columns that only bills have: of payments, and of the flow of money */
const ofBills = ['交易状态', '资金流水单号']

/**
 * Whatever the file is called, by the names of its columns in any order; also one that a spreadsheet program saved anew, so that it is refused as a bill and not
 * as a list of merchants. Nothing else that is imported comes zipped, so a broken zip is a broken bill.
 */
export async function isBillFile(path: string): Promise<boolean> {
  let begin = Buffer.alloc(0)
  const source = createReadStream(path, { highWaterMark: longestHeader })
  try {
    for await (const block of unzipped(source)) {
      begin = Buffer.concat([begin, block])
      if (begin.length >= longestHeader || begin.includes('\n')) break
    }
  } catch (error) {
    if (error instanceof BillRefused) return true
    throw error
  } finally {
    source.destroy()
  }
  return encodings.some(encoding => {
    const [first = ''] = new TextDecoder(encoding).decode(begin.subarray(0, longestHeader)).split(/[\r\n]/)
    const names = first.split(',').map(name => name.replaceAll(/["`\s]/g, ''))
    return ofBills.some(name => names.includes(name))
  })
}

export interface BillReport {
  sp_mchid: string
  day: string
  rows: number
  payments: number
  merchants: number
  /** null: nothing was written */
  landed: Landed | null
}

/** @throws ImportError (one line, for a person): nothing of the bill has landed */
export async function importBill({
  database,
  clock,
  path,
  dryRun = false,
}: {
  database: Database
  clock: Clock
  path: string
  dryRun?: boolean
}): Promise<BillReport> {
  try {
    const { bill, sha1 } = await readBill(blocksOf(path))
    const { sp_mchid, day } = bill
    if (sp_mchid === null || day === null) throw new BillRefused('BILL_WITHOUT_DAY')
    const known = await database.selectFrom('provider').select('sp_mchid').where('sp_mchid', '=', sp_mchid).executeTakeFirst()
    if (!known) throw new BillRefused('BILL_OF_ANOTHER_PROVIDER')
    assertIsOf(bill, { sp_mchid, day }, clock.now())
    const landed = dryRun ? null : await landBill(database, { sp_mchid, day, bill, sha1, source: 'file' }, clock.now())
    return { sp_mchid, day, rows: bill.rows, payments: bill.payments, merchants: bill.counts.merchants, landed }
  } catch (error) {
    if (!(error instanceof BillRefused)) throw error
    throw new ImportError(`${error.line === null ? '' : `第 ${error.line} 行：`}${sentences[error.reason]}。没有导入任何东西`)
  }
}

const sentences: Record<BillRefusal, string> = {
  BILL_ZIP_BROKEN: '压缩文件不完整或已损坏，请重新下载',
  BILL_HEADER_UNKNOWN: '表头不是全部订单的交易账单，请下载“所有订单”的账单，不要改动列',
  BILL_LINE_UNREADABLE: '这一行不是交易账单的格式，请重新下载，不要用表格软件另存',
  BILL_INCOMPLETE: '账单不完整：最后应是总交易单数和一行合计，请重新下载',
  BILL_TOTALS_DISAGREE: '行数和“总交易单数”不一致，请重新下载',
  BILL_HASH_DISAGREES: '文件和微信支付给出的校验值不一致，请重新下载',
  BILL_OF_ANOTHER_PROVIDER: '商户号不是本服务商的，请核对是哪个服务商的账单',
  BILL_OF_ANOTHER_DAY: '账单里有几天的交易，请一天一个文件',
  BILL_OF_THE_FUTURE: '账单这一天还没有过完，请第二天 10 点后再下载',
  BILL_TOO_OLD: '账单这一天太早，收款只保留最近 24 周',
  BILL_WITHOUT_DAY: '账单里没有交易，看不出是哪一天的',
}

/** For a person. */
export function billLine({ sp_mchid, day, rows, payments, merchants, landed }: BillReport): string {
  const what = `${sp_mchid} ${day} 的交易账单：${rows} 行，${payments} 笔支付，${merchants} 个商户`
  if (landed === null) return `试运行，没有写入任何东西。${what}`
  if (landed === 'same') return `${what}；这个文件已经导入过，没有变化`
  return landed === 'replaced' ? `${what}；替换了这一天原来的数据` : `${what}；已导入`
}

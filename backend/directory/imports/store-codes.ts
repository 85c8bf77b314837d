// codes.csv: what is printed on the stickers of the provider's merchants, and whose sticker it is. Read by the same rules as merchants.csv.
import { isMchid } from '../../../miniprogram/shared/mchid.ts'
import type { Numbers } from '../../http/caller.ts'
import { characterCount } from '../../../miniprogram/shared/characters.ts'
import { landByNumber } from './company.ts'
import { holdsPaymentCode } from '../../../miniprogram/shared/payment-code.ts'
import { resolveScan } from '../../../miniprogram/shared/scan.ts'
import { codeLimit, comparableCode } from '../scan-resolutions/code.ts'
import { leastCellsOf, readHeaderOf, widthFault, widthOf, type Columns } from './columns.ts'
import type { FileKind } from './file-kind.ts'
import type { Notes } from './notes.ts'
import type { Rejection } from './row.ts'
import { landCodes, type StoreCodeRow } from './store-code-directory.ts'
import { hasLostDigits, lostDigits, plainNumber } from './shapes.ts'
import { looksLikeMchid } from './swallowed.ts'
import { characterFault, excerpt, paymentCodeFault } from './text.ts'
import { tidy } from '../../platform/tidy.ts'

const codeColumnNames = ['content', 'sub_mchid', 'store'] as const
export type CodeColumnName = (typeof codeColumnNames)[number]

const alsoCalled: Record<string, CodeColumnName> = {
  码: 'content',
  码内容: 'content',
  收款码: 'content',
  二维码: 'content',
  链接: 'content',
  url: 'content',
  code: 'content',
  商户号: 'sub_mchid',
  特约商户号: 'sub_mchid',
  mchid: 'sub_mchid',
  门店: 'store',
  门店名称: 'store',
  storename: 'store',
}
export const codeColumns: Columns<CodeColumnName> = { names: codeColumnNames, required: ['content', 'sub_mchid'], alsoCalled }

export const maximumStoreName = 64

const neverAsked: Record<string, string> = {
  sub_merchant: '手机会直接把它当作商户号，不会来查',
  personal_code: '是个人或经营收款码（wxp://），不走服务商',
  foreign: '是其他钱包的收款码',
}

/**
 * Checks one record.
 * @returns the row, or every reason against it. What may be a customer's payment code is never repeated in a reason.
 */
function readCodeRow(
  cells: readonly string[],
  header: ReadonlyMap<CodeColumnName, number>,
  columnCount: number,
  line: number,
  say: (note: string) => void = () => undefined,
): StoreCodeRow | Rejection[] {
  const cell = (column: CodeColumnName): string | undefined => {
    const position = header.get(column)
    return position === undefined ? undefined : tidy(cells[position] ?? '')
  }
  const { value: sub_mchid, shapes } = plainNumber(cell('sub_mchid') ?? '')
  for (const shape of shapes) say(`sub_mchid 里的${shape}已去掉`)
  const rejections: Rejection[] = []
  const reject = (field: CodeColumnName | '', value: string, reason: string) =>
    rejections.push({ line, sub_mchid: excerpt(sub_mchid), field, value: excerpt(value), reason })

  const width = widthFault(cells, columnCount, leastCellsOf(codeColumns, header))
  if (width !== null) {
    reject('', '', width)
    return rejections
  }
  for (const column of header.keys()) {
    const value = cell(column)!
    if (holdsPaymentCode(value)) reject(column, '', paymentCodeFault)
    else {
      const fault = characterFault(value)
      if (fault) reject(column, value, fault)
    }
  }
  if (rejections.length > 0) return rejections

  if (hasLostDigits(sub_mchid)) reject('sub_mchid', sub_mchid, `商户号${lostDigits}`)
  else if (!isMchid(sub_mchid)) reject('sub_mchid', sub_mchid, sub_mchid === '' ? '商户号没有填' : '商户号应是 8 到 10 位数字')
  const given = cell('content')!
  const content = comparableCode(given)
  const kind = neverAsked[resolveScan({ result: given }).type]
  if (content === '') reject('content', given, '码的内容没有填')
  else if (characterCount(given) > codeLimit) reject('content', given, `最多 ${codeLimit} 个字符，这里有 ${characterCount(given)} 个`)
  else if (hasLostDigits(given)) reject('content', given, `码${lostDigits}`)
  else if (kind) reject('content', given, `${kind}，不用导入`)
  const store = cell('store')
  const length = characterCount(store ?? '')
  if (length > maximumStoreName) reject('store', store!, `最多 ${maximumStoreName} 个字，这里有 ${length} 个`)

  if (rejections.length > 0) return rejections
  return { line, content, sub_mchid, ...(store === undefined ? {} : { store: store === '' ? null : store }) }
}

/** @param sp_mchid whose codes these are, @param numbers of the same company: a code stands under the number of its shop */
export function storeCodes(cells: readonly string[], sp_mchid: string, numbers: Numbers, notes: Notes): FileKind<StoreCodeRow> {
  const header = readHeaderOf(codeColumns, cells)
  /** comparable form → line */
  const lines = new Map<string, number>()
  return {
    name: 'codes',
    leastCells: leastCellsOf(codeColumns, header),
    isKeyed: cells => looksLikeMchid(cells[header.get('sub_mchid')!]),
    read(record, line) {
      const said: string[] = []
      const row = readCodeRow(record, header, widthOf(cells), line, note => said.push(note))
      if (Array.isArray(row)) return row
      const before = lines.get(row.content)
      if (before !== undefined) {
        const reason = `与第 ${before} 行是同一个码，以前面的为准`
        return [{ line, sub_mchid: row.sub_mchid, field: 'content', value: row.content, reason }]
      }
      lines.set(row.content, line)
      notes.add(line, said)
      return row
    },
    land: (target, rows) => landByNumber(target, numbers, sp_mchid, rows, (number, own) => landCodes(target, number, own, numbers)),
  }
}

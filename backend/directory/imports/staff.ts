// staff.csv: who works for the provider, in which role and where. What people who are known may do is changed only where it is asked for.
import type { Role } from '../../http/schema.ts'
import { comparable } from '../../../miniprogram/shared/comparable.ts'
import { characterCount } from '../../../miniprogram/shared/characters.ts'
import { leastCellsOf, readHeaderOf, widthFault, widthOf, type Columns } from './columns.ts'
import { InvitesFile, invitesPath } from './invites-file.ts'
import type { FileKind, KindOptions } from './file-kind.ts'
import { workRegion } from './region-rules.ts'
import type { Rejection } from './row.ts'
import { landStaff, type StaffRow } from './staff-landing.ts'
import { plainNumber, wordsOf } from './shapes.ts'
import { holdsPaymentCode } from '../../../miniprogram/shared/payment-code.ts'
import { characterFault, excerpt, paymentCodeFault } from './text.ts'
import { tidy } from '../../platform/tidy.ts'

const names = ['staff_id', 'display_name', 'role', 'region_codes', 'assigned_only', 'status'] as const
type StaffColumn = (typeof names)[number]

export const staffColumns: Columns<StaffColumn> = {
  names,
  required: ['staff_id', 'display_name', 'role'],
  alsoCalled: {
    员工编号: 'staff_id',
    工号: 'staff_id',
    id: 'staff_id',
    code: 'staff_id',
    显示名: 'display_name',
    姓名: 'display_name',
    名称: 'display_name',
    角色: 'role',
    地区: 'region_codes',
    负责地区: 'region_codes',
    地区编码: 'region_codes',
    地区代码: 'region_codes',
    行政区划代码: 'region_codes',
    只看自己: 'assigned_only',
    只看分配给自己的: 'assigned_only',
    状态: 'status',
    在职状态: 'status',
  },
}

export const maximumDisplayName = 32

const roleWords: readonly (readonly [string, Role])[] = [
  ['field_agent', 'field_agent'],
  ['业务员', 'field_agent'],
  ['运维', 'field_agent'],
  ['region_lead', 'region_lead'],
  ['区域主管', 'region_lead'],
  ['operator', 'operator'],
  ['运营', 'operator'],
  ['auditor', 'auditor'],
  ['审计', 'auditor'],
  ['admin', 'admin'],
  ['管理员', 'admin'],
]
const roleIn = wordsOf(roleWords)
const onlyIn = wordsOf<boolean>([
  ...['true', 'yes', '1', '是'].map(word => [word, true] as const),
  ...['', 'false', 'no', '0', '否'].map(word => [word, false] as const),
])
/** active and invited differ only in whether somebody has bound his WeChat, which no file decides */
const statusIn = wordsOf<'working' | 'disabled'>([
  ['', 'working'],
  ['active', 'working'],
  ['invited', 'working'],
  ['在职', 'working'],
  ['正常', 'working'],
  ['disabled', 'disabled'],
  ['停用', 'disabled'],
  ['离职', 'disabled'],
])

/** @param sp_mchid whose staff these are */
export function staff(cells: readonly string[], sp_mchid: string, { path, overwriteRights, notes }: KindOptions): FileKind<StaffRow> {
  const header = readHeaderOf(staffColumns, cells)
  const lines = new Map<string, number>()
  const invites = new InvitesFile(invitesPath(path, new Date()))
  return {
    name: 'staff',
    leastCells: leastCellsOf(staffColumns, header),
    isKeyed: cells => roleIn(cells[header.get('role')!] ?? '') !== undefined,
    read(record, line) {
      const said: string[] = []
      const row = readStaffRow(record, header, widthOf(cells), line, note => said.push(note))
      if (Array.isArray(row)) return row
      const before = lines.get(row.id)
      if (before !== undefined) {
        return [{ line, sub_mchid: '', field: 'staff_id', value: row.id, reason: `与第 ${before} 行是同一个员工，以前面的为准` }]
      }
      lines.set(row.id, line)
      notes.add(line, said)
      return row
    },
    land: (target, rows) => landStaff(target, sp_mchid, rows, { overwriteRights, invites }),
    secretPath: () => (invites.written ? invites.path : null),
  }
}

/** Checks one record. @param say told of what deserves a look @returns the row, or every reason against it */
function readStaffRow(
  cells: readonly string[],
  header: ReadonlyMap<StaffColumn, number>,
  columnCount: number,
  line: number,
  say: (note: string) => void = () => undefined,
): StaffRow | Rejection[] {
  const cell = (column: StaffColumn): string | undefined => {
    const position = header.get(column)
    return position === undefined ? undefined : tidy(cells[position] ?? '')
  }
  const rejections: Rejection[] = []
  const reject = (field: StaffColumn | '', value: string, reason: string) =>
    rejections.push({ line, sub_mchid: '', field, value: excerpt(value), reason })
  const width = widthFault(cells, columnCount, leastCellsOf(staffColumns, header))
  if (width !== null) {
    reject('', '', width)
    return rejections
  }
  for (const column of header.keys()) {
    const value = cell(column)!
    const fault = holdsPaymentCode(value) ? paymentCodeFault : characterFault(value)
    if (fault) reject(column, value, fault)
  }
  const id = comparable(cell('staff_id')!)
  if (!/^[A-Za-z0-9][\w.-]{0,63}$/.test(id)) reject('staff_id', id, '员工编号应是 1 到 64 个字母、数字、点、横线或下划线')
  const display_name = cell('display_name')!
  const length = characterCount(display_name)
  if (length === 0) reject('display_name', '', '显示名没有填')
  else if (length > maximumDisplayName) reject('display_name', display_name, `最多 ${maximumDisplayName} 个字，这里有 ${length} 个`)
  const role = roleIn(cell('role')!)
  if (role === undefined) reject('role', cell('role')!, `角色应是 ${roleWords.map(([word]) => word).join('、')} 之一`)
  const regions = cell('region_codes')
  const region_codes = regions === undefined ? undefined : [...new Set(regionsIn(regions))].sort()
  for (const code of region_codes ?? []) {
    const region = workRegion(code)
    if ('fault' in region) reject('region_codes', code, region.fault)
    else if (region.note !== null) say(`region_codes ${region.note}`)
  }
  if (region_codes?.length === 0 && (role === 'field_agent' || role === 'region_lead')) {
    reject('region_codes', '', '业务员和区域主管要写负责的地区，否则看不到任何商户')
  }
  const onlyCell = cell('assigned_only')
  const only = onlyCell === undefined ? undefined : onlyIn(onlyCell)
  if (onlyCell !== undefined && only === undefined) reject('assigned_only', onlyCell, '应是 是 或 否')
  const state = cell('status')
  const status = state === undefined ? undefined : statusIn(state)
  if (state !== undefined && status === undefined) reject('status', state, '状态应是 active（在职）或 disabled（停用）')
  if (rejections.length > 0) return rejections
  return {
    line,
    id,
    display_name,
    role: role!,
    ...(region_codes === undefined ? {} : { region_codes }),
    ...(only === undefined ? {} : { assigned_only: only }),
    ...(status === undefined ? {} : { status }),
  }
}

/** Several codes in one cell; a spreadsheet may have made a number of a single one. */
const regionsIn = (cell: string): string[] =>
  comparable(cell)
    .split(/[;；、|,，\s]+/)
    .filter(code => code !== '')
    .map(code => plainNumber(code).value)

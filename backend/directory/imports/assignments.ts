// assignments.csv: who is responsible for which shop, nothing else of it.
import { isMchid } from '../../../miniprogram/shared/mchid.ts'
import type { Numbers } from '../../http/caller.ts'
import { sql } from 'kysely'
import { faultOf, seesRegion, type Responsible } from '../assignments/responsible.ts'
import type { Trx } from '../../database/connection.ts'
import { merchantsWith } from '../../database/keyed.ts'
import { ofNumbers } from '../../company/staff/scope.ts'
import { landByNumber } from './company.ts'
import { leastCellsOf, readHeaderOf, widthFault, widthOf, type Columns } from './columns.ts'
import type { FileKind } from './file-kind.ts'
import { auditImport, exampleLimit, noCounts, type Landing, type LandingTarget } from './landing.ts'
import type { Notes } from './notes.ts'
import type { KnownWorld, Rejection } from './row.ts'
import { SeenNumbers } from './seen.ts'
import { hasLostDigits, lostDigits, plainNumber } from './shapes.ts'
import { looksLikeMchid } from './swallowed.ts'
import { characterFault, excerpt } from './text.ts'
import { tidy } from '../../platform/tidy.ts'

const names = ['sub_mchid', 'staff'] as const
type AssignmentColumn = (typeof names)[number]

export const assignmentColumns: Columns<AssignmentColumn> = {
  names,
  required: names,
  alsoCalled: {
    商户号: 'sub_mchid',
    特约商户号: 'sub_mchid',
    mchid: 'sub_mchid',
    员工: 'staff',
    员工编号: 'staff',
    负责人: 'staff',
    业务员: 'staff',
    staffid: 'staff',
    assignedto: 'staff',
  },
}

interface AssignmentRow {
  line: number
  sub_mchid: string
  /** null: nobody */
  staff_id: string | null
}

/** @param sp_mchid whose merchants and staff these are */
export function assignments(cells: readonly string[], sp_mchid: string, world: KnownWorld, notes: Notes): FileKind<AssignmentRow> {
  const header = readHeaderOf(assignmentColumns, cells)
  const seen = new SeenNumbers()
  return {
    name: 'assignments',
    leastCells: leastCellsOf(assignmentColumns, header),
    isKeyed: cells => looksLikeMchid(cells[header.get('sub_mchid')!]),
    read(record, line) {
      const cell = (column: AssignmentColumn) => tidy(record[header.get(column)!] ?? '')
      const { value: sub_mchid, shapes } = plainNumber(cell('sub_mchid'))
      const given = cell('staff')
      const against = (field: AssignmentColumn | '', value: string, reason: string): Rejection[] => [
        { line, sub_mchid: excerpt(sub_mchid), field, value: excerpt(value), reason },
      ]
      const width = widthFault(record, widthOf(cells), leastCellsOf(assignmentColumns, header))
      if (width !== null) return against('', '', width)
      const fault = characterFault(sub_mchid) ?? characterFault(given)
      if (fault) return against('', '', fault)
      if (hasLostDigits(sub_mchid)) return against('sub_mchid', sub_mchid, `商户号${lostDigits}`)
      if (!isMchid(sub_mchid)) return against('sub_mchid', sub_mchid, '商户号应是 8 到 10 位数字')
      const staff_id = given === '' ? null : world.staffId(given)
      if (staff_id === undefined) return against('staff', given, '没有这个员工：填员工编号或显示名')
      if (staff_id === 'ambiguous') return against('staff', given, '有几个员工叫这个名字：请填员工编号')
      const before = seen.add(Number(`1${sub_mchid}`), line)
      if (before !== undefined) return against('sub_mchid', sub_mchid, `与第 ${before} 行是同一个商户号，以前面的为准`)
      notes.add(
        line,
        shapes.map(shape => `sub_mchid 里的${shape}已去掉`),
      )
      return { line, sub_mchid, staff_id }
    },
    land: (target, rows) =>
      landByNumber(target, world.numbers, sp_mchid, rows, (number, own) => landAssignments(target, number, own, world.numbers)),
  }
}

interface Move extends AssignmentRow {
  before: string | null
}

/** @param numbers of the company, whose staff work at the shops of them all */
async function landAssignments(
  target: LandingTarget,
  sp_mchid: string,
  rows: readonly AssignmentRow[],
  numbers: Numbers,
): Promise<Landing> {
  const { trx, dryRun } = target
  const held = await lockedShops(trx, sp_mchid, rows, !dryRun)
  const staff = await responsibles(trx, numbers, rows)
  const rejections: Rejection[] = []
  const moves: Move[] = []
  for (const row of rows) {
    const shop = held.get(row.sub_mchid)
    const reject = (field: AssignmentColumn, value: string, reason: string) =>
      rejections.push({ line: row.line, sub_mchid: row.sub_mchid, field, value, reason })
    if (!shop) {
      reject('sub_mchid', row.sub_mchid, '商户目录里没有这个商户号：先导入 merchants.csv')
      continue
    }
    if (shop.assigned_to === row.staff_id) continue
    const person = row.staff_id === null ? null : staff.get(row.staff_id)!
    const fault = person && faultOf(person)
    if (fault === 'NOT_ACTIVE') reject('staff', person!.id, '这个员工还没有绑定微信，或已停用')
    else if (fault) reject('staff', person!.id, '这个员工的角色不负责商户')
    else if (person && !seesRegion(person, shop.region_code))
      reject('staff', person.id, `商户所在的 ${shop.region_code} 不在这个员工的地区`)
    else moves.push({ ...row, before: shop.assigned_to })
  }
  if (!dryRun) await move(target, sp_mchid, moves)
  const unchanged = rows.length - rejections.length - moves.length
  return {
    counts: new Map([[sp_mchid, { ...noCounts(), updated: moves.length, unchanged }]]),
    rejections,
    examples: dryRun
      ? moves
          .slice(0, exampleLimit)
          .map(({ sub_mchid, before, staff_id }) => `分配 ${sub_mchid}：${before ?? '无人'} → ${staff_id ?? '无人'}`)
      : [],
  }
}

async function lockedShops(trx: Trx, sp_mchid: string, rows: readonly AssignmentRow[], lock: boolean) {
  const found = await trx
    .selectFrom(
      merchantsWith(
        [sp_mchid],
        rows.map(row => row.sub_mchid),
        lock ? 'for no key update' : null,
      ),
    )
    .select(['sub_mchid', 'region_code', 'assigned_to'])
    .execute()
  return new Map(found.map(({ sub_mchid, ...shop }) => [sub_mchid, shop]))
}

async function responsibles(trx: Trx, numbers: Numbers, rows: readonly AssignmentRow[]): Promise<Map<string, Responsible>> {
  const ids = [...new Set(rows.map(row => row.staff_id).filter(id => id !== null))]
  const found = await trx
    .selectFrom('staff')
    .select(['id', 'role', 'region_codes', 'status'])
    .where(ofNumbers(numbers))
    .where(sql<boolean>`id = any(${ids}::text[])`)
    .execute()
  return new Map(found.map(row => [row.id, row]))
}

async function move(target: LandingTarget, sp_mchid: string, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return
  await sql`
    update sub_merchants as held set assigned_to = given.staff_id, updated_at = ${target.now}
    from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) as given(sub_mchid text, staff_id text)
    where held.sp_mchid = ${sp_mchid} and held.sub_mchid = given.sub_mchid`.execute(target.trx)
  const entries = moves.map(({ sub_mchid, staff_id, before }) => ({
    target_id: sub_mchid,
    action: 'merchant.assigned',
    before: { assigned_to: before },
    after: { assigned_to: staff_id },
  }))
  await auditImport(target, sp_mchid, 'sub_merchant', entries)
}

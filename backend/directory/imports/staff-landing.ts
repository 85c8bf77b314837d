// Writes checked staff: new ones with an invite, changes of those who are known, an audit entry for each.
import { sql, type Selectable } from 'kysely'
import type { Role } from '../../http/schema.ts'
import type { Trx } from '../../database/connection.ts'
import type { StaffTable } from '../../database/company-tables.ts'
import { inviteEnd, isOpen, keepInvites, newInviteCode } from '../../company/sessions/invites.ts'
import type { Invite, InvitesFile } from './invites-file.ts'
import {
  auditImport,
  changeLine,
  exampleLimit,
  noCounts,
  oneAtATime,
  type ImportEntry,
  type Landing,
  type LandingTarget,
} from './landing.ts'
import type { Rejection } from './row.ts'

/** One member of staff. What is absent had no column: what is held stays, new ones get none, no and invited. */
export interface StaffRow {
  line: number
  id: string
  display_name: string
  role: Role
  region_codes?: string[]
  assigned_only?: boolean
  status?: 'working' | 'disabled'
}

/** any number, the same in every process */
const lockNumber = 401_247_382

type Held = Pick<Selectable<StaffTable>, 'id' | 'sp_mchid' | 'display_name' | 'role' | 'region_codes' | 'assigned_only' | 'status'>
type Entry = Omit<Held, 'id' | 'sp_mchid'>
const rightsFields = ['role', 'region_codes', 'assigned_only', 'status'] as const
const fields = ['display_name', ...rightsFields] as const
/** what decides which shops somebody sees */
const scopeFields = ['role', 'region_codes', 'assigned_only'] as const

export interface StaffLandingOptions {
  /** role, regions and status of people who are known are written too */
  overwriteRights: boolean
  invites: InvitesFile
}

/** What is known of everybody in the file before the first of them is written. */
interface Known {
  held: ReadonlyMap<string, Held>
  bound: ReadonlySet<string>
  invited: ReadonlySet<string>
  /** who can let others in, as the rows before left it */
  admins: Set<string>
}

/** @param rows of one provider, nobody twice */
export async function landStaff(
  target: LandingTarget,
  sp_mchid: string,
  rows: readonly StaffRow[],
  { overwriteRights, invites }: StaffLandingOptions,
): Promise<Landing> {
  const { trx, now, dryRun } = target
  if (!dryRun) await oneAtATime(trx, lockNumber, sp_mchid)
  const known: Known = {
    held: await held(trx, rows, !dryRun),
    bound: await boundOf(trx, rows),
    invited: await withOpenInvite(trx, rows, now),
    admins: await activeAdmins(trx, !dryRun),
  }
  const counts = noCounts()
  const rejections: Rejection[] = []
  const entries: ImportEntry[] = []
  const codes: Invite[] = []
  for (const row of rows) {
    const before = known.held.get(row.id) ?? null
    const after = merged(before, row, known.bound.has(row.id))
    const rejection = whyNot(row, before, after, { sp_mchid, overwriteRights, admins: known.admins })
    if (rejection) {
      rejections.push(rejection)
      continue
    }
    if (isActiveAdmin(after)) known.admins.add(row.id)
    else known.admins.delete(row.id)
    const changed = before ? fields.filter(field => !same(before[field], after[field])) : fields
    const invite = after.status === 'invited' && !known.invited.has(row.id) ? inviteOf(row, now) : null
    if (invite) codes.push(invite)
    if (before && changed.length === 0 && !invite) {
      counts.unchanged += 1
      continue
    }
    counts[before ? 'updated' : 'added'] += 1
    if (!dryRun && changed.length > 0) await write(trx, sp_mchid, now, row.id, before, after)
    entries.push(entryOf(row.id, before, after, changed, invite))
  }
  if (!dryRun) {
    await keepInvites(trx, sp_mchid, codes, null, now)
    await auditImport(target, sp_mchid, 'staff', entries)
    await invites.write(codes)
  }
  return { counts: new Map([[sp_mchid, counts]]), rejections, examples: dryRun ? entries.slice(0, exampleLimit).map(exampleOf) : [] }
}

interface Allowed {
  sp_mchid: string
  overwriteRights: boolean
  admins: ReadonlySet<string>
}
/** @returns null: it may be written */
function whyNot(row: StaffRow, before: Held | null, after: Entry, { sp_mchid, overwriteRights, admins }: Allowed): Rejection | null {
  const because = (field: string, reason: string): Rejection => ({ line: row.line, sub_mchid: '', field, value: row.id, reason })
  if (before && before.sp_mchid !== sp_mchid) return because('staff_id', '这个员工编号已属于另一个服务商')
  const rights = before ? rightsFields.filter(field => !same(before[field], after[field])) : []
  if (before && rights.length > 0 && !overwriteRights)
    return because(rights[0]!, `和系统里的权限不同（${changeLine(only(before, rights), only(after, rights))}）：要改就加 --rights 再运行`)
  if (isActiveAdmin(before) && !isActiveAdmin(after) && admins.size === 1)
    return because(
      after.role === 'admin' ? 'status' : 'role',
      '这是最后一位能登录的管理员，不能停用，也不能改角色（LAST_ADMIN）：先邀请另一位管理员，等他绑定后再运行',
    )
  return null
}

const inviteOf = ({ id, display_name }: StaffRow, now: Date): Invite => ({
  staff_id: id,
  display_name,
  code: newInviteCode(),
  expires_at: inviteEnd(now),
})

const entryOf = (
  target_id: string,
  before: Held | null,
  after: Entry,
  changed: readonly (keyof Entry)[],
  invite: Invite | null,
): ImportEntry => ({
  action: before === null ? 'staff.added' : changed.length > 0 ? 'staff.updated' : 'staff.invited',
  target_id,
  before: before && only(before, changed),
  after: { ...only(after, changed), ...(invite && { invite_expires_at: invite.expires_at }) },
})

function merged(before: Held | null, row: StaffRow, isBound: boolean): Entry {
  const status = row.status === 'disabled' ? 'disabled' : isBound ? 'active' : 'invited'
  return {
    display_name: row.display_name,
    role: row.role,
    // the same regions in another order are no change
    region_codes:
      before && same(before.region_codes, row.region_codes ?? before.region_codes) ? before.region_codes : (row.region_codes ?? []),
    assigned_only: row.assigned_only ?? before?.assigned_only ?? false,
    status: before && (row.status === undefined || (row.status === 'working' && before.status !== 'disabled')) ? before.status : status,
  }
}

const same = (one: unknown, other: unknown): boolean => {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other
  return [...one].sort().join() === [...other].sort().join()
}
const only = (entry: Entry, names: readonly (keyof Entry)[]) => Object.fromEntries(names.map(name => [name, entry[name]]))

const anyOf = (column: string, rows: readonly StaffRow[]) => sql<boolean>`${sql.ref(column)} = any(${rows.map(row => row.id)}::text[])`

async function held(trx: Trx, rows: readonly StaffRow[], lock: boolean): Promise<Map<string, Held>> {
  const query = trx
    .selectFrom('staff')
    .select(['id', 'sp_mchid', 'display_name', 'role', 'region_codes', 'assigned_only', 'status'])
    .where(anyOf('id', rows))
    .orderBy('id')
  const found = await (lock ? query.forUpdate() : query).execute()
  return new Map(found.map(row => [row.id, row]))
}

const isActiveAdmin = (one: Pick<Entry, 'role' | 'status'> | null): boolean => one?.role === 'admin' && one.status === 'active'

/** Of all numbers: somebody has to be left who can let people in. */
async function activeAdmins(trx: Trx, lock: boolean): Promise<Set<string>> {
  const query = trx.selectFrom('staff').select('id').where('role', '=', 'admin').where('status', '=', 'active').orderBy('id')
  const found = await (lock ? query.forUpdate() : query).execute()
  return new Set(found.map(({ id }) => id))
}

async function boundOf(trx: Trx, rows: readonly StaffRow[]): Promise<Set<string>> {
  const found = await trx.selectFrom('staff_bindings').select('staff_id').where(anyOf('staff_id', rows)).execute()
  return new Set(found.map(row => row.staff_id))
}

async function withOpenInvite(trx: Trx, rows: readonly StaffRow[], now: Date): Promise<Set<string>> {
  const found = await trx.selectFrom('invites').select('staff_id').where(anyOf('staff_id', rows)).where(isOpen(now)).execute()
  return new Set(found.map(row => row.staff_id))
}

async function write(trx: Trx, sp_mchid: string, now: Date, id: string, before: Held | null, after: Entry): Promise<void> {
  if (before === null) {
    await trx
      .insertInto('staff')
      .values({ id, sp_mchid, ...after, created_at: now })
      .execute()
    return
  }
  const moved = scopeFields.some(field => !same(before[field], after[field]))
  await trx
    .updateTable('staff')
    .set(eb => ({ ...after, ...(moved ? { scope_since: now } : {}), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
  if (after.status === 'disabled') await trx.deleteFrom('sessions').where('staff_id', '=', id).execute()
}

const exampleOf = ({ action, target_id, before, after }: ImportEntry): string =>
  before === null
    ? `新增员工 ${target_id}`
    : `${action === 'staff.invited' ? '重新邀请员工' : '更新员工'} ${target_id} ${changeLine(before as Record<string, unknown>, after as Record<string, unknown>)}`

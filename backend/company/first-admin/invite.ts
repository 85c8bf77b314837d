// An invite for an administrator from whoever runs the server: there is nobody yet who could give one in the app, or nobody who can still log in.
import { randomBytes } from 'node:crypto'
import { recordAudit } from '../../platform/audit/record.ts'
import type { Database } from '../../database/connection.ts'
import { inviteEnd, keepInvites, newInviteCode } from '../sessions/invites.ts'

/** One line, for a person. */
export class AdminError extends Error {}

export interface AdminInvite {
  sp_mchid: string
  staff_id: string
  /** false: there was an administrator of this name, who comes back with it, also from another WeChat account */
  added: boolean
  code: string
  expires_at: Date
}

/**
 * @param sp null: the company's home number, where there is one company
 * @throws AdminError
 */
export function inviteAdmin(db: Database, name: string, sp: string | null, now: Date): Promise<AdminInvite> {
  return db.transaction().execute(async trx => {
    const rows = await trx.selectFrom('provider').select(['sp_mchid', 'home_sp_mchid']).orderBy('sp_mchid').execute()
    if (rows.length === 0) throw new AdminError('库里还没有服务商：先启动一次后端（SP_MCHID、SP_NAME），再邀请管理员')
    const homes = rows.filter(({ home_sp_mchid }) => home_sp_mchid === null).map(({ sp_mchid }) => sp_mchid)
    if (sp === null && homes.length > 1) throw new AdminError(`有几个服务商：用 --sp 写明是哪一个（${homes.join('、')}）`)
    const number = sp === null ? undefined : rows.find(one => one.sp_mchid === sp)
    if (sp !== null && !number) throw new AdminError(`没有服务商号 ${sp}。已有：${rows.map(one => one.sp_mchid).join('、')}`)
    const sp_mchid = number ? (number.home_sp_mchid ?? number.sp_mchid) : homes[0]!
    const named = await trx
      .selectFrom('staff')
      .select(['id', 'role', 'status'])
      .where('sp_mchid', '=', sp_mchid)
      .where('display_name', '=', name)
      .forUpdate()
      .execute()
    if (named.length > 1) throw new AdminError(`有几个员工叫「${name}」：换一个名称`)
    const [known] = named
    if (known && known.role !== 'admin') throw new AdminError(`「${name}」已经是别的角色：换一个名称，或由管理员在员工页里改`)
    if (known?.status === 'disabled') throw new AdminError(`管理员「${name}」已停用：换一个名称，绑定后可以在员工页里启用`)
    const staff_id = known?.id ?? `s-${randomBytes(5).toString('hex')}`
    if (!known)
      await trx
        .insertInto('staff')
        .values({ id: staff_id, sp_mchid, display_name: name, role: 'admin', region_codes: [], status: 'invited', created_at: now })
        .execute()
    const invite = { staff_id, code: newInviteCode(), expires_at: inviteEnd(now) }
    await keepInvites(trx, sp_mchid, [invite], null, now)
    await recordAudit(trx, {
      sp_mchid,
      at: now,
      actor: { staff_id: 'command', role: null },
      action: known ? 'staff.invited' : 'staff.added',
      target: { type: 'staff', id: staff_id },
      before: null,
      after: { ...(known ? {} : { display_name: name, role: 'admin', status: 'invited' }), invite_expires_at: invite.expires_at },
      origin: null,
    })
    return { sp_mchid, staff_id, added: !known, code: invite.code, expires_at: invite.expires_at }
  })
}

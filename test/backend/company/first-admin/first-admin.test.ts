// npm run admin: the first administrator, and one who lost access, are let in by whoever runs the server.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readAdminArguments } from '../../../../backend/company/first-admin/arguments.ts'
import { inviteAdmin } from '../../../../backend/company/first-admin/invite.ts'
import { hour, sp_mchid, startBackend, type Backend } from '../../support/backend.ts'

let backend: Backend
beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend.close())

const invite = (name: string, sp: string | null = null) => inviteAdmin(backend.db, name, sp, backend.clock.now())
const bind = async (wechat: string, invite_code: string) => {
  const { body } = await backend.call<{ bind_ticket: string }>(null, 'POST', '/v1/sessions', { body: { code: `demo-${wechat}` } })
  return backend.call<{ token: string; staff: { id: string; role: string } }>(null, 'POST', '/v1/staff-bindings', {
    body: { bind_ticket: body.bind_ticket, invite_code },
  })
}

test('given nobody of that name, then there is an administrator, invited, and the trail names the command on the server', async () => {
  const { staff_id, added, code, expires_at } = await invite('管理员 09')
  expect([added, expires_at.getTime() - backend.clock.now().getTime() > 71 * hour]).toEqual([true, true])
  const entry = await backend.db.selectFrom('audit_entries').selectAll().where('target_id', '=', staff_id).executeTakeFirstOrThrow()
  expect(entry).toMatchObject({ action: 'staff.added', actor_id: 'command', actor_role: null, after: { role: 'admin' } })
  expect(JSON.stringify(entry)).not.toContain(code)
  expect((await bind('unbound', code)).body.staff).toMatchObject({ id: staff_id, role: 'admin' })
})
test('given an administrator who lost the phone, then the same name gets a new code, the one before is void, and the old WeChat is out', async () => {
  const first = await invite('管理员 09')
  const second = await invite('管理员 09')
  expect([first.added, second.added, second.staff_id]).toEqual([false, false, first.staff_id])
  await backend.db.deleteFrom('staff_bindings').where('openid', '=', 'openid-demo-auditor').execute()
  expect((await bind('auditor', first.code)).status).toBe(410)
  expect((await bind('auditor', second.code)).status).toBe(201)
  const bound = await backend.db.selectFrom('staff_bindings').select('openid').where('staff_id', '=', first.staff_id).execute()
  expect(bound).toEqual([{ openid: 'openid-demo-auditor' }])
})

describe('what it refuses, in one line for a person', () => {
  test('a name that somebody else has, or that was disabled', async () => {
    await expect(invite('operator')).rejects.toThrow('已经是别的角色')
    await backend.db.updateTable('staff').set({ status: 'disabled' }).where('display_name', '=', '管理员 09').execute()
    await expect(invite('管理员 09')).rejects.toThrow('已停用')
  })
  test('a number that is not there, or none where there are several companies; a further number is its company', async () => {
    await expect(invite('管理员 10', '1999999999')).rejects.toThrow('没有服务商号 1999999999')
    const further = { sp_mchid: '1900000002', home_sp_mchid: sp_mchid, name: '第二个号', updated_at: backend.clock.now() }
    const other = { sp_mchid: '1900000003', home_sp_mchid: null, name: '另一家', updated_at: backend.clock.now() }
    await backend.db.insertInto('provider').values([further, other]).execute()
    await expect(invite('管理员 10')).rejects.toThrow('用 --sp 写明')
    expect((await invite('管理员 10', '1900000002')).sp_mchid).toBe(sp_mchid)
  })
  test.each([
    [[], '要写明这位管理员叫什么'],
    [['--name', ' '], '要写明这位管理员叫什么'],
    [['--name', '员'.repeat(33)], '最多 32 个字'],
    [['--name', '134567890123456789'], '付款码'],
    [['--role', 'admin'], '不认识的参数'],
  ])('the arguments %j', (args, line) => {
    expect(() => readAdminArguments(args)).toThrow(line)
  })
})

// staff.csv and assignments.csv on real PostgreSQL: who is invited, what is never overwritten, and that codes are nowhere but in their file.
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { hashInviteCode } from '../../../../backend/company/sessions/secrets.ts'
import { contentsOf, createImportWorld, sp_mchid, type ImportWorld } from './support/world.ts'

let world: ImportWorld
beforeEach(async () => {
  world = await createImportWorld()
})
afterEach(() => world.close())

const header = 'staff_id,display_name,role,region_codes,assigned_only,status'
const run = (lines: string[], options = {}) => world.run('staff.csv', `${header}\n${lines.join('\n')}\n`, options)
const member = (id: string) => world.db.selectFrom('staff').selectAll().where('id', '=', id).executeTakeFirst()
const inviteFiles = () => readdirSync(world.folder).filter(name => name.includes('.invites-'))
const bind = async (id: string) => {
  await world.db
    .insertInto('staff_bindings')
    .values({ sp_mchid, openid: `openid-${id}`, staff_id: id, bound_at: world.clock.now() })
    .execute()
  await world.db.updateTable('staff').set({ status: 'active' }).where('id', '=', id).execute()
  await world.db.updateTable('invites').set({ used_at: world.clock.now() }).where('staff_id', '=', id).execute()
}

describe('staff.csv', () => {
  test('given new staff, then each is invited by a code that only a file of mode 600 holds', async () => {
    const report = await run(['A01,业务员 01,业务员,440305;440304,是,', 'A02,运营 01,operator,,,active', 'A03,走了的人,auditor,,,停用'])
    expect(report).toMatchObject({ kind: 'staff', added: 3, rejected: 0, secretPath: expect.stringContaining('staff.invites-') })
    expect(await member('A01')).toMatchObject({
      display_name: '业务员 01',
      role: 'field_agent',
      region_codes: ['440304', '440305'],
      assigned_only: true,
      status: 'invited',
    })
    expect([(await member('A02'))!.status, (await member('A03'))!.status]).toEqual(['invited', 'disabled'])
    expect(statSync(report.secretPath!).mode & 0o777).toBe(0o600)
    const [file] = inviteFiles()
    const invites = world.rows(file!)
    expect(invites.map(({ staff_id }) => staff_id)).toEqual(['A01', 'A02'])
    const held = await world.db.selectFrom('invites').selectAll().execute()
    expect(held.map(({ code_hash }) => code_hash).sort()).toEqual(invites.map(({ invite_code }) => hashInviteCode(invite_code!)).sort())
    expect(held[0]!.expires_at).toEqual(new Date(world.clock.now().getTime() + 72 * 3_600_000))
    const trail = JSON.stringify(await world.db.selectFrom('audit_entries').selectAll().execute())
    for (const { invite_code } of invites) expect(trail).not.toContain(invite_code)
    expect(JSON.stringify(report)).not.toContain(invites[0]!.invite_code)
    expect(trail).toContain('staff.added')
  })

  test('given the same file again, then nothing is written and nobody is invited twice', async () => {
    const lines = ['A01,业务员 01,field_agent,440305,,', 'A02,运营 01,operator,,,']
    await run(lines)
    const before = [await contentsOf(world.db), await world.db.selectFrom('invites').selectAll().orderBy('code_hash').execute()]
    world.clock.advance(3_600_000)
    expect(await run(lines)).toMatchObject({ added: 0, updated: 0, unchanged: 2, secretPath: null })
    expect([await contentsOf(world.db), await world.db.selectFrom('invites').selectAll().orderBy('code_hash').execute()]).toEqual(before)
    expect(inviteFiles()).toHaveLength(1)
  })

  test('given an invite that ran out before anybody used it, then the same file makes a new one; given a bound one, then none', async () => {
    const lines = ['A01,业务员 01,field_agent,440305,,', 'A02,运营 01,operator,,,']
    await run(lines)
    await bind('A02')
    world.clock.advance(73 * 3_600_000)
    const { secretPath, updated } = await run(lines)
    expect([updated, readFileSync(secretPath!, 'utf8').trim().split('\n')]).toEqual([
      1,
      [expect.anything(), expect.stringContaining('A01')],
    ])
  })

  test('given other rights than a known one has, then they stay and the row is rejected, unless it is asked for', async () => {
    await run(['A01,业务员 01,field_agent,440305,,'])
    await bind('A01')
    const session = { token_hash: 'x', sp_mchid, staff_id: 'A01', created_at: world.clock.now(), expires_at: world.clock.now() }
    await world.db.insertInto('sessions').values(session).execute()
    const lines = ['A01,新名字,region_lead,440300,,']
    expect(await run(lines)).toMatchObject({ updated: 0, rejected: 1 })
    expect(world.rows('staff.rejects.csv')).toMatchObject([{ field: 'role', reason: expect.stringContaining('--rights') }])
    expect(await member('A01')).toMatchObject({ role: 'field_agent', display_name: '业务员 01' })
    expect(await run(['A01,新名字,field_agent,440305,,'])).toMatchObject({ updated: 1 })
    expect(await member('A01')).toMatchObject({ display_name: '新名字', status: 'active' })
    expect(await run(lines, { overwriteRights: true })).toMatchObject({ updated: 1, rejected: 0 })
    expect(await member('A01')).toMatchObject({ role: 'region_lead', region_codes: ['440300'], status: 'active' })
    await run(['A01,新名字,region_lead,440300,,disabled'], { overwriteRights: true })
    expect(await member('A01')).toMatchObject({ status: 'disabled' })
    expect(await world.db.selectFrom('sessions').selectAll().execute()).toEqual([])
    await run(['A01,新名字,region_lead,440300,,active'], { overwriteRights: true })
    expect(await member('A01')).toMatchObject({ status: 'active' })
  })

  test.each([
    ['disabled', 'Z01,管理员 01,admin,,,disabled', 'status'],
    ['another role', 'Z01,管理员 01,operator,,,', 'role'],
  ])('given the last administrator who can log in, then %s is rejected with what to do first', async (_, line, field) => {
    await run(['Z01,管理员 01,admin,,,', 'Z02,管理员 02,admin,,,'])
    await bind('Z01')
    const rights = { overwriteRights: true }
    expect(await run([line], rights)).toMatchObject({ updated: 0, rejected: 1 })
    expect(world.rows('staff.rejects.csv')).toMatchObject([{ line: '2', field, reason: expect.stringContaining('LAST_ADMIN') }])
    expect(await member('Z01')).toMatchObject({ role: 'admin', status: 'active' })
    await bind('Z02')
    expect(await run([line, 'Z02,管理员 02,admin,,,disabled'], rights)).toMatchObject({ updated: 1, rejected: 1 })
    expect(await member('Z02')).toMatchObject({ role: 'admin', status: 'active' })
  })

  test('given a dry run, then nobody is added and no file is made', async () => {
    expect(await run(['A01,业务员 01,field_agent,440305,,'], { dryRun: true })).toMatchObject({ added: 1, examples: ['新增员工 A01'] })
    expect([await member('A01'), inviteFiles()]).toEqual([undefined, []])
  })

  test('given bad rows, then each is rejected at its field and the rest lands', async () => {
    await world.db.insertInto('provider').values({ sp_mchid: '1900000002', name: '另一个', updated_at: world.clock.now() }).execute()
    await world.run('staff.csv', `${header}\nB01,别家的人,operator,,,\n`, { sp_mchid: '1900000002' })
    const lines = ['A 1,坏编号,operator,,,', 'A02,没地区,field_agent,,,', 'A03,老板,boss,,,', 'A04,错地区,region_lead,999999,,']
    const report = await run([...lines, 'A05,,operator,,,', 'B01,别家的人,operator,,,', 'A06,好人,operator,,,', 'A06,又来,operator,,,'])
    expect(report).toMatchObject({ added: 1, rejected: 7 })
    expect(world.rows('staff.rejects.csv').map(({ line, field }) => [line, field])).toEqual([
      ['2', 'staff_id'],
      ['3', 'region_codes'],
      ['4', 'role'],
      ['5', 'region_codes'],
      ['6', 'display_name'],
      ['7', 'staff_id'],
      ['9', 'staff_id'],
    ])
  })
})

describe('assignments.csv', () => {
  const merchants = 'sub_mchid,name,region_code\n1900900001,甲店,440305\n1900900002,乙店,440305\n1900900003,丙店,110105\n'
  const assign = (content: string) => world.run('assignments.csv', content)
  beforeEach(async () => {
    await run(['A01,业务员 01,field_agent,440305,,', 'A02,业务员 02,field_agent,440305,,', 'A03,审计 01,auditor,,,'])
    await bind('A01')
    await bind('A03')
    await world.run('merchants.csv', merchants)
  })
  const holders = async () =>
    (await world.db.selectFrom('sub_merchants').select('assigned_to').orderBy('sub_mchid').execute()).map(row => row.assigned_to)

  test('given shops and people, then they are theirs, with an entry each, and a second run changes nothing', async () => {
    const content = '商户号,负责人\n1900900001,A01\n1900900002,业务员 01\n'
    expect(await assign(content)).toMatchObject({ kind: 'assignments', updated: 2, rejected: 0 })
    expect(await holders()).toEqual(['A01', 'A01', null])
    const entries = () => world.db.selectFrom('audit_entries').selectAll().where('action', '=', 'merchant.assigned').execute()
    expect(await entries()).toMatchObject([
      { actor_id: 'import', before: { assigned_to: null }, after: { assigned_to: 'A01' } },
      { target_type: 'sub_merchant' },
    ])
    expect(await assign(content)).toMatchObject({ updated: 0, unchanged: 2 })
    expect(await entries()).toHaveLength(2)
    expect(await assign('sub_mchid,staff\n1900900001,\n')).toMatchObject({ updated: 1 })
    expect(await holders()).toEqual([null, 'A01', null])
  })

  test('given people who cannot have them and shops that are not there, then each row is rejected and the rest lands', async () => {
    const content = [
      '1900900001,A02',
      '1900900002,A03',
      '1900900003,A01',
      '1900900009,A01',
      '12,A01',
      '1900900002,没有这人',
      '1900900002,A01',
    ]
    expect(await assign(`sub_mchid,staff\n${content.join('\n')}\n`)).toMatchObject({ updated: 0, rejected: 7 })
    expect(world.rows('assignments.rejects.csv').map(({ line, field }) => [line, field])).toEqual([
      ['2', 'staff'],
      ['3', 'staff'],
      ['4', 'staff'],
      ['5', 'sub_mchid'],
      ['6', 'sub_mchid'],
      ['7', 'staff'],
      ['8', 'sub_mchid'],
    ])
  })
})

// What a provider saw on WeChat Pay's console comes in with its directory, as evidence: merchants opened years ago are not 未迁移.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { recordEvidence, withdrawEvidence } from '../../../../backend/evidence/record.ts'
import { contentsOf, createImportWorld, sp_mchid, type ImportWorld } from './support/world.ts'

const header = 'sub_mchid,name,region_code,gold_plan_jsapi,receipt,advertising,ad_filter,checked_at'
let world: ImportWorld
beforeAll(async () => {
  world = await createImportWorld()
})
afterAll(() => world.close())

const run = (...lines: string[]) => world.run('merchants.csv', `${header}\n${lines.join('\n')}\n`)
const merchant = (sub_mchid: string) =>
  world.db.selectFrom('sub_merchants').selectAll().where('sub_mchid', '=', sub_mchid).executeTakeFirstOrThrow()
const evidenceOf = (sub_mchid: string) => world.db.selectFrom('evidence').selectAll().where('sub_mchid', '=', sub_mchid).execute()

describe('a look at the console', () => {
  test('given new merchants with what was seen, then each has one portal check and the state that follows from it', async () => {
    expect(
      await run(
        '1900600001,老面馆,440305,open,closed,open,CATERING;RETAIL,2024-03-01 09:30',
        '1900600002,关了的店,440305,closed,,,,2024-03-01',
        '1900600003,没看的店,440305,,,,,',
      ),
    ).toMatchObject({ added: 3, checks: 2, rejected: 0 })
    expect(await evidenceOf('1900600001')).toMatchObject([
      {
        kind: 'portal_check',
        source: 'portal',
        recorded_by: null,
        occurred_at: new Date('2024-03-01T01:30:00Z'),
        detail: { gold_plan_jsapi: 'open', receipt: 'closed', advertising: 'open', ad_filter: ['CATERING', 'RETAIL'] },
      },
    ])
    expect(await merchant('1900600001')).toMatchObject({
      migration_state: 'enrolled',
      migration_proof: 'portal_check:open',
      gold_plan_status: 'open',
      receipt_status: 'closed',
      advertising_status: 'open',
      switches: { ad_filter: { industries: ['CATERING', 'RETAIL'] }, advertising: { source: 'portal' } },
    })
    expect(await merchant('1900600002')).toMatchObject({ migration_state: 'not_migrated', migration_reason: 'CLOSED_ON_PORTAL' })
    expect(await merchant('1900600003')).toMatchObject({ migration_state: 'unknown' })
    const audit = await world.db.selectFrom('audit_entries').selectAll().where('action', '=', 'portal_check.write').execute()
    expect(audit.find(entry => entry.target_id === '1900600001')).toMatchObject({
      actor_id: 'import',
      before: { state: 'unknown' },
      after: { state: 'enrolled' },
    })
  })

  test('given the same file again, then nothing at all is written', async () => {
    const line = '1900600011,老面馆,440305,open,,,,2024-03-01'
    await run(line)
    const before = await contentsOf(world.db)
    world.clock.advance(60_000)
    expect(await run(line)).toMatchObject({ added: 0, updated: 0, unchanged: 1, checks: 0 })
    expect(await contentsOf(world.db)).toEqual(before)
  })

  test('given newer evidence, then an older look changes nothing of the state; given a newer look, then it does', async () => {
    await run('1900600021,面馆,440305,,,,,')
    const now = world.clock.now()
    const key = { sp_mchid, sub_mchid: '1900600021' }
    const open = { operation: 'gold_plan.open', scene: 'jsapi', result: 'succeeded' } as const
    const item = { kind: 'api_operation', detail: open, occurred_at: now, recorded_at: now, recorded_by: null, source: 'backend' } as const
    await world.db.transaction().execute(trx => recordEvidence(trx, key, [item], now))
    const before = await merchant('1900600021')
    expect(await run('1900600021,面馆,440305,closed,,,,2026-11-20')).toMatchObject({ checks: 1 })
    const { updated_at: _time, written_in: _transaction, ...kept } = before
    expect(await merchant('1900600021')).toMatchObject(kept)
    world.clock.advance(3_600_000)
    expect(await run('1900600021,面馆,440305,closed,,,,2026-11-23 10:30')).toMatchObject({ checks: 1 })
    expect(await merchant('1900600021')).toMatchObject({ migration_state: 'not_migrated', gold_plan_status: 'closed', version: 3 })
  })

  test('given a look that was withdrawn, then the same file does not bring it back', async () => {
    const line = '1900600031,面馆,440305,open,,,,2024-03-01'
    await run(line)
    const [item] = await evidenceOf('1900600031')
    const by = { id: 'op-1', sp_mchid, display_name: '运营', role: 'operator', status: 'active', created_at: world.clock.now() } as const
    await world.db.insertInto('staff').values(by).execute()
    const withdrawal = { evidence_id: item!.id, withdrawn_by: 'op-1', withdrawn_at: world.clock.now(), reason: '看错了' }
    await world.db.transaction().execute(trx => withdrawEvidence(trx, { sp_mchid, sub_mchid: '1900600031' }, withdrawal, world.clock.now()))
    expect(await run(line)).toMatchObject({ checks: 0 })
    expect(await merchant('1900600031')).toMatchObject({ migration_state: 'unknown' })
  })

  test('given a write whose answer was lost for good, then a look at that switch settles it', async () => {
    await run('1900600041,面馆,440305,,,,,')
    const now = world.clock.now()
    const lost = {
      sp_mchid,
      sub_mchid: '1900600041',
      staff_id: 'op-1',
      parameters: '{}',
      status: 'unresolved',
      started_at: new Date('2026-11-20T00:00:00Z'),
    } as const
    const ids = { id: '00000000-0000-4000-8000-000000000041', key: '00000000-0000-4000-8000-000000000042', request_id: 'request-41' }
    await world.db
      .insertInto('operations')
      .values({ ...lost, ...ids, kind: 'advertising.close' })
      .execute()
    const settled = async () => (await world.db.selectFrom('operations').select('settled_at').executeTakeFirstOrThrow()).settled_at
    await run('1900600041,面馆,440305,open,,,,2026-11-22')
    expect(await settled()).toBeNull()
    await run('1900600041,面馆,440305,open,,closed,,2026-11-23')
    expect(await settled()).toEqual(now)
  })

  test('given columns of a look without its time, then the header is refused: nobody would know what it outranks', async () => {
    const content = 'sub_mchid,name,region_code,gold_plan_jsapi\n1900600051,面馆,440305,open\n'
    await expect(world.run('merchants.csv', content)).rejects.toThrow('就要有 checked_at')
  })
})

describe('several providers', () => {
  const other = '1900000002'
  const content = (one: string) =>
    `sp_mchid,sub_mchid,name,region_code\n${one},1900700001,甲店,440305\n${other},1900700001,乙店,440305\n1999999999,1900700002,丙店,440305\n`
  test('given rows of two, then each lands at its own, and one of an unknown provider is rejected', async () => {
    await world.db.insertInto('provider').values({ sp_mchid: other, name: '另一个服务商', updated_at: world.clock.now() }).execute()
    expect(await world.run('merchants.csv', content(''))).toMatchObject({ added: 2, rejected: 1 })
    expect(world.rows('merchants.rejects.csv')).toMatchObject([{ line: '4', field: 'sp_mchid', sub_mchid: '1900700002' }])
    const rows = await world.db.selectFrom('sub_merchants').select(['sp_mchid', 'name']).where('sub_mchid', '=', '1900700001').execute()
    expect(rows).toEqual(
      expect.arrayContaining([
        { sp_mchid, name: '甲店' },
        { sp_mchid: other, name: '乙店' },
      ]),
    )
  })
  test('given that none was named and the file does not say, then one line names both ways', async () => {
    await expect(world.run('merchants.csv', 'sub_mchid,name,region_code\n1900700011,店,440305\n', { sp_mchid: null })).rejects.toThrow(
      '用 SP_MCHID 或文件里的 sp_mchid 列',
    )
    expect(await world.run('merchants.csv', content(''), { sp_mchid: null })).toMatchObject({ unchanged: 1, rejected: 2 })
  })
})

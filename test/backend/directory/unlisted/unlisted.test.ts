// Merchants that bills name and the directory does not: listed, added, put aside (product.md C1).
import { describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import type { UnlistedPage } from '../../../../backend/directory/unlisted/schema.ts'
import type { Summary } from '../../../../backend/workbench/schema.ts'
import { dayLater } from '../../../../backend/http/days.ts'
import { OFFICIAL_ACCOUNT_APPID } from '../../../../dev/sandbox/index.ts'
import { billDesk, noPayments, yesterday } from '../../evidence/bills/desk.ts'
import { shop } from '../../evidence/bills/given.ts'
import { hour, sp_mchid } from '../../support/backend.ts'

const desk = billDesk()
const { given, fetchEverything, fetchAll, later, enter, verdict } = desk

describe('merchants that pay and are not in the directory', () => {
  const list = async (query = '') => (await desk.backend.call<UnlistedPage>('operator', 'GET', `/v1/unlisted-merchants${query}`)).body
  const add = (sub_mchid: string, body: object = {}, key: string = randomUUID()) =>
    desk.backend.call('operator', 'POST', `/v1/unlisted-merchants/${sub_mchid}`, { body, headers: { 'idempotency-key': key } })

  test('given some, then an operator sees who paid last first, page by page, with counts from twenty on', async () => {
    given(yesterday, [{ sub_mchid: '1900000201', count: 19 }, { sub_mchid: '1900000202', count: 19 }, { sub_mchid: shop }])
    given(dayLater(yesterday, -3), [{ sub_mchid: '1900000201' }, { sub_mchid: '1900000203' }])
    await fetchAll()
    const first = await list('?limit=2')
    // nobody has entered the appid
    const ways = { ...noPayments, unknown_appid: 20 }
    expect(first.items).toEqual([
      {
        sub_mchid: '1900000201',
        sp_mchid,
        first_day: dayLater(yesterday, -3),
        last_day: yesterday,
        payments: 20,
        by_way: ways,
        dismissed: null,
      },
      { sub_mchid: '1900000202', sp_mchid, first_day: yesterday, last_day: yesterday, payments: null, by_way: null, dismissed: null },
    ])
    const second = await list(`?limit=2&cursor=${first.next_cursor}`)
    expect([second.items.map(({ sub_mchid }) => sub_mchid), second.next_cursor]).toEqual([['1900000203'], null])
    expect((await desk.backend.call('region_lead', 'GET', '/v1/unlisted-merchants')).body.required_action).toBe('merchant.add')
  })
  test('given one is added, then it is in the directory with its name pending and what its orders say, and once', async () => {
    given(yesterday, [{ sub_mchid: '1900000201', count: 20 }])
    await enter(OFFICIAL_ACCOUNT_APPID, 'official_account')
    await fetchAll()
    const key = randomUUID()
    const added = await add('1900000201', {}, key)
    expect([added.status, added.body]).toEqual([201, { sub_mchid: '1900000201', name: '名称待补 0201', region_code: '000000' }])
    expect(await verdict('1900000201')).toBe('not_migrated NO_RECORD_OF_OPENING')
    expect((await desk.backend.call('operator', 'GET', '/v1/sub-merchants/1900000201')).body).toMatchObject({ region_name: '地区待补' })
    expect((await desk.backend.call('field_agent', 'GET', '/v1/sub-merchants/1900000201')).status).toBe(404)
    const again = await add('1900000201', {}, key)
    expect([again.status, again.body, again.headers.get('idempotent-replayed')]).toEqual([201, added.body, 'true'])
    expect([(await add('1900000201')).status, (await list()).items]).toEqual([404, []])
    const entry = await desk.backend.db.selectFrom('audit_entries').selectAll().where('action', '=', 'merchant.added').execute()
    expect(entry).toMatchObject([{ actor_id: 'staff-operator', target_id: '1900000201', after: { name: '名称待补 0201' } }])
  })
  test('given one is put aside, then it is no longer listed, a later bill does not bring it back, and who puts it back sees it again', async () => {
    const one = '1900000201'
    given(yesterday, [{ sub_mchid: one, count: 21 }])
    await fetchAll()
    const put = (dismissed: boolean) =>
      desk.backend.call('operator', 'PUT', `/v1/unlisted-merchants/${one}/dismissal`, {
        body: { dismissed },
        headers: { 'idempotency-key': randomUUID() },
      })
    const listed = async (query = '') => (await list(query)).items.map(({ sub_mchid, dismissed }) => [sub_mchid, dismissed?.by ?? null])
    expect([(await put(true)).status, (await put(true)).status]).toEqual([200, 200])
    expect([await listed(), await listed('?dismissed=true')]).toEqual([[], [[one, 'operator']]])
    later(24 * hour)
    given('2026-11-29', [{ sub_mchid: one, count: 9 }])
    await fetchEverything()
    expect([await listed(), (await desk.backend.call<Summary>('operator', 'GET', '/v1/summary')).body.unlisted_merchants]).toEqual([[], 0])
    await put(false)
    expect([await listed(), (await desk.backend.call<Summary>('operator', 'GET', '/v1/summary')).body.unlisted_merchants]).toEqual([
      [[one, null]],
      1,
    ])
    const said = await desk.backend.db
      .selectFrom('audit_entries')
      .select('action')
      .where('action', 'like', 'unlisted.%')
      .orderBy('action')
      .execute()
    expect(said.map(({ action }) => action)).toEqual(['unlisted.dismissed', 'unlisted.restored'])
  })
  test('given two who add it at once, then one of them does', async () => {
    given(yesterday, [{ sub_mchid: '1900000201' }])
    await fetchAll()
    const answers = await Promise.all([add('1900000201', { name: '新店', region_code: '440305' }), add('1900000201')])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 404])
  })
  test('given nobody ever paid there, or no such region, then nothing is added', async () => {
    given(yesterday, [{ sub_mchid: '1900000201' }])
    await fetchAll()
    expect((await add('1900000999')).status).toBe(404)
    const { status, body } = await add('1900000201', { region_code: '990000' })
    expect([status, body]).toMatchObject([422, { errors: [{ field: 'region_code', code: 'UNKNOWN_REGION' }] }])
    expect((await list()).items).toHaveLength(1)
  })
})

// A list for somebody who asked a short while ago: who that is now is asked beside the list, and decides before anything is answered.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { SubMerchantPage } from '../../../../backend/directory/merchants/schema.ts'
import { hour, startBackend, type Backend } from '../../support/backend.ts'

let backend: Backend
beforeAll(async () => {
  backend = await startBackend()
  await backend.addMerchant('1900000109', { name: '科技面馆', region_code: '440305' })
  await backend.addMerchant('1900000110', { name: '科技面馆罗湖店', region_code: '440303' })
})
afterAll(() => backend.close())

/** somebody who has asked, so that the next question is not the first */
async function known(): Promise<string> {
  const { body } = await backend.call<{ token: string }>(null, 'POST', '/v1/sessions', { body: { code: 'demo-field_agent' } })
  expect(await ask(body.token)).toEqual([200, ['1900000109']])
  return body.token
}
async function ask(token: string, query = 'q=科技面馆'): Promise<[number, string[] | string]> {
  const { status, body } = await backend.call<SubMerchantPage & { code: string }>(null, 'GET', `/v1/sub-merchants?${encodeURI(query)}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return [status, status === 200 ? body.items.map(({ sub_mchid }) => sub_mchid) : body.code]
}
const change = (values: { status?: 'active' | 'disabled'; region_codes?: string[] }) =>
  backend.db.updateTable('staff').set(values).where('id', '=', 'staff-field_agent').execute()

test.each(['q=科技面馆', '', 'q=科技面馆&sort=name', 'state=unknown', 'q=齉齾', 'q= -'])(
  'given a question (%s) of somebody who was disabled meanwhile, then it is refused, and answered again once he is not',
  async query => {
    const token = await known()
    const [, before] = await ask(token, query)
    await change({ status: 'disabled' })
    expect(await ask(token, query)).toEqual([403, 'STAFF_DISABLED'])
    await change({ status: 'active' })
    expect(await ask(token, query)).toEqual([200, before])
  },
)

test('given whose district is another one meanwhile, then the list is of that one, and stays so', async () => {
  const token = await known()
  await change({ region_codes: ['440303'] })
  expect(await ask(token)).toEqual([200, ['1900000110']])
  expect(await ask(token)).toEqual([200, ['1900000110']])
  await change({ region_codes: ['440305'] })
  expect(await ask(token)).toEqual([200, ['1900000109']])
})

test('given a question that is refused by itself, then whoever is disabled hears that first', async () => {
  const token = await known()
  expect((await ask(token, 'cursor=made-up'))[0]).toBe(400)
  await change({ status: 'disabled' })
  expect(await ask(token, 'cursor=made-up')).toEqual([403, 'STAFF_DISABLED'])
  await change({ status: 'active' })
})

test('given somebody who logged out, or whose session is over, then the next question is refused', async () => {
  const token = await known()
  const { status } = await backend.call(null, 'DELETE', '/v1/sessions/current', { headers: { authorization: `Bearer ${token}` } })
  expect(status).toBe(204)
  expect(await ask(token)).toEqual([401, 'UNAUTHENTICATED'])
  const other = await known()
  backend.sandbox.control.clock.advance(13 * hour)
  expect(await ask(other)).toEqual([401, 'UNAUTHENTICATED'])
})

test('given many who ask at once, then each is answered for himself', async () => {
  const agent = await known()
  const { body } = await backend.call<{ token: string }>(null, 'POST', '/v1/sessions', { body: { code: 'demo-operator' } })
  const answers = await Promise.all(Array.from({ length: 40 }, (_, turn) => ask(turn % 2 ? agent : body.token)))
  expect(answers.filter((_, turn) => turn % 2).every(([, found]) => found.length === 1)).toBe(true)
  expect(answers.filter((_, turn) => !(turn % 2)).every(([, found]) => found.length === 2)).toBe(true)
})

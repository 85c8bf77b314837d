// 导出 at the level of its store over real HTTP: asking, watching, fetching, handing on.
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import type { Export } from '../../../../../typings/api.ts'
import { problem, type Reply } from '../../../support/http-server.ts'
import { startWorld } from '../../../support/world.ts'

const id = '00000000-0000-4000-8000-000000000001'
const file = (over: Partial<Export> = {}): Export => ({
  id,
  kind: 'merchants',
  format: 'csv',
  filter: {},
  status: 'ready',
  stop_code: null,
  rows: 3,
  rows_expected: 3,
  bytes: 100,
  requested_at: '2026-11-23T09:05:00+08:00',
  ended_at: '2026-11-23T09:05:01+08:00',
  kept_until: '2026-11-24T09:05:01+08:00',
  download_url: `/v1/exports/${id}/file?key=k`,
  download_expires_at: '2026-11-23T09:20:00+08:00',
  ...over,
})

let world: Awaited<ReturnType<typeof startWorld>>
let held: Export
let answer: Reply
beforeEach(async () => {
  world = await startWorld()
  world.server.on('GET', /^\/v1\/exports$/, () => ({ body: { items: [held] } }))
  world.server.on('GET', new RegExp(`^/v1/exports/${id}$`), () => ({ body: held }))
  world.server.on('GET', /^\/v1\/exports\/[^/]+\/file$/, () => answer)
  held = file()
  answer = { body: 'a,b' }
  await world.session.login()
})
afterEach(() => world.stop())

it('brings a file onto the phone first, and hands it on with a tap of its own', async () => {
  const { exporting, exported } = world
  exporting.show()
  await exporting.refresh()
  await exporting.share(id)
  // nobody knows any more what an earlier life of the app has fetched
  expect(exported.did.splice(0)).toEqual(['forget all'])
  await exporting.fetch(id)
  expect(world.server.seen('GET', /file$/)[0]).toMatchObject({
    url: `/v1/exports/${id}/file?key=k`,
    headers: { authorization: 'Bearer token-1', accept: '*/*', 'x-client-version': '0.1.0' },
  })
  expect(exporting.rows[0]).toMatchObject({ fetches: false, here: true, busy: false })
  await exporting.share(id)
  await exporting.save(id)
  expect(exported.did).toEqual(['share /1/merchants-20261123T0905.csv', 'save /1/merchants-20261123T0905.csv'])
  expect(exporting.said).toBe('done')
})

it('says that a file is gone, or that it did not work, and leaves it to be fetched again', async () => {
  const { exporting } = world
  await exporting.refresh()
  for (const [status, said] of [
    [410, 'gone'],
    [404, 'gone'],
    [503, 'failed'],
  ] as const) {
    answer = problem(status, 'SOMETHING')
    await exporting.fetch(id)
    expect([exporting.said, exporting.rows[0]!.fetches, exporting.busy]).toEqual([said, true, null])
  }
  held = file({ status: 'expired', download_url: null })
  await exporting.fetch(id)
  expect([exporting.said, exporting.rows[0]!.status]).toEqual(['gone', 'expired'])
})

it('asks how far one is while somebody looks, and no longer', async () => {
  const { exporting } = world
  held = file({ status: 'running', rows: 1, download_url: null, ended_at: null, kept_until: null })
  exporting.show()
  await exporting.refresh()
  const asked = () => world.server.seen('GET', /^\/v1\/exports$/).length
  const before = asked()
  held = file()
  await world.timers.advance(2_000)
  expect(exporting.rows[0]?.status).toBe('ready')
  expect(asked()).toBe(before + 1)
  await world.timers.advance(60_000)
  expect(asked()).toBe(before + 1)
  exporting.hide()
})

it('given two of the same minute, then each is handed on as its own file', async () => {
  const { exporting, exported } = world
  const other = id.replace(/1$/, '2')
  world.server.on('GET', /^\/v1\/exports$/, () => ({ body: { items: [file(), file({ id: other })] } }))
  world.server.on('GET', new RegExp(`^/v1/exports/${other}$`), () => ({ body: file({ id: other }) }))
  await exporting.refresh()
  for (const one of [id, other]) await exporting.fetch(one)
  for (const one of [id, other]) await exporting.share(one)
  expect(exported.did).toEqual(['share /1/merchants-20261123T0905.csv', 'share /2/merchants-20261123T0905.csv'])
})

it('given more than the phone is to keep, or another account, then what was fetched before is gone and can be fetched again', async () => {
  const { exporting, exported } = world
  const other = id.replace(/1$/, '2')
  const large = { bytes: 30 * 1024 * 1024 }
  world.server.on('GET', /^\/v1\/exports$/, () => ({ body: { items: [file(large), file({ ...large, id: other })] } }))
  for (const one of [id, other]) world.server.on('GET', new RegExp(`^/v1/exports/${one}$`), () => ({ body: file({ ...large, id: one }) }))
  await exporting.refresh()
  for (const one of [id, other]) await exporting.fetch(one)
  expect([exported.did, exporting.rows.map(({ here }) => here)]).toEqual([['forget all'], [false, true]])
  exporting.reset()
  expect(exported.did).toEqual(['forget all', 'forget all'])
})

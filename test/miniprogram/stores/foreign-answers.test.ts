// Somebody else answers for our server: a hotel's log-in page, a gateway, a proxy that lost the body. Nothing of the person's work is given up for it, and no page
// waits for ever.
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import type { ChecklistTemplate } from '../../../typings/api.ts'
import type { ApiError } from '../../../miniprogram/api/errors.ts'
import type { Reply } from '../support/http-server.ts'
import { uuid } from '../../../miniprogram/rules/uuid.ts'
import { merchantOf } from '../support/samples.ts'
import { startWorld, type World } from '../support/world.ts'

const template = {
  ...(JSON.parse(
    readFileSync(new URL('../../../backend/field-work/checklists/onboarding-v1.json', import.meta.url), 'utf8'),
  ) as ChecklistTemplate),
  version: 1,
}
const shop = { sub_mchid: '1900000109', name: '科技面馆', region_name: '南山区' }
const answers = { A1: 'same', A4: true, B1: ['payment_code'], B2: 'no', B3: true, C1: false, D1: 'none', E1: true, E2: 'not_wanted' }

let world: World
const thrown: unknown[] = []
const note = (reason: unknown) => void thrown.push(reason)
beforeEach(async () => {
  world = await startWorld()
  await world.session.login()
  process.on('unhandledRejection', note)
})
afterEach(async () => {
  process.off('unhandledRejection', note)
  thrown.length = 0
  await world.stop()
})

const html = { 'content-type': 'text/html; charset=utf-8' }
const foreign: [string, Reply][] = [
  ['a page of HTML', { body: '<html>请先登录上网</html>', headers: html }],
  ['nothing', {}],
  ['204', { status: 204 }],
  ['null', { body: null }],
  ['a list', { body: [] }],
  ['a text', { body: '"ok"' }],
  ['a number', { body: '0' }],
  ['half a body', { body: '{"items":[' }],
  ['an object of its own', { body: { code: 0, msg: 'success' } }],
  ['an object of nulls', { body: { items: null, visit: null, evidence: null, id: null, template: null, token: null, staff: null } }],
  ['502 of a gateway', { status: 502, body: '<html>Bad Gateway</html>', headers: html }],
]
const answerAll = (reply: Reply) => {
  for (const method of ['GET', 'POST', 'PUT']) world.server.on(method, /./, () => reply)
}

test.each(foreign)('given %s, then what waits to be sent is still there, and goes when our server answers', async (_, reply) => {
  world.setOnline(false)
  const { drafts, outbox, pictures, settled, timers } = world
  const id = drafts.begin(shop, template, { answers, origins: {} })!.id
  pictures.next = () => [Buffer.from('picture')]
  await drafts.addPhoto(id, 'A3')
  expect(drafts.submit(id)).toEqual({ outcome: 'queued' })
  const request = { id: uuid(), kind: 'test_payment', occurred_at: '2026-11-23T10:00:00+08:00', detail: {} }
  outbox.put({ shop, photos: [], content: { kind: 'evidence', request, form: {} } as never, revision: 0 })
  answerAll(reply)
  world.setOnline(true)
  await settled()
  expect([outbox.unsent, thrown]).toEqual([2, []])

  world.server.on('POST', /^\/v1\/photos$/, () => ({ status: 201, body: { id: 'of-the-server' } }))
  world.server.on('POST', /\/evidence$/, () => ({ status: 201, body: { evidence: {}, migration: {} } }))
  world.server.on('PUT', /^\/v1\/visits\//, () => ({ status: 201, body: { visit: {}, migration: null, not_concluded: null } }))
  await timers.advance(3_600_000)
  await settled()
  expect([outbox.unsent, thrown]).toEqual([0, []])
})

test.each(foreign)('given %s, then every list and page says what is wrong, and none waits for ever', async (_, reply) => {
  answerAll(reply)
  const { home, merchants, today, visitLists, regions, checklist, scan, pack, merchant, session, settled, timers } = world
  void home.refresh()
  void merchants.enter()
  void today.refresh()
  void visitLists.submitted.refresh()
  void regions.load()
  void checklist.refresh()
  void scan.take({ result: 'https://pay.example.cn/q/AB12', path: '' } as never)
  void pack.refresh()
  void merchant.load(merchantOf().sub_mchid)
  void session.measure()
  for (let second = 0; second < 60; second += 5) {
    await timers.advance(5_000)
    await settled()
  }
  expect({
    thrown,
    home: home.status,
    merchants: merchants.status,
    scan: [scan.busy, scan.panel],
    session: session.status,
  }).toEqual({ thrown: [], home: 'error', merchants: 'error', scan: [false, 'error'], session: 'ready' })
})

test.each(foreign)('given %s, then no switch, login or record is taken for done', async (_, reply) => {
  answerAll(reply)
  const { api, session } = world
  const done = await Promise.allSettled([
    api.control(shop.sub_mchid, ['gold-plan', 'jsapi'], { status: 'open' } as never, { version: 1, key: uuid() }),
    api.recordEvidence(shop.sub_mchid, { id: uuid() } as never),
    api.putReceiptContent(shop.sub_mchid, [], { version: 1, key: uuid() }),
    api.requestClosing({} as never, uuid()),
    api.withdrawEvidence(shop.sub_mchid, uuid(), {} as never, uuid()),
  ])
  expect(done.map(one => (one.status === 'rejected' ? (one.reason as ApiError).outcomeUnknown : 'done'))).toEqual(done.map(() => true))
  await session.logout()
  const login = session.login()
  await world.timers.advance(60_000)
  await login
  expect([session.status, session.busy, session.problem !== null, thrown]).toEqual(['login', false, true, []])
})

// Every endpoint that the app asks, taken from the files that have them: what somebody else says is never taken for our answer.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readdirSync } from 'node:fs'
import { ApiError } from '../../../miniprogram/api/errors.ts'
import type { Http } from '../../../miniprogram/api/http.ts'
import { startWorld, type World } from '../support/world.ts'

type Endpoint = (...given: unknown[]) => Promise<unknown>
type Endpoints = (http: Http) => Record<string, Endpoint>

/** stands for an id, a body, a query, a file, the scope of a page and the options of a write alike */
const anything = {
  *[Symbol.iterator]() {},
  onAbort: () => () => {},
  key: 'of-this-decision',
  version: 1,
  path: '/of-the-phone',
  name: 'a',
  checked_at: null,
  progress() {},
  toString: () => '/x',
}
/** Whoever reads it looks at the body: parts of the workbench and lists that are kept where they do not come (foreign-answers.test.ts). */
const looksItself =
  /^(getMe|listSubMerchants|getSubMerchant|listRegions|getOfflinePack|getOperation|getChangeRequest|listEvidence|getReceiptContent|getChecklist|listVisits|getVisit|getPhotoLink)$/
/** read nothing of the body */
const readsNone = /^(deleteSession|fetchFile)$/

const root = new URL('../../../miniprogram/', import.meta.url)
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(name => /^(api|packages\/.*)\/endpoints\.ts$/.test(name))

let world: World
const endpoints: [string, Endpoint][] = []
beforeAll(async () => {
  world = await startWorld()
  await world.session.login()
  world.pictures.files.set('/of-the-phone', Buffer.from('file'))
  for (const file of files) {
    const made = Object.values((await import(new URL(file, root).href)) as Record<string, Endpoints>).filter(
      one => typeof one === 'function',
    )
    for (const create of made) endpoints.push(...Object.entries(create(world.http)))
  }
})
afterAll(() => world.stop())

test.each([
  ['an object of its own', { code: 0, msg: 'success', data: {} }],
  ['an object of nulls', { items: null, sub_mchid: null, status: null, content: null, created_at: null }],
  ['a health check', { status: 'UP', version: 3 }],
  ['a log-in page in JSON', { redirect: 'https://wifi.example.com/', message: '请先登录', kind: 'portal' }],
])('given %s with 200, then no endpoint takes it for our answer, and what was written counts as unknown', async (_, body) => {
  for (const method of ['GET', 'POST', 'PUT', 'DELETE']) world.server.on(method, /./, () => ({ body }))
  const came = await Promise.all(
    endpoints.map(async ([name, ask]) => {
      try {
        return [name, await ask(anything, anything, anything, anything)] as const
      } catch (thrown) {
        return [name, thrown] as const
      }
    }),
  )
  const taken = came.filter(([, what]) => !(what instanceof ApiError && what.kind === 'shape' && what.outcomeUnknown)).map(([name]) => name)
  expect(taken.filter(name => !looksItself.test(name) && !readsNone.test(name))).toEqual([])
  expect(came.length).toBeGreaterThan(80)
})

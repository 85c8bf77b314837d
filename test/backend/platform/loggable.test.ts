// What a log holds of a database's error: where it happened, and nothing that anybody sent.
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { pino } from 'pino'
import { sp_mchid, startBackend, type Backend } from '../support/backend.ts'

let backend: Backend
const lines: string[] = []
beforeAll(async () => {
  const stream = new PassThrough().on('data', (chunk: Buffer) => void lines.push(chunk.toString()))
  backend = await startBackend({ logger: pino({ level: 'trace' }, stream) })
})
afterAll(() => backend.close())

/** an account that is bound already; here somebody else is to have it */
const secret = 'openid-demo-admin'
const bind = () =>
  sql`insert into staff_bindings (sp_mchid, openid, staff_id, bound_at) values (${sp_mchid}, ${secret}, 'somebody-else', now())`
const faults: [string, () => Promise<unknown>, object][] = [
  ['a row that breaks a rule', () => bind().execute(backend.db), { code: '23505', table: 'staff_bindings' }],
  ['a value that cannot be read', () => sql`select ${secret}::text::integer`.execute(backend.db), { code: '22P02' }],
  ['a value inside JSON', () => sql`select ${`{"openid": "${secret}`}::text::jsonb`.execute(backend.db), { code: '22P02' }],
]

test.each(faults)('given %s, then the log names its kind and its place, not the value', async (_, fail, named) => {
  const error: Error = await fail().then(
    () => new Error('it did not fail'),
    (thrown: Error) => thrown,
  )
  expect(JSON.stringify({ ...error, message: error.message })).toContain(secret)
  lines.length = 0
  backend.app.log.error({ err: error }, 'request failed')
  backend.app.log.child({}).error({ err: new Error('around it', { cause: error }) }, 'request failed')
  expect(lines.join('')).not.toContain(secret)
  const [own, wrapped] = lines.map(line => JSON.parse(line) as { err: { stack: string } })
  expect(own!.err).toMatchObject(named)
  expect(own!.err.stack).toMatch(/^\s+at /)
  expect(wrapped!.err).toMatchObject(named)
})

test('given an error of our own, then its message stays', () => {
  lines.length = 0
  backend.app.log.error({ err: new TypeError('x is undefined') }, 'request failed')
  expect(lines.join('')).toContain('x is undefined')
})

// COPY as a stream: what is asked of the connection afterwards is answered, however the rows filled the stream.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { copyOut } from '../../../backend/backup/copy.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

let database: TestDatabase
let client: pg.Client
beforeAll(async () => {
  database = await createTestDatabase()
  client = new pg.Client({ connectionString: database.ownerUrl })
  await client.connect()
})
afterAll(async () => {
  client?.on('error', () => undefined)
  await Promise.race([client?.end(), new Promise(done => setTimeout(done, 1_000).unref())])
  await database?.drop()
})

test('given rows that fill the stream with their last one, when they are read, then the connection answers what is asked next', async () => {
  const { stream, rows } = copyOut(client, `copy (select repeat('x', 1000) from generate_series(1, 40)) to stdout`)
  let bytes = 0
  const slow = new Writable({ write: (chunk: Buffer, _encoding, done) => ((bytes += chunk.length), void setImmediate(done)) })
  await pipeline(stream, slow)
  expect([bytes, rows()]).toEqual([40 * 1_001, 40])
  expect((await client.query<{ one: number }>('select 1 as one')).rows).toEqual([{ one: 1 }])
})

// operations.md says of every table what bounds it, so that none grows for ever without anybody having thought of it.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { startBackend, type Backend } from '../support/backend.ts'

let backend: Backend
beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend?.close())

test('given the tables of the database, then the page for whoever runs it says of each what it grows by and what bounds it, and names no other', async () => {
  const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public' order by 1`.execute(
    backend.db,
  )
  const page = readFileSync(new URL('../../../backend/operations.md', import.meta.url), 'utf8')
  const section = /\n## What grows\n(.*?)\n## /s.exec(page)![1]!
  const lines = section.split('\n').filter(line => line.startsWith('| `'))
  const named = lines.flatMap(line => [...line.split('|')[1]!.matchAll(/`([a-z_]+)`/g)].map(([, name]) => name!))
  expect(named.toSorted()).toEqual(rows.map(({ name }) => name))
  for (const line of lines) expect(line.split('|').filter(cell => cell.trim() !== '')).toHaveLength(3)
})

// The embedded server's places under the common temporary folder: what somebody else laid there is neither run nor read.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { assertNobodyElses, placeForServer, userFor } from '../../../dev/postgres/server-place.ts'

const folder = mkdtempSync(join(tmpdir(), 'goldplan-place-'))
chmodSync(folder, 0o755)
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const me = process.getuid?.() ?? 0
const made = (name: string, mode = 0o755) => {
  const path = join(folder, name)
  mkdirSync(path)
  chmodSync(path, mode)
  return path
}

test('given nothing there, or a folder of its own, then it is taken', () => {
  expect(() => assertNobodyElses(join(folder, 'absent'), [me])).not.toThrow()
  expect(() => assertNobodyElses(made('own'), [me])).not.toThrow()
})

test('given a folder of somebody else, one that others may write, or a link, then it is named and not used', () => {
  const linked = join(folder, 'link')
  symlinkSync(made('target'), linked)
  for (const [path, owners] of [
    [made('foreign'), [me + 1]],
    [made('open', 0o777), [me]],
    [linked, [me]],
  ] as const)
    expect(() => assertNobodyElses(path, owners)).toThrow(new RegExp(`${path} was not made by this program`))
})

test.each([
  ['a line break', 'a\nb'],
  ['more bytes than PostgreSQL keeps of a path', `${'长'.repeat(80)}/`.repeat(4)],
])('given a data folder whose path has %s, then the database is kept where PostgreSQL works, and that is said', async (_, name) => {
  const dataDir = join(folder, name, 'postgresql')
  const said: string[] = []
  const place = await placeForServer(dataDir, line => said.push(line))
  expect(place.dataDir).toMatch(new RegExp(`^${tmpdir()}/goldplan-postgresql-[0-9a-f]{12}$`))
  expect(said).toContainEqual(expect.stringMatching(/PostgreSQL cannot be run.* in [^]*: the database is kept in /))
})

test('given spaces, Chinese and signs of a shell, then the database is kept where it was wanted', async () => {
  const dataDir = join(folder, "it's 我的 (项目) #1 100% & $HOME `co`", 'postgresql')
  expect((await placeForServer(dataDir, () => {})).dataDir).toBe(dataDir)
})

test('given a cluster of a person, when root starts it, then it stays that person’s; one that root made, or a new one, is of the server’s own user', () => {
  const ours = () => ({ uid: 70, gid: 70 })
  expect([userFor({ uid: 1000, gid: 100 }, ours), userFor({ uid: 0, gid: 0 }, ours), userFor(undefined, ours)]).toEqual([
    { uid: 1000, gid: 100 },
    ours(),
    ours(),
  ])
})

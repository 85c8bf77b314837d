// The embedded server's places under the common temporary folder: what somebody else laid there is neither run nor read.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { assertNobodyElses } from '../../../dev/postgres/server-place.ts'

const folder = mkdtempSync(join(tmpdir(), 'goldplan-place-'))
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

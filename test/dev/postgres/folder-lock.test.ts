// One program at a time has a folder; a copy that was made of it meanwhile is nobody's.
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { ServerUsers } from '../../../dev/postgres/server-users.ts'
import { FolderTakenError, lockFolder } from '../../../dev/postgres/folder-lock.ts'

const root = mkdtempSync(join(tmpdir(), 'goldplan-lock-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

test('given a folder in use, then it is taken, also under another name, and a copy of it is not', () => {
  const [held, copy, renamed] = ['held', 'copy', 'renamed'].map(name => join(root, name)) as [string, string, string]
  lockFolder(held, 'start.lock')
  expect(() => lockFolder(held, 'start.lock')).toThrow(FolderTakenError)
  cpSync(held, copy, { recursive: true })
  expect(() => lockFolder(copy, 'start.lock')).not.toThrow()
  renameSync(held, renamed)
  expect(() => lockFolder(renamed, 'start.lock')).toThrow(FolderTakenError)
})

test('given a folder whose server is used, then who leaves a copy of it ends the server there, and not in the folder itself', () => {
  const [used, copy] = ['used', 'used-copy'].map(name => join(root, name)) as [string, string]
  mkdirSync(used)
  new ServerUsers(used).enter()
  cpSync(used, copy, { recursive: true })
  const ended = [used, copy].map(folder => {
    const users = new ServerUsers(folder)
    users.enter()
    return users.leave(() => {})
  })
  expect(ended).toEqual([false, true])
})

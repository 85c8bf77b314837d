// One program at a time has a folder; a copy that was made of it meanwhile is nobody's.
import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
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

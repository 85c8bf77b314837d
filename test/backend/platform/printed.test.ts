// Commands whose lines nobody reads to the end, or whose log has no room.
import { spawn } from 'node:child_process'
import { existsSync, openSync, closeSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { built } from '../../support/programs.ts'

const cwd = fileURLToPath(new URL('../../..', import.meta.url))
const printing: [name: string, args: string[]][] = [
  ['doors', ['--import', 'tsx', 'scripts/doors.ts']],
  ['import', built('backend/directory/imports/main.ts', '--help')],
]
const commands: [name: string, args: string[]][] = [
  ...printing,
  ['chaos', ['--import', 'tsx', 'scripts/chaos/main.ts', '--help']],
  ['simulator', ['--import', 'tsx', 'simulator/main.ts', '--help']],
  ['migrate', built('backend/migrate.ts')],
  ['import of a file that is not there', built('backend/directory/imports/main.ts', 'nowhere.csv')],
]

test.each(commands)('given `npm run %s | head`, then it ends as it would, without a stack', async (_, args) => {
  const ends = async (readers: boolean) => {
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    if (readers) child.stdout.resume()
    else child.stdout.destroy()
    const code = await new Promise<number | null>(done => child.once('close', done))
    return { code, said }
  }
  const heard = await ends(true)
  expect(await ends(false)).toEqual(heard)
  expect(heard.said).not.toContain('    at ')
})

const full = '/dev/full'
test.each(printing)('given `npm run %s` into a file on a full disk, then it says so and ends with 1', async (_, args) => {
  // only Linux has such a file
  if (!existsSync(full)) return
  const out = openSync(full, 'w')
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', out, 'pipe'] })
  closeSync(out)
  let said = ''
  child.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()))
  expect(await new Promise(done => child.once('close', done))).toBe(1)
  expect(said).toBe('what is printed cannot be written (ENOSPC): make room there and run it again\n')
})

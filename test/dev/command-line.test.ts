import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'

const cwd = fileURLToPath(new URL('../..', import.meta.url))
const year = (...args: string[]) => spawnSync(process.execPath, ['--import', 'tsx', 'dev/year/main.ts', ...args], { cwd, encoding: 'utf8' })

test.each([
  ['asked how it is used', ['--help'], 0, /^usage: npm run year -- /],
  ['an option that nobody knows', ['--nope'], 2, /^Unknown option '--nope'.*\nusage: npm run year/],
  ['a number that is none', ['--merchants', '1e3'], 2, /^"1e3" is no whole number from 100 to \d+\nusage: /],
  ['a number out of bounds', ['--merchants', '99'], 2, /^"99" is no whole number from 100 to \d+\nusage: /],
])('given a command is given %s, then it says how it is used, and ends', (_what, args, status, said) => {
  const ended = year(...args)
  expect([ended.status, ended.stdout + ended.stderr]).toEqual([status, expect.stringMatching(said)])
})

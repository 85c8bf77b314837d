// `npm test`: every static check, then jest as ESM. With arguments (`npm test -- test/backend`) only jest, with these arguments.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'

const run = (args: string[]) => {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
const require = createRequire(import.meta.url)
const given = process.argv.slice(2)
if (given.length === 0) run(['--import', 'tsx', 'scripts/lint.ts'])
run(['--experimental-vm-modules', '--no-warnings=ExperimentalWarning', require.resolve('jest/bin/jest'), ...given])

// `npm test`: every static check, then jest as ESM. With arguments (`npm test -- test/backend`) only jest, with these arguments.
// `--quick`: the checks and the rules that need neither database nor browser. `--long`: the long properties alone, each time with other cases.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { haveBuiltNpm } from './built-npm.ts'

const run = (args: string[]) => {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
const require = createRequire(import.meta.url)
const lint = () => run(['--import', 'tsx', 'scripts/lint.ts'])
// every test file loads its modules anew: most of what is made young dies young, if there is room for it
const node = ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning', '--max-semi-space-size=64']
const jest = (args: string[]) => run([...node, require.resolve('jest/bin/jest'), ...args])

if (!haveBuiltNpm()) process.exit(1)
const given = process.argv.slice(2)
if (given.includes('--quick')) {
  lint()
  jest(['--config', 'jest.quick.config.mjs'])
} else if (given.includes('--long')) {
  Object.assign(process.env, {
    DASHBOARD_SEED: 'random',
    FUZZ_SEED: 'random',
    OUTBOX_SEED: 'random',
    PACK_SEED: 'random',
    SOAK_SEED: 'random',
  })
  jest(['fuzz/fuzz', 'outbox-property', 'offline-pack/ranking', 'directory/dashboard/dashboard', 'soak'])
} else {
  if (given.length === 0) lint()
  jest(given)
}

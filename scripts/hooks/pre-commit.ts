// Called by .githooks/pre-commit: quick checks of what is staged. It reads the files as they lie in the folder, so what is staged in part is judged as a whole.
// `npm run lint` holds the rest.
import { execFileSync, spawn } from 'node:child_process'
import { join } from 'node:path'
import { typeCheckers } from './type-checkers.ts'

interface Check {
  name: string
  args: string[]
}

/** Names of staged files, from the root; what is deleted has nothing to check. */
const staged = (): string[] =>
  execFileSync('git', ['diff', '--cached', '--name-only', '-z', '--diff-filter=ACMR'], { encoding: 'utf8' })
    .split('\0')
    .filter(name => name !== '')

/** @returns what there is to run for these files */
function checksOf(files: readonly string[]): Check[] {
  const scripts = files.filter(file => /\.(ts|mjs|js)$/.test(file))
  const formatted = files.filter(file => /\.(ts|mjs|js|json|md|css|wxss|yaml|yml)$/.test(file))
  const types = scripts.length > 0 || files.some(file => file.endsWith('.json'))
  return [
    ...(formatted.length > 0
      ? [{ name: 'prettier (npx prettier --write …)', args: ['prettier', '--check', '--log-level', 'warn', ...formatted] }]
      : []),
    ...(scripts.length > 0 ? [{ name: 'oxlint', args: ['oxlint', '--deny-warnings', ...scripts] }] : []),
    ...(types ? [{ name: 'types of the app', args: ['tsc', '-p', 'tsconfig.json', ...typeCheckers] }] : []),
    ...(types ? [{ name: 'types of everything else', args: ['tsc', '-p', 'tsconfig.node.json', ...typeCheckers] }] : []),
  ]
}

function run({ name, args }: Check): Promise<boolean> {
  return new Promise(resolve => {
    const [tool, ...rest] = args as [string, ...string[]]
    const child = spawn(join('node_modules', '.bin', tool), rest, { shell: process.platform === 'win32' })
    let output = ''
    const collect = (chunk: Buffer) => (output += chunk.toString())
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', error => {
      console.error(`pre-commit: ${name}: ${error.message}`)
      resolve(false)
    })
    child.on('close', code => {
      if (code !== 0) console.error(`pre-commit: ✗ ${name}\n${output.trim().replaceAll(/^/gm, '    ')}`)
      resolve(code === 0)
    })
  })
}

const passed = await Promise.all(checksOf(staged()).map(run))
process.exitCode = passed.every(Boolean) ? 0 : 1

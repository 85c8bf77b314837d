// `npm run lint`: types of both programs, oxlint, prettier, and the project's own checks (scripts/checks/). All run, then all findings are shown.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { haveBuiltNpm } from './built-npm.ts'
import { checkAudit } from './checks/audit.ts'
import { checkCompileConditions } from './checks/compile-conditions.ts'
import { checkDeployment } from './checks/deployment.ts'
import { checkDocuments } from './checks/documents.ts'
import { checkDoors } from './checks/doors.ts'
import { root } from './checks/files.ts'
import { checkFloor } from './checks/floor.ts'
import { checkFormat } from './checks/format.ts'
import { checkHouse } from './checks/house.ts'
import { checkMiniProgram } from './checks/mini-program.ts'
import { checkPackages, packageNotes } from './checks/packages.ts'
import { checkWords } from './checks/words.ts'
import { typeCheckers } from './hooks/type-checkers.ts'
import '../backend/platform/printed.ts'

interface Outcome {
  name: string
  ok: boolean
  output: string
  /** what is said although nothing is wrong */
  notes?: string[]
}

function tool(name: string, [program, ...args]: [string, ...string[]]): Promise<Outcome> {
  return new Promise(resolve => {
    const child = spawn(join(root, 'node_modules', '.bin', program), args, { shell: process.platform === 'win32' })
    let output = ''
    const collect = (chunk: Buffer) => (output += chunk.toString())
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', error => resolve({ name, ok: false, output: error.message }))
    child.on('close', code => resolve({ name, ok: code === 0, output }))
  })
}

async function own(name: string, check: () => Promise<string[]>, tell: () => Promise<string[]> = async () => []): Promise<Outcome> {
  const findings = await check().catch((error: Error) => [error.stack ?? error.message])
  return { name, ok: findings.length === 0, output: findings.join('\n'), notes: findings.length === 0 ? await tell() : [] }
}

// packages are weighed as they ship
if (!haveBuiltNpm()) process.exit(1)
const outcomes = await Promise.all([
  tool('types of the app', ['tsc', '-p', 'tsconfig.json', ...typeCheckers]),
  tool('types of everything else', ['tsc', '-p', 'tsconfig.node.json', ...typeCheckers]),
  tool('oxlint', ['oxlint', '--deny-warnings']),
  own('format', checkFormat),
  tool('arrows between rooms', ['depcruise', '--config', '.dependency-cruiser.mjs', 'backend', 'dev', 'miniprogram', 'simulator']),
  tool('unused files, exports, packages', ['knip', '--no-progress']),
  own('house rules', checkHouse),
  own('words', checkWords),
  own('mini program', checkMiniProgram),
  own('floor for engines', checkFloor),
  own('compile conditions', checkCompileConditions),
  own('deployment', checkDeployment),
  own('documents', checkDocuments),
  own('a door for every column', async () => checkDoors()),
  own('体验评分 and 性能诊断', checkAudit),
  own('package sizes', async () => (await checkPackages()).findings, packageNotes),
])
for (const { name, ok, output, notes = [] } of outcomes) {
  console.log(`${ok ? '✓' : '✗'} ${name}`)
  if (!ok) console.log(output.trim().replaceAll(/^/gm, '    '))
  for (const note of notes) console.log(`    ${note}`)
}
process.exit(outcomes.every(outcome => outcome.ok) ? 0 : 1)

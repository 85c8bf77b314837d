// What Prettier would write is the rule. Of a script it is asked only where oxfmt, which takes a sixtieth of the time, would write otherwise: of 2,000 as
// Prettier writes them oxfmt doubts ten, and 294 that were made ugly in nine ways were found by both.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './files.ts'

/** what oxfmt writes as Prettier does */
const scripts = /\.(ts|mjs|js|json)$/
const others = '**/*.{wxss,wxml,md,css,html,yaml,yml}'

/** @returns the files that Prettier would write otherwise, and what to do */
export async function checkFormat(folder = root): Promise<string[]> {
  const doubted = await doubtedByOxfmt(folder)
  const { code, output } = await run('prettier', ['--list-different', '--no-error-on-unmatched-pattern', others, ...doubted], folder)
  return code === 0 ? [] : [output.trim(), 'npm run format writes them']
}

async function doubtedByOxfmt(folder: string): Promise<string[]> {
  const place = mkdtempSync(join(tmpdir(), 'goldplan-format-'))
  try {
    // one set of options for both
    const { overrides: _others, ...options } = JSON.parse(readFileSync(join(root, '.prettierrc.json'), 'utf8')) as Record<string, unknown>
    const config = join(place, 'oxfmt.json')
    writeFileSync(config, JSON.stringify({ ...options, sortPackageJson: false }))
    const { code, output } = await run('oxfmt', ['-c', config, '--disable-nested-config', '--list-different', '.'], folder)
    if (code === 0) return []
    // 1: these; else there was one that it could not read, and all are asked
    return code === 1 ? output.split('\n').filter(line => scripts.test(line)) : ['.']
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

function run(tool: string, args: readonly string[], cwd: string): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(root, 'node_modules', '.bin', tool), args, { cwd, shell: process.platform === 'win32' })
    let output = ''
    const collect = (chunk: Buffer) => (output += chunk.toString())
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', reject)
    child.on('close', code => resolve({ code, output }))
  })
}

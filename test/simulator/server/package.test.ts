// The simulator as a package of its own: what `npm pack` puts in, with nothing but the packages it names, runs a mini program.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { eventually } from '../../support/eventually.ts'
import { FIXTURE } from '../wx/running-phone.ts'

const run = promisify(execFile)
const SOURCE = 'simulator'
let folder: string
let installed: string

/** As `npm install <tarball>` would, with the packages that are here already. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'simulator-package-'))
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: SOURCE })
  const [{ filename, name }] = JSON.parse(stdout) as [{ filename: string; name: string }]
  installed = join(folder, 'node_modules', name)
  mkdirSync(installed, { recursive: true })
  await run('tar', ['-xzf', join(folder, filename), '-C', installed, '--strip-components=1'])
  const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as { dependencies: Record<string, string> }
  for (const dependency of Object.keys(dependencies)) {
    const at = join(folder, 'node_modules', dependency)
    mkdirSync(dirname(at), { recursive: true })
    symlinkSync(packageFolder(dependency), at)
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** node_modules of the workspace come before the common ones */
function packageFolder(name: string): string {
  for (const modules of [join(SOURCE, 'node_modules'), 'node_modules']) {
    const at = join(process.cwd(), modules, name)
    try {
      readFileSync(join(at, 'package.json'))
      return at
    } catch {
      // the next one
    }
  }
  throw new Error(`${name} is not installed`)
}

it('its command runs a mini program and serves the phone', async () => {
  const child = spawn(process.execPath, [join(installed, 'bin.mjs'), FIXTURE, '--port', '0', '--automation-port', '0'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  try {
    let printed = ''
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()))
    await eventually('ready', () => /^ready$/m.test(printed) || child.exitCode !== null)
    const [, url] = /^phone (\S+)\/$/m.exec(printed) ?? []
    if (!url) throw new Error(printed)
    for (const path of ['/', '/__page.css', '/__page.js', '/frame/', '/__frame.js', '/__project.js', '/__fonts.css']) {
      const response = await fetch(url + path)
      expect([path, response.status, (await response.text()).length > 100]).toEqual([path, 200, true])
    }
  } finally {
    child.kill('SIGINT')
    await once(child, 'exit')
  }
})

it('it is imported by a program in plain JavaScript', async () => {
  const program = `import { startSimulator } from 'miniprogram-phone'
const simulator = await startSimulator({ project: ${JSON.stringify(FIXTURE)}, port: 0, automationPort: 0, watch: false })
console.log(simulator.diagnostics.length, simulator.phone.get().device)
await simulator.close()`
  writeFileSync(join(folder, 'program.mjs'), program)
  expect((await run(process.execPath, ['program.mjs'], { cwd: folder })).stdout).toBe('0 iphone-x\n')
})

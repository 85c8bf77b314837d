// A Node that is too old, and folders in which Node, tsx or npm's PATH cannot work, are named before something fails with a stack.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'

const root = new URL('../../../', import.meta.url)
const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { scripts: Record<string, string> }
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'goldplan-can-run-')))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The step in a checkout of this name. */
function run(step: string, name: string, env = process.env) {
  const checkout = join(folder, name)
  mkdirSync(join(checkout, 'scripts'), { recursive: true })
  cpSync(new URL('scripts/can-run.cjs', root), join(checkout, 'scripts', 'can-run.cjs'))
  cpSync(new URL('package.json', root), join(checkout, 'package.json'))
  const { status, stderr } = spawnSync('sh', ['-c', scripts[step]!], { cwd: checkout, encoding: 'utf8', env })
  return [status, stderr.trim()]
}

test.each(['what?', 'a:b', 'back\\slash', 'line\nbreak'])(
  'given a checkout in "%s", then npm start and npm ci say in one line why it has to move',
  name => {
    const sign = /[?:\\\n]/.exec(name)![0]
    const said = `${join(folder, name)}: Node cannot run programs in a folder with ${JSON.stringify(sign)} in its path: move the project to another one`
    expect([run('prestart', name), run('preprepare', name)]).toEqual([
      [1, said],
      [1, said],
    ])
  },
)

test('given spaces, Chinese and signs of a shell, then they say nothing', () => {
  expect(run('prestart', "it's 我的 (项目) #1 100% & $HOME")).toEqual([0, ''])
})

test.each([
  ['18.20.8', 1],
  ['20.18.3', 1],
  ['20.19.0', 0],
  ['21.0.0', 0],
  ['26.1.0', 0],
])('given Node %s, then it is named where it is older than package.json says', (version, status) => {
  const played = join(folder, 'played.cjs')
  writeFileSync(played, `Object.defineProperty(process.versions, 'node', { value: '${version}' })`)
  const said = status === 0 ? '' : `this is Node ${version}: install 20.19 or newer, then run npm ci again`
  expect(run('prestart', 'plain', { ...process.env, NODE_OPTIONS: `--require=${played}` })).toEqual([status, said])
})

test.each([
  ['--input-type=module', '--input-type is for programs that are not in files'],
  ['--no-warnings --frozen-intrinsics', '--frozen-intrinsics freezes what our packages add to'],
  ['--disallow-code-generation-from-strings', '--disallow-code-generation-from-strings forbids code that our packages make'],
  ['--jitless', '--jitless takes WebAssembly away'],
  ['--no-addons', '--no-addons takes compiled packages away'],
  ['-C browser', '-C browser chooses other files of our packages'],
  ['--conditions=browser', '--conditions browser chooses other files of our packages'],
])('given NODE_OPTIONS=%s, then it is named, and what to do', (NODE_OPTIONS, said) => {
  const [status, stderr] = run('prestart', 'plain', { ...process.env, NODE_OPTIONS })
  expect(status).toBe(1)
  // Node warns of some of them itself
  expect(stderr).toMatch(new RegExp(`${said}: take it out of NODE_OPTIONS, then do the same again$`))
})

test.each(['--max-old-space-size=30', '--max_old_space_size=30'])('given %s, then it is said how much memory does', NODE_OPTIONS => {
  const [status, stderr] = run('prestart', 'plain', { ...process.env, NODE_OPTIONS })
  expect([status, stderr]).toEqual([1, expect.stringContaining('is 30: give 128 or more in NODE_OPTIONS')])
})

test.each(['', '--max-old-space-size=512', '--conditions=development', '--inspect=0 --enable-source-maps'])(
  'given NODE_OPTIONS=%s, then nothing stands in the way',
  NODE_OPTIONS => {
    expect(run('prestart', 'plain', { ...process.env, NODE_OPTIONS })[0]).toBe(0)
  },
)

test.each([
  ['a file', join(folder, 'file')],
  ['a folder that is no folder for files', '/proc'],
  ['to be made where none can be made', '/proc/a/b'],
])('given a temporary folder that is %s, then it is named, and what to do', (_, TMPDIR) => {
  writeFileSync(join(folder, 'file'), '')
  const [status, stderr] = run('prestart', 'plain', { ...process.env, TMPDIR })
  expect([status, stderr]).toEqual([
    1,
    expect.stringMatching(/^the temporary folder \S+ cannot be written \(E\w+\): make room there, or set TMPDIR to another folder$/),
  ])
})

test('given a temporary folder that does not exist yet, then it is made', () => {
  const TMPDIR = join(folder, 'not', 'yet')
  expect(run('prestart', 'plain', { ...process.env, TMPDIR })).toEqual([0, ''])
  expect(readdirSync(TMPDIR)).toEqual([])
})

test('given a zip or a share that took the right to run away from esbuild and tsx, then they get it back', () => {
  const modules = join(folder, 'unzipped', 'node_modules')
  const programs = [
    join(modules, '@esbuild', `${process.platform}-${process.arch}`, 'bin', 'esbuild'),
    join(modules, 'tsx', 'dist', 'cli.mjs'),
  ]
  for (const program of programs) {
    mkdirSync(dirname(program), { recursive: true })
    writeFileSync(program, '', { mode: 0o644 })
  }
  expect(run('prestart', 'unzipped')).toEqual([0, ''])
  expect(programs.map(program => statSync(program).mode & 0o111)).toEqual([0o111, 0o111])
})

test('given npm ci was ended in the middle, or never run, then what is missing is named in one line; what a machine may lack is not', () => {
  const checkout = join(folder, 'half')
  const names = ['tsx', '@fastify/multipart', 'pg', 'sharp', 'ws']
  const packages = {
    '': {},
    simulator: {},
    'node_modules/@img/sharp-win32-x64': { optional: true, os: ['win32'] },
    'node_modules/@types/node': { dev: true, devOptional: true },
    ...Object.fromEntries(names.map(name => [name === 'ws' ? 'simulator/node_modules/ws' : `node_modules/${name}`, {}])),
  }
  mkdirSync(checkout)
  writeFileSync(join(checkout, 'package-lock.json'), JSON.stringify({ packages }))
  const remedy = `: run npm ci in ${checkout}, wait until it ends by itself, then do the same again`
  expect(run('prestart', 'half')).toEqual([1, `packages are missing (tsx, @fastify/multipart, pg and 2 more)${remedy}`])
  const put = (path: string) => {
    mkdirSync(join(checkout, path), { recursive: true })
    writeFileSync(join(checkout, path, 'package.json'), '{}')
  }
  for (const name of names.slice(0, -1)) put(join('node_modules', name))
  // a folder that was made, and nothing was put into it
  mkdirSync(join(checkout, 'simulator', 'node_modules', 'ws'), { recursive: true })
  expect(run('prestart', 'half')).toEqual([1, `packages are missing (ws)${remedy}`])
  put('simulator/node_modules/ws')
  expect(run('prestart', 'half')).toEqual([0, ''])
})

test('given a command that people run, then it begins with this check', () => {
  const ran = ['import', 'migrate', 'admin', 'provider', 'backup', 'restore', 'audit:verify', 'counts', 'observations', 'simulator', 'test']
  expect(ran.filter(name => !scripts[name]!.startsWith('node scripts/can-run.cjs && '))).toEqual([])
})

test.each([
  ['-n 64', 'this shell lets a program open 64 files only: run ulimit -n 1024 there (or ask who set the limit), then do the same again'],
  [
    '-v 8000000',
    'this shell limits a program to 7812 MB of addresses, and WebAssembly reserves more: run ulimit -v unlimited there, then do the same again',
  ],
  [
    '-u 250',
    'this shell lets you have 250 processes and threads only: run ulimit -u 1024 there (or ask who set the limit), then do the same again',
  ],
  ['-n 256', ''],
])('given a shell with ulimit %s, then what it takes away is named', (limit, said) => {
  const { stderr } = spawnSync('bash', ['-c', `ulimit ${limit}; exec "${process.execPath}" scripts/can-run.cjs`], {
    cwd: new URL('.', root),
    encoding: 'utf8',
    // root has as many processes as it likes
    ...(process.getuid?.() === 0 && { uid: 65_534 }),
  })
  // other systems do not say what a shell allows
  expect(stderr.trim()).toBe(process.platform === 'linux' ? said : '')
})

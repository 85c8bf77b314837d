// A Node that is too old, and folders in which Node, tsx or npm's PATH cannot work, are named before something fails with a stack.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

// The hooks of a checkout: what may be committed, and how a message begins. Tried with git itself, in a clone of its own.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { subjectFaults } from '../../../scripts/hooks/subject.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

describe('the first line of a message', () => {
  it.each([
    'receipts: a page counts once',
    'visit form, troubleshooting: places stay\n\nWhy: 100 characters of body that may be as long as they like, since nobody reads them in a list of subjects.',
    '商户: 结论先说',
    'Merge branch main',
    'fixup! receipts: a page counts once',
    '# a comment of git\nreceipts: a page counts once',
  ])('%s: taken', message => expect(subjectFaults(message)).toEqual([]))

  it('given 73 characters, no area or a full stop, then each is said', () => {
    expect(subjectFaults(`receipts: ${'点'.repeat(63)}`)).toEqual([expect.stringContaining('73 characters')])
    expect(subjectFaults('a page counts once')).toEqual([expect.stringContaining('area: what now works')])
    expect(subjectFaults('receipts: a page counts once.')).toEqual([expect.stringContaining('full stop')])
  })
})

describe('a checkout', () => {
  let folder: string
  const env = {
    ...process.env,
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@example.com',
  }
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8', env })
  const commit = (message: string) => spawnSync('git', ['commit', '-m', message], { cwd: folder, encoding: 'utf8', env })
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    git('add', name)
  }
  const install = () => execFileSync(process.execPath, ['--import', 'tsx', 'scripts/hooks/install.ts'], { cwd: folder, env })

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hooks '))
    for (const part of ['.githooks', 'scripts/hooks', 'scripts/package.json', '.prettierrc.json', '.oxlintrc.json', 'package.json'])
      cpSync(join(root, part), join(folder, part), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir')
    // both programs of types are one small file here
    for (const config of ['tsconfig.json', 'tsconfig.node.json'])
      writeFileSync(join(folder, config), JSON.stringify({ compilerOptions: { noEmit: true, strict: true, types: [] }, include: ['*.ts'] }))
    git('init', '-q')
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('given npm ci, then git uses the hooks, and hooks that somebody set stay', () => {
    install()
    expect(git('config', '--get', 'core.hooksPath').trim()).toBe('.githooks')
    git('config', 'core.hooksPath', 'mine')
    install()
    expect(git('config', '--get', 'core.hooksPath').trim()).toBe('mine')
    git('config', 'core.hooksPath', '.githooks')
  })

  it('given staged files with faults of format, of a rule and of types, then nothing is committed and each tool is named', () => {
    write('format.ts', 'export const one   = 1\n')
    write('rule.ts', 'export const one = () => {\n  debugger\n}\n')
    write('two words.ts', "export const one: number = 'one'\n")
    const { status, stderr } = commit('area: what now works')
    expect(status).toBe(1)
    for (const tool of ['prettier', 'oxlint', 'types of the app', 'types of everything else']) expect(stderr).toContain(`✗ ${tool}`)
    git('rm', '-qf', 'format.ts', 'rule.ts', 'two words.ts')
  })

  it('given a message without an area, then it is refused with the form to have', () => {
    writeFileSync(join(folder, 'message'), 'one is there\n')
    const { status, stderr } = spawnSync('.githooks/commit-msg', ['message'], { cwd: folder, encoding: 'utf8', env })
    expect(status).toBe(1)
    expect(stderr).toContain('area: what now works')
  })

  it('given a good file and a good message, then it is committed', () => {
    write('good.ts', 'export const one = 1\n')
    expect(commit('numbers: one is there')).toMatchObject({ status: 0 })
    expect(git('log', '--format=%s').trim()).toBe('numbers: one is there')
  })
})

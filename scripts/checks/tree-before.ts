// The app as it was before the change that is at work: on a branch, where it left main; on main, before the last commit or what is not committed yet.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './files.ts'

const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()

function commitBefore(): string {
  const head = git('rev-parse', 'HEAD')
  const left = git('merge-base', 'HEAD', 'main')
  if (left !== head) return left
  return git('status', '--porcelain', '--', 'miniprogram') === '' ? git('rev-parse', 'HEAD^') : head
}

/** @returns null where git does not know: a copy without history, or without main */
export async function treeBefore<T>(look: (project: string) => Promise<T>): Promise<T | null> {
  const project = mkdtempSync(join(tmpdir(), 'goldplan-before-'))
  try {
    const archive = execFileSync('git', ['archive', commitBefore(), 'miniprogram', 'project.config.json'], {
      cwd: root,
      maxBuffer: 256 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    execFileSync('tar', ['-x', '-C', project], { input: archive })
    const npm = join(root, 'miniprogram', 'miniprogram_npm')
    if (existsSync(npm)) symlinkSync(npm, join(project, 'miniprogram', 'miniprogram_npm'))
    symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'))
    return await look(project)
  } catch {
    return null
  } finally {
    rmSync(project, { recursive: true, force: true })
  }
}

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** The project's own files, relative to its root: tracked ones and new ones that are not ignored. */
export async function projectFiles(pattern: RegExp): Promise<string[]> {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  return listed.split('\n').filter(file => file !== '' && pattern.test(file) && existsSync(join(root, file)))
}

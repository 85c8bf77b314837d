// The scripts that a file of parts (miniprogram/stores/parts.ts) runs with WeChat's `require`, imported.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ManageParts } from '../../../miniprogram/packages/manage/stores/parts.ts'
import type { Parts } from '../../../miniprogram/stores/parts.ts'

/** Name, the script that runs, what is taken of it, and what is said to be. */
const PART = /^ {2}(\w+): \(\) => require\('([^']+)'\)\.(\w+) as typeof (\w+),$/gm

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')

async function partsOf<All>(file: string): Promise<All> {
  const path = join(root, file)
  const text = readFileSync(path, 'utf8')
  const lines = [...text.matchAll(PART)]
  if (lines.length !== text.split(' require(').length - 1) throw new Error(`${file}: not every script of it is understood`)
  const made: Record<string, () => unknown> = {}
  // one after the other: jest links modules that several ask for at once only for the first
  for (const [line, name, script, taken, said] of lines) {
    const imported = new RegExp(`^import type \\{[^}]*\\b${said}\\b[^}]*\\} from '${script}'$`, 'm')
    if (taken !== said || !imported.test(text)) throw new Error(`${file} runs one thing and says another:${line}`)
    const module = (await import(join(dirname(path), `${script}.ts`))) as Record<string, unknown>
    made[name!] = () => module[taken!]
  }
  return made as All
}

export const parts = await partsOf<Parts>('miniprogram/stores/parts.ts')
export const manageParts = await partsOf<ManageParts>('miniprogram/packages/manage/stores/parts.ts')

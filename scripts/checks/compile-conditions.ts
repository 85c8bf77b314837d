// DevTools' compile conditions (project.config.json): each page of the app can be opened by itself, with something of the demo's on it.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { difficultMerchants } from '../../dev/demo/difficulties.ts'
import { visits } from '../../dev/demo/visits.ts'
import { root } from './files.ts'

export interface Condition {
  name: string
  pathName: string
  query: string
}

export interface AppPages {
  pages: string[]
  subPackages?: { root: string; pages: string[] }[]
}

/** Pages that show nothing without a query: which of its names one of these has to be. */
const NEEDS: [pages: RegExp, names: string[]][] = [
  [/^packages\/merchant\/(?!receipt-health\/)/, ['sub_mchid']],
  [/^packages\/visit\/edit\//, ['sub_mchid', 'visit_id']],
  [/^packages\/visit\/detail\//, ['visit_id']],
]
const DEMO: Record<string, ReadonlySet<string>> = {
  sub_mchid: new Set(difficultMerchants.map(({ sub_mchid }) => sub_mchid)),
  visit_id: new Set(visits.map(({ id }) => id)),
}

/** @returns pages that no condition opens, conditions of pages that are gone, queries that name nothing of the demo's */
export function conditionFaults(conditions: readonly Condition[], { pages, subPackages = [] }: AppPages): string[] {
  const all = [...pages, ...subPackages.flatMap(({ root: folder, pages: own }) => own.map(page => `${folder}/${page}`))]
  const findings = all
    .filter(page => !conditions.some(({ pathName }) => pathName === page))
    .map(page => `project.config.json: no compile condition opens ${page}`)
  for (const { name, pathName, query } of conditions) {
    if (!all.includes(pathName)) findings.push(`project.config.json: the compile condition ${name} opens ${pathName}, which is no page`)
    const given = query
      .split('&')
      .filter(Boolean)
      .map(pair => pair.split('='))
    const needed = NEEDS.find(([of]) => of.test(pathName))?.[1] ?? []
    if (needed.length > 0 && !given.some(([key]) => needed.includes(key!)))
      findings.push(`project.config.json: the compile condition ${name} gives no ${needed.join(' or ')}`)
    for (const [key, value] of given)
      if (DEMO[key!] && !DEMO[key!]!.has(value ?? ''))
        findings.push(`project.config.json: the compile condition ${name}: the demo has no ${query}`)
  }
  return findings
}

export async function checkCompileConditions(): Promise<string[]> {
  const read = async (file: string): Promise<unknown> => JSON.parse(await readFile(join(root, file), 'utf8'))
  const project = (await read('project.config.json')) as { condition?: { miniprogram?: { list?: Condition[] } } }
  return conditionFaults(project.condition?.miniprogram?.list ?? [], (await read('miniprogram/app.json')) as AppPages)
}

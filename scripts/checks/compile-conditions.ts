// DevTools' compile conditions (project.config.json): each page of the app can be opened by itself, with something of the demo's on it.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
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

/** What stands on the page of a condition that nobody wrote. */
const SHOWN: Record<string, string> = { sub_mchid: '1900000109', visit_id: visits[0]!.id }

const pagesOf = ({ pages, subPackages = [] }: AppPages): string[] => [
  ...pages,
  ...subPackages.flatMap(({ root: folder, pages: own }) => own.map(page => `${folder}/${page}`)),
]
const needsOf = (page: string): string[] => NEEDS.find(([of]) => of.test(page))?.[1] ?? []

/** Those that stand there without the ones of pages that are gone, and one for each page that has none. @param titleOf the title bar of a page */
export function completed<C extends Condition>(
  conditions: readonly C[],
  app: AppPages,
  titleOf: (page: string) => string,
): (C | Condition)[] {
  const all = pagesOf(app)
  const kept = conditions.filter(({ pathName }) => all.includes(pathName))
  const missing = all.filter(page => !kept.some(({ pathName }) => pathName === page))
  return [
    ...kept,
    ...missing.map(pathName => {
      const [needed] = needsOf(pathName)
      const shown = needed && SHOWN[needed]
      const name = needed === 'sub_mchid' ? `${titleOf(pathName)} ${shown}` : titleOf(pathName)
      return { name, pathName, query: shown ? `${needed}=${shown}` : '', scene: null }
    }),
  ]
}

/** @returns pages that no condition opens, conditions of pages that are gone, queries that name nothing of the demo's */
export function conditionFaults(conditions: readonly Condition[], app: AppPages): string[] {
  const all = pagesOf(app)
  const findings = all
    .filter(page => !conditions.some(({ pathName }) => pathName === page))
    .map(page => `project.config.json: no compile condition opens ${page}: npm run conditions writes one`)
  for (const { name, pathName, query } of conditions) {
    if (!all.includes(pathName)) findings.push(`project.config.json: the compile condition ${name} opens ${pathName}, which is no page`)
    const given = query
      .split('&')
      .filter(Boolean)
      .map(pair => pair.split('='))
    const needed = needsOf(pathName)
    if (needed.length > 0 && !given.some(([key]) => needed.includes(key!)))
      findings.push(`project.config.json: the compile condition ${name} gives no ${needed.join(' or ')}`)
    for (const [key, value] of given)
      if (DEMO[key!] && !DEMO[key!]!.has(value ?? ''))
        findings.push(`project.config.json: the compile condition ${name}: the demo has no ${query}`)
  }
  return findings
}

interface ProjectConfig {
  condition?: { miniprogram?: { list?: Condition[] } }
}
const read = async (file: string): Promise<unknown> => JSON.parse(await readFile(join(root, file), 'utf8'))
const readBoth = async () =>
  [(await read('project.config.json')) as ProjectConfig, (await read('miniprogram/app.json')) as AppPages] as const

export async function checkCompileConditions(): Promise<string[]> {
  const [project, app] = await readBoth()
  return conditionFaults(project.condition?.miniprogram?.list ?? [], app)
}

/** Those of a package that stand there, then its folders with a page that app.json does not name. @param folders with an `index.wxml` and an `index.json`, in the package's root */
export const withNewPages = (pages: readonly string[], folders: readonly string[]): string[] => [
  ...pages,
  ...folders.map(folder => `${folder}/index`).filter(page => !pages.includes(page)),
]

const writeJson = async (file: string, text: string) =>
  writeFile(file, await format(text, { ...(await resolveConfig(file)), parser: 'json' }))

/** Pages are folders in the root of a package; components stand one deeper. */
async function writePages(): Promise<void> {
  const file = join(root, 'miniprogram/app.json')
  const app = (await read('miniprogram/app.json')) as AppPages
  const subPackages = await Promise.all(
    (app.subPackages ?? []).map(async one => {
      const found = await readdir(join(root, 'miniprogram', one.root), { recursive: true })
      const folders = found.flatMap(name => /^([a-z-]+)\/index\.wxml$/.exec(name.replaceAll('\\', '/'))?.[1] ?? [])
      return { ...one, pages: withNewPages(one.pages, folders.sort()) }
    }),
  )
  const written = JSON.stringify({ ...app, subPackages })
  if (written !== JSON.stringify(app)) await writeJson(file, written)
}

/** Writes pages that are new into app.json, and project.config.json with a condition for every page. */
export async function writeCompileConditions(): Promise<void> {
  await writePages()
  const [project, app] = await readBoth()
  const titles = new Map<string, string>()
  for (const page of pagesOf(app)) {
    const { navigationBarTitleText } = (await read(`miniprogram/${page}.json`)) as { navigationBarTitleText?: string }
    titles.set(page, navigationBarTitleText ?? page)
  }
  const list = completed(project.condition?.miniprogram?.list ?? [], app, page => titles.get(page)!)
  const written = { ...project, condition: { ...project.condition, miniprogram: { ...project.condition?.miniprogram, list } } }
  await writeJson(join(root, 'project.config.json'), JSON.stringify(written, null, 2))
}

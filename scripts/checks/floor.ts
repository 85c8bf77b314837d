// The floor for engines (floor/table.ts), held against every file that ships: npm packages, WXSS, WXML, WXS and the receipt's page included.
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { readApp, type App } from './app-parts.ts'
import { root } from './files.ts'
import { baseLibraryNeeds, type Need } from './floor/base-library.ts'
import { compareVersions } from './floor/engines.ts'
import { lackingInPageScript, lackingInScript } from './floor/script.ts'
import { lackingInStyles } from './floor/styles.ts'
import { BASE_LIBRARY } from './floor/table.ts'
import { lackingInWxml, lackingInWxs } from './floor/templates.ts'
import { officialScript } from './official-script.ts'

/** The receipt: sent as it is to customers' phones, which are no newer than the staff's. */
const PAGE_FOLDER = join(root, 'backend', 'receipts', 'page')
const pageFiles = async () => (await readdir(PAGE_FOLDER)).map(name => join(PAGE_FOLDER, name))

/** Where a text stands in the source of a compiled script; its first line when compiling has changed it. */
const lineOf = (source: string, near: string) => source.slice(0, Math.max(0, source.indexOf(near))).split('\n').length

async function lackingInFile(path: string): Promise<{ line: number; what: string }[]> {
  const source = await readFile(path, 'utf8')
  if (/\.(wxss|css)$/.test(path)) return lackingInStyles(source)
  if (path.endsWith('.wxml')) return lackingInWxml(source)
  if (path.endsWith('.wxs')) return lackingInWxs(source)
  if (!/\.(ts|js)$/.test(path)) return []
  if (path.startsWith(PAGE_FOLDER)) {
    // what stands for a number until the page is sent
    const lacks = lackingInPageScript(source.replace(/__[A-Z]+__/g, '0'))
    return lacks.map(({ what, near }) => ({ line: lineOf(source, near), what }))
  }
  const { code } = await officialScript(path)
  return lackingInScript(code).map(({ what, near }) => ({ line: lineOf(source, near), what }))
}

/** @returns `file:line: what the floor lacks` */
export async function checkFiles(paths: readonly string[]): Promise<string[]> {
  const findings: string[] = []
  for (const path of paths) {
    const file = relative(root, path).replaceAll('\\', '/')
    try {
      findings.push(...(await lackingInFile(path)).map(({ line, what }) => `${file}:${line}: ${what}`))
    } catch (error) {
      findings.push(`${file}: cannot be compiled for the floor: ${(error as Error).message}`)
    }
  }
  return [...new Set(findings)]
}

/** What the app needs of the base library, npm packages included, the newest first. */
export async function appNeeds(app: App): Promise<Need[]> {
  const files = [...app.compiled.inputs].filter(path => /\.(ts|js|wxml|json)$/.test(path))
  const read = async (path: string) => ({ file: relative(root, path).replaceAll('\\', '/'), text: await readFile(path, 'utf8') })
  return baseLibraryNeeds(await Promise.all(files.map(read)))
}

export async function checkFloor(given?: App): Promise<string[]> {
  const app = given ?? (await readApp())
  const newer = (await appNeeds(app)).filter(({ from }) => compareVersions(from, BASE_LIBRARY) > 0)
  return [
    ...(await checkFiles([...app.compiled.inputs, ...(await pageFiles())])),
    ...newer.map(
      ({ what, from, file }) => `${file}: ${what} needs base library ${from}, the floor is ${BASE_LIBRARY}: ask wx.canIUse first`,
    ),
  ]
}

// A mini program's folder → one script for the phone's frame. Nothing is written to disk; unchanged files are not compiled again.
import { existsSync, readdirSync, readFileSync, realpathSync, statSync, type Stats } from 'node:fs'
import { extname, join, resolve } from 'node:path'
import type { AppJson, CompiledProject } from '../runtime/contract.ts'
import { LACKING_TAGS } from '../builtins/attributes.ts'
import { readAppJson } from './app-json.ts'
import { ComponentGraph, type ComponentEntry } from './components.ts'
import { Diagnostics, positionAt } from './diagnostics.ts'
import { addModules, type Module } from './scripts.ts'
import { Sources } from './sources.ts'
import { compileWxss } from './styles.ts'
import { Templates } from './templates.ts'

/** What `script` defines as globalThis.__project. */
export interface ProjectBundle {
  appJson: AppJson
  /** theme.json: variables by colour scheme */
  theme: Record<'light' | 'dark', Record<string, string>>
  /** module of app.ts */
  app: string
  /** pages in the order of app.json, sub-packages after the main package */
  pages: string[]
  customTabBar: boolean
  components: Record<string, ComponentEntry>
  modules: Record<string, Module>
  appCss: string
  /** JavaScript expression, see Templates.expression */
  templates: string
  /** tags of templates that are no components here, and whether a box stands for them: see builtins/foreign.ts */
  foreignTags: Record<string, boolean>
  /** images of the folder as data URLs, by path */
  assets: Record<string, string>
}

const IMAGE_TYPES: Record<string, string> = {
  '.png': 'png',
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.gif': 'gif',
  '.webp': 'webp',
  '.svg': 'svg+xml',
}

/**
 * @param folder the project's folder: project.config.json with miniprogramRoot, or app.json itself
 * @param options.define constants put into the scripts, e.g. `{ 'process.env.NODE_ENV': '"development"' }`
 * @param options.strict warnings count as errors
 * @returns diagnostics included; with any of severity error the script is empty and must not be run
 * @throws Error when there is no app.json
 */
export async function compileProject(
  folder: string,
  options: { define?: Record<string, string>; strict?: boolean } = {},
): Promise<CompiledProject> {
  const project = resolve(folder)
  const diagnostics = new Diagnostics(project, options.strict)
  const { root, plugins } = readProjectConfig(project, diagnostics)
  const sources = new Sources(root, diagnostics, plugins)
  if (!sources.exists('app.json')) {
    const below = appFolders(project)
    const hint = below.length > 0 ? `; there is one in ${below.join(', ')}` : ''
    throw new Error(`${sources.real('app.json')} is not found: this is no mini program folder${hint}`)
  }
  const appJson = readAppJson(sources, diagnostics)
  const empty: AppJson = { pages: [] }
  const finish = (script: string): CompiledProject => ({
    script,
    appJson: appJson ?? empty,
    diagnostics: diagnostics.list,
    inputs: [...sources.inputs],
  })
  if (!appJson) return finish('')
  sources.useAliases((appJson['resolveAlias'] as Record<string, unknown> | undefined) ?? {})
  const extended = extendedLibraries(appJson, sources, diagnostics)

  const templates = new Templates(sources, diagnostics)
  const graph = new ComponentGraph(appJson, sources, templates, diagnostics)
  const named = pagePaths(appJson)
  const pages = named.filter(path => graph.isComponent(path) && sources.exists(`${path}.wxml`))
  for (const path of named) {
    if (pages.includes(path)) graph.add(path, true)
    else reportMissingPage(path, sources, graph, diagnostics)
  }
  if (pages.length === 0) diagnostics.error(sources.real('app.json'), 1, 1, 'none of the pages that app.json names is there')
  const customTabBar = appJson.tabBar?.custom === true && graph.isComponent('custom-tab-bar/index')
  if (customTabBar) graph.add('custom-tab-bar/index', false)
  checkTabBar(appJson, named, sources, diagnostics)
  const theme = readTheme(appJson, sources, diagnostics)

  const modules = new Map<string, Module>()
  const app = sources.resolveModule('app.ts', './app') ?? ''
  const define = { 'process.env.NODE_ENV': '"development"', ...options.define }
  const scripts = [app, ...[...graph.components.values()].map(({ script }) => script)].filter(Boolean)
  await Promise.all(scripts.map(entry => addModules(entry, modules, sources, diagnostics, define)))
  const styles = [...extended.map(({ style }) => style), sources.styleOf('app')].filter(
    style => style !== undefined && sources.exists(style),
  )
  const appCss = styles.map(style => compileWxss(style!, 'app', sources, diagnostics)).join('\n')
  const expression = templates.expression()
  if (diagnostics.failed) return finish('')

  const bundle: ProjectBundle = {
    appJson,
    theme,
    app,
    pages,
    customTabBar,
    components: Object.fromEntries(graph.components),
    modules: Object.fromEntries(modules),
    appCss,
    templates: expression,
    foreignTags: Object.fromEntries([...templates.foreign].map(tag => [tag, LACKING_TAGS.has(tag) || graph.missing.has(tag)])),
    assets: readAssets(sources),
  }
  // U+2028/9 and </script> are harmless in JSON only
  const text = JSON.stringify(bundle)
    .replace(/[\u2028\u2029]/g, mark => `\\u${mark.charCodeAt(0).toString(16)}`)
    .replace(/<\/(script)/gi, '<\\/$1')
  return finish(`globalThis.__project = ${text};`)
}

/** Folders that may have been meant: those below that hold an app.json, at most three folders down. */
function appFolders(folder: string, depth = 3): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && !/^(\.|node_modules$|miniprogram_npm$)/.test(entry.name))
    .flatMap(({ name }) => {
      const below = join(folder, name)
      return existsSync(join(below, 'app.json')) ? [below] : depth > 1 ? appFolders(below, depth - 1) : []
    })
    .slice(0, 5)
}

function readProjectConfig(project: string, diagnostics: Diagnostics): { root: string; plugins: string[] } {
  const file = join(project, 'project.config.json')
  const config = existsSync(file) ? new Sources(project, diagnostics).json('project.config.json') : undefined
  const { useCompilerPlugins } = (config?.['setting'] ?? {}) as { useCompilerPlugins?: unknown }
  return {
    root: join(project, String(config?.['miniprogramRoot'] ?? '')),
    plugins: Array.isArray(useCompilerPlugins) ? useCompilerPlugins.map(String) : [],
  }
}

/** What WeChat brings when app.json asks for it: the npm package of its components, and a style that holds for the whole app. */
const EXTENDED: Record<string, { name: string; style?: string }[]> = {
  weui: [{ name: 'weui-miniprogram', style: 'miniprogram_npm/weui-miniprogram/weui-wxss/dist/style/weui.wxss' }],
  kbone: [{ name: 'miniprogram-element' }, { name: 'miniprogram-render' }],
}

function extendedLibraries(appJson: AppJson, sources: Sources, diagnostics: Diagnostics): { name: string; style?: string }[] {
  const asked = Object.entries((appJson['useExtendedLib'] as Record<string, boolean> | undefined) ?? {}).filter(([, wanted]) => wanted)
  for (const [library] of asked) {
    if (EXTENDED[library]) continue
    const { line, column } = positionAt(sources.read('app.json'), Math.max(0, sources.read('app.json').indexOf(`"${library}"`)))
    diagnostics.warning(
      sources.real('app.json'),
      line,
      column,
      `useExtendedLib "${library}" is not one that WeChat has: ${Object.keys(EXTENDED).join(', ')}`,
    )
  }
  const found = asked.flatMap(([library]) => EXTENDED[library] ?? [])
  sources.extend(found.map(({ name }) => name))
  return found
}

function pagePaths({ pages, subPackages = [] }: AppJson): string[] {
  return [...pages, ...subPackages.flatMap(({ root, pages: own }) => own.map(page => `${root.replace(/^\/|\/$/g, '')}/${page}`))]
}

function reportMissingPage(path: string, sources: Sources, graph: ComponentGraph, diagnostics: Diagnostics): void {
  const text = sources.read('app.json')
  const short = path.split('/').slice(-2).join('/')
  const offset = [`"${path}"`, `"${short}"`, short].map(needle => text.indexOf(needle)).find(found => found >= 0) ?? 0
  const { line, column } = positionAt(text, offset)
  const missing = graph.isComponent(path) ? `${path}.wxml` : `${path}.ts (or .js)`
  diagnostics.warning(sources.real('app.json'), line, column, `page "${path}": ${missing} is not found`)
}

function checkTabBar(appJson: AppJson, pages: string[], sources: Sources, diagnostics: Diagnostics): void {
  const list = appJson.tabBar?.list
  if (!list) return
  const text = sources.read('app.json')
  const at = (needle: string) => positionAt(text, Math.max(0, text.indexOf(needle, text.indexOf('"tabBar"'))))
  const report = (needle: string, message: string) =>
    diagnostics.error(sources.real('app.json'), at(needle).line, at(needle).column, message)
  if (list.length < 2 || list.length > 5) report('"list"', `tabBar.list has ${list.length} items; WeChat wants 2 to 5`)
  for (const { pagePath } of list) {
    if (!appJson.pages.includes(pagePath))
      report(`"${pagePath}"`, `tabBar page "${pagePath}" is not in pages${pages.includes(pagePath) ? ' of the main package' : ''}`)
  }
}

function readTheme(appJson: AppJson, sources: Sources, diagnostics: Diagnostics): ProjectBundle['theme'] {
  const path = appJson.themeLocation
  if (!path) return { light: {}, dark: {} }
  if (!sources.exists(path)) {
    const { line, column } = positionAt(sources.read('app.json'), Math.max(0, sources.read('app.json').indexOf('"themeLocation"')))
    diagnostics.error(sources.real('app.json'), line, column, `themeLocation "${path}" is not found`)
    return { light: {}, dark: {} }
  }
  const theme = sources.json(path) as Partial<ProjectBundle['theme']> | undefined
  return { light: theme?.light ?? {}, dark: theme?.dark ?? {} }
}

function readAssets(sources: Sources): Record<string, string> {
  const assets: Record<string, string> = {}
  for (const path of filesBelow(sources.root)) {
    const type = IMAGE_TYPES[extname(path).toLowerCase()]
    if (!type) continue
    const file = join(sources.root, path)
    sources.inputs.add(file)
    assets[path] = `data:image/${type};base64,${readFileSync(file).toString('base64')}`
  }
  return assets
}

/** Paths below a folder, without packages and what is hidden. Links are followed once; those to nowhere and back to where they stand are left out. */
function* filesBelow(root: string, folder = '', seen = new Set<string>()): Generator<string> {
  const real = realpathSync(join(root, folder))
  if (seen.has(real)) return
  seen.add(real)
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (/^(\.|node_modules$|miniprogram_npm$)/.test(entry.name)) continue
    const path = folder ? `${folder}/${entry.name}` : entry.name
    const kind = entry.isSymbolicLink() ? behind(join(root, path)) : entry
    if (kind?.isDirectory()) yield* filesBelow(root, path, seen)
    else if (kind?.isFile()) yield path
  }
}

function behind(link: string): Stats | undefined {
  try {
    return statSync(link)
  } catch {
    return undefined
  }
}

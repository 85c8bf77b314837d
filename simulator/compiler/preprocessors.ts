// Style languages of setting.useCompilerPlugins: less and sass, by their own compilers from npm. Both are loaded by the first project that asks for them.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Diagnostics } from './diagnostics.ts'
import type { Sources } from './sources.ts'

const require = createRequire(import.meta.url)

interface Less {
  render(
    source: string,
    options: { filename: string; paths: string[]; syncImport: true; math?: string },
    done: (error: LessError | null, result?: { css: string; imports: string[] }) => void,
  ): void
}
interface LessError {
  message: string
  filename?: string
  line?: number
  column?: number
}

/** WXSS of a style file in whatever language its ending says. A mistake is reported where it is, and the style is empty. */
export function readStyle(path: string, sources: Sources, diagnostics: Diagnostics): string {
  const source = sources.read(path)
  const file = sources.real(path)
  if (path.endsWith('.less')) return fromLess(source, file, sources, diagnostics)
  if (/\.(scss|sass)$/.test(path)) return fromSass(source, file, sources, diagnostics)
  return source
}

function fromLess(source: string, file: string, sources: Sources, diagnostics: Diagnostics): string {
  const less = require('less') as Less
  let css = ''
  // with syncImport the answer comes before render returns
  less.render(source, { filename: file, paths: [dirname(file), sources.root], syncImport: true }, (error, result) => {
    if (error) diagnostics.error(error.filename ?? file, error.line ?? 1, (error.column ?? 0) + 1, error.message)
    for (const imported of result?.imports ?? []) sources.inputs.add(imported)
    css = result?.css ?? ''
  })
  return css
}

function fromSass(source: string, file: string, sources: Sources, diagnostics: Diagnostics): string {
  const sass = require('sass') as typeof import('sass')
  try {
    const { css, loadedUrls } = sass.compileString(source, {
      url: pathToFileURL(file),
      syntax: file.endsWith('.sass') ? 'indented' : 'scss',
      importers: [fromRoot(sources.root), wxssImporter(sources.root)],
      loadPaths: [dirname(file), sources.root],
      logger: sass.Logger.silent,
      charset: false,
    })
    for (const url of loadedUrls) if (url.protocol === 'file:') sources.inputs.add(fileURLToPath(url))
    return css
  } catch (error) {
    if (!(error instanceof sass.Exception)) throw error
    const { span, sassMessage } = error
    diagnostics.error(span.url ? fileURLToPath(span.url) : file, span.start.line + 1, span.start.column + 1, sassMessage)
    return ''
  }
}

/** `/styles/base`: of the mini program's own root. */
const fromRoot = (root: string): import('sass').FileImporter<'sync'> => ({
  findFileUrl: url => (url.startsWith('/') && !url.endsWith('.wxss') ? pathToFileURL(join(root, url)) : null),
})

/** WXSS between files of Sass is taken as it is. */
const wxssImporter = (root: string): import('sass').Importer<'sync'> => ({
  canonicalize(url, { containingUrl }) {
    if (!url.endsWith('.wxss')) return null
    if (url.startsWith('/')) return pathToFileURL(join(root, url))
    return containingUrl && new URL(url, containingUrl)
  },
  load: url => ({ contents: readFileSync(url, 'utf8'), syntax: 'css' }),
})

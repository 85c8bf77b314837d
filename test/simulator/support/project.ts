// A mini program folder made of texts, for one test.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const made: string[] = []

/** Writes the files; app.json gets `pages` when it is not given. Folders are removed by removeProjects(). */
export function writeProject(files: Record<string, string | Buffer>): string {
  const folder = mkdtempSync(join(tmpdir(), 'mini-program-'))
  made.push(folder)
  const all = { 'app.json': '{ "pages": ["pages/a/index"] }', 'app.js': 'App({})', ...files }
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

/** The three files of a page or component at `path`. */
export const unit = (path: string, wxml: string, script = 'Page({})', json = '{}', wxss = ''): Record<string, string> => ({
  [`${path}.wxml`]: wxml,
  [`${path}.js`]: script,
  [`${path}.json`]: json,
  [`${path}.wxss`]: wxss,
})

export function removeProjects(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
}

// A compiled project in real Chromium, without the simulator's server: the runtime is bundled and started in a blank page.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { type Browser, type Page, chromium } from 'playwright-core'
import { compileProject } from '../../../simulator/compiler/index.ts'
import type { Runtime } from '../../../simulator/runtime/contract.ts'

declare global {
  // in the browser
  var runtime: Runtime
}

const here = fileURLToPath(new URL('.', import.meta.url))
export const fixture = (name: string) => join(here, '../fixtures', name)
const FONT = join(here, '../../../node_modules/@fontsource-variable/noto-sans-sc')
// Chromium from npm has no font of its own; without one every line of text is 0 high
const FRAME = '<!doctype html><html><head><meta charset="utf-8"><link rel="stylesheet" href="/font/index.css"></head><body></body></html>'
let bundle: Promise<string> | undefined

export async function runtimeBundle(): Promise<string> {
  bundle ??= build({
    stdin: { contents: `import { createRuntime } from './simulator/runtime/index.ts'; globalThis.createRuntime = createRuntime`, resolveDir: join(here, '../../..') },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    logLevel: 'error',
  }).then(({ outputFiles }) => outputFiles[0]!.text)
  return bundle
}

/** One Chromium for a test file. Its own folder for temporary files: the packed Chromium reuses whatever it finds in a shared one. */
export async function launchBrowser(): Promise<Browser> {
  const folder = mkdtempSync(join(tmpdir(), 'chromium-'))
  // its own fonts.conf looks in /tmp/fonts only, and without any font even web fonts are not drawn
  writeFileSync(join(folder, 'fonts.conf'), `<?xml version="1.0"?><fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/cache</cachedir></fontconfig>`)
  const before = { ...process.env }
  Object.assign(process.env, { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x', TMPDIR: folder, FONTCONFIG_PATH: folder })
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    const executablePath = process.env['CHROME_PATH'] ?? (await packed.executablePath())
    return await chromium.launch({ executablePath, args: packed.args, headless: true })
  } finally {
    process.env['TMPDIR'] = before['TMPDIR'] ?? '/tmp'
  }
}

export interface Phone {
  page: Page
  /** messages of runtime.events 'error' */
  errors: string[]
  close(): Promise<void>
}

/**
 * Compiles `folder` and launches it at `path`.
 * @param before source of a function run in the browser between createRuntime and launch, e.g. to add globals
 */
export async function openPhone(browser: Browser, folder: string, { path = '', query = {}, before = '() => {}' } = {}): Promise<Phone> {
  const project = await compileProject(folder)
  if (!project.script) throw new Error(project.diagnostics.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`).join('\n'))
  const page = await browser.newPage({ viewport: { width: 375, height: 667 }, deviceScaleFactor: 2 })
  const errors: string[] = []
  await page.exposeFunction('__reportError', (message: string) => void errors.push(message))
  await page.route('http://phone.test/**', (route) => {
    const path = new URL(route.request().url()).pathname
    if (path.startsWith('/font/')) return route.fulfill({ path: join(FONT, path.slice('/font/'.length)) })
    return route.fulfill({ contentType: 'text/html', body: FRAME })
  })
  await page.goto('http://phone.test/')
  await page.addScriptTag({ content: await runtimeBundle() })
  await page.addScriptTag({ content: project.script })
  await page.evaluate(
    async ([target, search, prepare]) => {
      const frame = globalThis as unknown as { createRuntime: (project: unknown, root: HTMLElement) => Runtime; __project: unknown; __reportError: (message: string) => void }
      globalThis.runtime = frame.createRuntime(frame.__project, document.body)
      globalThis.runtime.events.on('error', ({ message }) => frame.__reportError(message))
      globalThis.runtime.events.on('unhandledRejection', ({ reason }) => frame.__reportError(String(reason)))
      ;(0, eval)(`(${prepare})`)(globalThis.runtime)
      await globalThis.runtime.launch({ path: target as string, query: search as Record<string, string>, scene: 1001 })
      await globalThis.runtime.settled()
    },
    [path, query, before] as const,
  )
  return { page, errors, close: () => page.close() }
}

// A compiled project in real Chromium, without the simulator's server: the runtime is bundled and started in a blank page.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { compileProject } from '../../../simulator/compiler/index.ts'
import type { Runtime } from '../../../simulator/runtime/contract.ts'

declare global {
  // in the browser
  var runtime: Runtime
}

const here = fileURLToPath(new URL('.', import.meta.url))
export const fixture = (name: string) => join(here, '../fixtures', name)
const FONT = join(here, '../../../node_modules/@fontsource-variable/noto-sans-sc')
// Chromium from npm has no Chinese font of its own
const FRAME = '<!doctype html><html><head><meta charset="utf-8"><link rel="stylesheet" href="/font/index.css"></head><body></body></html>'
// what Vant asks of wx; the whole wx has tests of its own
const WX = `import { createAnimation } from './simulator/wx/animation.ts'
globalThis.smallWx = (runtime) => ({
  nextTick: (callback) => queueMicrotask(callback),
  createSelectorQuery: () => runtime.createSelectorQuery(),
  createAnimation,
  getSystemInfoSync: () => ({ SDKVersion: '3.8.0', windowWidth: innerWidth, windowHeight: innerHeight, safeArea: { bottom: innerHeight } }),
  getWindowInfo: () => ({ windowWidth: innerWidth, windowHeight: innerHeight }),
  canIUse: () => true,
})`
let bundle: Promise<string> | undefined

async function runtimeBundle(): Promise<string> {
  bundle ??= build({
    stdin: {
      contents: `import { createRuntime } from './simulator/runtime/index.ts'; globalThis.createRuntime = createRuntime
${WX}`,
      resolveDir: join(here, '../../..'),
    },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    logLevel: 'error',
  }).then(({ outputFiles }) => outputFiles[0]!.text)
  return bundle
}

export { launchBrowser } from '../../../simulator/browser.ts'

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
  if (!project.script)
    throw new Error(project.diagnostics.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`).join('\n'))
  const page = await browser.newPage({ viewport: { width: 375, height: 667 }, deviceScaleFactor: 2 })
  const errors: string[] = []
  await page.exposeFunction('__reportError', (message: string) => void errors.push(message))
  await page.route('**/*', route => route.abort())
  await page.route('http://phone.test/**', route => {
    const path = new URL(route.request().url()).pathname
    if (path.startsWith('/font/')) return route.fulfill({ path: join(FONT, path.slice('/font/'.length)) })
    return route.fulfill({ contentType: 'text/html', body: FRAME })
  })
  await page.goto('http://phone.test/')
  await page.addScriptTag({ content: await runtimeBundle() })
  await page.addScriptTag({ content: project.script })
  await page.evaluate(() => {
    const frame = globalThis as unknown as {
      createRuntime: (project: unknown, root: HTMLElement) => Runtime
      __project: unknown
      smallWx: (runtime: Runtime) => unknown
      __reportError: (message: string) => void
    }
    globalThis.runtime = frame.createRuntime(frame.__project, document.body)
    globalThis.runtime.globals['wx'] = frame.smallWx(globalThis.runtime)
    globalThis.runtime.events.on('error', ({ message }) => frame.__reportError(message))
    globalThis.runtime.events.on('unhandledRejection', ({ reason }) => frame.__reportError(String(reason)))
  })
  await page.evaluate(`(${before})(runtime)`)
  await page.evaluate(
    async ([target, search]) => {
      await globalThis.runtime.launch({ path: target as string, query: search as Record<string, string>, scene: 1001 })
      await globalThis.runtime.settled()
    },
    [path, query] as const,
  )
  return { page, errors, close: () => page.close() }
}

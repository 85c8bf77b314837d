// Finds a Chromium and starts it, on a machine with or without one installed and with or without a network.
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { promisify } from 'node:util'
import { chromium, type Browser } from 'playwright-core'

export interface Chromium {
  executablePath: string
  /** what this very build needs */
  env: Record<string, string>
}

const INSTALLED: Partial<Record<NodeJS.Platform, (env: NodeJS.ProcessEnv) => string[]>> = {
  linux: () =>
    ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge-stable', 'microsoft-edge']
      .flatMap(name => [`/usr/bin/${name}`, `/usr/local/bin/${name}`])
      .concat('/opt/google/chrome/chrome', '/opt/microsoft/msedge/msedge', '/snap/bin/chromium'),
  darwin: env =>
    ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap(name =>
      ['/Applications', `${env.HOME}/Applications`].map(folder => `${folder}/${name}.app/Contents/MacOS/${name}`),
    ),
  win32: env =>
    [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
      .filter(folder => folder !== undefined)
      .flatMap(folder =>
        ['Google\\Chrome', 'Microsoft\\Edge', 'Chromium'].map(
          vendor => `${folder}\\${vendor}\\Application\\${vendor.includes('Edge') ? 'msedge' : 'chrome'}.exe`,
        ),
      ),
}

/**
 * CHROME_PATH, else an installed Chrome, Edge or Chromium, else the one inside the npm package @sparticuz/chromium (Linux x64 only).
 * @throws Error that says what was looked for and how to help
 */
export async function findChromium(env: NodeJS.ProcessEnv = process.env): Promise<Chromium> {
  const plain = (executablePath: string): Chromium => ({ executablePath, env: {} })
  if (env.CHROME_PATH) {
    if (existsSync(env.CHROME_PATH)) return plain(env.CHROME_PATH)
    throw new Error(`CHROME_PATH is ${env.CHROME_PATH}, and there is no such file`)
  }
  const installed = INSTALLED[process.platform]?.(env).find(path => existsSync(path))
  if (installed) return plain(installed)
  if (process.platform === 'linux' && process.arch === 'x64') return unpackChromium()
  throw new Error('no Chrome, Edge or Chromium was found: install one, or set CHROME_PATH to its program')
}

/**
 * Unpacks the npm package's Chromium once, into a folder that only this user can write. (Left alone, the package would take any file named `chromium`
 * from the common temporary folder, of whatever version and owner.)
 */
async function unpackChromium(): Promise<Chromium> {
  try {
    const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
    const { version } = JSON.parse(readFileSync(join(entry.slice(0, entry.lastIndexOf(`${sep}build${sep}`)), 'package.json'), 'utf8')) as {
      version: string
    }
    const folder = join(tmpdir(), `simulator-chromium-${process.getuid!()}-${version}`)
    if (!existsSync(folder)) await unpackInto(folder, entry)
    const { uid, mode } = statSync(folder)
    if (uid !== process.getuid!() || (mode & 0o022) !== 0) throw new Error(`${folder} belongs to somebody else: delete it`)
    return {
      executablePath: join(folder, 'chromium'),
      env: { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: join(folder, 'fonts'), HOME: folder },
    }
  } catch (error) {
    const help = 'install one, or set CHROME_PATH to its program'
    throw new Error(
      `no Chrome, Edge or Chromium was found, and that of @sparticuz/chromium cannot be unpacked (${(error as Error).message}): ${help}`,
      { cause: error },
    )
  }
}

/** In a child, because the package reads its settings from the environment when it is imported; renamed at the end, so that nobody sees half of it. */
async function unpackInto(folder: string, entry: string): Promise<void> {
  const unpacking = mkdtempSync(`${folder}-`)
  const script = `require(${JSON.stringify(entry)}).executablePath()`
  try {
    // the second variable makes the package bring its own system libraries (libnss3 and others)
    const env = { ...process.env, TMPDIR: unpacking, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' }
    await promisify(execFile)(process.execPath, ['-e', script], { env })
    const fonts = join(unpacking, 'fonts', 'fonts.conf')
    // it names the folder that the package expects to be unpacked into
    writeFileSync(fonts, readFileSync(fonts, 'utf8').replaceAll('/tmp/', `${folder}/`))
    renameSync(unpacking, folder)
  } catch (error) {
    rmSync(unpacking, { recursive: true, force: true })
    // another process was faster
    if (!existsSync(join(folder, 'chromium'))) throw error
  }
}

/** A headless Chromium that asks nothing of the network by itself. Close it with `close()`. */
export async function launchBrowser(options: { args?: string[] } = {}): Promise<Browser> {
  const found = await findChromium()
  const asRoot = process.getuid?.() === 0
  const args = [
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-quic',
    '--disable-dev-shm-usage',
    '--font-render-hinting=none',
    // WeChat plays sound before the first tap
    '--autoplay-policy=no-user-gesture-required',
    ...(asRoot ? ['--no-sandbox'] : []),
    ...(options.args ?? []),
  ]
  try {
    return await chromium.launch({
      executablePath: found.executablePath,
      headless: true,
      args,
      env: { ...process.env, ...found.env } as Record<string, string>,
    })
  } catch (error) {
    throw new Error(`${found.executablePath} does not start: ${(error as Error).message}`, { cause: error })
  }
}

// A script as WeChat's own tools compile it, for what this project's settings ask (miniprogram-ci 2.1.42, read and run: `es6` and `enhance` on, `swc`
// off). It is Babel for Chrome 53 and iOS 8; TypeScript is stripped by Babel too, so tsconfig's target plays no part. With `es6` off the same tools only
// strip types and turn modules into CommonJS: `?.` and `??` would reach the phone as they stand, and iOS 12 and WebView 67 cannot read them.
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { transformAsync } from '@babel/core'
import { minify } from 'terser'
import { root } from './files.ts'

export interface OfficialScript {
  code: string
  /** Babel's helpers that it requires, by name; the tools ship each once */
  helpers: string[]
  /** bytes of the code when it is minified */
  bytes: number
}

const require = createRequire(import.meta.url)
const PRESETS = [['@babel/preset-env', { targets: { chrome: 53, ios: 8 }, include: ['@babel/plugin-transform-computed-properties'] }]]
const MODULES = [
  '@babel/plugin-transform-modules-commonjs',
  { importInterop: (from: string) => (from.startsWith('@babel/runtime/helpers/') ? 'node' : 'babel') },
]
const RUNTIME = ['@babel/plugin-transform-runtime', { corejs: false, helpers: true, version: '7.21.0' }]
const HELPER = /require\("@babel\/runtime\/([^"]+)"\)/g
const TOOLS = ['@babel/core', '@babel/preset-env', 'terser'].map(name => (require(`${name}/package.json`) as { version: string }).version)
const runtime = dirname(require.resolve('@babel/runtime/package.json'))
const cache = join(root, 'node_modules', '.cache', 'official-script')
/** by key: several checks ask for the same file at the same time */
const underWay = new Map<string, Promise<OfficialScript>>()

async function compile(text: string, isTypeScript: boolean): Promise<OfficialScript> {
  const made = await transformAsync(text, {
    babelrc: false,
    configFile: false,
    compact: false,
    sourceType: 'unambiguous',
    presets: PRESETS,
    // the tools ask for loose class fields: plain assignments
    assumptions: { setPublicClassFields: true, privateFieldsAsProperties: true },
    plugins: [...(isTypeScript ? ['@babel/plugin-transform-typescript'] : []), RUNTIME, MODULES],
  })
  const code = made?.code ?? ''
  return { code, helpers: [...code.matchAll(HELPER)].map(([, name]) => name!), bytes: Buffer.byteLength(await minified(code)) }
}

const minified = async (code: string) =>
  (await minify(code, { toplevel: true, compress: { drop_console: false, drop_debugger: false } })).code ?? ''

/**
 * @param path a .ts or .js file
 * @throws SyntaxError when it cannot be parsed
 */
export async function officialScript(path: string): Promise<OfficialScript> {
  const text = await readFile(path, 'utf8')
  const key = createHash('sha256')
    .update([...TOOLS, path.slice(-3), text].join('\0'))
    .digest('hex')
  const asked = underWay.get(key) ?? keptOrCompiled(key, text, path.endsWith('.ts')).finally(() => underWay.delete(key))
  underWay.set(key, asked)
  return asked
}

async function keptOrCompiled(key: string, text: string, isTypeScript: boolean): Promise<OfficialScript> {
  const kept = join(cache, `${key}.json`)
  try {
    return JSON.parse(await readFile(kept, 'utf8')) as OfficialScript
  } catch {
    const script = await compile(text, isTypeScript)
    await mkdir(cache, { recursive: true })
    await writeFile(kept, JSON.stringify(script))
    return script
  }
}

/** @returns bytes of these helpers of Babel's and of those that they need in turn */
export async function helperBytes(names: Iterable<string>): Promise<number> {
  let bytes = 0
  const all = new Set(names)
  for (const name of all) {
    const text = await readFile(join(runtime, `${name}.js`), 'utf8')
    for (const [, next] of text.matchAll(/require\("\.\/(\w+)\.js"\)/g)) all.add(`helpers/${next}`)
    bytes += Buffer.byteLength(await minified(text))
  }
  return bytes
}

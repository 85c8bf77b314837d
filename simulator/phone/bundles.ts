// The scripts and styles that the server hands to the browser: bundled once a process.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = dirname(fileURLToPath(import.meta.url))
const made = new Map<string, Promise<string>>()

export function bundle(entry: 'frame.ts' | 'page.ts'): Promise<string> {
  const known = made.get(entry)
  if (known) return known
  const making = build({
    entryPoints: [join(here, entry)],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"development"' },
  }).then(({ outputFiles }) => outputFiles[0]!.text)
  made.set(entry, making)
  making.catch(() => made.delete(entry))
  return making
}

export const pageFile = (name: 'page.html' | 'page.css') => readFile(join(here, name), 'utf8')

const fontFolder = () => dirname(createRequire(import.meta.url).resolve('@fontsource-variable/noto-sans-sc/package.json'))

/** Chinese families that apps ask for; where they lack (on Linux), the web font answers to their names too. */
const FAMILIES_OF_OTHER_SYSTEMS = ['PingFang SC', 'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei']

/** Chinese glyphs for machines without a Chinese font, in the slices of Noto Sans SC that a page needs. */
export async function fontStyles(): Promise<string> {
  const css = (await readFile(join(fontFolder(), 'index.css'), 'utf8')).replaceAll('url(./files/', 'url(/__fonts/')
  const others = process.platform === 'linux' ? FAMILIES_OF_OTHER_SYSTEMS : []
  return [css, ...others.map(family => css.replaceAll("'Noto Sans SC Variable'", `'${family}'`))].join('\n')
}

/** @param name one file name of the package's `files` folder */
export async function fontFile(name: string): Promise<Buffer | undefined> {
  if (!/^[\w[\]-]+\.woff2$/.test(name)) return undefined
  return readFile(join(fontFolder(), 'files', name)).catch(() => undefined)
}

export function frameDocument(fonts: boolean): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>小程序</title>
${fonts ? '<link rel="stylesheet" href="/__fonts.css">' : ''}
<style>html { --simulator-font: system-ui, -apple-system, 'PingFang SC', 'Noto Sans SC Variable', sans-serif; }</style>
</head>
<body>
<div id="app"></div>
<script src="/__project.js"></script>
<script src="/__frame.js"></script>
</body>
</html>
`
}

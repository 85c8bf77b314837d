// 性能诊断「首页 WXSS 中的 base64」, 代码质量「图片和音频资源大小」: nothing heavy stands before the first picture.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { App, Part } from '../app-parts.ts'
import { projectFiles, root } from '../files.ts'
import { walk } from '../wxml.ts'

/** characters of base64 in what the first page draws itself with: its WXSS, app.wxss and its components' */
const BASE64_LIMIT = 10 * 1024
/** bytes of images and sound of the whole app (代码质量: 200 KB a package) */
const MEDIA_LIMIT = 200 * 1024

export async function weight({ bundle, parts }: App): Promise<string[]> {
  const findings: string[] = []
  const first = bundle.pages[0]!
  const seen = new Set<string>()
  const add = (path: string) => {
    if (seen.has(path)) return
    seen.add(path)
    Object.values(bundle.components[path]?.config.usingComponents ?? {}).forEach(add)
  }
  add(first)
  const styles = [bundle.appCss, ...[...seen].map(path => bundle.components[path]?.css ?? '')]
  const base64 = styles.join('\n').match(/base64,[A-Za-z0-9+/=]+/g) ?? []
  const characters = new Set(base64).size === 0 ? 0 : [...new Set(base64)].join('').length
  if (characters > BASE64_LIMIT) findings.push(`miniprogram/${first}.wxss: ${characters} characters of base64, at most ${BASE64_LIMIT}`)

  let media = 0
  for (const file of await projectFiles(/^miniprogram\/.*\.(png|jpe?g|gif|webp|svg|mp3|aac|m4a|wav)$/i))
    media += statSync(join(root, file)).size
  if (media > MEDIA_LIMIT) findings.push(`miniprogram: ${media} bytes of images and sound, at most ${MEDIA_LIMIT}`)
  return [...findings, ...parts.flatMap(remoteImages)]
}

function remoteImages(part: Part): string[] {
  return [...walk(part.wxml)]
    .filter(({ attributes }) => /^(https?:)?\/\//.test(attributes.get('src') ?? ''))
    .map(({ line, name }) => `${part.path}.wxml:${line}: <${name}> is loaded from elsewhere`)
}

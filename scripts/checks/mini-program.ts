// What WeChat would refuse or complain about, without WeChat: WXML and WXSS diagnostics, missing pages and components, package sizes.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { compileProject } from '../../simulator/compiler/index.ts'
import { root } from './files.ts'

/** WeChat's limit of one package, and our own of the main package (bytes of the files as they are uploaded, npm included). */
const PACKAGE_LIMIT = 2 * 1024 * 1024

function bytesBelow(folder: string, skip: (path: string) => boolean): number {
  let bytes = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (skip(path)) continue
    bytes += entry.isDirectory() ? bytesBelow(path, skip) : statSync(path).size
  }
  return bytes
}

export async function checkMiniProgram(): Promise<string[]> {
  const { diagnostics, appJson } = await compileProject(root)
  const findings = diagnostics.map(({ severity, file, line, column, message }) => `${file}:${line}:${column}: ${severity}: ${message}`)
  const folder = join(root, 'miniprogram')
  const roots = (appJson.subPackages ?? []).map(subPackage => join(folder, subPackage.root))
  for (const subPackage of roots) {
    const bytes = bytesBelow(subPackage, () => false)
    if (bytes > PACKAGE_LIMIT) findings.push(`${subPackage}: ${bytes} bytes, WeChat takes ${PACKAGE_LIMIT}`)
  }
  const main = bytesBelow(folder, path => roots.includes(path))
  if (main > PACKAGE_LIMIT) findings.push(`main package: ${main} bytes, WeChat takes ${PACKAGE_LIMIT}`)
  return findings
}

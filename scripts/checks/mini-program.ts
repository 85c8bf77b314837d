// What WeChat would refuse or complain about, without WeChat: WXML and WXSS diagnostics, missing pages and components.
import { compileProject } from '../../simulator/compiler/index.ts'
import { root } from './files.ts'

export async function checkMiniProgram(): Promise<string[]> {
  const { diagnostics } = await compileProject(root, { strict: true })
  return diagnostics.map(({ severity, file, line, column, message }) => `${file}:${line}:${column}: ${severity}: ${message}`)
}

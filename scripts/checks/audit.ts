// WeChat's 体验评分 and 性能诊断 as far as they can be read from the files. What has to be seen is measured in test/scripts/checks/on-the-phone.test.ts.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readApp } from './app-parts.ts'
import { boxes } from './audit/boxes.ts'
import { cleanUp } from './audit/clean-up.ts'
import { drawnKeys } from './audit/drawn-keys.ts'
import { drawnWords } from './audit/drawn-words.ts'
import { icons } from './audit/icons.ts'
import { manifest } from './audit/manifest.ts'
import { tappable } from './audit/tappable.ts'
import { weight } from './audit/weight.ts'
import { words } from './audit/words.ts'
import { dictionaries } from './dictionaries.ts'
import { projectFiles, root } from './files.ts'

/** @returns one line a finding, `file:line: what`; empty when all is well */
export async function checkAudit(): Promise<string[]> {
  const app = await readApp()
  const files = await projectFiles(/^miniprogram\/(?!miniprogram_npm\/|.*[/.]words\.ts$).*\.(ts|wxml)$/)
  const sources = await Promise.all(files.map(async file => ({ file, text: await readFile(join(root, file), 'utf8') })))
  return [
    ...drawnKeys(app),
    ...drawnWords(app),
    ...tappable(app),
    ...boxes(app),
    ...cleanUp(sources),
    ...icons(sources, await readFile(join(root, 'miniprogram/components/app-icon/index.wxss'), 'utf8')),
    ...manifest(app),
    ...(await weight(app)),
    ...words(sources, await dictionaries(join(root, 'miniprogram'))),
  ]
}

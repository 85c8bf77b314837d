// `npm run release-check`: what WeChat's console (mp.weixin.qq.com) has to know before this mini program can be uploaded, and what is missing here.
// Ends with 1 while something is missing. It looks at files only; what the console already knows cannot be seen from here.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readApp } from './checks/app-parts.ts'
import { projectFiles, root } from './checks/files.ts'
import { appNeeds } from './checks/floor.ts'
import { checkPackages } from './checks/packages.ts'
import { releaseReport, type ReleaseFiles } from './checks/release.ts'
import '../backend/platform/printed.ts'

const read = (file: string) => readFile(join(root, file), 'utf8')
const PRIVATE = 'project.private.config.json'
const app = await readApp()
const scripts = await projectFiles(/^miniprogram\/(?!miniprogram_npm\/).*\.(ts|wxml)$/)
const files: ReleaseFiles = {
  project: JSON.parse(await read('project.config.json')) as ReleaseFiles['project'],
  privateProject: existsSync(join(root, PRIVATE)) ? (JSON.parse(await read(PRIVATE)) as ReleaseFiles['privateProject']) : null,
  app: JSON.parse(await read('miniprogram/app.json')) as ReleaseFiles['app'],
  package: JSON.parse(await read('package.json')) as ReleaseFiles['package'],
  config: await read('miniprogram/config.ts'),
  sources: (await Promise.all(scripts.map(read))).join('\n'),
  needs: await appNeeds(app),
}
const { lines, missing } = releaseReport(files)
const packages = await checkPackages(app)
console.log([...lines, '', 'Packages', ...packages.lines].join('\n'))
const all = [...missing, ...packages.findings]
console.log(all.length === 0 ? '\nnothing is missing here' : `\nmissing:\n${all.map(line => `  ✗ ${line}`).join('\n')}`)
process.exitCode = all.length === 0 ? 0 : 1

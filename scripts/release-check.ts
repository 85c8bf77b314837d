// `npm run release-check`: what WeChat's console (mp.weixin.qq.com) has to know before this mini program can be uploaded, and what is missing here.
// Ends with 1 while something is missing. It looks at files only; what the console already knows cannot be seen from here.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectFiles, root } from './checks/files.ts'
import { checkPackages } from './checks/packages.ts'
import { releaseReport, type ReleaseFiles } from './checks/release.ts'

const read = (file: string) => readFile(join(root, file), 'utf8')
const scripts = await projectFiles(/^miniprogram\/(?!miniprogram_npm\/).*\.(ts|wxml)$/)
const files: ReleaseFiles = {
  project: JSON.parse(await read('project.config.json')) as ReleaseFiles['project'],
  app: JSON.parse(await read('miniprogram/app.json')) as ReleaseFiles['app'],
  package: JSON.parse(await read('package.json')) as ReleaseFiles['package'],
  config: await read('miniprogram/config.ts'),
  sources: (await Promise.all(scripts.map(read))).join('\n'),
}
const { lines, missing } = releaseReport(files)
const packages = await checkPackages()
console.log([...lines, '', 'Packages', ...packages.lines].join('\n'))
const all = [...missing, ...packages.findings]
console.log(all.length === 0 ? '\nnothing is missing here' : `\nmissing:\n${all.map(line => `  ✗ ${line}`).join('\n')}`)
process.exitCode = all.length === 0 ? 0 : 1

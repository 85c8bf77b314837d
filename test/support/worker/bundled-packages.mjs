// Packages of hundreds of small modules, each as one: every test file loads its modules anew, and a thousand of them cost it a third of a second. They run in
// the realm of the file, as they would apart.
import { buildSync } from 'esbuild'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const cache = join(root, 'node_modules', '.cache')
/** package → what it may be imported as; those of one package share what stands inside of it */
const packages = {
  kysely: ['kysely'],
  typebox: ['typebox', ...['compile', 'error', 'format', 'guard', 'schema', 'system', 'type', 'value'].map(path => `typebox/${path}`)],
}

const versionOf = name => JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version
const fileOf = specifier => specifier.replaceAll('/', '-')

/** For moduleNameMapper: what is imported → the file that stands for it. Made once for these versions. */
export function bundledPackages() {
  const versions = [...Object.keys(packages), 'esbuild'].map(name => `${name}-${versionOf(name)}`)
  const folder = join(cache, `test-packages-${versions.join('-')}`)
  if (!existsSync(folder)) bundleInto(folder)
  return Object.fromEntries(
    Object.values(packages)
      .flat()
      .map(specifier => [`^${specifier}$`, join(folder, `${fileOf(specifier)}.mjs`)]),
  )
}

function bundleInto(folder) {
  mkdirSync(cache, { recursive: true })
  const making = mkdtempSync(join(cache, 'test-packages-'))
  for (const specifiers of Object.values(packages))
    buildSync({
      entryPoints: Object.fromEntries(specifiers.map(specifier => [fileOf(specifier), specifier])),
      absWorkingDir: root,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      outdir: making,
      outExtension: { '.js': '.mjs' },
    })
  try {
    renameSync(making, folder)
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    // another run was faster
    if (!existsSync(folder)) throw error
  }
}

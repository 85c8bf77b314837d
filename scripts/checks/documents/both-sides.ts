// What stands in product.md and in code: neither side has one that the other lacks.
import { quotedIn, rowsOf, sectionOf } from './outline.ts'

export interface CodeSide {
  /** of the server's catalogue: code → HTTP status */
  serverCodes: ReadonlyMap<string, number>
  /** codes that the app makes itself */
  appCodes: readonly string[]
  /** action → roles that may do it somewhere */
  actions: ReadonlyMap<string, readonly string[]>
  /** in the order of the table */
  roles: readonly string[]
  /** GET /sub-merchants/{sub_mchid}, without /v1 */
  endpoints: readonly string[]
  /** pages/home/index */
  pages: readonly string[]
  evidenceKinds: readonly string[]
  checklist: readonly { id: string; required: boolean; label_zh: string; type: string }[]
  /** every word in capitals that code writes: VERSION_MISMATCH */
  capitals: ReadonlySet<string>
}

/** @param product text of product.md @returns findings */
export function bothSides(product: string, code: CodeSide): string[] {
  return [
    ...errorCodes(product, code),
    ...actions(product, code),
    ...compare('endpoint', endpointsIn(product), code.endpoints, 'backend/openapi.json'),
    ...compare('page', quotedIn(sectionOf(product, '6')).filter(isPage), code.pages, 'miniprogram/app.json'),
    ...compare('evidence kind', firstQuoted(sectionOf(product, '5.2')), code.evidenceKinds, 'the schema of evidence'),
    ...checklist(product, code),
  ].map(finding => `docs/product.md: ${finding}`)
}

function compare(what: string, documented: readonly string[], there: readonly string[], where: string): string[] {
  return [
    ...documented.filter(one => !there.includes(one)).map(one => `${what} ${one} is not in ${where}`),
    ...there.filter(one => !documented.includes(one)).map(one => `${what} ${one} of ${where} is not described`),
    ...documented.filter((one, index) => documented.indexOf(one) !== index).map(one => `${what} ${one} is described twice`),
  ]
}

/**
 * @param glossary text of glossary.md
 * @param code all that code says, paths included
 * @returns findings: names of the third column that code does not have
 */
export function goneNames(glossary: string, code: string): string[] {
  const names = rowsOf(glossary).flatMap(([, , name]) => quotedIn(name ?? ''))
  return [...new Set(names)].filter(name => !code.includes(name)).map(name => `docs/glossary.md: ${name} stands nowhere in code`)
}

/** Endpoints that any Markdown file names below /v1, whatever it calls their parameters. */
export function goneEndpoints(file: string, text: string, endpoints: readonly string[]): string[] {
  const plain = (endpoint: string) => endpoint.replaceAll(/\{\w*\}/g, '{}')
  const there = new Set(endpoints.map(plain))
  return quotedIn(text)
    .flatMap(quoted => {
      const [, method, path] = /^(GET|POST|PUT|DELETE) \/v1(\/[^\s?]+)/.exec(quoted) ?? []
      return method === undefined ? [] : [`${method} ${path}`]
    })
    .filter(endpoint => !there.has(plain(endpoint)))
    .map(endpoint => `${file}: the contract has no ${endpoint}`)
}

const firstQuoted = (text: string): string[] => rowsOf(text).flatMap(([cell]) => quotedIn(cell ?? '').slice(0, 1))
const isPage = (text: string): boolean => /^(pages|packages)\/[\w/-]+$/.test(text)
const endpointsIn = (product: string): string[] =>
  [...new Set(quotedIn(product))].filter(text => /^(GET|POST|PUT|DELETE) \/\S+$/.test(text)).map(text => text.split('?')[0]!)

function errorCodes(product: string, { serverCodes, appCodes, capitals }: CodeSide): string[] {
  const catalogue = sectionOf(product, '7.4')
  const listed = rowsOf(catalogue).flatMap(([codes, status]) => quotedIn(codes!).map(code => ({ code, status: Number(status) })))
  const own = quotedIn(catalogue.slice(catalogue.lastIndexOf('Made by the app'))).filter(text => /^[A-Z_]+$/.test(text))
  const statuses = listed
    .filter(({ code, status }) => serverCodes.has(code) && serverCodes.get(code) !== status)
    .map(({ code, status }) => `${code} is answered with ${serverCodes.get(code)}, not ${status}`)
  const unknown = [...new Set(product.match(/\b[A-Z]{2,}(_[A-Z]+)+\b/g))].filter(word => !capitals.has(word))
  return [
    ...compare(
      'error code',
      listed.map(({ code }) => code),
      [...serverCodes.keys()],
      "the server's catalogue",
    ),
    ...compare('error code', own, appCodes, "the app's errors"),
    ...statuses,
    ...unknown.map(word => `${word} stands nowhere in code`),
  ]
}

/** The table of §9: a cell with – is a role that may not. */
function actions(product: string, { actions: given, roles }: CodeSide): string[] {
  const rows = rowsOf(sectionOf(product, '9')).flatMap(([names, ...cells]) => quotedIn(names!).map(action => ({ action, cells })))
  const named = rows.map(({ action }) => action)
  const differing = rows.flatMap(({ action, cells }) =>
    roles
      .filter((role, index) => given.has(action) && (cells[index] !== '–') !== given.get(action)!.includes(role))
      .map(role => `${action}: §9 and the code differ on ${role}`),
  )
  return [...compare('action', named, [...given.keys()], 'the permissions'), ...differing]
}

function checklist(product: string, { checklist: items }: CodeSide): string[] {
  const rows = rowsOf(sectionOf(product, '10')).map(cells => cells.map(cell => cell.replaceAll('\\', '')))
  const documented = rows.map(([id, , label, type]) => `${id} ${label} (${type!.split(' ')[0]})`)
  const there = items.map(({ id, required, label_zh, type }) => `${id}${required ? '*' : ''} ${label_zh} (${type})`)
  return compare('item', documented, there, 'the first checklist')
}

// One generated request: an endpoint of the committed contract, as somebody, more or less as it should be.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { fromSchema, oddValue, type Schema, type Source } from './values.ts'
import { sp_mchid } from '../../support/backend.ts'
import { consoleList, everyRole, type FuzzWorld, type Person } from './world.ts'

export interface FuzzRequest {
  /** index of the person; null: nobody */
  person: number | null
  method: string
  /** `GET /v1/me` */
  endpoint: string
  path: string
  headers: Record<string, string>
  body: Uint8Array | string | null
  /** sent without a Content-Length */
  chunked: boolean
  /** the address it comes from: logins are counted by address */
  from: number
}

interface Endpoint {
  method: string
  template: string
  path: [string, Schema][]
  query: [string, Schema][]
  headers: string[]
  body: Schema | null
}

const document = JSON.parse(readFileSync(new URL('../../../../backend/openapi.json', import.meta.url), 'utf8')) as {
  components: { schemas: Record<string, Schema> }
  paths: Record<
    string,
    Record<
      string,
      {
        parameters?: { in: string; name: string; schema: Schema }[]
        requestBody?: { content: { 'application/json'?: { schema: Schema } } }
      }
    >
  >
}

/** Every endpoint that the contract has; a new one is met without a change here. */
export const endpoints: readonly Endpoint[] = Object.entries(document.paths).flatMap(([template, operations]) =>
  Object.entries(operations).map(([method, { parameters = [], requestBody }]) => {
    const of = (place: string) => parameters.filter(one => one.in === place).map(one => [one.name, one.schema] as [string, Schema])
    return {
      method: method.toUpperCase(),
      template,
      path: of('path'),
      query: of('query'),
      headers: of('header').map(([name]) => name),
      body: requestBody?.content['application/json']?.schema ?? null,
    }
  }),
)

const resolve = (ref: string) => document.components.schemas[ref.split('/').at(-1)!]!

/** Bytes that a header may have on the wire. */
const headerText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '*',
    '"',
    '"7"',
    'W/"1"',
    '"-1"',
    '"999999999999999999999"',
    'true',
    '0',
    '%00',
    '\u00ff\u00fe',
    'a, b',
    'x'.repeat(4_000),
  ),
  fc.string({
    unit: fc
      .integer({ min: 0x20, max: 0xff })
      .filter(code => code !== 0x7f)
      .map(code => String.fromCharCode(code)),
    maxLength: 60,
  }),
)

export function requests({ people, known, backend }: FuzzWorld): fc.Arbitrary<FuzzRequest> {
  const words = (field: string): readonly string[] => {
    const byField: Record<string, readonly string[]> = {
      sub_mchid: known.sub_mchid,
      evidence_id: known.evidence_id,
      id: [...known.evidence_id, randomUUID()],
      key: known.key,
      sub_mchids: known.sub_mchid,
      staff_id: people.map(({ staff_id }) => staff_id),
      visit_id: known.visit_id,
      photo_id: known.photo_id,
      request_id: known.request_id,
      list_id: known.list_id,
      run_id: known.run_id,
      rollout_id: known.rollout_id,
      numbers: known.sub_mchid,
      sp_mchid: [sp_mchid],
      cursor: known.cursor,
      code: ['demo-operator', 'demo-unbound', 'demo-disabled', 'invalid'],
      content: known.text,
      q: known.text,
      state: ['regressed', 'unknown,verified'],
      attention: ['STALE', 'SETTLING,RECEIPT_ERROR'],
      region_code: ['440305', '110105', '440000', '000000', '999999'],
      region_codes: ['440305', '440300', '110105'],
      text: [consoleList, 'wx0123456789abcdef 公众号'],
      assigned_to: ['me', 'none', 'staff-operator', ...people.map(({ staff_id }) => staff_id)],
      occurred_at: [backend.clock.now().toISOString()],
      industries: ['FOOD', 'CATERING', 'RETAIL', 'EDUCATION', 'SERVICES', 'PARENTING'],
      reason: ['商户要求停用'],
      out_trade_no: [...known.sub_mchid.slice(0, 6).map(shop => `demo-jsapi-${shop}`), 'demo-native-1900000109', '134567890123456789'],
      url: ['https://h5.example.com/receipt', 'https://0x7f.1/', 'http://h5.example.com/'],
      appid: ['wx0123456789abcdef'],
    }
    return byField[field] ?? []
  }
  // of whom an endpoint is about, where that is neither whoever asks nor a shop of the directory
  const wordsFor = ({ template }: Endpoint) => {
    const own: Record<string, readonly string[]> = template.startsWith('/v1/staff/')
      ? { staff_id: known.colleague_id }
      : template.startsWith('/v1/unlisted-merchants/')
        ? { sub_mchid: known.unlisted }
        : {}
    return (field: string) => own[field] ?? words(field)
  }
  // half of them with nothing wrong, so that what lies behind the door is reached
  return fc.oneof(
    ...endpoints.flatMap(endpoint =>
      [true, false].map(odd => ({
        // a write about a shop has the most that must be right at once
        weight: endpoint.template.startsWith('/v1/sub-merchants/{sub_mchid}/') && !odd ? 5 : 2,
        arbitrary: requestFor(endpoint, people, known.key, { resolve, words: wordsFor(endpoint), odd }),
      })),
    ),
  )
}

function requestFor(endpoint: Endpoint, people: readonly Person[], keys: readonly string[], source: Source): fc.Arbitrary<FuzzRequest> {
  const rarely = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
    source.odd ? fc.oneof({ weight: 14, arbitrary: fc.constant(null) }, { weight: 1, arbitrary }) : fc.constant(null)
  // each role as often as the others, however many people have it: every endpoint is to be met by all
  const person = fc.oneof(...everyRole.map(role => fc.constantFrom(...people.flatMap((one, index) => (one.role === role ? [index] : [])))))
  const body = endpoint.body ? fromSchema(endpoint.body, source) : rarely(oddValue)
  const query = endpoint.query.map(([name, schema]) =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fromSchema(schema, source, name).map(value => [name, value] as const) },
    ),
  )
  return fc
    .record<Parts>({
      person: source.odd ? fc.oneof({ weight: 20, arbitrary: person }, { weight: 1, arbitrary: fc.constant(null) }) : person,
      path: fc.tuple(...endpoint.path.map(([name, schema]) => fromSchema(schema, source, name))),
      pathSpoiled: rarely(fc.constantFrom('%', '%zz', '%00', '%E0%A4%A', '/', '//', ';a=b', '/../me', '%2f..%2f', '.', '?')),
      query: fc.tuple(...query),
      querySpoiled: rarely(fc.constantFrom(...oddQueries)),
      body: source.odd ? fc.oneof({ weight: 15, arbitrary: body }, { weight: 1, arbitrary: oddValue }) : body,
      bodySpoiled: rarely(fc.constantFrom<Spoil>('cut', 'bytes', 'proto', 'twice', 'bom', 'deep', 'empty', 'large', 'text', 'gzip')),
      headers: headersFor(endpoint, keys, rarely),
      method: rarely(fc.constantFrom('POST', 'PUT', 'GET', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND')),
      chunked: rarely(fc.constant(true as const)),
    })
    .map(given => assemble(endpoint, people, given))
}

const oddQueries = [
  '&x=1',
  '&limit=1&limit=2',
  '&q=%00',
  '&q=%ff',
  '&cursor=',
  '&__proto__=1',
  '&q[]=1',
  '&state',
  '&%',
  '#x',
  '&limit=1e2',
]

/** Stands for the version that the merchant has when the request is sent. */
export const versionNow = '"now"'

type Rarely = <T>(arbitrary: fc.Arbitrary<T>) => fc.Arbitrary<T | null>

function headersFor({ headers }: Endpoint, keys: readonly string[], rarely: Rarely): fc.Arbitrary<Record<string, string | null>> {
  const needs = (name: string, right: fc.Arbitrary<string>) =>
    headers.includes(name)
      ? fc.oneof({ weight: 12, arbitrary: right }, { weight: 1, arbitrary: headerText }, { weight: 1, arbitrary: fc.constant(null) })
      : rarely(headerText)
  return fc.record({
    'idempotency-key': needs(
      'idempotency-key',
      fc.oneof({ weight: 5, arbitrary: fc.uuid() }, { weight: 2, arbitrary: fc.constantFrom(...keys) }),
    ),
    'if-match': needs(
      'if-match',
      fc.oneof({ weight: 5, arbitrary: fc.constant(versionNow) }, { weight: 2, arbitrary: fc.constantFrom('"1"', 'W/"2"', '"3"', '"99"') }),
    ),
    authorization: rarely(fc.oneof(headerText, fc.constantFrom('Bearer', `Bearer ${'a'.repeat(43)}`, 'Basic YTpi', 'bearer x'))),
    'content-type': rarely(
      fc.oneof(headerText, fc.constantFrom('text/plain', 'application/json; charset=gbk', 'multipart/form-data', 'application/json;')),
    ),
    'content-encoding': rarely(fc.constantFrom('gzip', 'br', 'x')),
    'accept-language': rarely(headerText),
    accept: rarely(fc.constantFrom('text/html', 'image/png', '')),
    'x-request-id': rarely(headerText),
    'x-client-version': rarely(headerText),
    'if-none-match': rarely(headerText),
    'x-http-method-override': rarely(fc.constantFrom('DELETE', 'GET')),
    cookie: rarely(headerText),
    range: rarely(fc.constantFrom('bytes=0-0', 'x')),
  })
}

type Spoil = 'cut' | 'bytes' | 'proto' | 'twice' | 'bom' | 'deep' | 'empty' | 'large' | 'text' | 'gzip'

interface Parts {
  person: number | null
  path: readonly unknown[]
  pathSpoiled: string | null
  query: readonly (readonly [string, unknown] | null)[]
  querySpoiled: string | null
  body: unknown
  bodySpoiled: Spoil | null
  headers: Record<string, string | null>
  method: string | null
  chunked: true | null
}

function assemble(endpoint: Endpoint, people: readonly Person[], given: Parts): FuzzRequest {
  const values = endpoint.path.map(([name], index) => [name, given.path[index]] as const)
  let path = values.reduce((template, [name, value]) => template.replace(`{${name}}`, encoded(value)), endpoint.template)
  if (given.pathSpoiled !== null) path += given.pathSpoiled
  const query = given.query.flatMap(pair => (pair ? [`${pair[0]}=${encoded(pair[1])}`] : []))
  path += `?${query.join('&')}${given.querySpoiled ?? ''}`
  const method = given.method ?? endpoint.method
  const token = given.person === null ? undefined : people[given.person]!.token
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {}
  const sendsBody = endpoint.body !== null || given.body !== null || given.bodySpoiled !== null
  const body = sendsBody ? spoil(JSON.stringify(given.body) ?? '', given.bodySpoiled) : null
  if (body !== null) headers['content-type'] = 'application/json'
  for (const [name, value] of Object.entries(given.headers)) if (value !== null) headers[name] = value
  const endpointName = `${endpoint.method} ${endpoint.template}`
  return {
    person: given.person,
    method,
    endpoint: endpointName,
    path,
    headers,
    body,
    chunked: given.chunked === true,
    from: Number(endpoint.template === '/v1/sessions' || endpoint.template === '/v1/staff-bindings'),
  }
}

const encoded = (value: unknown): string =>
  encodeURIComponent(Buffer.from(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toString())

function spoil(json: string, how: Spoil | null): Uint8Array | string {
  const bytes = Buffer.from(json)
  switch (how) {
    case 'cut':
      return json.slice(0, Math.floor(json.length / 2))
    case 'bytes':
      return Buffer.concat([bytes.subarray(0, -1), Buffer.from([0xff, 0xfe, 0xc3]), bytes.subarray(-1)])
    case 'proto':
      return json.replace(/^\{/, '{"__proto__":{"a":1},')
    case 'twice':
      return json + json
    case 'bom':
      return `\ufeff${json}`
    case 'deep':
      return '['.repeat(100_000) + ']'.repeat(100_000)
    case 'empty':
      return ''
    case 'large':
      return `{"code":"${'x'.repeat(300_000)}"}`
    case 'text':
      return 'code=x&y=z'
    case 'gzip':
      return Buffer.from('1f8b0800000000000003ab5652ca4f4955b25252aa0500', 'hex')
    case null:
      return json
  }
}

// A customer's payment code passes no door: every free text of the contract, found in the contract itself, refuses one among other words.
import { readFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startBackend, type Backend } from '../support/backend.ts'

interface Schema {
  $ref?: string
  type?: string
  pattern?: string
  format?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  properties?: Record<string, Schema>
  patternProperties?: Record<string, Schema>
  additionalProperties?: Schema | boolean
  items?: Schema
}
interface Operation {
  security?: unknown[]
  parameters?: { name: string; in: string; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}
const contract = JSON.parse(readFileSync(new URL('../../../backend/openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

const isFree = ({ type, pattern, format, ...rest }: Schema) => type === 'string' && !pattern && !format && !('const' in rest) && !rest.enum

/** Where free texts stand in a body, each with a body that has that text alone. */
function textsIn(given: Schema | undefined, text: string): { field: string; body: unknown }[] {
  if (given === undefined) return []
  const schema = given.$ref ? contract.components.schemas[given.$ref.split('/').at(-1)!]! : given
  if (isFree(schema)) return [{ field: '', body: text }]
  const under = (name: string, inner: Schema | undefined, wrap: (body: unknown) => unknown) =>
    textsIn(inner, text).map(({ field, body }) => ({ field: field ? `${name}.${field}` : name, body: wrap(body) }))
  const beyond = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined
  const found = [
    ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(one => textsIn(one, text)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => under(name, inner, body => ({ [name]: body }))),
    ...[beyond, ...Object.values(schema.patternProperties ?? {})].flatMap(inner => under('B3', inner, body => ({ B3: body }))),
    ...under('0', schema.items, body => [body]),
  ]
  return [...new Map(found.map(one => [one.field, one])).values()]
}

interface Door {
  name: string
  method: string
  url: string
  field: string
  body?: unknown
}
const code = '134567890123456789'
const disguised = [
  '付款码 1345 6789-0123 4567 89，谢谢',
  `a${code}b`,
  [...code].map(digit => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join(''),
]

function doorsOf(text: string): Door[] {
  return Object.entries(contract.paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { security, parameters = [], requestBody }]) => {
      // whoever is not logged in sends codes of WeChat and of invitations
      if (!security) return []
      const url = path.replace(/\{(\w+)\}/g, (_, name: string) => (name === 'sub_mchid' ? '1900000109' : randomUUID()))
      const at = (field: string) => ({ name: `${method.toUpperCase()} ${path} ${field}`, method: method.toUpperCase(), field })
      const queries = parameters
        .filter(one => one.in === 'query' && isFree(one.schema) && !['cursor', 'since'].includes(one.name))
        .map(one => ({ ...at(one.name), url: `${url}?${one.name}=${encodeURIComponent(text)}` }))
      const bodies = textsIn(requestBody?.content['application/json']?.schema, text).map(one => ({ ...at(one.field), url, body: one.body }))
      return [...queries, ...bodies]
    }),
  )
}

let backend: Backend
beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend?.close())

test('given every free text of the contract, then each refuses a payment code among other words and does not repeat it', async () => {
  const doors = doorsOf(disguised[0]!)
  const named = doors.map(({ name }) => name)
  for (const known of ['reason', 'detail.note', 'comment', 'content', 'answers.B3', 'blocks.0.text', ' q']) {
    expect(named.filter(name => name.endsWith(known))).not.toEqual([])
  }
  const passed: string[] = []
  for (const text of disguised) {
    for (const { name, method, url, field, body } of doorsOf(text)) {
      // their own rules: evidence/orders/number.ts, directory/portal-lists/rows.ts
      if (field === 'out_trade_no' || name === 'POST /v1/portal-check-lists text') continue
      const answer = await backend.call('operator', method as 'POST', url, body === undefined ? {} : { body })
      const { errors = [], request_id } = answer.body as { errors?: { field: string; code: string }[]; request_id?: string }
      // whose digits are random
      const said = answer.text.replace(String(request_id), '')
      if (answer.status !== 422 || errors[0]?.field !== field || errors[0].code !== 'PAYMENT_CODE' || said.includes('4567'))
        passed.push(`${name}: ${answer.status} ${answer.text}`)
    }
  }
  expect(passed).toEqual([])
})

test('given ids of ours and numbers that go on, then they pass', async () => {
  const headers = { 'idempotency-key': randomUUID() }
  const body = { reason: '订单 4200001234567890123456789012 已核对' }
  const answer = await backend.call('operator', 'POST', `/v1/sub-merchants/1900000109/evidence/${randomUUID()}/withdrawal`, {
    body,
    headers,
  })
  expect(answer.status).toBe(404)
})

// Everything that a phone asks, by name, with what must come back: the status, the least of its shape, and that it is about the right shop and person.
// Anything else is an error. Pure.
import { staffIdOf } from './model.ts'

interface Answered {
  phone: number
  /** parts of the path that the pattern captures */
  parts: readonly string[]
  query: URLSearchParams
  status: number
  etag: string | null
  body: unknown
  /** Idempotency-Key of a write */
  key: string | null
}

interface Endpoint {
  name: string
  method: 'GET' | 'POST' | 'PUT'
  path: RegExp
  /** statuses that are an answer */
  statuses: readonly number[]
  /** refusals that a person may meet where others work beside: `412 VERSION_MISMATCH` */
  refusals?: readonly string[]
  /** @returns what is wrong with the body; null: nothing */
  fault(answered: Answered): string | null
}

type Fields = Record<string, unknown>
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})
const listOf = (value: unknown): Fields[] | null => (Array.isArray(value) ? value.map(fieldsOf) : null)
const first = (...faults: (string | false | null | undefined)[]): string | null => faults.find(Boolean) || null
const shop = /^\d{8,10}$/

/** Of a list: what was asked for by its number stands first; every row is a shop. */
function rowsFault({ body, query }: Answered): string | null {
  const items = listOf(fieldsOf(body).items)
  if (!items) return 'has no items'
  const q = query.get('q') ?? ''
  const limit = Number(query.get('limit') ?? 20)
  return first(
    items.length > limit && `has ${items.length} rows, ${limit} were asked for`,
    items.some(({ sub_mchid, name }) => !shop.test(String(sub_mchid)) || typeof name !== 'string') && 'has a row that is no shop',
    shop.test(q) && items[0]?.sub_mchid !== q && `the search for ${q} gave ${String(items[0]?.sub_mchid)} first`,
    q !== '' && items.length === 0 && `the search for a shop of the pack found nothing`,
  )
}

const merchantFault = ({ body, parts, etag }: Answered): string | null =>
  first(
    fieldsOf(body).sub_mchid !== parts[0] && `is about ${String(fieldsOf(body).sub_mchid)}, asked was ${parts[0]}`,
    typeof fieldsOf(body).version !== 'number' && 'has no version',
    etag === null && 'has no ETag',
  )

/** Done with the merchant, or taken (202) with the operation. */
const controlFault = (answered: Answered): string | null => {
  if (answered.status === 200) return merchantFault(answered)
  const { key, sub_mchid } = fieldsOf(answered.body)
  return first(key !== answered.key && 'is another operation', sub_mchid !== answered.parts[0] && `is about ${String(sub_mchid)}`)
}

const personFault = (body: unknown, phone: number): string | null =>
  fieldsOf(fieldsOf(body).staff).id === staffIdOf(phone) ? null : `is ${String(fieldsOf(fieldsOf(body).staff).id)}`

const switches = ['412 VERSION_MISMATCH', '409 OPERATION_PENDING', '409 REOPEN_LOCKED'] as const
const control = (name: string, path: RegExp): Endpoint => ({
  name,
  method: 'PUT',
  path,
  statuses: [200, 202],
  refusals: switches,
  fault: controlFault,
})

const endpoints: readonly Endpoint[] = [
  {
    name: 'log in',
    method: 'POST',
    path: /^\/v1\/sessions$/,
    statuses: [200],
    fault: ({ body, phone }) => first(typeof fieldsOf(body).token !== 'string' && 'has no token', personFault(body, phone)),
  },
  { name: 'me', method: 'GET', path: /^\/v1\/me$/, statuses: [200], fault: ({ body, phone }) => personFault(body, phone) },
  {
    name: 'workbench',
    method: 'GET',
    path: /^\/v1\/summary$/,
    statuses: [200],
    fault: ({ body }) => first(typeof fieldsOf(body).total !== 'number' && 'has no total', !fieldsOf(body).by_state && 'has no states'),
  },
  {
    name: 'pack',
    method: 'GET',
    path: /^\/v1\/offline-pack$/,
    statuses: [200],
    fault({ body }) {
      const { items, since, removed } = fieldsOf(body)
      const rows = listOf(items)
      if (!rows || !Array.isArray(removed)) return 'has no items'
      return first(
        rows.some(({ sub_mchid }) => !shop.test(String(sub_mchid))) && 'has a row that is no shop',
        typeof since !== 'string' && 'has no since',
      )
    },
  },
  {
    name: 'checklist',
    method: 'GET',
    path: /^\/v1\/checklist-templates\/current$/,
    statuses: [200, 304],
    fault: ({ status, body, etag }) =>
      first(etag === null && 'has no ETag', status === 200 && !listOf(fieldsOf(body).items) && 'has no items'),
  },
  { name: 'list and search', method: 'GET', path: /^\/v1\/sub-merchants$/, statuses: [200], fault: rowsFault },
  { name: 'detail', method: 'GET', path: /^\/v1\/sub-merchants\/(\d+)$/, statuses: [200], fault: merchantFault },
  {
    name: 'timeline',
    method: 'GET',
    path: /^\/v1\/sub-merchants\/(\d+)\/evidence$/,
    statuses: [200],
    fault: ({ body }) => (listOf(fieldsOf(body).items) ? null : 'has no items'),
  },
  control('switch: plan', /^\/v1\/sub-merchants\/(\d+)\/gold-plan\/jsapi$/),
  control('switch: receipt', /^\/v1\/sub-merchants\/(\d+)\/receipt$/),
  control('switch: filter', /^\/v1\/sub-merchants\/(\d+)\/ad-filter$/),
  {
    name: 'operation',
    method: 'GET',
    path: /^\/v1\/operations\/([\w-]+)$/,
    statuses: [200],
    fault: ({ body, parts }) => (fieldsOf(body).key === parts[0] ? null : `is ${String(fieldsOf(body).key)}`),
  },
  {
    name: 'photo',
    method: 'POST',
    path: /^\/v1\/photos$/,
    statuses: [200, 201],
    fault: ({ body }) => first(typeof fieldsOf(body).id !== 'string' && 'has no id', !(Number(fieldsOf(body).bytes) > 0) && 'has no bytes'),
  },
  {
    name: 'visit',
    method: 'PUT',
    path: /^\/v1\/visits\/([\w-]+)$/,
    statuses: [200, 201],
    fault({ body, parts }) {
      const { id, photos } = fieldsOf(fieldsOf(body).visit)
      return first(id !== parts[0] && `is ${String(id)}`, listOf(photos)?.length !== 2 && 'has not both photos')
    },
  },
  {
    name: 'visits',
    method: 'GET',
    path: /^\/v1\/visits$/,
    statuses: [200],
    fault: ({ body }) => (listOf(fieldsOf(body).items) ? null : 'has no items'),
  },
  {
    name: 'dashboard',
    method: 'GET',
    path: /^\/v1\/metrics\/dashboard$/,
    statuses: [200],
    fault: ({ body }) => (Object.keys(fieldsOf(body)).length > 0 ? null : 'is empty'),
  },
]

/** What was asked, found by method and path. */
interface Asked {
  name: string
  /** null: nobody said what must come back */
  endpoint: Endpoint | null
  parts: readonly string[]
  query: URLSearchParams
}

/** @param path with its query */
export function askedBy(method: string, path: string): Asked {
  const { pathname, searchParams: query } = new URL(path, 'http://phone')
  for (const endpoint of endpoints) {
    const match = endpoint.method === method ? endpoint.path.exec(pathname) : null
    if (match) return { name: endpoint.name, endpoint, parts: match.slice(1), query }
  }
  return { name: `${method} ${pathname}`, endpoint: null, parts: [], query }
}

interface Judged {
  /** what is wrong with the answer; null: nothing */
  fault: string | null
  /** `412 VERSION_MISMATCH` where it is one that may come */
  refusal: string | null
}

export function judge({ endpoint, parts, query }: Asked, given: Omit<Answered, 'parts' | 'query'>): Judged {
  if (!endpoint) return { fault: 'nobody said what must come back', refusal: null }
  const { code } = fieldsOf(given.body)
  const said = `${given.status}${typeof code === 'string' ? ` ${code}` : ''}`
  if (endpoint.refusals?.includes(said)) return { fault: null, refusal: said }
  return { fault: endpoint.statuses.includes(given.status) ? endpoint.fault({ ...given, parts, query }) : said, refusal: null }
}

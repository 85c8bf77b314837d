// A phone, as far as the backend sees it: a write whose answer was lost goes out again with the same key, through either process, until something is said that
// settles it.
import type { Random } from '../../dev/demo/random.ts'
import { pause } from './pause.ts'
import type { Person } from './people.ts'
import type { World } from './world.ts'

export interface Answer {
  status: number
  body: Record<string, unknown>
  etag: string | null
}

interface Request {
  /** for the counts */
  kind: string
  person: Person | null
  method: 'GET' | 'PUT' | 'POST'
  path: string
  body?: unknown
  /** in place of a body */
  form?: () => FormData
  headers?: Record<string, string>
}

/** A phone gives a request up after this; what was lost is sent again. */
const answerMs = 7_000
/** After the end of the disturbances everything is answered well before this. */
const insistMs = 120_000

/** Says nothing about what was asked. What WeChat Pay refused does: it is answered with 502 again and again. */
const again = (status: number, { code }: Record<string, unknown>): boolean =>
  code === 'OPERATION_IN_PROGRESS' ||
  ([429, 500, 502, 503, 504].includes(status) &&
    (!String(code).startsWith('WX_') || code === 'WX_UNAVAILABLE' || code === 'WX_RATE_LIMITED'))

export interface Caller {
  /** @returns null where no answer that settles it came */
  ask(request: Request): Promise<Answer | null>
}

export function createCaller(world: World, random: Random): Caller {
  const tokens = new Map<string, string>()

  /** @returns null: lost, as far as the phone knows */
  const once = async ({ person, method, path, body, form, headers = {} }: Request): Promise<Answer | null> => {
    const { wire } = random.pick(world.backends)
    const token = person && tokens.get(person.id)
    try {
      const answer = await fetch(`http://127.0.0.1:${wire.port}${path}`, {
        method,
        headers: {
          ...(token && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(form && { body: form() }),
        signal: AbortSignal.timeout(answerMs),
      })
      const text = await answer.text()
      const isJson = answer.headers.get('content-type')?.includes('json') ?? false
      return { status: answer.status, body: isJson && text ? (JSON.parse(text) as Answer['body']) : {}, etag: answer.headers.get('etag') }
    } catch {
      return null
    }
  }

  const logIn = async (person: Person): Promise<void> => {
    const answer = await once({ kind: 'log-in', person: null, method: 'POST', path: '/v1/sessions', body: { code: person.code } })
    if (answer?.status === 200 && typeof answer.body.token === 'string') tokens.set(person.id, answer.body.token)
    world.journal.count(`log-in ${answer?.status ?? 'lost'}`)
  }

  return {
    async ask(request) {
      const { person, kind, method, path } = request
      const deadline = Date.now() + insistMs
      while (Date.now() < deadline) {
        if (person && !tokens.has(person.id)) await logIn(person)
        const answer = person && !tokens.has(person.id) ? null : await once(request)
        world.journal.count(`${kind} ${answer?.status ?? 'lost'}`)
        if (answer?.status === 500)
          world.journal.violation(`${method} ${path} was answered with 500, which a phone does not repeat: ${JSON.stringify(answer.body)}`)
        if (answer?.status === 401 && person) tokens.delete(person.id)
        else if (answer && !again(answer.status, answer.body)) return answer
        // a person who reads does not insist
        if (method === 'GET') return null
        await pause(random.integer(150, 900))
      }
      world.journal.violation(`${method} ${path} got no answer that settles it in ${insistMs / 1_000} s`)
      return null
    },
  }
}

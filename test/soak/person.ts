// Somebody at a phone, as far as the backend sees it: asked through whichever process is there.
import { randomUUID } from 'node:crypto'
import type { SoakWorld } from './world.ts'

interface Answer<Body> {
  status: number
  body: Body
  etag: string | null
  /** from the request to the last byte, milliseconds */
  ms: number
}

interface Asked {
  body?: unknown
  ifMatch?: string
  /** of a write; made when absent */
  key?: string
}

export interface SoakPerson {
  /** @returns null: the connection was lost, with the process perhaps */
  once<Body>(method: 'GET' | 'PUT' | 'POST', path: string, asked?: Asked): Promise<Answer<Body> | null>
  /** The same again, with the same key, until it is answered by a process that is there. @throws Error after two minutes */
  ask<Body>(method: 'GET' | 'PUT' | 'POST', path: string, asked?: Asked): Promise<Answer<Body>>
}

const answerMs = 30_000
const insistMs = 120_000

export function createSoakPerson({ backends }: SoakWorld, code: string): SoakPerson {
  let token: string | null = null
  let turn = 0

  const send = async <Body>(method: string, path: string, { body, ifMatch, key }: Asked): Promise<Answer<Body> | null> => {
    const there = backends.flatMap(backend => backend.url() ?? [])
    const url = there[(turn += 1) % there.length]
    if (url === undefined) return null
    const began = performance.now()
    try {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: {
          ...(token && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(method !== 'GET' && { 'idempotency-key': key ?? randomUUID() }),
          ...(ifMatch && { 'if-match': ifMatch }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(answerMs),
      })
      const text = await answer.text()
      return {
        status: answer.status,
        body: (text ? JSON.parse(text) : {}) as Body,
        etag: answer.headers.get('etag'),
        ms: performance.now() - began,
      }
    } catch {
      return null
    }
  }

  const person: SoakPerson = {
    async once<Body>(method: 'GET' | 'PUT' | 'POST', path: string, asked: Asked = {}) {
      if (token === null) {
        const session = await send<{ token?: string }>('POST', '/v1/sessions', { body: { code } })
        token = session?.body.token ?? null
        if (token === null) return null
      }
      return send<Body>(method, path, asked)
    },
    async ask<Body>(method: 'GET' | 'PUT' | 'POST', path: string, asked: Asked = {}) {
      const key = asked.key ?? randomUUID()
      for (const deadline = Date.now() + insistMs; Date.now() < deadline;) {
        const answer = await person.once<Body>(method, path, { ...asked, key })
        if (answer && answer.status < 500 && answer.status !== 429) return answer
        await new Promise(done => setTimeout(done, 200))
      }
      throw new Error(`${method} ${path} was not answered in ${insistMs / 1_000} s`)
    },
  }
  return person
}

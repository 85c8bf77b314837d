// Whether somebody waits for an answer of this process: work that nobody waits for gives way then.
import { sql } from 'kysely'
import type { Database } from '../database/connection.ts'
import type { App } from './authenticated.ts'

declare module '../platform/context.ts' {
  interface Context {
    people: People
  }
}

export interface People {
  /** A request has come. @returns called when its answer has gone or whoever asked is gone, once or twice */
  came(): () => void
  /** Resolves when nobody waits any more, at once where nobody does, and after so many milliseconds however many there are. */
  gone(mostMs: number): Promise<void>
  /** Asks the database nothing, on their connections. @returns how long that took, milliseconds */
  tryStatement(): Promise<number>
}

/** @param db whose connections their requests use */
export function createPeople(db: Database): People {
  let waiting = 0
  const told = new Set<() => void>()
  return {
    came() {
      waiting += 1
      let here = true
      return () => {
        if (!here) return
        here = false
        waiting -= 1
        if (waiting === 0) for (const tell of told) tell()
      }
    },
    gone: mostMs =>
      waiting === 0 || mostMs <= 0
        ? Promise.resolve()
        : new Promise(done => {
            const end = () => {
              clearTimeout(timer)
              told.delete(end)
              done()
            }
            const timer = setTimeout(end, mostMs)
            told.add(end)
          }),
    async tryStatement() {
      const began = performance.now()
      await sql`select 1`.execute(db)
      return performance.now() - began
    },
  }
}

/** @param not routes that no person asks for */
export function countPeople(app: App, people: People, not: readonly string[]): void {
  app.addHook('onRequest', async (request, reply) => {
    if (not.includes(request.routeOptions.url ?? '')) return
    const went = people.came()
    // 'close' alone comes where nobody hears the answer, 'finish' alone where the request is injected
    reply.raw.once('finish', went).once('close', went)
  })
}

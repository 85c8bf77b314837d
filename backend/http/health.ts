// For whoever watches the process and not what it does.
import { sql } from 'kysely'
import type { Database } from '../database/connection.ts'
import type { App } from './authenticated.ts'

/** A monitor must not end a process that is only busy. */
export const aboutTheProcess = ['/healthz', '/readyz', '/metrics']

/** Live: the process answers. Ready: so does its database. */
export function registerHealth(app: App, database: Database): void {
  const hidden = { schema: { hide: true } as object, config: { rateLimit: false } }
  app.get('/healthz', hidden, async () => ({ status: 'live' }))
  app.get('/readyz', hidden, async (request, reply) => {
    try {
      await sql`select 1`.execute(database)
      return { status: 'ready' }
    } catch (error) {
      request.log.error({ err: error }, 'the database does not answer')
      return reply.code(503).send({ status: 'database unavailable' })
    }
  })
}

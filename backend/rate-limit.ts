// How many requests one caller may send a minute. A token says who is asking only once it was let in: until then the address does, since whoever has no
// session can name another token each time.
import rateLimit, { normalizeIP } from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'
import { bearerToken, type App } from './http.ts'
import { AppError } from './problems/app-error.ts'
import { Recent } from './receipts/recent.ts'

/** addresses and members of staff that are counted at once; above it the one that was quiet longest is forgotten */
const mostCounted = 50_000
const mostTokens = 20_000
/** counted from a token's last request */
const knownForMs = 10 * 60_000

/** Of IPv6 the network: its owner has all addresses in it. */
export const addressOf = (request: Pick<FastifyRequest, 'ip'>): string => normalizeIP(request.ip)

/** @param requestsPerMinute of one member of staff, and of all callers without a session at one address */
export async function registerRateLimit(app: App, requestsPerMinute: number): Promise<void> {
  /** token → staff id */
  const letIn = new Recent<string>(mostTokens)
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: 60_000,
    cache: mostCounted,
    // a shop's Wi-Fi is one address for many phones
    keyGenerator: request => {
      const staff_id = letIn.get(bearerToken(request) ?? '')
      return staff_id === undefined ? `address ${addressOf(request)}` : `staff ${staff_id}`
    },
    errorResponseBuilder: (_request, { ttl }) => new AppError('RATE_LIMITED', { retry_after: Math.max(1, Math.ceil(ttl / 1_000)) }),
  })
  app.addHook('onResponse', async (request, reply) => {
    const token = bearerToken(request)
    if (token === undefined) return
    if (request.caller) letIn.set(token, request.caller.staff_id, knownForMs)
    else if (reply.statusCode === 401) letIn.delete(token)
  })
}

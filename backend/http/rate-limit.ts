// How many requests one caller may send a minute. A token says who is asking only once it was let in: until then the address does, since whoever has no
// session can name another token each time.
import rateLimit, { normalizeIP } from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'
import { bearerToken, type App } from './authenticated.ts'
import { AppError } from './problems/app-error.ts'
import { SteadyStore } from './rate-limit-store.ts'
import { Recent } from '../platform/recent.ts'

/** addresses and members of staff that are counted at once; above it the one that was quiet longest is forgotten */
const mostCounted = 50_000
const mostTokens = 20_000
/** counted from a token's last request */
const knownForMs = 10 * 60_000

/** Of IPv6 the network: its owner has all addresses in it. Whoever is gone already has none. */
export const addressOf = (request: { ip?: FastifyRequest['ip'] | undefined }): string => normalizeIP(request.ip ?? '')

// Limits of single routes stand beside the limit of all requests: a route's `config.rateLimit` would take that one's place, and whoever is stopped by
// nothing else could then ask without end.

/** Route option: what one person may do less often than ask, counted once the caller is known. */
export function limitedPerPerson(app: App, perMinute: number) {
  return { preHandler: counting(app, perMinute, request => request.caller.staff_id) }
}

/** Route option: what callers without a session may do less often than ask. */
export function limitedPerAddress(app: App, perMinute: number) {
  return { onRequest: counting(app, perMinute, addressOf) }
}

function counting(app: App, perMinute: number, keyGenerator: (request: FastifyRequest) => string) {
  const limit = app.createRateLimit({ max: perMinute, timeWindow: 60_000, keyGenerator })
  return async (request: FastifyRequest) => {
    const counted = await limit(request)
    if (!counted.isAllowed && counted.isExceeded) throw tooMany(counted.ttl)
  }
}

const tooMany = (ttlMs: number) => new AppError('RATE_LIMITED', { retry_after: Math.max(1, Math.ceil(ttlMs / 1_000)) })

/** @param requestsPerMinute of one member of staff, and of all callers without a session at one address */
export async function registerRateLimit(app: App, requestsPerMinute: number): Promise<void> {
  /** token → staff id */
  const letIn = new Recent<string>(mostTokens)
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: 60_000,
    cache: mostCounted,
    store: SteadyStore,
    // a shop's Wi-Fi is one address for many phones
    keyGenerator: request => {
      const staff_id = letIn.get(bearerToken(request) ?? '')
      return staff_id === undefined ? `address ${addressOf(request)}` : `staff ${staff_id}`
    },
    errorResponseBuilder: (_request, { ttl }) => tooMany(ttl),
  })
  app.addHook('onResponse', async (request, reply) => {
    const token = bearerToken(request)
    if (token === undefined) return
    // also of somebody who was remembered, and is nobody now
    if (reply.statusCode === 401) letIn.delete(token)
    else if (request.caller) letIn.set(token, request.caller.staff_id, knownForMs)
  })
}

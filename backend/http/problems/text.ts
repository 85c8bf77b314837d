// Text that may not be kept is refused before a request is handled, wherever in the request it stands: what PostgreSQL cannot keep, and customers' payment codes.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { holdsPaymentCode } from '../../../miniprogram/shared/payment-code.ts'
import { invalidField } from './app-error.ts'

/** Neither NUL nor half of a 4-byte character, which JSON may hold and UTF-8 may not. */
// oxlint-disable-next-line no-control-regex
export const isStorable = (text: string): boolean => !/\u0000|\p{Surrogate}/u.test(text)

/** They have a rule and an answer of their own for the one text that they take (evidence/orders/number.ts, directory/portal-lists/rows.ts: row by row). */
const withOwnRule: ReadonlySet<string | undefined> = new Set(['/v1/sub-merchants/:sub_mchid/order-queries', '/v1/portal-check-lists'])

/** Texts that we made ourselves and that are given back as they are: digests and cursors. */
const isOurs = (field: string, text: string): boolean => field === 'cursor' || field === 'since' || /^[0-9a-f]{64}$/.test(text)

/**
 * @throws AppError VALIDATION_FAILED for the first text of path, query or body that may not be kept; from a hook after the body was read. A payment code
 *         (PAYMENT_CODE) is not repeated. Whoever is not logged in sends no free text.
 */
export function refuseTextNotToKeep(app: FastifyInstance): void {
  app.addHook('preValidation', async (request: FastifyRequest) => {
    const isFree = Boolean(request.caller) && !withOwnRule.has(request.routeOptions.url)
    for (const part of [request.params, request.query, request.body]) {
      for (const { field, text } of textsIn(part)) {
        if (!isStorable(text))
          throw invalidField(field, 'WRONG_FORMAT', 'holds a character that cannot be kept (NUL, or half of a character)')
        if (isFree && !isOurs(field, text) && holdsPaymentCode(text))
          throw invalidField(field, 'PAYMENT_CODE', "holds a customer's payment code: do not type, keep or send it")
      }
    }
  })
}

/** Every text and every name, each with its path. Without recursion: a body may be nested as deep as it is long. */
function* textsIn(root: unknown): Generator<{ field: string; text: string }> {
  const waiting: { value: unknown; path: string; depth: number }[] = [{ value: root, path: '', depth: 0 }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, path, depth } = next
    if (typeof value === 'string') yield { field: path || 'body', text: value }
    // no schema of ours is deeper; what lies below is refused by it anyway
    if (typeof value !== 'object' || value === null || depth > 8) continue
    for (const [name, inner] of Object.entries(value)) {
      // a name may be kept too: items of a checklist
      yield { field: path || 'body', text: name }
      waiting.push({ value: inner, path: path ? `${path}.${name}` : name, depth: depth + 1 })
    }
  }
}

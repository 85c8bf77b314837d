// Text that PostgreSQL cannot keep is refused at the door, wherever in a request it stands.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { invalidField } from './app-error.ts'

/** Neither NUL nor half of a 4-byte character, which JSON may hold and UTF-8 may not. */
// oxlint-disable-next-line no-control-regex
export const isStorable = (text: string): boolean => !/\u0000|\p{Surrogate}/u.test(text)

/** @throws AppError VALIDATION_FAILED for the first text of path, query or body that cannot be kept; from a hook after the body was read */
export function refuseUnstorableText(app: FastifyInstance): void {
  app.addHook('preValidation', async (request: FastifyRequest) => {
    for (const part of [request.params, request.query, request.body]) {
      const field = unstorableIn(part)
      if (field !== null) throw invalidField(field, 'WRONG_FORMAT', 'holds a character that cannot be kept (NUL, or half of a character)')
    }
  })
}

/** Without recursion: a body may be nested as deep as it is long. @returns the path of the first such text */
function unstorableIn(root: unknown): string | null {
  const waiting: { value: unknown; path: string; depth: number }[] = [{ value: root, path: '', depth: 0 }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, path, depth } = next
    if (typeof value === 'string' && !isStorable(value)) return path || 'body'
    // no schema of ours is deeper; what lies below is refused by it anyway
    if (typeof value !== 'object' || value === null || depth > 8) continue
    for (const [name, inner] of Object.entries(value)) {
      // a name may be kept too: items of a checklist
      if (!isStorable(name)) return path || 'body'
      waiting.push({ value: inner, path: path ? `${path}.${name}` : name, depth: depth + 1 })
    }
  }
  return null
}

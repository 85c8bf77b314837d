// Schemas keep their names through the making of the OpenAPI document, which would otherwise repeat each of them wherever it is used.

const mark = 'x-schema-name'

/** A copy in which each $id is a mark that @fastify/swagger leaves alone. */
export function namedSchemas<T>(node: T): T {
  if (Array.isArray(node)) return node.map(item => namedSchemas(item)) as T
  if (typeof node !== 'object' || node === null) return node
  const entries = Object.entries(node).map(([key, value]) => [key === '$id' ? mark : key, namedSchemas(value)])
  return Object.fromEntries(entries) as T
}

/** Moves every marked schema into `schemas` and leaves a reference to it. */
export function withReferences(node: unknown, schemas: Record<string, unknown>): unknown {
  if (Array.isArray(node)) return node.map(item => withReferences(item, schemas))
  if (typeof node !== 'object' || node === null) return node
  const { [mark]: name, ...rest } = node as Record<string, unknown>
  const inner = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, withReferences(value, schemas)]))
  if (typeof name !== 'string') return inner
  schemas[name] = inner
  return { $ref: `#/components/schemas/${name}` }
}

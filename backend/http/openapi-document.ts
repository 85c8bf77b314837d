// The contract as one document, made from the routes of an app: what is committed as openapi.json and what GET /openapi.json answers.
import type { App } from './authenticated.ts'
import { withReferences } from './openapi-names.ts'

/** Every schema with an $id becomes a component that others refer to. @param app ready */
export function openApiOf(app: App): object {
  const document = app.swagger() as unknown as { components: { schemas?: Record<string, unknown> }; paths: unknown }
  nameProblems(document.paths as Paths)
  const schemas: Record<string, unknown> = {}
  document.paths = withReferences(document.paths, schemas)
  document.components.schemas = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)))
  return document
}

type Paths = Record<string, Record<string, { responses: Record<string, { description: string; content?: Record<string, unknown> }> }>>

/** What every answer that is no success is. */
function nameProblems(paths: Paths): void {
  for (const operations of Object.values(paths)) {
    for (const { responses } of Object.values(operations)) {
      const problem = responses.default?.content?.['application/json']
      if (problem) responses.default = { description: 'Problem details (RFC 9457)', content: { 'application/problem+json': problem } }
    }
  }
}

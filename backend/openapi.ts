// The committed contract: `node --import tsx backend/openapi.ts` writes openapi.json; a test fails when it no longer says what the routes do.
import { realpathSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildApp, type AppOptions } from './app.ts'
import { withReferences } from './openapi-names.ts'

/** Every schema with an $id becomes a component that others refer to. */
export async function openApiDocument(): Promise<string> {
  // routes are only described here, never called
  const app = await buildApp({
    database: {},
    sp_mchid: '1900000001',
    wechatPay: {},
    wechat: {},
    workerEveryMs: null,
  } as unknown as AppOptions)
  await app.ready()
  const document = app.swagger() as unknown as { components: { schemas?: Record<string, unknown> }; paths: unknown }
  await app.close()
  nameProblems(document.paths as Paths)
  const schemas: Record<string, unknown> = {}
  document.paths = withReferences(document.paths, schemas)
  document.components.schemas = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)))
  return `${JSON.stringify(document, null, 2)}\n`
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

const path = new URL('openapi.json', import.meta.url)
if (process.argv[1] && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) {
  writeFileSync(path, await openApiDocument())
}

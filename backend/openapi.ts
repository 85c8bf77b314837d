// The committed contract: `node --import tsx backend/openapi.ts` writes openapi.json; a test fails when it no longer says what the routes do.
import { realpathSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildApp, type AppOptions } from './app.ts'

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
  const schemas: Record<string, unknown> = {}
  document.paths = withReferences(document.paths, schemas)
  document.components.schemas = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)))
  return `${JSON.stringify(document, null, 2)}\n`
}

function withReferences(node: unknown, schemas: Record<string, unknown>): unknown {
  if (Array.isArray(node)) return node.map(item => withReferences(item, schemas))
  if (typeof node !== 'object' || node === null) return node
  const { $id, ...rest } = node as Record<string, unknown>
  const inner = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, withReferences(value, schemas)]))
  if (typeof $id !== 'string') return inner
  schemas[$id] = inner
  return { $ref: `#/components/schemas/${$id}` }
}

const path = new URL('openapi.json', import.meta.url)
if (process.argv[1] && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) {
  writeFileSync(path, await openApiDocument())
}

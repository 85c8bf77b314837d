// The committed contract: `node --import tsx backend/openapi.ts` writes openapi.json; a test fails when it no longer says what the routes do.
import { realpathSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildApp, type AppOptions } from './app.ts'
import { openApiOf } from './http/openapi-document.ts'

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
  const document = openApiOf(app)
  await app.close()
  return `${JSON.stringify(document, null, 2)}\n`
}

const path = new URL('openapi.json', import.meta.url)
if (process.argv[1] && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) {
  writeFileSync(path, await openApiDocument())
}

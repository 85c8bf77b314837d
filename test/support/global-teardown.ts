import { rmSync } from 'node:fs'
import type { TestRun } from './global-setup.ts'

export default async function globalTeardown(): Promise<void> {
  const { testPostgres: server, testPrograms } = globalThis as TestRun
  testPrograms?.remove()
  await server?.stop()
  if (server) rmSync(server.folder, { recursive: true, force: true })
}

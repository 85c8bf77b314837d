// The app without its screens: real stores over the real request wrapper over real HTTP, with time and the phone in the test's hand.
import { assembleApp } from './app.ts'
import { TestServer } from './http-server.ts'
import { MemoryCamera } from './memory-camera.ts'
import { ManualTimers } from './manual-timers.ts'
import { nodeTransport } from './node-transport.ts'
import { me, staff } from './samples.ts'

export async function startWorld() {
  const server = await TestServer.start()
  const pictures = new MemoryCamera()
  const { transport, pending, mostAtOnce } = nodeTransport(path => pictures.read(path))
  /** Waits until no exchange moves but those that the test holds back. */
  const settled = async () => {
    for (let quiet = 0; quiet < 3;) {
      await new Promise(resolve => setImmediate(resolve))
      quiet = pending() <= server.held ? quiet + 1 : 0
    }
  }
  const timers = new ManualTimers(undefined, settled)
  const app = assembleApp({ timers, transport, baseUrl: server.url, pictures })

  let logins = 0
  server.on('POST', /^\/v1\/sessions$/, () => {
    logins += 1
    return { body: { token: `token-${logins}`, expires_at: '2026-11-24T10:00:00+08:00', staff } }
  })
  server.on('GET', /^\/v1\/me$/, () => ({ body: me(new Date(timers.now()).toISOString()) }))

  return {
    server,
    timers,
    settled,
    mostAtOnce,
    ...app,
    /** the app again on this phone, with what its storage and files hold: as after a kill */
    reopen() {
      app.cut()
      return assembleApp({ timers, transport, baseUrl: server.url, kept: app.kept, pictures: app.pictures })
    },
    setOnline(online: boolean) {
      app.network.changed({ online, weak: false })
    },
    /** Nothing is on its way any more when it resolves. */
    async stop() {
      app.cut()
      await server.stop()
      await settled()
    },
  }
}
export type World = Awaited<ReturnType<typeof startWorld>>

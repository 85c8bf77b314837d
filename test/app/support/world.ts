// The app without its screens: real stores over the real request wrapper over real HTTP, with time and the phone in the test's hand.
import { assembleApp } from './app.ts'
import { TestServer } from './http-server.ts'
import { ManualTimers } from './manual-timers.ts'
import { nodeTransport } from './node-transport.ts'
import { me, staff } from './samples.ts'

export async function startWorld() {
  const server = await TestServer.start()
  const { transport, pending, mostAtOnce } = nodeTransport()
  /** Waits until no exchange moves but those that the test holds back. */
  const settled = async () => {
    for (let quiet = 0; quiet < 3;) {
      await new Promise(resolve => setImmediate(resolve))
      quiet = pending() <= server.held ? quiet + 1 : 0
    }
  }
  const timers = new ManualTimers(undefined, settled)
  const app = assembleApp({ timers, transport, baseUrl: server.url })

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
    setOnline(online: boolean) {
      app.network.changed({ online, weak: false })
    },
    stop: () => {
      app.cut()
      return server.stop()
    },
  }
}
export type World = Awaited<ReturnType<typeof startWorld>>

// The app without its screens: real stores over the real request wrapper over real HTTP, with time and the phone in the test's hand.
import { createHttp } from '../../../miniprogram/api/core.ts'
import { createApi } from '../../../miniprogram/api/index.ts'
import type { Phone } from '../../../miniprogram/api/phone.ts'
import { EvidenceStore } from '../../../miniprogram/stores/evidence.ts'
import { HomeStore } from '../../../miniprogram/stores/home.ts'
import { MerchantStore } from '../../../miniprogram/stores/merchant.ts'
import { MerchantsStore } from '../../../miniprogram/stores/merchants.ts'
import { NetworkStore } from '../../../miniprogram/stores/network.ts'
import { PreferencesStore } from '../../../miniprogram/stores/preferences.ts'
import { RecentsStore } from '../../../miniprogram/stores/recents.ts'
import { SessionStore } from '../../../miniprogram/stores/session.ts'
import { wireStores } from '../../../miniprogram/stores/wiring.ts'
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
  const kept = new Map<string, string>()
  const codes: string[] = []
  const phone: Phone = {
    storage: {
      get: <T>(key: string) => (kept.has(key) ? (JSON.parse(kept.get(key)!) as T) : null),
      set: (key, value) => void kept.set(key, JSON.stringify(value)),
      remove: key => void kept.delete(key),
    },
    loginCode: async () => {
      codes.push(`code-${codes.length + 1}`)
      return codes.at(-1)!
    },
    watchNetwork: () => {},
    watchAppearance: () => {},
  }
  const preferences = new PreferencesStore(phone.storage)
  const network = new NetworkStore(timers)
  const recents = new RecentsStore(phone.storage)
  const http = createHttp({
    transport,
    baseUrl: () => server.url,
    clientVersion: '0.1.0',
    session: {
      token: () => session.currentToken(),
      renew: () => session.renew(),
      online: () => network.online,
      language: () => preferences.language,
    },
    timers,
    random: Math.random,
  })
  const context = { api: createApi(http), phone, timers, random: Math.random, network, preferences }
  const session: SessionStore = new SessionStore(context, recents)
  const merchants = new MerchantsStore(context, recents)
  const merchant = new MerchantStore(context, session, recents, changed => merchants.follow(changed))
  const home = new HomeStore(context)
  const evidence = new EvidenceStore(context)

  const cut = wireStores({ session, network, merchant, evidence, home, lists: [merchants] })

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
    phone,
    kept,
    codes,
    preferences,
    network,
    recents,
    http,
    api: context.api,
    session,
    merchants,
    merchant,
    home,
    evidence,
    setOnline(online: boolean) {
      network.changed({ online, weak: false })
    },
    stop: () => {
      cut()
      return server.stop()
    },
  }
}
export type World = Awaited<ReturnType<typeof startWorld>>

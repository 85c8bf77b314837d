// WeChat Pay's notifications: true and forged ones a second beside an endpoint that does nothing, and what 100,000 forged ones leave behind.
import Fastify from 'fastify'
import { Agent, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sp_mchid, startBackend, type Backend } from '../backend/support/backend.ts'
import type { Report } from './measure.ts'

const atOnce = 32
const forged = 100_000
const shop = '1900000109'

export async function measureCallback(): Promise<Report> {
  const backend = await startBackend()
  const nothing = Fastify()
  // as the notifications' own: the body is bytes until its signature is verified
  nothing.removeAllContentTypeParsers()
  nothing.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  nothing.post('/nothing', async (_request, reply) => reply.code(204).send())
  await nothing.listen({ port: 0, host: '127.0.0.1' })
  try {
    await backend.addMerchant(shop)
    const url = `${backend.url}/wechatpay/notifications/${sp_mchid}`
    const empty = `http://127.0.0.1:${(nothing.server.address() as AddressInfo).port}/nothing`
    // made before: only their reading is measured
    const genuine = Array.from({ length: 20_000 }, () => backend.sandbox.notification({ sub_mchid: shop }))
    const fakes = Array.from({ length: 1_000 }, () => backend.sandbox.notification({ sub_mchid: shop, fault: 'forged' }))
    const none = await send(empty, fakes, { seconds: 3 })
    const taken = await send(url, genuine, { seconds: 3, once: true })
    await backend.db.deleteFrom('wechatpay_notifications').execute()
    const refused = await send(url, fakes, { requests: forged })
    const left = await rows(backend)
    const line = (name: string, { perSecond, statuses }: Sent) =>
      `  ${name.padEnd(28)}${Math.round(perSecond).toLocaleString('en').padStart(8)} req/s   ${(perSecond / none.perSecond).toFixed(2)} of it   ${[...statuses].join(', ')}`
    return {
      lines: [
        '',
        `callback, ${atOnce} at once, client in the same process`,
        line('an endpoint that does nothing', none),
        line('true notifications', taken),
        line(`${forged.toLocaleString('en')} forged ones`, refused),
        `  rows that the forged ones left: ${left}`,
      ],
      missed: left > 0 ? [`callback: forged notifications left ${left} rows`] : [],
    }
  } finally {
    await nothing.close()
    await backend.close()
  }
}

const rows = async ({ db }: Backend): Promise<number> => (await db.selectFrom('wechatpay_notifications').select('id').execute()).length

interface Sent {
  perSecond: number
  statuses: Set<number>
}
type Notification = ReturnType<Backend['sandbox']['notification']>

/** @param limit until so many seconds have passed or so many were sent; `once`: each is sent at most once */
async function send(
  url: string,
  made: readonly Notification[],
  limit: { seconds?: number; requests?: number; once?: true },
): Promise<Sent> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  const statuses = new Set<number>()
  const most = limit.requests ?? (limit.once ? made.length : Number.POSITIVE_INFINITY)
  const began = performance.now()
  const isOver = () => limit.seconds !== undefined && performance.now() - began > limit.seconds * 1_000
  let sent = 0
  const client = async () => {
    while (sent < most && !isOver()) {
      const { headers, body } = made[sent++ % made.length]!
      await new Promise<void>((resolve, reject) =>
        request(url, { method: 'POST', agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) } }, answer => {
          statuses.add(answer.statusCode ?? 0)
          answer.resume().once('end', resolve)
        })
          .once('error', reject)
          .end(body),
      )
    }
  }
  await Promise.all(Array.from({ length: atOnce }, client))
  agent.destroy()
  return { perSecond: sent / ((performance.now() - began) / 1_000), statuses }
}

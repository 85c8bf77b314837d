// The receipt page: how soon WeChat is told on a slow network, what a beacon costs beside a request that does nothing, and what forged loads leave behind.
import Fastify from 'fastify'
import { sql } from 'kysely'
import { Agent, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Type } from 'typebox'
import { quantile, type Report } from './measure.ts'
import { slow4g, throttle } from './slow-network.ts'
import { launchBrowser } from '../../simulator/browser.ts'
import { openReceipt } from '../backend/receipts/support/customer.ts'
import { startShop, type Shop } from '../backend/receipts/support/world.ts'

const pages = 100
/** as a provider's own system answers */
const sourceMs = 50
const forged = 100_000

export async function measureReceipts(): Promise<Report> {
  const shop = await startShop()
  const report: Report = { lines: ['', 'receipt page'], missed: [] }
  try {
    await measurePages(shop, report)
    await measureBeacons(shop, report)
    await measureForged(shop, report)
  } finally {
    await shop.close()
  }
  return report
}

async function measurePages(shop: Shop, { lines, missed }: Report): Promise<void> {
  const browser = await launchBrowser()
  const sub_mchid = await shop.merchant()
  shop.system.delayMs = sourceMs
  const network = await throttle(Number(new URL(shop.link).port), slow4g)
  const link = `http://127.0.0.1:${network.port}/receipt`
  const times: number[] = []
  const first: number[] = []
  try {
    // the first one warms browser and backend
    for (let load = 0; load <= pages; load += 1) {
      const prepare: Parameters<typeof openReceipt>[3] = {
        prepare: async page => {
          // what a page sends on its way out cannot be read from outside
          await page.addInitScript(() => {
            const send = navigator.sendBeacon.bind(navigator)
            navigator.sendBeacon = (url, body) => {
              void (body as Blob).text().then(text => Object.assign(globalThis, { beacon: text }))
              return send(url, body)
            }
          })
        },
      }
      const customer = await openReceipt(browser, { ...shop, link }, shop.order(sub_mchid), prepare)
      const { shown } = await customer.decided()
      if (shown !== 'merchant') missed.push(`a page showed ${shown}`)
      const beacon = await customer.receipt.waitForFunction(() => (globalThis as { beacon?: string }).beacon)
      const { ready_ms } = JSON.parse((await beacon.jsonValue())!) as { ready_ms: number }
      const painted = await customer.receipt.evaluate(
        () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      )
      await customer.close()
      if (load === 0) continue
      times.push(ready_ms)
      if (!Number.isNaN(painted)) first.push(painted)
    }
  } finally {
    shop.system.delayMs = 0
    await browser.close()
    network.close()
  }
  const drawn = first.length > 0 ? `; first thing drawn at p50 ${Math.round(quantile(first, 0.5))} ms` : ''
  const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)]
  lines.push(
    `  onIframeReady from navigation start, ${pages} pages, slow 4G (150 ms a round trip, 2 of them to connect, 1.6 Mbit/s), order system ${sourceMs} ms:`,
    `    p50 ${p50} ms (${(p50 / slow4g.roundTrip).toFixed(1)} round trips), p99 ${p99} ms (${(p99 / slow4g.roundTrip).toFixed(1)}); aim p99 <= 800 ms; WeChat waits 3,000 ms${drawn}`,
  )
  if (p99 > 800) missed.push(`receipts: p99 of onIframeReady is ${p99} ms, aim 800 ms`)
  const size = (await (await fetch(shop.link)).arrayBuffer()).byteLength
  lines.push(`    the page is ${(size / 1024).toFixed(1)} KB, uncompressed, all in one; aim <= 30 KB`)
  if (size > 30 * 1024) missed.push(`receipts: the page has ${size} bytes`)
}

/** Requests a second with 32 at a time, for two seconds. */
async function rate(url: string, body: () => string): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      const payload = body()
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }
      request(url, { method: 'POST', agent, headers }, answer => answer.resume().once('end', resolve))
        .once('error', reject)
        .end(payload)
    })
  const began = performance.now()
  let done = 0
  const client = async () => {
    while (performance.now() - began < 2_000) {
      await ask()
      done += 1
    }
  }
  await Promise.all(Array.from({ length: 32 }, client))
  agent.destroy()
  return (done / (performance.now() - began)) * 1_000
}

async function measureBeacons(shop: Shop, { lines, missed }: Report): Promise<void> {
  const nothing = Fastify()
  const schema = { body: Type.Object({ load: Type.String(), ready_ms: Type.Integer(), displayed: Type.String() }) }
  nothing.post('/nothing', { schema }, async (_request, reply) => reply.code(204).send())
  await nothing.listen({ port: 0, host: '127.0.0.1' })
  const { port } = nothing.server.address() as AddressInfo
  const { tokens } = shop.backend.app.context.receipts
  const sub_mchid = await shop.merchant()
  const ticket = {
    sp_mchid: '1900000001',
    sub_mchid,
    day: '2026-11-23',
    result: 'valid' as const,
    given: true,
    out_trade_no: null,
    check_code: null,
  }
  // made before: only their reading is measured
  const made = Array.from({ length: 20_000 }, () => JSON.stringify({ load: tokens.make(ticket), ready_ms: 320, displayed: 'merchant' }))
  let next = 0
  const body = () => made[next++ % made.length]!
  const rounds: { beacon: number; nothing: number }[] = []
  for (let round = 0; round < 4; round += 1) {
    const none = await rate(`http://127.0.0.1:${port}/nothing`, body)
    const beacon = await rate(`${shop.link}/beacon`, body)
    if (round > 0) rounds.push({ beacon, nothing: none })
  }
  await nothing.close()
  const ratios = rounds.map(one => one.beacon / one.nothing).sort((a, b) => a - b)
  const ratio = ratios[1]!
  lines.push(
    `  beacon: ${Math.round(rounds[1]!.beacon)} req/s beside ${Math.round(rounds[1]!.nothing)} req/s of a Fastify endpoint that does nothing, client in the same process: ${(ratio * 100).toFixed(0)} %; aim >= 50 %`,
  )
  if (ratio < 0.5) missed.push(`receipts: a beacon is answered at ${(ratio * 100).toFixed(0)} % of the rate of nothing`)
}

async function measureForged(shop: Shop, { lines, missed }: Report): Promise<void> {
  const { db, app } = shop.backend
  const { receipts } = app.context
  const sub_mchid = await shop.merchant()
  const real = shop.order(sub_mchid)
  await receipts.settle()
  const before = await counts(db)
  const kinds = [
    (index: number) => ({ sub_mch_id: String(1_700_000_000 + index), out_trade_no: `FORGED${index}`, check_code: 'a'.repeat(32) }),
    (index: number) => ({ sub_mch_id: sub_mchid, out_trade_no: `FORGED${index}`, check_code: 'a'.repeat(32) }),
    (index: number) => ({ ...real, check_code: index.toString(16).padStart(32, '0') }),
  ]
  const began = performance.now()
  let index = 0
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const client = async () => {
    while (index < forged) {
      const query = new URLSearchParams(kinds[index % kinds.length]!(index)).toString()
      index += 1
      await new Promise<void>((resolve, reject) =>
        request(`${shop.link}/content?${query}`, { agent }, answer => answer.resume().once('end', resolve))
          .once('error', reject)
          .end(),
      )
      // as the worker does about once a second
      if (index % 5_000 === 0) await receipts.settle()
    }
  }
  await Promise.all(Array.from({ length: 64 }, client))
  agent.destroy()
  await receipts.settle()
  const seconds = (performance.now() - began) / 1_000
  const after = await counts(db)
  const kept = after.loads - before.loads
  const written = after.written - before.written
  const genuine = await shop.load({ ...shop.order(sub_mchid) })
  await receipts.settle()
  const ofGenuine = (await counts(db)).written - after.written
  lines.push(
    `  ${forged} forged loads in ${seconds.toFixed(0)} s: ${kept} rows kept, ${after.days - before.days} rows of counters (one a merchant, day and result), ${written} row writes` +
      ` = ${((written / forged) * 10_000).toFixed(1)} per 10,000; one genuine load (${genuine.outcome}): ${ofGenuine} row writes`,
  )
  if (kept > 0) missed.push(`receipts: forged loads left ${kept} rows`)
  if (written > 200) missed.push(`receipts: forged loads made ${written} row writes`)
}

type Db = Shop['backend']['db']

async function counts(db: Db): Promise<{ loads: number; days: number; written: number }> {
  // the counters of PostgreSQL come late unless asked for
  await sql`select pg_stat_force_next_flush()`.execute(db)
  const { rows } = await sql<{ loads: string; days: string; written: string }>`
    select (select count(*) from receipt_loads) as loads, (select count(*) from receipt_load_days) as days,
      (select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) from pg_stat_user_tables) as written`.execute(db)
  return { loads: Number(rows[0]!.loads), days: Number(rows[0]!.days), written: Number(rows[0]!.written) }
}

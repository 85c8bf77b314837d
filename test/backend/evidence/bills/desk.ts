// A backend whose bills a test arranges day by day: it is 11:00 in China on 2026-11-29, one merchant is in the directory, and nothing was fetched yet.
import { afterAll, beforeAll, beforeEach } from '@jest/globals'
import { sql } from 'kysely'
import { newClient } from '../../../../backend/database/client.ts'
import { concludeFlows } from '../../../../backend/evidence/bills/conclude.ts'
import { fetchBills, newestBillDay } from '../../../../backend/evidence/bills/fetch.ts'
import { dayLater } from '../../../../backend/http/days.ts'
import type { BillChange, BillPayments } from '../../../../dev/sandbox/index.ts'
import { sp_mchid, startBackend, type Backend } from '../../support/backend.ts'
import { enterAppid, shop } from './given.ts'

/** the day whose bill is the newest */
export const yesterday = '2026-11-28'
export const noPayments = { jsapi: 0, miniprogram: 0, unknown_appid: 0, native: 0, micropay: 0, app: 0, h5: 0, facepay: 0, other: 0 }

/** what a test leaves behind */
const emptied =
  'truncate bill_days, payment_days, payment_region_days, receipt_load_days, unlisted_merchants, appids, audit_entries, idempotency_keys, evidence, sub_merchants cascade'

export function billDesk() {
  let backend: Backend
  const arranged = new Set<string>()

  beforeAll(async () => {
    backend = await startBackend()
  })
  afterAll(() => backend.close())
  beforeEach(async () => {
    const owner = newClient(backend.ownerUrl)
    await owner.connect()
    await owner.query(emptied)
    await owner.end()
    for (const day of arranged) desk.given(day, [])
    arranged.clear()
    backend.sandbox.control.clock.set(new Date('2026-11-29T03:00:00Z'))
    await backend.addMerchant(shop)
  })

  const desk = {
    get backend() {
      return backend
    },
    given(day: string, payments: BillPayments[], change: BillChange = {}): void {
      arranged.add(day)
      backend.sandbox.control.setBill(day, { fault: 'none', is_creating: false, ...change, payments })
    },
    fetchEverything: () => fetchBills(backend.app.context),
    /** Of the days that were arranged: nobody paid on the others, and that is known. */
    async fetchAll(): Promise<number> {
      const newest = newestBillDay(backend.clock.now())
      const others = Array.from({ length: 90 }, (_, back) => dayLater(newest, -back)).filter(day => !arranged.has(day))
      await sql`
        insert into bill_days (sp_mchid, day, state, tried_at) select ${sp_mchid}, day::date, 'empty', ${backend.clock.now()} from unnest(${others}::text[]) as day
        on conflict do nothing`.execute(backend.db)
      return desk.fetchEverything()
    },
    conclude: () => concludeFlows(backend.app.context),
    later: (ms: number) => backend.sandbox.control.clock.advance(ms),
    enter: (appid: string, kind: string) => enterAppid(backend, appid, kind),
    async verdict(sub_mchid = shop): Promise<string> {
      const { migration_state, migration_reason } = await backend.db
        .selectFrom('sub_merchants')
        .select(['migration_state', 'migration_reason'])
        .where('sub_mchid', '=', sub_mchid)
        .executeTakeFirstOrThrow()
      return `${migration_state} ${migration_reason}`
    },
  }
  return desk
}

// A process that fetches one trade bill and then stands still in the middle of it: the test kills it there.
import { createProviders } from '../../../../backend/company/providers.ts'
import { connect } from '../../../../backend/database/connection.ts'
import { fetchBills } from '../../../../backend/evidence/bills/fetch.ts'
import { fileClock } from '../../../../backend/platform/clock.ts'
import type { Context } from '../../../../backend/platform/context.ts'
import type { Bills } from '../../../../backend/wechatpay/index.ts'

const [url, sp_mchid, clockFile] = process.argv.slice(2) as [string, string, string]
const bills: Bills = {
  ask: async () => ({ state: 'ready', link: { sha1: '0'.repeat(40), path: '/' } }),
  async download() {
    console.log('fetching')
    return new Promise<never>(() => setInterval(() => undefined, 1_000))
  },
}
const never = undefined as never
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
void fetchBills({
  db: connect(url),
  clock: fileClock(clockFile),
  sp_mchid,
  providers: createProviders({ sp_mchid, wechatPay: { goldPlan: never, orders: never, bills } }),
  log: silent,
} as unknown as Context)

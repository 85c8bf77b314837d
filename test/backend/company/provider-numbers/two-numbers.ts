// One provider company with two numbers: each has its own key, its own WeChat Pay (two sandboxes that do not know each other's key), and its shops.
// A third number is in the database and belongs to somebody else.
import { randomUUID } from 'node:crypto'
import { ensureProviders } from '../../../../backend/company/providers.ts'
import { startSandbox, type Sandbox } from '../../../../dev/sandbox/index.ts'
import { createWechatPay } from '../../../../backend/wechatpay/index.ts'
import { sp_mchid, startBackend, type Backend } from '../../support/backend.ts'

export const home = sp_mchid
export const second = '1900000002'
export const foreign = '1900000003'

export interface TwoNumbers extends Backend {
  /** WeChat Pay as the second number knows it */
  secondSandbox: Sandbox
  /** a new shop in 南山区, and a directory of the two sandboxes as it stands */
  shopOf(number: string): Promise<string>
  advance(ms: number): void
}

export async function startTwoNumbers(): Promise<TwoNumbers> {
  const secondSandbox = await startSandbox({ spMchid: second })
  const wechatPay = createWechatPay({ ...secondSandbox.wechatPayConfig(), timeoutMs: 3_000 })
  const backend = await startBackend({ furtherNumbers: [{ sp_mchid: second, wechatPay }] })
  const numbers = [
    { sp_mchid: home, name: '示例服务商' },
    { sp_mchid: second, name: '示例服务商二号' },
  ] as const
  await ensureProviders(backend.db, numbers, backend.clock.now())
  await backend.db.updateTable('provider').set({ receipt_link_configured: true }).execute()
  await backend.db.insertInto('provider').values({ sp_mchid: foreign, name: '别家服务商', updated_at: backend.clock.now() }).execute()
  let next = 1_900_300_000
  return {
    ...backend,
    secondSandbox,
    async shopOf(number) {
      next += 1
      await backend.addMerchant(String(next), { sp_mchid: number })
      return String(next)
    },
    advance(ms) {
      for (const { control } of [backend.sandbox, secondSandbox]) control.clock.advance(ms)
    },
    async close() {
      await backend.close()
      await wechatPay.close()
      await secondSandbox.close()
    },
  }
}

export const fresh = (): { 'idempotency-key': string } => ({ 'idempotency-key': randomUUID() })

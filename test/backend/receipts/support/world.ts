// A provider with a receipt page: the backend, its order system, and a page on another origin that plays WeChat's side.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { checkCodeOf } from '../../../../backend/receipts/check-code.ts'
import { noLinks } from '../../../../backend/link-check/settings.ts'
import type { ReceiptSettings } from '../../../../backend/receipts/settings.ts'
import type { ReceiptBlock } from '../../../../backend/receipts/schema.ts'
import { sp_mchid, startBackend, type Backend } from '../../support/backend.ts'
import { sourceKey, startOrderSystem, type OrderContent, type OrderSystem } from './order-system.ts'

export interface Shop {
  backend: Backend
  system: OrderSystem
  /** as entered in WeChat's console */
  link: string
  /** origin of the page that plays WeChat's */
  parent: string
  /** how WeChat's script is served */
  sdk: { status: number; body: string; delayMs: number }
  /** another merchant with this receipt */
  merchant(blocks?: readonly ReceiptBlock[]): Promise<string>
  /** an order that was paid at this moment, and its query as WeChat would send it */
  order(sub_mchid: string, order?: Partial<OrderContent>): PlacedOrder
  /** the content as the page asks for it */
  load(query: string | Record<string, string>): Promise<{ outcome: string; blocks: { kind: string }[]; load: string | null }>
  close(): Promise<void>
}

export interface PlacedOrder {
  sub_mch_id: string
  out_trade_no: string
  check_code: string
}

export const catering: readonly ReceiptBlock[] = [
  { kind: 'pickup_code' },
  { kind: 'order_items' },
  { kind: 'pickup_point', place: '二楼取餐口' },
  { kind: 'link', label: '查看电子发票', url: 'https://example.com/invoice' },
  { kind: 'notice', text: '叫号后请在 10 分钟内取餐。' },
]

const page = readFileSync(new URL('../../../../dev/sandbox/payment-page.html', import.meta.url))
let next = 1_900_100_001

export async function startShop(settings: Partial<ReceiptSettings> = {}): Promise<Shop> {
  const system = await startOrderSystem()
  const sdk = { status: 200, body: '', delayMs: 0 }
  const side = createServer((request, response) => {
    if (request.url?.startsWith('/sdk.js')) {
      const answer = () => response.writeHead(sdk.status, { 'content-type': 'text/javascript' }).end(sdk.body)
      return void setTimeout(answer, sdk.delayMs).unref()
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page)
  })
  await new Promise<void>(resolve => void side.listen(0, '127.0.0.1', resolve))
  const parent = `http://127.0.0.1:${(side.address() as AddressInfo).port}`
  const links: string[] = []
  const source = { url: system.url, key: sourceKey }
  const backend = await startBackend({
    linkCheck: { ...noLinks, hosts: ['example.com'], verificationFile: 'wxpay_verify.txt', verificationContent: '8a1f4c' },
    receipts: { source, links, parentOrigin: parent, sdkUrl: `${parent}/sdk.js`, ...settings },
  })
  const link = `${backend.url}/receipt`
  links.push(link)
  return {
    backend,
    system,
    link,
    parent,
    sdk,
    async merchant(blocks = catering) {
      const sub_mchid = String(next++)
      await backend.addMerchant(sub_mchid)
      const values = {
        sp_mchid,
        sub_mchid,
        version: 1,
        blocks: JSON.stringify(blocks),
        changed_at: backend.clock.now(),
        changed_by: 'staff-operator',
      }
      if (blocks.length > 0) await backend.db.insertInto('receipt_contents').values(values).execute()
      return sub_mchid
    },
    order(sub_mchid, order = {}) {
      const out_trade_no = `R${randomBytes(10).toString('hex')}`
      const transaction_id = `4200${randomBytes(12).toString('hex')}`
      const content = {
        transaction_id,
        paid_at: backend.clock.now().toISOString(),
        scene: 'jsapi',
        pickup_code: 'A108',
        ...order,
        sub_mchid: order.sub_mchid ?? sub_mchid,
      }
      system.orders.set(out_trade_no, {
        items: [
          { name: '招牌牛肉面', quantity: 1 },
          { name: '卤蛋', quantity: 2 },
        ],
        ...content,
      })
      return { sub_mch_id: sub_mchid, out_trade_no, check_code: checkCodeOf(link, { sub_mchid, out_trade_no, transaction_id }) }
    },
    async load(query) {
      const answer = await fetch(`${link}/content?${new URLSearchParams(query).toString()}`)
      if (answer.status !== 200) throw new Error(`the content was answered with ${answer.status}`)
      return (await answer.json()) as never
    },
    async close() {
      await backend.close()
      await system.close()
      await new Promise<void>(resolve => {
        side.close(() => resolve())
        side.closeAllConnections()
      })
    },
  }
}

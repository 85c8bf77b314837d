// What a customer sees after a payment: WeChat's page with the receipt in a frame, the ads below it. /customer?sub_mch_id=1900000109 pays one cent and shows it.
import { isMchid } from '../../miniprogram/shared/mchid.ts'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { checkCodeOf } from '../../backend/receipts/check-code.ts'
import type { SandboxClock } from './clock.ts'
import type { Memory } from './memory.ts'

export const PAYMENT_PAGE_PATH = '/customer'

const page = readFileSync(new URL('payment-page.html', import.meta.url))

/** @param receiptLink as entered in the console, where the address names none */
export const createPaymentPage =
  (memory: Pick<Memory, 'setOrder' | 'order'>, clock: SandboxClock, receiptLink: string) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    const given = new URL(request.url ?? '', 'http://sandbox').searchParams
    const sub_mchid = given.get('sub_mch_id') ?? ''
    if (request.method !== 'GET' || !isMchid(sub_mchid))
      return void response.writeHead(400).end(`${PAYMENT_PAGE_PATH}?sub_mch_id=1900000109`)
    const link = given.get('link') ?? receiptLink
    // the page puts it into a frame of its own: a script in an address would run as the sandbox
    if (!URL.canParse(link) || !/^https?:$/.test(new URL(link).protocol))
      return void response.writeHead(400).end('link: an http or https address')
    if (given.has('out_trade_no')) {
      // what of its own the browser is allowed to do is its matter; the frame of another origin is what this page is for
      return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(page)
    }
    const out_trade_no = `S${randomBytes(10).toString('hex')}`
    memory.setOrder(out_trade_no, { sub_mchid }, clock.now())
    const { transaction_id } = memory.order(out_trade_no, clock.now())!
    const check_code = checkCodeOf(link, { sub_mchid, out_trade_no, transaction_id: transaction_id! })
    const location = `${PAYMENT_PAGE_PATH}?${new URLSearchParams({ link, sub_mch_id: sub_mchid, out_trade_no, check_code }).toString()}`
    response.writeHead(302, { location, 'cache-control': 'no-store' }).end()
  }

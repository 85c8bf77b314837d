// Keys and clock: a signed question to WeChat Pay for an order that cannot exist must be answered ORDER_NOT_EXIST. It changes nothing and names nobody.
import { randomBytes } from 'node:crypto'
import type { Context } from '../platform/context.ts'
import { WechatPayError } from '../wechatpay/index.ts'
import type { OutsideFinding } from './findings.ts'

/** Seconds: above it our signatures come near the five minutes that WeChat Pay tolerates sooner than anybody looks. */
const mostSkew = 2

export async function checkKeys(context: Context, sp_mchid: string, signal: AbortSignal): Promise<OutsideFinding[]> {
  const sub_mchid = await someMerchant(context, sp_mchid)
  if (sub_mchid === null) return [unknown('keys', 'NO_MERCHANT'), unknown('clock', 'NO_MERCHANT')]
  const began = context.clock.now()
  const keys = await ask(context, { sp_mchid, sub_mchid }, signal)
  return [keys, clockSince(context, began)]
}

const unknown = (check: 'keys' | 'clock', code: string, values: OutsideFinding['values'] = {}): OutsideFinding => ({
  check,
  result: 'unknown',
  code,
  values,
})

/** The order of another is no better: WeChat Pay asks whose it is before it looks for it. */
async function someMerchant({ db }: Context, sp_mchid: string): Promise<string | null> {
  const row = await db
    .selectFrom('sub_merchants')
    .select('sub_mchid')
    .where('sp_mchid', '=', sp_mchid)
    .orderBy('sub_mchid')
    .limit(1)
    .executeTakeFirst()
  return row?.sub_mchid ?? null
}

async function ask(context: Context, { sp_mchid, sub_mchid }: Record<'sp_mchid' | 'sub_mchid', string>, signal: AbortSignal) {
  const out_trade_no = `READINESS${randomBytes(10).toString('hex').toUpperCase()}`
  try {
    await context.providers.of(sp_mchid).wechatPay.orders.queryByOutTradeNo({ sub_mchid, out_trade_no }, signal)
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    return findingOf(error)
  }
  return { check: 'keys', result: 'failed', code: 'OTHER_ANSWER', values: { answer: '200' } } as const
}

function findingOf({ phase, reason, code, forgery, http_status, wx_code }: WechatPayError): OutsideFinding {
  const keys = (result: OutsideFinding['result'], as: string, values: OutsideFinding['values'] = {}): OutsideFinding => ({
    check: 'keys',
    result,
    code: as,
    values,
  })
  if (phase === 'not_authentic') return reason === 'PROBE' ? keys('unknown', 'PROBED') : keys('failed', 'WECHAT_KEY_WRONG')
  if (phase !== 'refused') return keys('unknown', 'NOT_REACHED', { reason })
  if (code === 'WX_RATE_LIMITED' || code === 'WX_UNAVAILABLE') return keys('unknown', 'BUSY')
  if (code === 'WX_CONFIG')
    return keys('failed', http_status === 401 ? 'OUR_SIGNATURE_REFUSED' : 'NO_PERMISSION', { answer: wx_code ?? String(http_status) })
  if (code !== 'ORDER_NOT_FOUND') return keys('failed', 'OTHER_ANSWER', { answer: wx_code ?? String(http_status) })
  if (forgery === 'UNKNOWN_SERIAL' || forgery === 'SIGNATURE_MISMATCH') return keys('failed', 'WECHAT_KEY_WRONG')
  // some answers other than 2xx come without a signature: then only our side is proved
  return keys('passed', forgery === null ? 'BOTH_KEYS' : 'OUR_KEY')
}

/** As the answer's Date says. */
function clockSince({ skew }: Context, began: Date): OutsideFinding {
  const seen = skew.latest('wechatpay')
  if (!seen || seen.began < began) return unknown('clock', 'NOT_REACHED')
  const seconds = Math.round(seen.seconds * 10) / 10
  const agrees = Math.abs(seconds) <= mostSkew
  return { check: 'clock', result: agrees ? 'passed' : 'failed', code: agrees ? 'AGREES' : 'OFF', values: { seconds: Math.abs(seconds) } }
}

// What a page is given with its content, so that its beacon can be told from a made-up one: signed, for one minute, for that load only.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { LoadResult } from '../database/receipt-tables.ts'

export interface LoadTicket {
  sp_mchid: string
  sub_mchid: string
  /** in Asia/Shanghai */
  day: string
  result: LoadResult
  /** of a load that is kept; the page knows both already */
  out_trade_no: string | null
  check_code: string | null
}

const validForMs = 60_000

/** @param key shared by all processes that serve the page @param now real time, milliseconds */
export function createLoadTokens(key: string, now: () => number = Date.now) {
  const signed = (payload: string) => createHmac('sha256', key).update(`load\n${payload}`).digest()
  return {
    make({ sp_mchid, sub_mchid, day, result, out_trade_no, check_code }: LoadTicket): string {
      const id = randomBytes(9).toString('base64url')
      const fields = [id, now() + validForMs, sp_mchid, sub_mchid, day, result, out_trade_no, check_code]
      const payload = Buffer.from(JSON.stringify(fields)).toString('base64url')
      return `${payload}.${signed(payload).toString('base64url')}`
    },
    /** @returns null for one that is over, and one that we did not make */
    read(token: string): { id: string; ticket: LoadTicket } | null {
      const [payload, signature] = token.split('.')
      if (!payload || !signature) return null
      const given = Buffer.from(signature, 'base64url')
      const right = signed(payload)
      if (given.length !== right.length || !timingSafeEqual(given, right)) return null
      const [id, until, sp_mchid, sub_mchid, day, result, out_trade_no, check_code] = JSON.parse(
        Buffer.from(payload, 'base64url').toString(),
      ) as [string, number, string, string, string, LoadResult, string | null, string | null]
      if (now() >= until) return null
      return { id, ticket: { sp_mchid, sub_mchid, day, result, out_trade_no, check_code } }
    },
  }
}

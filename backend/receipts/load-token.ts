// A token that a page gets with its content, so that its beacon can be told from an invented one: for one minute, for that load only. Sealed and of one length,
// because it holds how the load ended, which outsiders must not learn: whoever tries order numbers would find out which of them exist.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import type { LoadResult } from '../database/receipt-tables.ts'

export interface LoadTicket {
  sp_mchid: string
  sub_mchid: string
  /** in Asia/Shanghai */
  day: string
  result: LoadResult
  /** the merchant's receipt was given: only then can it have been shown */
  given: boolean
  /** of a load that is kept; the page knows both already */
  out_trade_no: string | null
  check_code: string | null
}

const validForMs = 60_000
/** bytes of what is sealed, filled up with spaces: more than the longest order number and code need */
const sealedBytes = 288
const [nonceBytes, tagBytes] = [12, 16]

/** @param key shared by all processes that serve the page @param now real time, milliseconds */
export function createLoadTokens(key: string, now: () => number = Date.now) {
  const secret = createHash('sha256').update(key).digest()
  return {
    /** Looks like a token and is none: for requests that name a merchant we do not have. */
    decoy: (): string => randomBytes(nonceBytes + sealedBytes + tagBytes).toString('base64url'),
    make({ sp_mchid, sub_mchid, day, result, given, out_trade_no, check_code }: LoadTicket): string {
      const id = randomBytes(9).toString('base64url')
      const fields = [id, now() + validForMs, sp_mchid, sub_mchid, day, result, given, out_trade_no, check_code]
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', secret, nonce)
      const sealed = Buffer.concat([cipher.update(JSON.stringify(fields).padEnd(sealedBytes)), cipher.final()])
      return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url')
    },
    /** @returns null for one that is over, and one that we did not make */
    read(token: string): { id: string; ticket: LoadTicket } | null {
      const given = Buffer.from(token, 'base64url')
      if (given.length !== nonceBytes + sealedBytes + tagBytes) return null
      const decipher = createDecipheriv('aes-256-gcm', secret, given.subarray(0, nonceBytes), { authTagLength: tagBytes })
      decipher.setAuthTag(given.subarray(-tagBytes))
      let text: string
      try {
        text = Buffer.concat([decipher.update(given.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString()
      } catch {
        return null
      }
      const [id, until, sp_mchid, sub_mchid, day, result, shows, out_trade_no, check_code] = JSON.parse(text) as [
        string,
        number,
        string,
        string,
        string,
        LoadResult,
        boolean,
        string | null,
        string | null,
      ]
      if (now() >= until) return null
      return { id, ticket: { sp_mchid, sub_mchid, day, result, given: shows, out_trade_no, check_code } }
    },
  }
}

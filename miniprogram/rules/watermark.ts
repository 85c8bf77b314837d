// What is drawn on a photo that proves something (product.md B14): when, which shop, who. No name and no whole number: others see the photo.
import { HOUR } from './relative-time'

const CODE_LENGTH = 6

/** The end of the account's id: enough to find it in the audit trail, and no name. */
const staffCode = (staff_id: string): string => staff_id.replace(/-/g, '').slice(-CODE_LENGTH).toUpperCase()

/** "2026-11-23 14:05:09" of Shanghai, "0109 · 3F9A2C". @param at server time, ms */
export function watermark({ at, sub_mchid, staff_id }: { at: number; sub_mchid: string; staff_id: string }): string[] {
  const time = new Date(at + 8 * HOUR).toISOString().slice(0, 19).replace('T', ' ')
  return [time, `${sub_mchid.slice(-4)} · ${staffCode(staff_id)}`]
}

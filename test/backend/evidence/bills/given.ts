// Bills as a test arranges them: the text that the sandbox would send, and the pieces in which it may come.
import { billText, changedBill, type BillChange } from '../../../../dev/sandbox/index.ts'
import { readBill } from '../../../../backend/evidence/bills/unzip.ts'
import { randomUUID } from 'node:crypto'
import { sp_mchid, type Backend } from '../../support/backend.ts'

export const shop = '1900000109'
export const other = '1900000110'

export const textOf = (day: string, change: BillChange): string => billText(changedBill(day, undefined, change), sp_mchid)

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

export const read = (bytes: Buffer | string, size = 65_536) => readBill(inPieces(Buffer.from(bytes as string), size))

/** What it was refused with; null: it was read. */
export const refusalOf = async (bytes: Buffer | string, size?: number): Promise<string | null> =>
  read(bytes, size).then(
    () => null,
    (error: { reason?: string }) => error.reason ?? String(error),
  )

/** As an administrator enters it into the register. */
export async function enterAppid(backend: Backend, appid: string, kind: string): Promise<void> {
  const held = await backend.db.selectFrom('appids').select('version').where('appid', '=', appid).executeTakeFirst()
  const headers = { 'idempotency-key': randomUUID(), 'if-match': `"${held?.version ?? 0}"` }
  const { status, text } = await backend.call('admin', 'PUT', `/v1/appids/${appid}`, { body: { kind }, headers })
  if (status !== 200) throw new Error(text)
}

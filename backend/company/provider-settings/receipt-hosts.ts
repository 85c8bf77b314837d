// The hosts of a provider number's receipt links: customers' receipts may link there and the link check may visit them, beside those of RECEIPT_LINK_HOSTS.
import type { Database, Trx } from '../../database/connection.ts'
import type { ReceiptLink } from './schema.ts'

export async function receiptLinksOf(db: Database | Trx, sp_mchid: string): Promise<readonly ReceiptLink[]> {
  const row = await db.selectFrom('provider').select('receipt_links').where('sp_mchid', '=', sp_mchid).executeTakeFirst()
  return row?.receipt_links ?? []
}

/** @param fromSettings hosts of the server's own settings */
export const hostsWith = (fromSettings: readonly string[], links: readonly ReceiptLink[]): string[] => [
  ...new Set([...fromSettings, ...links.map(({ host }) => host)]),
]

/** @param port 443, but for tests */
export const urlOf = ({ host, path }: Pick<ReceiptLink, 'host' | 'path'>, port = 443): string =>
  `https://${host}${port === 443 ? '' : `:${port}`}${path}`

// Why nothing of a bill lands. The words are kept where the readiness of a number is shown; none of them holds anything of the bill itself.

export type BillRefusal =
  /** the zip is cut or damaged */
  | 'BILL_ZIP_BROKEN'
  /** its first line is not the header of a bill of all payments and refunds */
  | 'BILL_HEADER_UNKNOWN'
  /** a line is neither a payment nor the totals */
  | 'BILL_LINE_UNREADABLE'
  /** it ends before its totals do, or something stands behind them */
  | 'BILL_INCOMPLETE'
  /** rows that were read ≠ 总交易单数 */
  | 'BILL_TOTALS_DISAGREE'
  /** not the file that WeChat Pay signed for */
  | 'BILL_HASH_DISAGREES'
  /** 商户号 is not the number's that it was fetched for */
  | 'BILL_OF_ANOTHER_PROVIDER'
  /** its payments are of another day than was asked for, or of several */
  | 'BILL_OF_ANOTHER_DAY'
  /** its day is not over */
  | 'BILL_OF_THE_FUTURE'
  /** its day is before those that are kept */
  | 'BILL_TOO_OLD'
  /** there is no row that says of which day it is */
  | 'BILL_WITHOUT_DAY'

export class BillRefused extends Error {
  override readonly name = 'BillRefused'
  constructor(
    readonly reason: BillRefusal,
    /** of the file, counted from 1 */
    readonly line: number | null = null,
  ) {
    super(line === null ? reason : `${reason}, line ${line}`)
  }
}

// Whether an amount fits its eCPM and impressions: amount = eCPM ÷ 1000 × impressions (facts.md §5.3), in whole numbers throughout.

/** decimals that an eCPM in yuan has at least: a spreadsheet writes 12.50 as 12.5 */
const leastDecimals = 2

export interface RebateFigure {
  /** a whole number */
  impressions: string
  /** yuan a thousand impressions, 12.50 */
  ecpm: string
  /** fen */
  amount_fen: string
}

/**
 * Rounding explains half of the eCPM's last decimal (at least the second) for each thousand impressions, and half a fen of the amount.
 * @returns yuan by which the amount is more (or, below 0, less) than the product, exactly; null where rounding explains it
 */
export function differenceOf({ impressions, ecpm, amount_fen }: RebateFigure): string | null {
  const [whole = '', fraction = ''] = ecpm.split('.')
  const decimals = Math.max(fraction.length, leastDecimals)
  // counted in thousandths of the eCPM's last decimal
  const product = BigInt(whole + fraction.padEnd(decimals, '0')) * BigInt(impressions)
  const fen = 10n ** BigInt(decimals + 1)
  const difference = BigInt(amount_fen) * fen - product
  const size = difference < 0n ? -difference : difference
  return 2n * size <= BigInt(impressions) + fen ? null : decimal(difference, decimals + 3)
}

/** 12345, 3 → 12.345, without zeros at the end */
function decimal(value: bigint, places: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0')
  const [whole, fraction] = [digits.slice(0, -places), digits.slice(-places).replace(/0+$/, '')]
  return `${value < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

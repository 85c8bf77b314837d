// Numbers as spreadsheets and people write them, read by the phone and by every import. A shape that can mean one number only is taken, and what was taken
// is said; one that has lost digits is not.
import { comparable } from '../../../shared/comparable'

/** comma: 1,988,100,004 · gap: 1988 100 004 · point: 1988100004.0 · exponent: 1.988100004E+09, with every digit there */
export type NumberShape = 'comma' | 'gap' | 'point' | 'exponent'

/**
 * @param given a cell that should hold a number
 * @returns what it is without what a spreadsheet put around it or into it; a text that is no number comes back comparable, with no shape
 */
export function plainNumber(given: string): { value: string; shapes: NumberShape[] } {
  const shapes: NumberShape[] = []
  const take = (from: string, pattern: RegExp, shape: NumberShape, value: (match: RegExpExecArray) => string): string => {
    const match = pattern.exec(from)
    if (!match) return from
    shapes.push(shape)
    return value(match)
  }
  let value = take(comparable(given), /^\d{1,3}(?:,\d{3})+$/, 'comma', match => match[0].replace(/,/g, ''))
  value = take(value, /^\d+(?:[\s-]+\d+)+$/, 'gap', match => match[0].replace(/[\s-]+/g, ''))
  value = take(value, /^(\d+)\.0+$/, 'point', match => match[1]!)
  value = take(value, /^(\d)\.(\d+)E\+?(\d+)$/i, 'exponent', match =>
    match[2]!.length === Number(match[3]) ? `${match[1]}${match[2]}` : match[0],
  )
  return { value, shapes }
}

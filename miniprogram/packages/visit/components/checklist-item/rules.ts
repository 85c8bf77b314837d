// A number as a person writes it: with a decimal comma, full-width, with its unit, as a word, spoken.

/** Written after a number, they change nothing: seconds, and what is counted. */
const UNITS = /(?:秒钟?|secs?|seconds?|s|个|张|台|家|笔|次|人|份|块|处|项|件|条)$/i
const BEFORE = /^(?:大约|大概|约|差不多|近|~|≈|about)/i
const WORDS = new Map(['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'].map((word, value) => [word, value]))
const MORE_WORDS = new Map([...WORDS, ['两', 2], ['半', 0.5]] as [string, number][])

/** Full-width digits, point and signs as on a keyboard. */
const halfWidth = (text: string): string =>
  text.replace(/[！-～]/g, sign => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replace(/[。．]/g, '.')

/**
 * null: nothing is written · NaN: no number, or one that may be read in two ways ("1,500") · else its value. "1,5" is 1.5, "１２" is 12, "5秒" is 5,
 * "3.5." is 3.5, "两秒" is 2.
 */
export function readNumber(text: string): number | null {
  const written = halfWidth(text).replace(/\s+/g, '')
  if (written === '') return null
  const bare = written
    .replace(BEFORE, '')
    // a point that ends what was said
    .replace(/[.,、]+$/, '')
    .replace(UNITS, '')
    .replace(/[.,]+$/, '')
  const word = MORE_WORDS.get(bare)
  if (word !== undefined) return word
  if (/^[+-]?\d+(?:[.,]\d+)?$/.test(bare)) return /,\d{3}$/.test(bare) ? Number.NaN : Number(bare.replace(',', '.'))
  return /^[+-]?[.,]\d+$/.test(bare) ? Number(bare.replace(',', '.')) : Number.NaN
}

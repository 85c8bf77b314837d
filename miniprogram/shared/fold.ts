/**
 * What is neither letter nor number. Made of a string: of a literal WeChat's tools make 9 KB of code points. An engine that knows the syntax and not
 * Unicode's tables (Android's, built without ICU) refuses it when it is made; there the punctuation and spaces that names and addresses have go.
 */
function neitherLetterNorNumber(): RegExp {
  try {
    return new RegExp('[^\\p{L}\\p{N}]', 'gu')
  } catch {
    return /[\s!-/:-@[-`{-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u02c2-\u02ff\u2000-\u206f\u20a0-\u20cf\u2190-\u245f\u2500-\u2bff\u3000-\u3004\u3008-\u3020\u3030\u30a0\u30fb\ufe10-\ufe1f\ufe30-\ufe6f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]/g
  }
}
const DROPPED = neitherLetterNorNumber()

/**
 * Text as a search compares it, on the server and on the phone: full width to half width, lower case, without spaces and punctuation.
 * 科技面馆（科苑店） = 科技面馆(科苑 店).
 */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replace(DROPPED, '')

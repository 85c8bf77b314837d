/**
 * Text as a search compares it, on the server and on the phone: full width to half width, lower case, without spaces and punctuation.
 * 科技面馆（科苑店） = 科技面馆(科苑 店).
 */
export const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

// Big5 read as GB18030 is text without an error, of characters that nobody uses. Which of the two a file is can be told by how common its characters are.

/** In names of shops, places and companies, as they are written in Big5, and the simplified ones beside them. */
const common = new Set('店路號号街區区市鎮镇縣县樓楼東东西南北中大小商餐飲饮館馆食品有限公司新國国家的一人民美麵面茶飯饭行')

function shareOfCommon(text: string): number {
  let beyondAscii = 0
  let found = 0
  for (const character of text) {
    if (character <= '\u007f') continue
    beyondAscii += 1
    if (common.has(character)) found += 1
  }
  return beyondAscii === 0 ? 0 : found / beyondAscii
}

/** @param bytes the beginning of a file that is not UTF-8 */
export function looksLikeBig5(bytes: Uint8Array): boolean {
  const as = (encoding: string) => new TextDecoder(encoding).decode(bytes)
  const big5 = as('big5')
  const broken = [...big5].filter(character => character === '\uFFFD').length
  // the last character may be cut
  return broken <= 1 && shareOfCommon(big5) > 0.1 && shareOfCommon(big5) > 2 * shareOfCommon(as('gb18030'))
}

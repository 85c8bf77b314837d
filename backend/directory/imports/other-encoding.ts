// Another encoding read as GB18030 is text without an error, of characters that nobody uses. Which of them a file is can be told by what characters it has in each.

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

const as = (bytes: Uint8Array, encoding: string): string => new TextDecoder(encoding).decode(bytes)
/** the last character may be cut */
const isWhole = (text: string): boolean => [...text].filter(character => character === '\uFFFD').length <= 1
const shareOf = (text: string, pattern: RegExp): number => {
  const beyondAscii = [...text].filter(character => character > '\u007f')
  return beyondAscii.length === 0 ? 0 : beyondAscii.filter(character => pattern.test(character)).length / beyondAscii.length
}

function isBig5(bytes: Uint8Array): boolean {
  const big5 = as(bytes, 'big5')
  return isWhole(big5) && shareOfCommon(big5) > 0.1 && shareOfCommon(big5) > 2 * shareOfCommon(as(bytes, 'gb18030'))
}

/** Of GB18030 read so, half is kana of half width and hardly any of full width. */
const isShiftJis = (bytes: Uint8Array): boolean => {
  const text = as(bytes, 'shift_jis')
  return isWhole(text) && shareOf(text, /[\u3040-\u30ff]/u) > 0.2
}

/** Of GB18030 read so, what is pronounced after the first half of the alphabet is no Hangul. */
const isEucKr = (bytes: Uint8Array): boolean => {
  const text = as(bytes, 'euc-kr')
  const letters = [...text].filter(character => character > '\u007f')
  return letters.length >= 4 && isWhole(text) && shareOf(text, /\p{Script=Hangul}/u) > 0.95 && shareOfCommon(as(bytes, 'gb18030')) < 0.05
}

/** Letters with accents stand alone among those of ASCII; of GB18030 nearly every byte beyond ASCII has a second one. */
function isWestern(bytes: Uint8Array): boolean {
  let alone = 0
  let beyondAscii = 0
  bytes.forEach((byte, index) => {
    if (byte < 0x80) return
    beyondAscii += 1
    if ((bytes[index - 1] ?? 0) < 0x80 && (bytes[index + 1] ?? 0) < 0x80) alone += 1
  })
  return beyondAscii > 0 && alone / beyondAscii > 0.6
}

const others: readonly (readonly [name: string, isOne: (bytes: Uint8Array) => boolean])[] = [
  ['Big5（繁体中文）', isBig5],
  ['Shift_JIS（日文）', isShiftJis],
  ['EUC-KR（韩文）', isEucKr],
  ['Windows-1252（西文）', isWestern],
]

/** @param bytes the beginning of a file that is not UTF-8 @returns what is wrong with it, behind its name; null where it may be GB18030 */
export function otherEncoding(bytes: Uint8Array): string | null {
  const name = others.find(([, isOne]) => isOne(bytes))?.[0]
  if (name === undefined) return null
  return `像是 ${name}文件，按 GB18030 读会变成乱码：请另存为“CSV UTF-8（逗号分隔）”；确实是 GB18030 就加 --encoding gb18030`
}

/** What Windows-1252 shows for the bytes 0x80 to 0x9f. */
const windows = new Map(
  [
    ...as(
      Uint8Array.from({ length: 32 }, (_, index) => 0x80 + index),
      'windows-1252',
    ),
  ].map((shown, index) => [shown, 0x80 + index]),
)

/** UTF-8 whose bytes were taken for Western letters and written as UTF-8 once more: åº— for 店. */
export function encodedTwice(bytes: Uint8Array): string | null {
  const shown = [...as(bytes, 'utf-8')].filter(character => character > '\u007f' && character !== '\uFFFD')
  const before = shown.map(character => windows.get(character) ?? character.codePointAt(0)!)
  if (before.length < 3 || before.some(byte => byte > 0xff)) return null
  const chinese = [...as(Uint8Array.from(before), 'utf-8')]
  const han = chinese.filter(character => /\p{Script=Han}/u.test(character)).length
  return han >= 1 && han > chinese.length / 2 ? '里的中文已经变成乱码（如 åº—），是按错误的编码存过一次：请从原来的表重新导出' : null
}

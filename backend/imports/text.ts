// Text of one cell, whatever file it is from.

/** Line breaks and tabs inside a cell become one space, and the ends are trimmed: a name is one line. */
export const tidy = (text: string): string => text.replace(/[\s\u200B\uFEFF]+/gu, ' ').trim()

/** In code points: a 4-byte character counts once. */
export const lengthOf = (text: string): number => text.length - (text.match(/[\uD800-\uDBFF](?=[\uDC00-\uDFFF])/g)?.length ?? 0)

/** The beginning of a value, for the rejects file. */
export function excerpt(text: string): string {
  if (text.length <= 60) return text
  const beginning = Array.from(text.slice(0, 120))
  return `${beginning.slice(0, 60).join('')}…`
}

/** @returns why this text cannot be kept, if it cannot */
export function characterFault(text: string): string | null {
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001F\u007F]/u.test(text)) return '含有看不见的控制字符'
  return text.includes('\uFFFD') ? '含有不是 UTF-8 的字节，请把文件另存为 UTF-8' : null
}

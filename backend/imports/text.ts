// Text of one cell, whatever file it is from.
import { firstCharacters } from '../../miniprogram/domain/characters.ts'

/** Line breaks and tabs inside a cell become one space, and the ends are trimmed: a name is one line. */
export const tidy = (text: string): string => text.replace(/[\s\u200B\uFEFF]+/gu, ' ').trim()

/** The beginning of a value, for the rejects file. */
export function excerpt(text: string): string {
  const beginning = firstCharacters(text, 60)
  return beginning === text ? text : `${beginning}…`
}

/** @returns why this text cannot be kept, if it cannot */
export function characterFault(text: string): string | null {
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001F\u007F]/u.test(text)) return '含有看不见的控制字符'
  return text.includes('\uFFFD') ? '含有不是 UTF-8 的字节，请把文件另存为 UTF-8' : null
}

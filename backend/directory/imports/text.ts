// Text of one cell, whatever file it is from.
import type { Encoding } from './file.ts'
import { firstCharacters } from '../../../miniprogram/shared/characters.ts'
import { withoutInvisible } from '../../../miniprogram/shared/comparable.ts'

/** Turn the direction of what follows them, also of what the app writes behind a name. */
const directions = /[\u202A-\u202E\u2066-\u2069]/gu

/**
 * Line breaks and tabs inside a cell become one space, and the ends are trimmed: a name is one line. Marks of direction are left out. A cell in which nothing can
 * be seen is empty.
 */
export const tidy = (text: string): string => {
  const line = text
    .replace(directions, '')
    .replace(/[\s\u200B\uFEFF]+/gu, ' ')
    .trim()
  return withoutInvisible(line).trim() === '' ? '' : line
}

/** The beginning of a value, for the rejects file. */
export function excerpt(text: string): string {
  const beginning = firstCharacters(text, 60)
  return beginning === text ? text : `${beginning}…`
}

/** A byte that belongs to no character; the file was cut there, or is of another encoding. */
const notUtf8 = '含有不是 UTF-8 的字节，请把文件另存为 UTF-8'
const notGb18030 = '含有不完整的 GB18030 字符：文件在这里被截断或损坏，请重新导出'
/** The same reason, of the encoding that the file was read in. */
export const reasonIn = (encoding: Encoding, reason: string): string => (encoding === 'gb18030' && reason === notUtf8 ? notGb18030 : reason)

/** @returns why this text cannot be kept, if it cannot */
export function characterFault(text: string): string | null {
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001F\u007F]/u.test(text)) return '含有看不见的控制字符'
  return text.includes('\uFFFD') ? notUtf8 : null
}

// Text of one cell, whatever file it is from.
import type { Encoding } from './file.ts'
import { firstCharacters } from '../../../miniprogram/shared/characters.ts'

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

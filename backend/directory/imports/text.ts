// Text of one cell, whatever file it is from.
import type { Encoding } from './file.ts'
import { firstCharacters } from '../../../miniprogram/shared/characters.ts'
import { comparable } from '../../../miniprogram/shared/comparable.ts'
import { holdsPaymentCode } from '../../../miniprogram/shared/payment-code.ts'

/** The beginning of a value, for the rejects file; nothing of one that may be a customer's payment code. */
export function excerpt(text: string): string {
  if (holdsPaymentCode(text)) return ''
  const beginning = firstCharacters(text, 60)
  return beginning === text ? text : `${beginning}…`
}

/** A byte that belongs to no character; the file was cut there, or is of another encoding. */
const notUtf8 = '含有不是 UTF-8 的字节，请把文件另存为 UTF-8'
const notGb18030 = '含有不完整的 GB18030 字符：文件在这里被截断或损坏，请重新导出'
/** The same reason, of the encoding that the file was read in. */
export const reasonIn = (encoding: Encoding, reason: string): string => (encoding === 'gb18030' && reason === notUtf8 ? notGb18030 : reason)

export const paymentCodeFault = '里面有顾客的付款码：不能保存，请从文件里删掉'

/** What a spreadsheet shows of a formula that failed, in English and as ISO 29500 has it; no name is written so. */
const spreadsheetError = /^#(?:REF!|N\/A|NAME\?|VALUE!|DIV\/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)$/i
/** Of a number in a column that is too narrow. */
const tooNarrow = /^#{4,}$/

/** @returns why this text cannot be kept, if it cannot */
export function characterFault(text: string): string | null {
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001F\u007F]/u.test(text)) return '含有看不见的控制字符'
  if (/[\u0080-\u009F]/u.test(text)) return '含有看不见的控制字符，像是按错误的编码存过一次：请从原来的表重新导出'
  if (text.includes('\uFFFD')) return notUtf8
  if (!/[#＃]/.test(text)) return null
  const plain = comparable(text)
  if (spreadsheetError.test(plain)) return `是表格软件里出错的公式（${plain.toUpperCase()}）：在原来的表里改好这一格，再导出一次`
  return tooNarrow.test(plain) ? '是表格软件里列太窄时显示的 ####：在原来的表里拉宽这一列，再导出一次' : null
}

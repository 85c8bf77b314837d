// What was taken away from a cell, in words for a person, and words that a cell may be one of.
import { comparable, halfWidth, withoutInvisible } from '../../../miniprogram/shared/comparable.ts'
import { plainNumber as read, type NumberShape } from '../../../miniprogram/packages/manage/shared/plain-number.ts'

export interface PlainNumber {
  value: string
  /** what was taken away, in words for a person; empty for a number that was plain */
  shapes: string[]
}

const shapeWords: Record<NumberShape, string> = {
  comma: '千分位逗号',
  gap: '中间的空格或横线',
  point: '小数点后的 0',
  exponent: '科学计数',
}

/** @param given a cell that should hold a number, trimmed */
export function plainNumber(given: string): PlainNumber {
  if (/^\d+$/.test(given)) return { value: given, shapes: [] }
  const around: string[] = []
  const visible = withoutInvisible(given)
  if (visible !== given) around.push('看不见的字符')
  if (halfWidth(visible) !== visible) around.push('全角字符')
  if (comparable(given) !== halfWidth(visible).trim()) around.push(halfWidth(visible).trim().startsWith('=') ? '="…" 的写法' : '前面的撇号')
  const { value, shapes } = read(given)
  return { value, shapes: value === given ? [] : [...around, ...shapes.map(shape => shapeWords[shape])] }
}

/** 1.9E+09: the digits that are missing are nowhere in the file. */
export const hasLostDigits = (value: string): boolean => /^=?\d+([.,]\d+)?(E\+?|[×x*]10\^?)\d+$/i.test(comparable(value).replace(/\s/g, ''))
export const lostDigits =
  '被表格软件改成了科学计数，少了的位数在这个文件里已经没有了：在原来的表里把这一列的格式设为“文本”（或用公式 =TEXT(A2,"0")），再导出一次'

const plainWord = (text: string): string => comparable(text).toLowerCase()

/** Words that a cell may be one of. Case, full width and what nobody sees make no difference. @returns undefined for a word that is none of them */
export function wordsOf<Meaning>(entries: Iterable<readonly [string, Meaning]>): (cell: string) => Meaning | undefined {
  const meanings = new Map<string, Meaning>()
  for (const [word, meaning] of entries) meanings.set(plainWord(word), meaning).set(word, meaning)
  // a file has thousands, and nearly all are written as they stand here
  return cell => meanings.get(cell) ?? meanings.get(plainWord(cell))
}

// Numbers as spreadsheets and people write them. A shape that can mean one number only is taken, and what was taken is said; one that has lost digits is not.
import { comparable, halfWidth, withoutInvisible } from '../../../miniprogram/shared/comparable.ts'

export interface PlainNumber {
  value: string
  /** what was taken away, in words for a person; empty for a number that was plain */
  shapes: string[]
}

/** @param given a cell that should hold a number, trimmed */
export function plainNumber(given: string): PlainNumber {
  const shapes: string[] = []
  const visible = withoutInvisible(given)
  if (visible !== given) shapes.push('看不见的字符')
  if (halfWidth(visible) !== visible) shapes.push('全角字符')
  const text = comparable(given)
  if (text !== halfWidth(visible).trim()) shapes.push(halfWidth(visible).trim().startsWith('=') ? '="…" 的写法' : '前面的撇号')
  const take = (from: string, pattern: RegExp, shape: string, value: (match: RegExpExecArray) => string): string => {
    const match = pattern.exec(from)
    if (!match) return from
    shapes.push(shape)
    return value(match)
  }
  let value = take(text, /^\d{1,3}(?:,\d{3})+$/, '千分位逗号', match => match[0].replaceAll(',', ''))
  value = take(value, /^\d+(?:[\s-]+\d+)+$/, '中间的空格或横线', match => match[0].replace(/[\s-]+/g, ''))
  value = take(value, /^(\d+)\.0+$/, '小数点后的 0', match => match[1]!)
  value = take(value, /^(\d)\.(\d+)E\+?(\d+)$/i, '科学计数', match =>
    // every digit is there: 1.988100004E+09
    match[2]!.length === Number(match[3]) ? `${match[1]}${match[2]}` : match[0],
  )
  return { value, shapes: value === given ? [] : shapes }
}

/** 1.9E+09: the digits that are missing are nowhere in the file. */
export const hasLostDigits = (value: string): boolean => /^\d+(\.\d+)?E\+?\d+$/i.test(value)
export const lostDigits =
  '被表格软件改成了科学计数，少了的位数在这个文件里已经没有了：在原来的表里把这一列的格式设为“文本”（或用公式 =TEXT(A2,"0")），再导出一次'

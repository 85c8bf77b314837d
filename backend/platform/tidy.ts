// A name is one line, from whichever door it comes: a file, a form, a command.
import { withoutInvisible } from '../../miniprogram/shared/comparable.ts'

/** Turn the direction of what follows them, also of what the app writes behind a name. */
const directions = /[\u202A-\u202E\u2066-\u2069]/gu

/**
 * Line breaks and tabs become one space, and the ends are trimmed. Marks of direction are left out. A text in which nothing can be seen is empty.
 */
export const tidy = (text: string): string => {
  const line = text
    .replace(directions, '')
    .replace(/[\s\u200B\uFEFF]+/gu, ' ')
    .trim()
  return withoutInvisible(line).trim() === '' ? '' : line
}

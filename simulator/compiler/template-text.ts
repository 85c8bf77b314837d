// The text of a template as the template compiler takes it: mends what WeChat lets pass and the compiler does not know. No line of it moves.
import type { Tag } from './wxml-tags.ts'

/** Tags in each other that the compiler's stack holds, with room for what stands in the innermost. WeChat advises to stay below 30. */
export const DEEPEST = 120

/** `wx:for-items` is how `wx:for` was written first; the template compiler knows only the latter. No place in the text moves. */
export function withoutOldNames(text: string, tags: Tag[]): string {
  let result = ''
  let done = 0
  for (const { name, value, offset } of tags.flatMap(tag => tag.attributes)) {
    if (name !== 'wx:for-items' || value === undefined) continue
    const rest = text.slice(offset + name.length)
    const end = offset + name.length + rest.indexOf(value) + value.length + 1
    result += `${text.slice(done, offset)}wx:for${text.slice(offset + name.length, end)}${' '.repeat('-items'.length)}`
    done = end
  }
  return result + text.slice(done)
}

/** `a=b"`, where the first quote is forgotten, is an attribute to WeChat's compiler. */
export const withQuotes = (text: string) => text.replaceAll(/(\s[\w:-]+=)([^\s"'<>{}][^\s"'<>{}]*")(?=[\s/>])/g, '$1"$2')

/** A backslash and an n in a <text> are a line break. As an entity it moves no line of the template. */
export function withLineBreaks(text: string, tags: Tag[]): string {
  let result = text
  // from the end, so that the offsets of the others stay right
  for (const { name, offset } of tags.toReversed()) {
    if (name !== 'text') continue
    const end = result.indexOf('</text', offset)
    if (end < 0) continue
    const inside = result.slice(offset, end)
    if (!inside.includes('\\n')) continue
    // not in the tag's own attributes, and not in expressions, which have strings of their own
    const broken = inside.replace(/<[^>]*>|\{\{[^]*?\}\}|\\n/g, part => (part === '\\n' ? '&#10;' : part))
    result = result.slice(0, offset) + broken + result.slice(end)
  }
  return result
}

/** The first tag that stands in too many others; undefined when there is none. */
export function firstTooDeep(text: string, tags: Tag[]): Tag | undefined {
  if (tags.length <= DEEPEST) return undefined
  let depth = 0
  let from = 0
  for (const tag of tags) {
    // between two opening tags there are only ends; those in comments are too few to matter
    depth -= text.slice(from, tag.offset).match(/<\/[a-zA-Z]|\/>/g)?.length ?? 0
    depth = Math.max(0, depth) + 1
    if (depth > DEEPEST) return tag
    from = tag.offset + 1
  }
  return undefined
}

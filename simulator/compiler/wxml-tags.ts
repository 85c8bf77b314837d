// A small reader of WXML that knows where every tag and attribute stands. The template compiler builds no such list, and without it an undeclared
// component renders nothing and says nothing.
interface Attribute {
  name: string
  value: string | undefined
  offset: number
}

export interface Tag {
  name: string
  attributes: Attribute[]
  offset: number
  /** content of a wxs tag */
  script?: { text: string; offset: number }
}

const NAME = /[^\s/>=]/

/** Opening tags in the order of the text. Comments, expressions and the content of wxs are passed over. */
export function readTags(text: string): Tag[] {
  const tags: Tag[] = []
  let at = 0
  while (at < text.length) {
    if (text.startsWith('{{', at)) {
      const end = text.indexOf('}}', at)
      at = end < 0 ? text.length : end + 2
      continue
    }
    if (text.startsWith('<!--', at)) {
      const end = text.indexOf('-->', at)
      at = end < 0 ? text.length : end + 3
      continue
    }
    if (text[at] !== '<' || !/[a-zA-Z]/.test(text[at + 1] ?? '')) {
      at += 1
      continue
    }
    const { tag, end, closed } = readTag(text, at)
    tags.push(tag)
    at = end
    if (tag.name === 'wxs' && !closed) {
      const close = text.indexOf('</wxs', at)
      const stop = close < 0 ? text.length : close
      tag.script = { text: text.slice(at, stop), offset: at }
      at = stop
    }
  }
  return tags
}

/** Quotes of strings inside an expression do not end the value. */
function endOfValue(text: string, from: number, quote: string): number {
  let at = from
  for (;;) {
    const end = text.indexOf(quote, at)
    const expression = text.indexOf('{{', at)
    if (end < 0 || expression < 0 || end < expression) return end
    const after = text.indexOf('}}', expression)
    // braces that nobody closes are the template compiler's to refuse
    if (after < 0) return end
    at = after + 2
  }
}

function readTag(text: string, offset: number): { tag: Tag; end: number; closed: boolean } {
  let at = offset + 1
  const word = () => {
    const start = at
    while (at < text.length && NAME.test(text[at]!)) at += 1
    return text.slice(start, at)
  }
  const tag: Tag = { name: word(), attributes: [], offset }
  for (;;) {
    while (/\s/.test(text[at] ?? '')) at += 1
    if (at >= text.length || text[at] === '>') return { tag, end: at + 1, closed: false }
    if (text.startsWith('/>', at)) return { tag, end: at + 2, closed: true }
    const start = at
    const name = word()
    if (!name) {
      at += 1
      continue
    }
    let value: string | undefined
    if (text[at] === '=') {
      at += 1
      const quote = text[at]
      if (quote === '"' || quote === "'") {
        const end = endOfValue(text, at + 1, quote)
        value = text.slice(at + 1, end < 0 ? text.length : end)
        at = end < 0 ? text.length : end + 1
      } else value = word()
    }
    tag.attributes.push({ name, value, offset: start })
  }
}

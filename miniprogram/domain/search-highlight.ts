// Which part of a row's text matched what was typed.
export interface TextPart {
  text: string
  hit: boolean
}

/** Splits `text` at the first place where `query` stands in it, ignoring case. Pinyin matches have no place in the text: nothing is marked. */
export function highlight(text: string, query: string): TextPart[] {
  const wanted = query.trim().toLowerCase()
  const at = wanted === '' ? -1 : text.toLowerCase().indexOf(wanted)
  if (at < 0) return [{ text, hit: false }]
  const end = at + wanted.length
  return [
    { text: text.slice(0, at), hit: false },
    { text: text.slice(at, end), hit: true },
    { text: text.slice(end), hit: false },
  ].filter(part => part.text !== '')
}

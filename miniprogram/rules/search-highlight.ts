// Which part of a row's text matched what was typed.
import { characters } from '../shared/characters'

export interface TextPart {
  text: string
  hit: boolean
}

/** Splits `text` at the first place where `query` stands in it, ignoring case. Pinyin matches have no place in the text: nothing is marked. */
export function highlight(text: string, query: string): TextPart[] {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return [{ text, hit: false }]
  const shown = characters(text)
  // a lower-case letter may be longer than its capital (İ), so places are counted in the text as it is shown
  const lower = shown.map(one => one.toLowerCase())
  for (let at = 0; at < shown.length; at += 1) {
    const end = endOf(wanted, lower, at)
    if (end === null) continue
    return [
      { text: shown.slice(0, at).join(''), hit: false },
      { text: shown.slice(at, end).join(''), hit: true },
      { text: shown.slice(end).join(''), hit: false },
    ].filter(part => part.text !== '')
  }
  return [{ text, hit: false }]
}

/** Where `wanted` ends if it begins at this character. */
function endOf(wanted: string, lower: readonly string[], at: number): number | null {
  let read = ''
  for (let end = at; end < lower.length && wanted.startsWith(read); end += 1) {
    read += lower[end]!
    if (read === wanted) return end + 1
  }
  return null
}

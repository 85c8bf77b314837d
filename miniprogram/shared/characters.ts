// Characters of a text as people count and cut them. A JavaScript string counts UTF-16 units: 𠮷 and most emoji have two, and half of one is no text: JSON, a URL
// and the database refuse it.

/** characters of a search that GET /sub-merchants takes */
export const SEARCH_LIMIT = 64

/** Code points, each whole. */
export const characters = (text: string): string[] => Array.from(text)

export const characterCount = (text: string): number => text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0)

/** At most so many from the beginning. */
export function firstCharacters(text: string, most: number): string {
  if (text.length <= most) return text
  // no more than two units each: a long text is not taken apart whole
  return characters(text.slice(0, most * 2))
    .slice(0, most)
    .join('')
}

/** Without halves of characters, which a keyboard or a box that cuts by units may leave. */
export const wholeCharacters = (text: string): string => text.replace(/[\ud800-\udfff]/gu, '')

// What a document of docs/ has that may be cited: sections by number, items of numbered lists within them, and ids in the first column of tables.

export interface Outline {
  /** 5.3, and 3.4 for the fourth item of a list in section 3 */
  sections: ReadonlySet<string>
  /** F4b, M14 */
  ids: ReadonlySet<string>
}

const heading = /^#{2,4} (\d+(?:\.\d+)*)[.\s]/
const listItem = /^(\d+)\. /
const idCell = /^\| ([A-Z]\d{1,2}b?) +\|/

/** @param text of one Markdown file */
export function outlineOf(text: string): Outline {
  const sections = new Set<string>()
  const ids = new Set<string>()
  let section: string | null = null
  for (const line of text.split('\n')) {
    const number = heading.exec(line)?.[1]
    if (number !== undefined) {
      section = number
      sections.add(number)
      continue
    }
    const item = listItem.exec(line)?.[1]
    if (item !== undefined && section !== null) sections.add(`${section}.${item}`)
    const id = idCell.exec(line)?.[1]
    if (id !== undefined) ids.add(id)
  }
  return { sections, ids }
}

/** The text of one section, its subsections included; empty where there is none. */
export function sectionOf(text: string, number: string): string {
  const lines = text.split('\n')
  const start = lines.findIndex(line => heading.exec(line)?.[1] === number)
  if (start < 0) return ''
  const end = lines.findIndex((line, index) => {
    const other = index > start ? heading.exec(line)?.[1] : undefined
    return other !== undefined && !other.startsWith(`${number}.`)
  })
  return lines.slice(start, end < 0 ? undefined : end).join('\n')
}

/** The cells of every row of every table, without the head and the line below it. */
export function rowsOf(text: string): string[][] {
  const lines = text.split('\n')
  const isRow = (line: string | undefined) => line?.startsWith('|') ?? false
  const isRule = (line: string | undefined) => /^\|[\s:|-]+\|$/.test(line ?? '')
  return lines
    .filter((line, index) => isRow(line) && !isRule(line) && !isRule(lines[index + 1]))
    .map(line =>
      line
        .replaceAll('\\|', '\u0000')
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim().replaceAll('\u0000', '|')),
    )
}

/** What stands in backticks. */
export const quotedIn = (text: string): string[] => [...text.matchAll(/`([^`\n]+)`/g)].map(match => match[1]!)

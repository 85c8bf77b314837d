// Citations such as (product.md §5.3, M14), facts.md §1.7, scenarios 3 and 4, or the name of a README: what they name exists.
import { posix } from 'node:path'
import type { Outline } from './outline.ts'

export interface Library {
  /** by name: product.md; what stands in docs/ */
  documents: ReadonlyMap<string, Outline>
  /** every file of the project, from its root */
  files: ReadonlySet<string>
}

const document = /(?<![\w./-])(?:docs\/)?([a-z-]+\.md)\b/g
/** an old name without its ending would cite a section of nothing */
const section = /(?:\b([a-z]+(?:-[a-z]+)+|RFC \d+)(?:\.md)? )?§\s?(\d+(?:\.\d+)*)/g
const ids = /\b[FPMB]\d{1,2}b?\b/g
const scenarios = /\bscenarios? (\d+(?:(?:, | and | to |–)\d+)*)/gi
const markdownFile = /(?<![\w/.:-])((?:\.{1,2}\/)*(?:[\w-]+\/)*[\w-]+\.md)\b/g

/** How far behind the name of a document the sections and ids may stand that are meant of it. */
const reach = 90

/**
 * @param file from the root; a document of docs/ cites itself by a bare §
 * @returns findings, each with its line
 */
export function citationFaults(file: string, text: string, library: Library): string[] {
  const found: { at: number; fault: string }[] = []
  for (const match of text.matchAll(markdownFile)) {
    const name = match[1]!
    if (!resolves(file, name, library)) found.push({ at: match.index, fault: `there is no document ${name}` })
  }
  for (const { at, named, number } of sectionsIn(file, text)) {
    const outline = library.documents.get(named)
    if (!outline) found.push({ at, fault: `there is no document ${named} to have a §${number}` })
    else if (!outline.sections.has(number)) found.push({ at, fault: `${named} has no §${number}` })
  }
  for (const { at, named, id } of idsIn(text)) {
    if (library.documents.get(named)?.ids.has(id) === false) found.push({ at, fault: `${named} has no ${id}` })
  }
  if (file.startsWith('test/')) found.push(...scenarioFaults(text, library))
  return found.toSorted((one, other) => one.at - other.at).map(({ at, fault }) => `${file}:${lineAt(text, at)}: ${fault}`)
}

/** Beside the citing file, from the root, or in docs/; a bare name also of any one file of the project. */
function resolves(file: string, name: string, { files }: Library): boolean {
  const beside = posix.normalize(posix.join(posix.dirname(file), name))
  if (files.has(beside) || files.has(name) || files.has(`docs/${name}`)) return true
  return !name.startsWith('.') && [...files].some(known => known.endsWith(`/${name}`))
}

function sectionsIn(file: string, text: string): { at: number; named: string; number: string }[] {
  const own = /^docs\/([a-z-]+\.md)$/.exec(file)?.[1] ?? 'product.md'
  const mentions = [...text.matchAll(document)]
  return [...text.matchAll(section)].flatMap(match => {
    const [, word, number] = match as unknown as [string, string | undefined, string]
    if (word?.startsWith('RFC')) return []
    if (word !== undefined && !isMention(mentions, `${word}.md`)) return [{ at: match.index, named: word, number }]
    const mention = mentions.findLast(({ index }) => index <= match.index && match.index - index < reach)
    // [product.md](product.md) §3 means that document, (product.md §3), §4 two
    const between = mention && text.slice(mention.index + mention[0].length, match.index).replace(/^\)/, '')
    return [{ at: match.index, named: between !== undefined && !between.includes(')') ? mention![1]! : own, number }]
  })
}

const isMention = (mentions: readonly RegExpExecArray[], name: string): boolean => mentions.some(mention => mention[1] === name)

/** Ids behind the name of a document, to the end of the bracket or sentence. */
function idsIn(text: string): { at: number; named: string; id: string }[] {
  return [...text.matchAll(document)].flatMap((mention, index, all) => {
    const from = mention.index + mention[0].length
    const next = all[index + 1]?.index ?? text.length
    const behind = text.slice(from, Math.min(from + reach, next)).split(/\)|\. |\.\n|: /)[0]!
    return [...behind.matchAll(ids)].map(match => ({ at: from + match.index, named: mention[1]!, id: match[0] }))
  })
}

function scenarioFaults(text: string, { documents }: Library): { at: number; fault: string }[] {
  const known = documents.get('product.md')?.sections
  return [...text.matchAll(scenarios)].flatMap(match =>
    (match[1]!.match(/\d+/g) ?? [])
      .filter(number => !known?.has(`13.${number}`))
      .map(number => ({ at: match.index, fault: `product.md §13 has no scenario ${number}` })),
  )
}

const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length

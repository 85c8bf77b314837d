// Links of Markdown files: the file is there, and so is the heading behind #. Paths in backticks that begin at the root are there too.
import { posix } from 'node:path'

/** As GitHub makes anchors of headings. */
const anchorOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[`*_]|[^\p{L}\p{N}\s-]/gu, '')
    .replaceAll(/\s/g, '-')

const anchorsOf = (text: string): Set<string> => new Set([...text.matchAll(/^#{1,6} (.+)$/gm)].map(match => anchorOf(match[1]!)))

/** Code is no link. */
const prose = (text: string): string =>
  text.replaceAll(/^```[\s\S]*?^```/gm, code => code.replaceAll(/[^\n]/g, ' ')).replaceAll(/`[^`\n]*`/g, code => ' '.repeat(code.length))

/**
 * @param file from the root
 * @param exists of a path from the root, a folder too
 * @param read text of a Markdown file
 */
export function linkFaults(file: string, text: string, exists: (path: string) => boolean, read: (path: string) => string): string[] {
  const plain = prose(text)
  return [...plain.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(match => {
    const target = match[1]!
    if (/^[a-z]+:/i.test(target)) return []
    const [path, anchor] = target.split('#') as [string, string?]
    const at = `${file}:${plain.slice(0, match.index).split('\n').length}`
    const place = path === '' ? file : posix.normalize(posix.join(posix.dirname(file), path))
    if (!exists(place)) return [`${at}: the link to ${target} leads nowhere`]
    if (anchor !== undefined && place.endsWith('.md') && !anchorsOf(place === file ? text : read(place)).has(anchor))
      return [`${at}: ${place} has no heading #${anchor}`]
    return []
  })
}

const fromRoot = /^(backend|dev|docs|miniprogram|scripts|simulator|test|typings)\/[\w./-]*$/

/** @returns paths from the root, in backticks, that lead nowhere */
export function pathFaults(file: string, text: string, exists: (path: string) => boolean): string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].flatMap(match => {
    const path = match[1]!
    if (!fromRoot.test(path) || exists(path)) return []
    return [`${file}:${text.slice(0, match.index).split('\n').length}: ${path} is not there`]
  })
}

// WXML's {{expressions}} and style attributes, and WXS.
import { lackingInExpression } from './regular-expression.ts'
import { lackingInStyles } from './styles.ts'
import { declaredNames, nodes, parseScript } from './syntax-tree.ts'
import { WXS_GLOBALS } from './table.ts'

export interface TemplateLack {
  line: number
  what: string
}

const lineAt = (text: string, offset: number) => text.slice(0, offset).split('\n').length

/** @param wxs a .wxs file, or what stands in <wxs>: WeChat reads ECMAScript 5 there */
export function lackingInWxs(wxs: string): TemplateLack[] {
  let tree
  try {
    tree = parseScript(wxs, 5)
  } catch (error) {
    return [{ line: (error as { loc?: { line: number } }).loc?.line ?? 0, what: `WXS is ECMAScript 5: ${(error as Error).message}` }]
  }
  const own = new Set([...declaredNames(tree), ...WXS_GLOBALS])
  const found: TemplateLack[] = []
  for (const { node, parent, key } of nodes(tree)) {
    const { line } = (node['loc'] as { start: { line: number } }).start
    if (node['regex']) found.push({ line, what: 'WXS has no regular expression of its own: getRegExp' })
    const [pattern] = node.type === 'CallExpression' ? (node['arguments'] as { value?: unknown }[]) : []
    if (typeof pattern?.value === 'string' && (node['callee'] as { name?: string }).name === 'getRegExp')
      found.push(...lackingInExpression(pattern.value).map(what => ({ line, what })))
    const isName =
      !(parent?.type === 'MemberExpression' && key === 'property' && !parent['computed']) && !(parent?.type === 'Property' && key === 'key')
    if (node.type === 'Identifier' && isName && !own.has(node['name'] as string))
      found.push({ line, what: `WXS has no ${node['name'] as string}` })
  }
  return found
}

/** What WeChat's template expressions are not: they are no JavaScript of any year. */
const NOT_IN_EXPRESSIONS: [string, RegExp][] = [
  ['?.', /\?\.(?!\d)/],
  ['??', /\?\?/],
  ['an arrow function', /=>/],
  ['a template literal', /`/],
  ['**', /\*\*/],
]

export function lackingInWxml(wxml: string): TemplateLack[] {
  const found: TemplateLack[] = []
  for (const match of wxml.matchAll(/<wxs\b[^>]*>([^]*?)<\/wxs>/g))
    found.push(...lackingInWxs(match[1]!).map(({ line, what }) => ({ line: line + lineAt(wxml, match.index) - 1, what })))
  for (const match of wxml.matchAll(/\{\{([^]*?)\}\}/g)) {
    const code = match[1]!.replaceAll(/'[^']*'|"[^"]*"/g, "''")
    for (const [name, pattern] of NOT_IN_EXPRESSIONS)
      if (pattern.test(code)) found.push({ line: lineAt(wxml, match.index), what: `WXML has no ${name}: {{${match[1]!}}}` })
  }
  for (const match of wxml.matchAll(/\sstyle="([^"]*)"/g)) {
    const style = match[1]!.replaceAll(/\{\{[^]*?\}\}/g, '0')
    if (!style.includes(':')) continue
    found.push(...lackingInStyles(style, 'declarationList').map(({ what }) => ({ line: lineAt(wxml, match.index), what })))
  }
  return found
}

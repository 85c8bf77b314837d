// WXSS: an engine drops a declaration or a whole rule that it cannot read. A newer declaration is fine behind an older one of the same property, and
// inside @supports.
import { parse, walk, type CssNode, type Declaration, type Rule } from 'css-tree'
import type { Identifier } from '@mdn/browser-compat-data'
import { at, lackingIn } from './engines.ts'
import { PASSED_OVER } from './table.ts'

export interface StyleLack {
  line: number
  what: string
}

/** WeChat's minifier (cssnano) merges these, and drops an older declaration before a newer one. */
const MERGED = /^(padding|margin|border)\b/

const lineOf = (node: CssNode) => node.loc?.start.line ?? 0
const css = (path: string[]): Identifier | undefined => path.reduce<Identifier | undefined>((node, key) => node?.[key], at('css'))

function need(what: string, path: string[], found: string[]): void {
  const lacking = what in PASSED_OVER ? '' : lackingIn(css(path), { prefixed: true })
  if (lacking) found.push(`${what}: ${lacking}`)
}

/** Where the data has functions and keywords that many properties take. */
const WHERE_FUNCTIONS_STAND = [[], ['gradient'], ['color'], ['image']]
const anywhere = (name: string): string[][] => WHERE_FUNCTIONS_STAND.map(group => ['types', ...group, name])

/** @param grid whether the rule around it lays out a grid: gap is older there than in a flex box */
function lackingInDeclaration({ property, value }: Declaration, grid: boolean): string[] {
  const found: string[] = []
  const name = property.toLowerCase()
  if (!name.startsWith('-')) {
    need(name, ['properties', name], found)
    if (/^((row|column)-)?gap$/.test(name) && !grid) need(`${name} in a flex box`, ['properties', name, 'flex_context'], found)
  }
  walk(value, node => {
    if (node.type === 'Function') {
      const called = node.name.toLowerCase()
      if (!called.startsWith('-')) {
        for (const path of anywhere(called)) need(`${called}()`, path, found)
        if (called === 'linear') need('linear()', ['types', 'easing-function', 'linear-function'], found)
      }
      const commas = node.children.some(child => child.type === 'Operator' && child.value === ',')
      const variable = node.children.some(child => child.type === 'Function')
      if (/^(rgb|hsl)a?$/.test(called) && !commas && !variable)
        need(`${called}() without commas`, ['types', 'color', called.slice(0, 3), 'space_separated_parameters'], found)
    } else if (node.type === 'Identifier' && !node.name.startsWith('-')) {
      const word = node.name.toLowerCase()
      need(`${name}: ${word}`, ['properties', name, word], found)
      need(`${name}: ${word}`, ['types', 'global_keywords', word], found)
    } else if (node.type === 'Dimension' && /^([sld]v|cq)/.test(node.unit)) found.push(`unit ${node.unit}: newer than the floor`)
  })
  return found
}

function lackingInSelectors(rule: Rule): string[] {
  const found: string[] = []
  walk(rule.prelude, node => {
    if (node.type === 'PseudoClassSelector' || node.type === 'PseudoElementSelector') {
      const name = node.name.toLowerCase()
      if (!name.startsWith('-')) need(`${node.type === 'PseudoClassSelector' ? ':' : '::'}${name}`, ['selectors', name], found)
      const [list] = [...(node.children ?? [])]
      if (name === 'not' && list?.type === 'SelectorList' && list.children.size > 1)
        need(':not() of a list', ['selectors', 'not', 'selector_list'], found)
    } else if (node.type === 'NestingSelector') need('nested rules', ['selectors', 'nesting'], found)
  })
  return found
}

function lackingInDeclarations(declarations: CssNode[]): StyleLack[] {
  const grid = declarations.some(
    node =>
      node.type === 'Declaration' &&
      node.property === 'display' &&
      /\bgrid\b/.test(node.value.type === 'Raw' ? node.value.value : textOf(node.value)),
  )
  const older = new Set<string>()
  return declarations.flatMap(node => {
    if (node.type !== 'Declaration') return []
    const found = lackingInDeclaration(node, grid)
    if (found.length === 0) older.add(node.property)
    else if (!older.has(node.property) || MERGED.test(node.property)) return found.map(what => ({ line: lineOf(node), what }))
    return []
  })
}

function textOf(value: CssNode): string {
  const names: string[] = []
  walk(value, node => {
    if (node.type === 'Identifier') names.push(node.name)
  })
  return names.join(' ')
}

/**
 * @param wxss a file's text; @import is not followed
 * @param context `declarationList` for a style attribute
 */
export function lackingInStyles(wxss: string, context: 'stylesheet' | 'declarationList' = 'stylesheet'): StyleLack[] {
  const found: StyleLack[] = []
  // rpx is WeChat's own unit and no engine's business
  const tree = parse(wxss, {
    context,
    positions: true,
    parseCustomProperty: true,
    onParseError: ({ message, line }: { message: string; line?: number }) => found.push({ line: line ?? 0, what: message }),
  })
  if (tree.type === 'DeclarationList') return [...found, ...lackingInDeclarations([...tree.children])]
  walk(tree, function (node) {
    if (node.type === 'Rule') {
      // an engine goes in only when it can do what is asked for
      if (this.atrule?.name === 'supports') return
      found.push(
        ...lackingInSelectors(node).map(what => ({ line: lineOf(node), what })),
        ...lackingInDeclarations([...node.block.children]),
      )
      if ([...node.block.children].some(child => child.type === 'Rule')) found.push({ line: lineOf(node), what: 'nested rules' })
    } else if (node.type === 'Atrule') {
      const missing: string[] = []
      if (!node.name.startsWith('-')) need(`@${node.name}`, ['at-rules', node.name], missing)
      found.push(...missing.map(what => ({ line: lineOf(node), what })))
    } else if (node.type === 'Feature') {
      const missing: string[] = []
      need(`@media (${node.name})`, ['at-rules', 'media', node.name], missing)
      found.push(...missing.map(what => ({ line: lineOf(node), what })))
    } else if (node.type === 'FeatureRange') found.push({ line: lineOf(node), what: '@media with < or >: newer than the floor' })
  })
  return found
}

// A compiled script: syntax, built-ins and regular expressions that the floor's engines lack.
import { builtIns } from './built-ins.ts'
import { lackingInExpression } from './regular-expression.ts'
import { declaredNames, dotted, memberName, nodes, parseScript, type TreeNode } from './syntax-tree.ts'
import { OWN_METHODS, PAGE_GLOBALS } from './table.ts'

export interface Lack {
  what: string
  /** text to look for in the source, whose lines are not those of the compiled script */
  near: string
}

/** What stands only to find out whether something is there. */
function isTest(parent: TreeNode | undefined, key: string): boolean {
  if (!parent) return false
  if (parent.type === 'UnaryExpression') return parent['operator'] === 'typeof' || parent['operator'] === '!'
  if (parent.type === 'LogicalExpression') return true
  if (parent.type === 'BinaryExpression') return /^([!=]==?|in)$/.test(parent['operator'] as string)
  return (parent.type === 'ConditionalExpression' || parent.type === 'IfStatement') && key === 'test'
}

/** A name that is a key or a member, not a variable. */
const isKey = (parent: TreeNode | undefined, key: string) =>
  (parent?.type === 'MemberExpression' && key === 'property' && !parent['computed']) ||
  (/^(Property|MethodDefinition|PropertyDefinition)$/.test(parent?.type ?? '') && key === 'key' && !parent!['computed']) ||
  /^(LabeledStatement|BreakStatement|ContinueStatement)$/.test(parent?.type ?? '')

function expressionsOf({ type, ...node }: TreeNode): { pattern: string; flags?: string } | undefined {
  const regex = node['regex'] as { pattern: string; flags: string } | undefined
  if (type === 'Literal' && regex) return regex
  if (!/^(New|Call)Expression$/.test(type) || (node['callee'] as TreeNode)['name'] !== 'RegExp') return undefined
  const [pattern, flags] = (node['arguments'] as TreeNode[]).map(given => given['value'])
  return typeof pattern === 'string' ? { pattern, ...(typeof flags === 'string' && { flags }) } : undefined
}

/** Syntax that compiling leaves as it is. */
const SYNTAX: Record<string, string> = {
  ImportExpression: 'import()',
  MetaProperty: 'import.meta or new.target',
  ChainExpression: '?.',
  PrivateIdentifier: '#private member',
  PropertyDefinition: 'class field',
  StaticBlock: 'static block',
  AwaitExpression: 'await',
}

function lackingSyntax(node: TreeNode): string | undefined {
  if (node.type === 'Literal' && node['bigint'] !== undefined) return `BigInt ${node['bigint'] as string}n`
  if (node.type === 'LogicalExpression' && node['operator'] === '??') return '??'
  return SYNTAX[node.type]
}

/** A script of a page that no tool compiles. @throws SyntaxError where the floor's engines cannot read it */
export function lackingInPageScript(code: string): Lack[] {
  parseScript(code, 2018)
  const page = new Set(PAGE_GLOBALS)
  return lackingInScript(code, page)
}

/**
 * @param code as it is shipped: down-levelled by WeChat's tools
 * @param beside globals of where it runs, besides those of a mini program
 * @throws SyntaxError when it cannot be parsed at all
 */
export function lackingInScript(code: string, beside: ReadonlySet<string> = new Set()): Lack[] {
  const { globals, lacking, lackingMethods } = builtIns()
  const tree = parseScript(code, 'latest')
  const own = declaredNames(tree)
  const tested = new Set<string>()
  const met: { name: string; near: string; lacks: string }[] = []
  const found: Lack[] = []
  for (const { node, parent, key } of nodes(tree)) {
    const syntax = lackingSyntax(node)
    if (syntax) found.push({ what: `syntax ${syntax}`, near: syntax.split(' ')[0]! })
    const expression = expressionsOf(node)
    if (expression)
      for (const what of lackingInExpression(expression.pattern, expression.flags))
        found.push({ what, near: expression.pattern.slice(0, 12) })
    if (node.type === 'Identifier' && !isKey(parent, key)) {
      const name = node['name'] as string
      if (own.has(name) || globals.has(name) || beside.has(name)) continue
      if (isTest(parent, key)) tested.add(name)
      else met.push({ name, near: name, lacks: lacking.get(name) ?? 'no such name in a mini program' })
    }
    if (node.type !== 'MemberExpression') continue
    const full = dotted(node)
    const member = memberName(node)
    const owner = full?.slice(0, full.indexOf('.'))
    if (full && lacking.has(full) && !own.has(owner!)) {
      if (isTest(parent, key)) tested.add(full)
      else met.push({ name: full, near: full, lacks: lacking.get(full)! })
    } else if (member && parent?.type === 'CallExpression' && key === 'callee' && lackingMethods.has(member) && !(member in OWN_METHODS)) {
      const lacks = lackingMethods.get(member)!
      met.push({ name: lacks.split(':')[0]!, near: `.${member}(`, lacks: lacks.slice(lacks.indexOf(':') + 2) })
    }
  }
  for (const { name, near, lacks } of met) if (!tested.has(name)) found.push({ what: `${name}: ${lacks}`, near })
  return found
}

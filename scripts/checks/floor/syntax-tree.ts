// Walking what acorn parsed.
import { parse, type Node } from 'acorn'

export interface TreeNode extends Node {
  [key: string]: unknown
}

const isNode = (value: unknown): value is TreeNode =>
  typeof value === 'object' && value !== null && typeof (value as TreeNode).type === 'string'

/** @throws SyntaxError with `loc` */
export const parseScript = (code: string, ecmaVersion: 5 | 2018 | 'latest'): TreeNode =>
  parse(code, { ecmaVersion, sourceType: 'script', allowReturnOutsideFunction: true, locations: true }) as unknown as TreeNode

/** As parseScript, of a script with `import` and `export`. */
export const parseModule = (code: string): TreeNode => parse(code, { ecmaVersion: 'latest', sourceType: 'module' }) as unknown as TreeNode

export const children = (node: TreeNode): TreeNode[] => Object.values(node).flat().filter(isNode)

interface Place {
  node: TreeNode
  parent: TreeNode | undefined
  key: string
}

/** Every node with the one around it and the key that it stands under; a node before what is in it. */
export function nodes(tree: TreeNode): Place[] {
  const all: Place[] = []
  const visit = (node: TreeNode, parent: TreeNode | undefined, key: string): void => {
    all.push({ node, parent, key })
    for (const name of Object.keys(node)) {
      const value = node[name]
      if (isNode(value)) visit(value, node, name)
      else if (Array.isArray(value)) for (const child of value) if (isNode(child)) visit(child, node, name)
    }
  }
  visit(tree, undefined, '')
  return all
}

/** `Object.groupBy` of a member expression of plain names, else undefined. */
export function dotted(node: TreeNode): string | undefined {
  if (node.type === 'Identifier') return node['name'] as string
  if (node.type !== 'MemberExpression') return undefined
  const owner = dotted(node['object'] as TreeNode)
  const member = memberName(node)
  return owner && member ? `${owner}.${member}` : undefined
}

export function memberName(node: TreeNode): string | undefined {
  const property = node['property'] as TreeNode
  if (!node['computed']) return property['name'] as string
  return typeof property['value'] === 'string' ? property['value'] : undefined
}

/** Names that the code itself declares, in any scope: variables, parameters, functions, classes. */
export function declaredNames(tree: TreeNode): Set<string> {
  const names = new Set<string>()
  const bind = (pattern: TreeNode | null): void => {
    if (!pattern) return
    if (pattern.type === 'Identifier') names.add(pattern['name'] as string)
    else if (pattern.type === 'AssignmentPattern') bind(pattern['left'] as TreeNode)
    else if (pattern.type === 'RestElement') bind(pattern['argument'] as TreeNode)
    else if (pattern.type === 'ArrayPattern') for (const element of pattern['elements'] as (TreeNode | null)[]) bind(element)
    else if (pattern.type === 'ObjectPattern')
      for (const property of pattern['properties'] as TreeNode[]) bind((property['value'] ?? property) as TreeNode)
  }
  for (const { node } of nodes(tree)) {
    if (node.type === 'VariableDeclarator') bind(node['id'] as TreeNode)
    else if (node.type === 'CatchClause') bind(node['param'] as TreeNode | null)
    else if (/Function|^Class/.test(node.type)) {
      bind((node['id'] ?? null) as TreeNode | null)
      for (const parameter of (node['params'] ?? []) as TreeNode[]) bind(parameter)
    }
  }
  return names
}

// WXML as a tree, and what its expressions speak of. The compiler checks the syntax; here a well-formed file is enough.

export interface Element {
  name: string
  /** in the order of the file; a bare attribute has the value `true` */
  attributes: Map<string, string>
  children: Element[]
  /** own text, expressions included */
  text: string
  line: number
  parent: Element | null
}

const TOKEN = /<!--[\s\S]*?-->|<\/([\w-]+)\s*>|<([\w-]+)((?:\s+|[\w:.-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*)\s*(\/?)>/g
const ATTRIBUTE = /([\w:.-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g

/** The file as one element `#root`. */
export function parseWxml(text: string): Element {
  const root: Element = { name: '#root', attributes: new Map(), children: [], text: '', line: 1, parent: null }
  let at = root
  let end = 0
  for (const token of text.matchAll(TOKEN)) {
    at.text += text.slice(end, token.index)
    end = token.index + token[0].length
    const [, closing, opening, attributes = '', selfClosing] = token
    if (closing) at = at.parent ?? root
    if (!opening) continue
    const element: Element = {
      name: opening,
      attributes: new Map([...attributes.matchAll(ATTRIBUTE)].map(([, name, double, single]) => [name!, double ?? single ?? 'true'])),
      children: [],
      text: '',
      line: text.slice(0, token.index).split('\n').length,
      parent: at,
    }
    at.children.push(element)
    if (!selfClosing) at = element
  }
  at.text += text.slice(end)
  return root
}

/** An element and everything below it. */
export function* walk(element: Element): Generator<Element> {
  yield element
  for (const child of element.children) yield* walk(child)
}

/** The insides of all `{{ }}` of a text. */
export const expressions = (text: string): string[] => [...text.matchAll(/\{\{([\s\S]*?)\}\}/g)].map(([, inside]) => inside!.trim())

/**
 * What an expression speaks of: `a.b || c[0].d` gives [a, b] and [c, *, d]. `*` stands for any index or key; what an index in brackets speaks of
 * is given as well.
 */
export function pathsOf(expression: string): string[][] {
  const text = expression.replaceAll(/'[^']*'|"[^"]*"/g, literal => ' '.repeat(literal.length))
  const paths: string[][] = []
  for (const { 0: match, index } of text.matchAll(/(?<![\w$.])[A-Za-z_$][\w$]*(?:\s*\.\s*[A-Za-z_$][\w$]*|\[[^\][]*\])*/g)) {
    const key = /^\s*:/.test(text.slice(index + match.length)) && /[{,]\s*$/.test(text.slice(0, index))
    if (key || /^(true|false|null|undefined)$/.test(match)) continue
    paths.push(
      match
        .replaceAll(/\[[^\]]*\]/g, '.*')
        .split('.')
        .map(part => part.trim()),
    )
    for (const [, inside] of match.matchAll(/\[([^\]]*)\]/g)) paths.push(...pathsOf(inside!))
  }
  return paths
}

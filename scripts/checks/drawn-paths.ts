// Which leaves of a part's data are drawn: what its WXML says, followed through loops and into the components that objects are handed to.
import type { Part } from './app-parts.ts'
import { expressions, pathsOf, walk, type Element } from './wxml.ts'

export interface Use {
  /** `*` stands for any index or key */
  path: string[]
  /** everything below the path is used too: it goes to a handler, to Vant, or into code that is not read here */
  whole: boolean
}

/** Parts by path, as readApp gives them. */
export type Parts = ReadonlyMap<string, Part>

const known = new WeakMap<Part, Use[]>()

/** Everything that the WXML of a part uses of its data. Components that use themselves are followed once. */
export function usesOf(part: Part, parts: Parts): Use[] {
  const before = known.get(part)
  if (before) return before
  known.set(part, [])
  const uses = [...walk(part.wxml)].flatMap(element => usesOfElement(element, part, parts))
  known.set(part, uses)
  return uses
}

function usesOfElement(element: Element, part: Part, parts: Parts): Use[] {
  const uses: Use[] = []
  const resolve = (path: string[]) => resolveLoops(path, element)
  for (const expression of expressions(element.text))
    for (const path of pathsOf(expression)) uses.push({ path: resolve(path), whole: false })
  const list = element.attributes.get('wx:for')
  const key = element.attributes.get('wx:key')
  if (list !== undefined && key !== undefined)
    for (const path of expressions(list).flatMap(pathsOf))
      uses.push({ path: [...resolveLoops(path, element.parent), '*', ...(key === '*this' ? [] : [key])], whole: false })
  const component = part.using[element.name]
  for (const [name, value] of element.attributes) {
    for (const expression of expressions(value)) {
      for (const path of pathsOf(expression)) {
        // the list itself stands outside its own loop
        const full = name === 'wx:for' ? resolveLoops(path, element.parent) : resolve(path)
        const given = component && !/^(wx:|class$|id$|data-|mark:|slot$|aria-)/.test(name)
        if (given) uses.push(...handedOver(full, name, parts.get(component), parts))
        else uses.push({ path: full, whole: name.startsWith('data-') || name.startsWith('mark:') })
      }
    }
  }
  return uses
}

function handedOver(path: string[], attribute: string, component: Part | undefined, parts: Parts): Use[] {
  const property = attribute.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  const readInCode = (one: Part) =>
    one.observed.some(name => name.split('.')[0] === property) ||
    one.functions.some(source => new RegExp(`\\.${property}\\b|\\b${property}\\b[^=;]*\\}\\s*=\\s*this\\.data`).test(source))
  if (!component || readInCode(component)) return [{ path, whole: true }]
  return usesOf(component, parts)
    .filter(use => use.path[0] === property)
    .map(use => ({ path: [...path, ...use.path.slice(1)], whole: use.whole }))
}

/** `item.name` inside wx:for="{{rows}}" is `rows.*.name`. */
function resolveLoops(path: string[], from: Element | null): string[] {
  for (let at = from; at; at = at.parent) {
    const list = at.attributes.get('wx:for')
    if (list === undefined || path[0] !== (at.attributes.get('wx:for-item') ?? 'item')) continue
    const [of] = expressions(list).flatMap(pathsOf)
    return of ? resolveLoops([...of, '*', ...path.slice(1)], at.parent) : path
  }
  return path
}

/** Leaves of a value as paths; indices of arrays are `*`. Empty objects and arrays, null and undefined have none. */
export function leavesOf(value: unknown, path: string[] = []): { path: string[]; value: unknown }[] {
  if (value === null || value === undefined) return []
  if (typeof value !== 'object') return [{ path, value }]
  const children = Array.isArray(value) ? value.map(item => ['*', item] as const) : Object.entries(value)
  return children.flatMap(([key, child]) => leavesOf(child, [...path, key]))
}

export function isDrawn(leaf: string[], uses: readonly Use[]): boolean {
  return uses.some(({ path, whole }) => {
    if (whole ? path.length > leaf.length : path.length !== leaf.length) return false
    return path.every((part, index) => part === '*' || part === leaf[index])
  })
}

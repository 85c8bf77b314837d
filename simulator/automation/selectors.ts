// Selectors of the automation protocol: tag, #id, .class, descendant, child (>), lists (,). They stay inside one component, as in DevTools.
import type * as glassEasel from 'glass-easel'
import { tagOf } from './handles.ts'

interface Compound {
  tag: string | undefined
  id: string | undefined
  classes: string[]
  /** how it relates to the compound before it */
  relation: 'descendant' | 'child'
}

type Root = glassEasel.Element

function parse(selector: string): Compound[][] {
  return selector.split(',').map(part => {
    const compounds: Compound[] = []
    let relation: Compound['relation'] = 'descendant'
    for (const word of part.replaceAll('>', ' > ').trim().split(/\s+/)) {
      if (word === '>') {
        relation = 'child'
        continue
      }
      const match = /^([a-zA-Z][\w-]*|\*)?((?:[#.][\w\u00A0-\uFFFF-]+)*)$/.exec(word)
      if (!match || word === '')
        throw new Error(`selector "${selector}": "${word}" is not understood; DevTools' automation finds tags, #id and .class`)
      const names = match[2]!.match(/[#.][^#.]+/g) ?? []
      compounds.push({
        tag: match[1] === '*' ? undefined : match[1],
        id: names.find(name => name.startsWith('#'))?.slice(1),
        classes: names.filter(name => name.startsWith('.')).map(name => name.slice(1)),
        relation,
      })
      relation = 'descendant'
    }
    return compounds
  })
}

const classesOf = (element: glassEasel.Element) => element.class.split(/\s+/)

function fits(element: glassEasel.Element, { tag, id, classes }: Compound): boolean {
  if (element.isVirtual()) return false
  if (tag !== undefined && tagOf(element) !== tag) return false
  if (id !== undefined && element.id !== id) return false
  return classes.every(name => classesOf(element).includes(name))
}

/** The next element above that is drawn (wx:if, wx:for and block are not), below the root. */
function above(element: glassEasel.Element, root: Root): glassEasel.Element | null {
  let at = element.parentNode
  while (at && at !== root && at.isVirtual()) at = at.parentNode
  return at === root && root.isVirtual() ? null : at
}

function matches(element: glassEasel.Element, compounds: Compound[], root: Root): boolean {
  const last = compounds.at(-1)!
  if (!fits(element, last)) return false
  const rest = compounds.slice(0, -1)
  if (rest.length === 0) return true
  let at = element === root ? null : above(element, root)
  while (at) {
    if (matches(at, rest, root)) return true
    if (last.relation === 'child' || at === root) return false
    at = above(at, root)
  }
  return false
}

/** Elements below `root` in the order of the document. `root` is a component's shadow root, or an element: then what is inside it in the same template. */
export function select(root: Root, selector: string): glassEasel.Element[] {
  const lists = parse(selector)
  const found: glassEasel.Element[] = []
  const walk = (parent: glassEasel.Element) => {
    for (const node of parent.childNodes) {
      const element = node.asElement()
      if (!element) continue
      if (lists.some(compounds => matches(element, compounds, root))) found.push(element)
      walk(element)
    }
  }
  walk(root)
  return found
}

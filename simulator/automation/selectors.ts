// Selectors of the automation protocol: tag, #id, .class, [attribute], descendant, child (>), lists (,). They stay inside one component, as in DevTools.
// Others are refused by name.
import type * as glassEasel from 'glass-easel'
import { attribute } from './attributes.ts'
import { tagOf } from './handles.ts'

interface AttributeTest {
  name: string
  /** undefined: it is enough that there is one */
  operator: string | undefined
  value: string
}

interface Compound {
  tag: string | undefined
  ids: string[]
  classes: string[]
  attributes: AttributeTest[]
  /** how it relates to the compound before it */
  relation: 'descendant' | 'child'
}

type Root = glassEasel.Element

const BETWEEN = /\s*([>,])\s*|\s+/y
const TAG = /\*|[a-zA-Z][\w-]*/y
const NAME = /([#.])([\w\u00A0-\uFFFF-]+)/y
const ATTRIBUTE = /\[\s*([\w:-]+)\s*(?:([~|^$*]?=)\s*(?:"([^"]*)"|'([^']*)'|([^\]\s"']+))\s*)?\]/y

const empty = (relation: Compound['relation'] = 'descendant'): Compound => ({
  tag: undefined,
  ids: [],
  classes: [],
  attributes: [],
  relation,
})

/** @throws Error that names the part it does not understand */
function parse(selector: string): Compound[][] {
  const text = selector.trim()
  const lists: Compound[][] = [[empty()]]
  let at = 0
  /** whether the compound that is being read has something in it */
  let begun = false
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match) at = pattern.lastIndex
    return match
  }
  while (at < text.length) {
    const compound = lists.at(-1)!.at(-1)!
    const from = at
    const tag: RegExpExecArray | null = begun ? null : take(TAG)
    const name: RegExpExecArray | null = tag ? null : take(NAME)
    const test: RegExpExecArray | null = (tag ?? name) ? null : take(ATTRIBUTE)
    if (tag) compound.tag = tag[0] === '*' ? undefined : tag[0]
    else if (name) (name[1] === '#' ? compound.ids : compound.classes).push(name[2]!)
    else if (test) compound.attributes.push({ name: test[1]!, operator: test[2], value: test[3] ?? test[4] ?? test[5] ?? '' })
    else {
      const between = begun ? take(BETWEEN) : null
      if (!between || at === text.length)
        throw new Error(`selector "${selector}": "${text.slice(from)}" is not understood; tags, #id, .class and [attribute] are found`)
      if (between[1] === ',') lists.push([empty()])
      else lists.at(-1)!.push(empty(between[1] === '>' ? 'child' : 'descendant'))
    }
    begun = Boolean(tag ?? name ?? test)
  }
  if (!begun) throw new Error(`selector "${selector}": it is empty`)
  return lists
}

const classesOf = (element: glassEasel.Element) => element.class.split(/\s+/)

function fits(element: glassEasel.Element, { tag, ids, classes, attributes }: Compound): boolean {
  if (element.isVirtual()) return false
  if (tag !== undefined && tagOf(element) !== tag) return false
  return (
    ids.every(id => element.id === id) &&
    classes.every(name => classesOf(element).includes(name)) &&
    attributes.every(test => holds(attribute(element, test.name), test))
  )
}

function holds(given: string | null, { operator, value }: AttributeTest): boolean {
  if (given === null) return false
  switch (operator) {
    case undefined:
      return true
    case '=':
      return given === value
    case '~=':
      return given.split(/\s+/).includes(value)
    case '|=':
      return given === value || given.startsWith(`${value}-`)
    case '^=':
      return value !== '' && given.startsWith(value)
    case '$=':
      return value !== '' && given.endsWith(value)
    default:
      return value !== '' && given.includes(value)
  }
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

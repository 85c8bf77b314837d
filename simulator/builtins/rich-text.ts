// <rich-text>: trusted tags and attributes only, as in WeChat; scripts and handlers never get in.
import type { Builtin } from './define.ts'

interface RichNode {
  type?: 'node' | 'text'
  name?: string
  attrs?: Record<string, string>
  children?: RichNode[]
  text?: string
}

const TAGS = new Set(
  'a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del div dl dt em fieldset font footer h1 h2 h3 h4 h5 h6 header hr i img ins label legend li mark nav ol p pre q rt ruby s section small span strong sub sup table tbody td tfoot th thead tr tt u ul'.split(
    ' ',
  ),
)
const ATTRIBUTES = new Set('class style alt src height width span color start type colspan rowspan align dir size'.split(' '))

function fromHtml(html: string): RichNode[] {
  const read = (node: Node): RichNode[] => {
    if (node instanceof Text) return [{ type: 'text', text: node.data }]
    if (!(node instanceof Element)) return []
    return [
      {
        name: node.localName,
        attrs: Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value])),
        children: [...node.childNodes].flatMap(read),
      },
    ]
  }
  return [...new DOMParser().parseFromString(html, 'text/html').body.childNodes].flatMap(read)
}

function draw(nodes: RichNode[], into: Element): void {
  for (const { type, name = '', attrs = {}, children = [], text = '' } of nodes) {
    if (type === 'text') {
      const decoder = document.createElement('textarea')
      decoder.innerHTML = text
      into.append(decoder.value)
      continue
    }
    if (!TAGS.has(name.toLowerCase())) continue
    const element = document.createElement(name)
    for (const [attribute, value] of Object.entries(attrs)) {
      if (ATTRIBUTES.has(attribute) && !/^\s*javascript:/i.test(value)) element.setAttribute(attribute, value)
    }
    draw(children, element)
    into.append(element)
  }
}

export const richText: Builtin = {
  tag: 'rich-text',
  properties: { nodes: [null, []], space: [String, ''], userSelect: [Boolean, false] },
  setup: ({ element }) => ({
    changed: {
      nodes: (nodes: unknown) => {
        element.replaceChildren()
        draw(typeof nodes === 'string' ? fromHtml(nodes) : Array.isArray(nodes) ? (nodes as RichNode[]) : [], element)
      },
      userSelect: (on: boolean) => (element.style.userSelect = on ? 'text' : ''),
    },
  }),
}
